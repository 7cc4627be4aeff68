# What most scripts of R use.
library(httr)
answer <- GET(Sys.getenv("ADDRESS"), authenticate(Sys.getenv("NAME"), Sys.getenv("TOKEN")))
stop_for_status(answer)

# The package that httr and many others stand on; it reads no variable for roots by itself.
library(curl)
call <- new_handle(userpwd = paste0(Sys.getenv("NAME"), ":", Sys.getenv("TOKEN")), cainfo = Sys.getenv("CURL_CA_BUNDLE"))
answer <- curl_fetch_memory(Sys.getenv("ADDRESS"), call)
cat(parse_headers(answer$headers)[1], "\n")
quit(status = if (answer$status_code == 200) 0 else 1)

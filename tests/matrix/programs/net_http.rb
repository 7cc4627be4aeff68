# Ruby's own client.
require "net/http"

address = URI(ENV["ADDRESS"])
call = Net::HTTP::Get.new(address)
call.basic_auth(ENV["NAME"], ENV["TOKEN"])
answer = Net::HTTP.start(address.host, address.port, use_ssl: true) { |http| http.request(call) }
puts "#{answer.code} #{answer.message}"
exit answer.code == "200"

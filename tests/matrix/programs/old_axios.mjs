// What axios 1.7.9 and older send where HTTPS_PROXY is set: no CONNECT, but the whole https URL, in clear, credentials
// included. npm is not at hand here; this is that request, by Node's own means.
import http from "node:http";

const { ADDRESS, HTTPS_PROXY, NAME, TOKEN } = process.env;
const proxy = new URL(HTTPS_PROXY);
const headers = { Accept: "application/json, text/plain, */*", "User-Agent": "axios/1.7.9", host: new URL(ADDRESS).host };
const call = { host: proxy.hostname, port: proxy.port, path: ADDRESS, auth: `${NAME}:${TOKEN}`, headers };
http.get(call, (answer) => {
  console.log(answer.statusCode, answer.statusMessage);
  answer.resume();
  answer.on("end", () => process.exit(answer.statusCode === 200 ? 0 : 1));
});

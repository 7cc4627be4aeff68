// Node's older client.
import https from "node:https";

const { ADDRESS, NAME, TOKEN } = process.env;
https.get(ADDRESS, { auth: `${NAME}:${TOKEN}` }, (answer) => {
  console.log(answer.statusCode, answer.statusMessage);
  answer.resume();
  answer.on("end", () => process.exit(answer.statusCode === 200 ? 0 : 1));
});

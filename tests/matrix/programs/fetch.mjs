// The fetch that Node and Deno bring along.
const environment = globalThis.Deno ? Deno.env.toObject() : process.env;
const pair = btoa(`${environment.NAME}:${environment.TOKEN}`);
const answer = await fetch(environment.ADDRESS, { headers: { authorization: `Basic ${pair}` } });
console.log(answer.status, answer.statusText, await answer.text());
(globalThis.Deno ?? process).exit(answer.ok ? 0 : 1);

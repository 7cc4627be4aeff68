#!/bin/sh
# A first mistake, and its cure: the client of `docker compose --profile sandbox up`. HTTPS_PROXY and CURL_CA_BUNDLE
# name the proxy and its CA; the credential is one of those that the sandbox made up for this run.
set -eu

url=https://api.bitbucket.org/2.0/user

# "username", "email" or "secret" of the first good API token.
of_token() {
    jq -er "[.[] | select(.kind == \"api_token\" and .state == \"good\")][0].$1" /sandbox/credentials.json
}

# Calls the API with the token under this user name, and shows the head of the answer. The secret goes to curl by its
# standard input: anybody can read a command line.
call() {
    printf '\n$ curl -i -u %s:TOKEN %s\n' "$1" "$url"
    head=$(printf 'user = "%s:%s"\n' "$1" "$secret" |
        curl -sS --max-time 20 --suppress-connect-headers -D - -o /dev/null --config - "$url" | tr -d '\r')
    printf '%s\n' "$head"
}

# A line of the head that begins with this, or the end.
expect() {
    printf '%s\n' "$head" | grep -qi "^$1" || {
        echo "first-call: there should be a line that begins with: $1" >&2
        exit 1
    }
}

secret=$(of_token secret)
username=$(of_token username)
email=$(of_token email)

echo "An API token under the username of its owner:"
call "$username"
expect 'HTTP/[0-9.]* 401'
expect 'x-auth-diagnosis: api-token-with-username;'

printf '\nAs the diagnosis says, under the email of the account:\n'
call "$email"
expect 'HTTP/[0-9.]* 200'

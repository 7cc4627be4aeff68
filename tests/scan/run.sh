#!/bin/sh
# What sslscan finds where the proxy opens TLS. Arguments are unittest's.
set -eu
cd "$(dirname "$0")"

[ -n "${WHY401:-}" ] || cargo build --locked --quiet
exec python3 -W ignore::ResourceWarning -m unittest "${@:-discover}"

#!/bin/sh
# What slow, rude and broken peers, a bad machine and a bad network do to the proxy. Arguments are unittest's.
set -eu
cd "$(dirname "$0")"

[ -n "${WHY401:-}" ] || cargo build --locked --quiet
ulimit -n "$(ulimit -Hn)"
exec python3 -W ignore::ResourceWarning -m unittest "${@:-discover}"

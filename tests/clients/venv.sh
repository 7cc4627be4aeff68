#!/bin/sh
# Makes a virtual environment with the Python clients, and with the readers of files that tests/command asks, unless it is there, and prints the path of its python.
set -eu
cd "$(dirname "$0")/../.."

python="$PWD/target/clients/venv/bin/python"
if ! "$python" -c 'import dotenv, httpx, requests, yaml' 2>/dev/null; then
    python3 -m venv target/clients/venv
    "$python" -m pip install --quiet --disable-pip-version-check requests httpx python-dotenv PyYAML >&2
fi
printf '%s\n' "$python"

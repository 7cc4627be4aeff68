#!/bin/sh
# Every TLS stack of this machine before leaves of a CA of ours, in its scope and beyond. Ends with `N passed, N failed`.
# WHY401 names the program; the debug build is made without it. None of the stacks may be missing with WHY401_ALL_CLIENTS.
set -eu
cd "$(dirname "$0")/../.."

if [ -z "${WHY401:-}" ]; then
    cargo build --quiet --locked
    WHY401="$PWD/target/debug/why401"
fi
python=target/constraints/venv/bin/python
if ! [ -x target/constraints/venv/bin/uv ]; then
    python3 -m venv target/constraints/venv
    "$python" -m pip install --quiet --disable-pip-version-check uv
fi
export WHY401
exec "$python" tests/constraints/suite.py

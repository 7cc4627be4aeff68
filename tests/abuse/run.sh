#!/bin/sh
# Attacks the proxy over HTTP/2 from both sides, with an implementation that shares no code with it. --core is the fast
# part; other arguments are unittest's.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
[ -n "${WHY401:-}" ] || (cd "$root" && cargo build --locked --quiet)
WHY401=$(realpath "${WHY401:-$root/target/debug/why401}")
export WHY401
cd "$root/tests/abuse"
python=$(../clients/venv.sh)
"$python" -c 'import h2' 2>/dev/null || "$python" -m pip install --quiet --disable-pip-version-check h2
case "${1:-}" in
--core)
    shift
    export WHY401_ABUSE=small
    floods=test_floods.Floods origins=test_origin_floods.OriginFloods
    set -- test_requests $floods.test_rapid_reset $floods.test_continuation_without_end $floods.test_small_data \
        $floods.test_pings $origins.test_settings $origins.test_small_data test_memory.Bombs.test_crumbs "$@"
    ;;
esac
exec "$python" -W ignore::ResourceWarning -m unittest "${@:-discover}"

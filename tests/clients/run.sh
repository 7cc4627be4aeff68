#!/bin/sh
# Runs every real client through the program; none may be missing. Ends with `N passed, N failed`.
set -eu
cd "$(dirname "$0")/../.."

python=$(tests/clients/venv.sh)
status=0
out=$(WHY401_ALL_CLIENTS=1 WHY401_PYTHON="$python" \
    cargo test --quiet --test integration -- clients:: --test-threads 2 2>&1) || status=$?
printf '%s\n' "$out"
printf '%s\n' "$out" | awk '
    /^test result:/ { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) p += $(i - 1); if ($i ~ /^failed/) f += $(i - 1) } }
    END { printf "%d passed, %d failed\n", p, f }'
exit "$status"

#!/bin/sh
# Plays the stories with real clients; arguments name single ones. Ends with `N passed, N failed`.
set -eu
cd "$(dirname "$0")/../.."

cargo build --locked --quiet
exec "$(tests/clients/venv.sh)" tests/stories/test_stories.py "$@"

#!/bin/sh
# Opens the onboarding page in a real browser, and lets it go through the PAC file; ends with `N passed, N failed`.
set -eu
cd "$(dirname "$0")/../.."

cargo build --locked --quiet
python=$(tests/clients/venv.sh)
if ! "$python" -c 'import axe_playwright_python, playwright' 2>/dev/null; then
    "$python" -m pip install --quiet --disable-pip-version-check axe-playwright-python playwright
fi
exec "$python" tests/browser/test_onboarding.py "$@"

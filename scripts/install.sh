#!/bin/sh
# Builds why401 and puts it into PREFIX/bin (default: ~/.local/bin). Needs Rust and a C compiler.
#
#     scripts/install.sh
#     PREFIX=/usr/local scripts/install.sh
#
# With the musl target of Rust and musl-gcc the binary is static and runs on any Linux of this architecture. Else it is
# nearly so: it asks for the C library of the system and its companions, nothing else. glibc itself is not linked in: its
# resolver would still load parts of itself at run time, and only those of the very same version.
set -eu
cd "$(dirname "$0")/.."

fail() {
    echo "install: $*" >&2
    exit 1
}

have() {
    command -v "$1" >/dev/null 2>&1
}

# The release target with musl, when this machine can build for it; nothing otherwise.
static_target() {
    target=$(uname -m)-unknown-linux-musl
    if [ "$(uname -s)" = Linux ] && have musl-gcc && [ -d "$(rustc --print sysroot)/lib/rustlib/$target" ]; then
        echo "$target"
    fi
}

# What the binary asks of the system.
linkage() {
    have ldd || { echo "not examined: there is no ldd"; return; }
    libraries=$(ldd "$1" 2>/dev/null | awk '/=>/ { print $1 }' | tr '\n' ' ')
    echo "${libraries:-none, it is static}"
}

[ -n "${PREFIX:-}" ] || [ -n "${HOME:-}" ] || fail "there is no HOME to install into; say where with PREFIX=DIR"
bin=${PREFIX:-$HOME/.local}/bin
have cargo || fail "there is no cargo; install Rust first"
have cc || fail "there is no C compiler (cc); install gcc or clang first"
mkdir -p "$bin" 2>/dev/null && [ -w "$bin" ] || fail "cannot write to $bin; choose another place with PREFIX=DIR"

target=$(static_target)
folder=${CARGO_TARGET_DIR:-target}
# The release of a plain `cargo build` is used when it is there.
if [ -n "$target" ]; then
    cargo build --locked --release --bin why401 --target "$target" || fail "the build for $target failed, see above"
    built=$folder/$target/release/why401
else
    cargo build --locked --release --bin why401 || fail "the build failed, see above"
    built=$folder/release/why401
fi

# Beside it first, then by rename: a why401 that runs keeps running, and nobody sees half a file.
new=$bin/.why401.$$
trap 'rm -f "$new"' EXIT
cp "$built" "$new" && chmod 0755 "$new" && mv -f "$new" "$bin/why401" || fail "cannot write $bin/why401"

echo "installed $("$bin/why401" --version) as $bin/why401"
echo "shared libraries it needs: $(linkage "$bin/why401")"
case ":$PATH:" in
*":$bin:"*) ;;
*) echo "$bin is not on your PATH; add it: export PATH=\"$bin:\$PATH\"" ;;
esac

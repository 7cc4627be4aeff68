#!/usr/bin/env bash
# Makes the two base images of the Dockerfile from Debian's packages and the Rust toolchain of this machine, for places
# where no image can be pulled. Needs mmdebstrap, cargo, and a Docker engine.
#
#     scripts/base-images.sh why401-base:build why401-base:runtime
#     BUILD_IMAGE=why401-base:build RUNTIME_IMAGE=why401-base:runtime docker compose build
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

[ $# -eq 2 ] || { echo "usage: scripts/base-images.sh BUILD_IMAGE RUNTIME_IMAGE" >&2; exit 2; }
build=$1 runtime=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A Debian like the official slim image: the essential packages and apt, without pages to read.
debian() {
    mmdebstrap --quiet --variant=minbase \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' "$@" bookworm -
}

# What the official image of Rust has: a C compiler and a toolchain in /usr/local. The crates come along, since a
# container may reach no registry even where this machine does.
toolchain() {
    local sysroot
    sysroot=$(rustc --print sysroot)
    tar -C "$sysroot" --exclude='share/doc' --exclude='share/man' -cf "$work/rust.tar" bin lib
    mkdir -p "$work/crates/cargo"
    cargo vendor --locked --quiet --versioned-dirs "$work/crates/cargo/vendor" >/dev/null
    cat >"$work/crates/cargo/config.toml" <<'TOML'
[source.crates-io]
replace-with = "vendored"
[source.vendored]
directory = "/usr/local/cargo/vendor"
TOML
    tar -C "$work/crates" -cf "$work/crates.tar" cargo
}

toolchain
debian | docker import --change 'CMD ["bash"]' - "$runtime"
debian --include=ca-certificates,gcc,libc6-dev \
    --customize-hook="tar-in $work/rust.tar /usr/local" \
    --customize-hook="tar-in $work/crates.tar /usr/local" |
    docker import --change 'ENV CARGO_HOME=/usr/local/cargo CARGO_NET_OFFLINE=true' --change 'CMD ["bash"]' - "$build"

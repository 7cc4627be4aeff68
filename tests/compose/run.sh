#!/usr/bin/env bash
# The compose file as a newcomer runs it, in containers: from a fresh copy that belongs to another user, under a project
# of its own, on free ports. Everything that it makes is gone afterwards. Needs a Docker engine and Compose; where no
# image can be pulled, mmdebstrap and a Rust toolchain.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

export COMPOSE_PROJECT_NAME=why401-test-$$
export WHY401_IMAGE=$COMPOSE_PROJECT_NAME WHY401_PUBLISH=127.0.0.1: WHY401_ADMIN_PORT=
# What a developer has set must not reach the test.
unset WHY401_ALLOW_CLIENT WHY401_INTERCEPT
work=$(mktemp -d)
made=("$WHY401_IMAGE" "$WHY401_IMAGE-sandbox" "$WHY401_IMAGE-context")
trap finish EXIT

# Compose is a plugin of docker now, and was a program of its own.
compose() {
    local program=(docker compose)
    docker compose version >/dev/null 2>&1 || program=(docker-compose)
    (cd "$work/clone" && "${program[@]}" "$@")
}

practice() {
    compose --profile sandbox "$@"
}

finish() {
    local code=$?
    if [ "$code" -ne 0 ]; then
        echo "--- what the containers said:"
        practice logs --no-color 2>&1 | tail -100 || true
    fi
    practice down --volumes --remove-orphans >/dev/null 2>&1 || true
    docker rmi --force "${made[@]}" >/dev/null 2>&1 || true
    unnamed_stages | xargs --no-run-if-empty docker rmi --force >/dev/null 2>&1 || true
    rm -rf "$work"
}

# The build stage stays behind without a name. Only what stands on our own base image is ours.
unnamed_stages() {
    [ -s "$work/base-layer" ] || return 0
    local image
    for image in $(docker images --quiet --filter dangling=true); do
        docker image inspect --format '{{index .RootFS.Layers 0}} {{.Id}}' "$image"
    done | awk -v base="$(cat "$work/base-layer")" '$1 == base { print $2 }'
}

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# expect TEXT PATTERN WHAT
expect() {
    grep -qE -- "$2" <<<"$1" || fail "$3: nothing matches $2 in:
$1"
}

# refuse TEXT PATTERN WHAT
refuse() {
    ! grep -qE -- "$2" <<<"$1" || fail "$3: $2 is in:
$1"
}

# inspect SERVICE FORMAT
inspect() {
    docker inspect --format "$2" "$(practice ps --all --quiet "$1")"
}

# What would be committed, owned by a user that no image knows, readable by nobody else.
fresh_copy() {
    mkdir -m 700 "$work/clone"
    git ls-files -z --cached --others --exclude-standard | tar --null --files-from - -c | tar -C "$work/clone" -x
    chmod -R go= "$work/clone"
    [ "$(id -u)" -ne 0 ] || chown -R 4321:4321 "$work/clone"
}

# Keys at the places where people leave them.
plant_keys() {
    local place
    for place in server.key certs/root.pem certs/issuing.key ca/issuing.key src/issuing.key scripts/client.p12 \
        fingerprint.key state/fingerprint.key; do
        mkdir -p "$1/$(dirname "$place")"
        echo decoy >"$1/$place"
    done
}

neither_git_nor_a_build_takes_a_key() {
    cp -r "$work/clone" "$work/planted"
    plant_keys "$work/planted"
    local taken
    taken=$(cd "$work/planted" && git init -q . && git add . && git grep --cached -l '^decoy$' || true)
    [ -z "$taken" ] || fail "git would take $taken"
    printf 'FROM scratch\nCOPY . /\n' >"$work/context"
    docker build --quiet --tag "$WHY401_IMAGE-context" --file - "$work/planted" <"$work/context" >/dev/null 2>&1
    local id
    id=$(docker create "$WHY401_IMAGE-context" none)
    taken=$(docker export "$id" | tar -t | grep -E '\.(key|pem|der|p12)$|^certs/|^\.git/' || true)
    docker rm "$id" >/dev/null
    [ -z "$taken" ] || fail "a build would take $taken"
}

# Those of the environment, else the official ones, else our own.
base_images() {
    local image
    [ -z "${BUILD_IMAGE:-}" ] || return 0
    image=$(sed -n 's/^ARG BUILD_IMAGE=//p' Dockerfile)
    ! docker image inspect "$image" >/dev/null 2>&1 || return 0
    ! timeout 300 docker pull --quiet "$image" >/dev/null 2>&1 || return 0
    echo "no image can be pulled: making base images from Debian's packages"
    export BUILD_IMAGE=$WHY401_IMAGE-base:build RUNTIME_IMAGE=$WHY401_IMAGE-base:runtime
    made+=("$BUILD_IMAGE" "$RUNTIME_IMAGE")
    scripts/base-images.sh "$BUILD_IMAGE" "$RUNTIME_IMAGE" >/dev/null
    docker image inspect --format '{{index .RootFS.Layers 0}}' "$BUILD_IMAGE" >"$work/base-layer"
}

the_file_holds_together() {
    compose config --quiet
    practice config --quiet
    refuse "$(compose config | tr '\n' ' ')" '0\.0\.0\.0:[0-9]*:' "ports are published on loopback"
}

# Waits for the containers that end by themselves.
ended_well() {
    local service code
    for service in "$@"; do
        code=$(docker wait "$(practice ps --all --quiet "$service")")
        [ "$code" = 0 ] || fail "$service ended with $code"
    done
}

the_client_shows_a_mistake_and_its_cure() {
    local said
    said=$(practice logs --no-color client)
    printf '%s\n' "$said"
    expect "$said" 'HTTP/[0-9.]+ 401' "the mistake"
    expect "$said" 'x-auth-diagnosis: api-token-with-username;' "its name"
    expect "$said" 'HTTP/[0-9.]+ 200' "the repaired call"
    refuse "$said" 'ATATT' "no secret in the log of the client"
}

practice_says_so_and_the_real_service_does_not() {
    local said
    said=$(practice logs --no-color why401-sandbox)
    expect "$said" 'SANDBOX: sandbox:8443 answers in Bitbucket' "banner of the proxy in practice"
    expect "$said" '"auth_diagnosis","deployment.environment.name":"SANDBOX","auth.mistake":"api-token-with-username"' \
        "event of the proxy in practice"
    refuse "$(practice logs --no-color why401)" SANDBOX "the real proxy does not practise"
}

the_containers_are_confined() {
    local service
    for service in why401 why401-sandbox sandbox; do
        [ "$(inspect "$service" '{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.CapAdd}} {{.State.Health.Status}}')" = \
            "10001:10001 true [ALL] [] healthy" ] || fail "$service is not confined, or not healthy"
        [ "$(practice exec -T "$service" id -u | tr -d '\r')" = 10001 ] || fail "$service runs as another user"
        ! practice exec -T "$service" sh -c 'echo x >/usr/local/bin/x' 2>/dev/null || fail "$service can write on its root"
    done
    expect "$(inspect certs '{{.HostConfig.CapDrop}} {{.HostConfig.CapAdd}} {{.HostConfig.NetworkMode}}')" \
        '\[ALL\] \[(CAP_)?DAC_OVERRIDE\] none' "the one that writes ./certs"
}

the_ca_comes_out_and_its_key_stays() {
    local keys
    [ "$(cd "$work/clone/certs" && ls -A | tr '\n' ' ')" = ".gitignore README.md root.der root.p12 root.pem " ] ||
        fail "./certs holds $(ls -A "$work/clone/certs")"
    ! grep -rl 'PRIVATE KEY' "$work/clone/certs" || fail "a key is in ./certs"
    expect "$(head -1 "$work/clone/certs/root.pem")" '^-----BEGIN CERTIFICATE-----$' "certs/root.pem"
    [ -n "$(find "$work/clone/certs/root.pem" -perm 644)" ] || fail "certs/root.pem is not for everybody to read"
    keys=$(compose exec -T why401 stat -c '%a %u' /var/lib/why401/ca/issuing.key /var/lib/why401/fingerprint.key)
    [ "$(tr -d '\r' <<<"$keys" | sort -u)" = "600 10001" ] || fail "the keys are not the proxy's alone: $keys"
}

# A client of this machine, as it uses the published ports.
this_machine_is_let_in() {
    local proxy admin
    proxy=$(compose port why401 8401) admin=$(compose port why401 8402)
    expect "$proxy $admin" '^127\.0\.0\.1:[0-9]+ 127\.0\.0\.1:[0-9]+$' "published on loopback alone"
    expect "$(curl -sS "http://$admin/healthz")" '^ok$' "health"
    # Admitted, and told that the proxy's own loopback is no place to go.
    expect "$(curl -si -x "http://$proxy" https://127.0.0.1:1/ || true)" 'error=destination_ip_prohibited' "the proxy"
    # Who is listed, and nobody else.
    WHY401_ALLOW_CLIENT=192.0.2.0/24 compose up -d why401 >/dev/null 2>&1
    healthy why401
    proxy=$(compose port why401 8401)
    expect "$(curl -si -x "http://$proxy" https://127.0.0.1:1/ || true)" '^HTTP/1.1 403' "an unlisted client"
    refuse "$(curl -si -x "http://$proxy" https://127.0.0.1:1/ || true)" 'destination_ip_prohibited' "an unlisted client"
}

healthy() {
    local tries=60
    until [ "$(inspect "$1" '{{.State.Health.Status}}')" = healthy ]; do
        [ $((tries -= 1)) -gt 0 ] || fail "$1 does not become healthy"
        sleep 1
    done
}

it_stops_within_its_drain() {
    local begun=$SECONDS
    practice stop >/dev/null 2>&1
    [ $((SECONDS - begun)) -lt 25 ] || fail "it took $((SECONDS - begun)) s to stop"
    [ "$(inspect why401 '{{.State.ExitCode}}')" = 0 ] || fail "why401 did not end well on SIGTERM"
}

the_ca_outlives_the_container() {
    local before
    before=$(cat "$work/clone/certs/root.pem")
    compose down >/dev/null 2>&1
    rm "$work/clone/certs/root.pem"
    compose up -d >/dev/null 2>&1
    ended_well certs
    [ "$before" = "$(cat "$work/clone/certs/root.pem")" ] || fail "another CA after a new start"
}

run() {
    printf '  %s\n' "${1//_/ }"
    "$@"
}

fresh_copy
run the_file_holds_together
run neither_git_nor_a_build_takes_a_key
base_images
practice build >"$work/build.log" 2>&1 || { tail -50 "$work/build.log"; fail "the images do not build"; }
practice up -d >/dev/null 2>&1 || fail "it does not start"
ended_well certs client
run the_client_shows_a_mistake_and_its_cure
run practice_says_so_and_the_real_service_does_not
run the_containers_are_confined
run the_ca_comes_out_and_its_key_stays
run this_machine_is_let_in
run it_stops_within_its_drain
run the_ca_outlives_the_container
echo "the compose file holds"

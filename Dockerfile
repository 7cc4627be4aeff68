# The image of why401, and of what is needed to practise with it. Both base images are arguments: a registry of one's
# own, another release of Debian, or images made on the spot where none can be pulled (scripts/base-images.sh).
ARG BUILD_IMAGE=rust:1.95-slim-bookworm
ARG RUNTIME_IMAGE=debian:bookworm-slim

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY .cargo .cargo
COPY src src
RUN cargo build --locked --release --bin why401

FROM ${RUNTIME_IMAGE} AS why401
# The roots that Bitbucket's certificate is verified by.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /src/target/release/why401 /usr/local/bin/why401
# A number, not a name: Kubernetes can then see that it is not root. A new volume takes owner and mode from this folder.
RUN install -d -o 10001 -g 10001 -m 0700 /var/lib/why401
ENV WHY401_STATE_DIR=/var/lib/why401
USER 10001:10001
ENTRYPOINT ["why401"]
CMD ["serve"]

# The sandbox serves real repositories with git; the client in front of it is a person with curl.
FROM why401 AS sandbox
USER 0:0
COPY scripts/first-call.sh /usr/local/bin/first-call
RUN apt-get update \
 && apt-get install -y --no-install-recommends curl git jq \
 && rm -rf /var/lib/apt/lists/* \
 && chmod 0755 /usr/local/bin/first-call
USER 10001:10001

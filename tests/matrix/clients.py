"""The clients of the matrix: how each makes one call, and what a person who runs it under why401 reads."""

from dataclasses import dataclass
from typing import Optional

USER = "https://api.bitbucket.org/2.0/user"
GIT = "https://bitbucket.org/acme/website.git"
# Resolves nowhere: what goes past the proxy leaves no machine.
NOWHERE = "https://api.bitbucket.invalid/2.0/user"

# What a URL has in place of the `@` of an email.
USERINFO = 'https://${NAME/@/%40}:$TOKEN@bitbucket.org/acme/website.git'


@dataclass(frozen=True)
class Client:
    """One row. The line is one for bash, with the credential in $NAME and $TOKEN and the target in $ADDRESS."""

    name: str
    line: str
    # Prints its version.
    version: str
    address: str = USER
    # Whether its own output says what is wrong, too: in the reason phrase, a body or `remote:` lines.
    says: bool = True
    # Words of the reason that a run gives for having seen nothing; `None` for a client that is seen.
    past: Optional[str] = None
    # Part of the fast core that every change must pass.
    core: bool = False
    # Flags of `why401 run`.
    flags: tuple = ()

    @property
    def is_git(self):
        return self.address == GIT


def python(name, library, **more):
    return Client(name, f'python "$PROGRAMS/call.py" {library}', version(library), **more)


def version(library):
    library = {"urllib": None, "atlassian": "atlassian-python-api"}.get(library.split("_")[0], library.split("_")[0])
    if library is None:
        return "python --version"
    return f"python -c 'from importlib.metadata import version; print(version(\"{library}\"))'"


NODE = "node --version"
NODE_24 = '"$NODE_24" --version'
JAVA = "java -version 2>&1 | grep -v Picked"

CLIENTS = [
    Client("curl -f", 'curl -sSf -u "$NAME:$TOKEN" "$ADDRESS"', "curl --version", says=False, core=True),
    Client(
        "curl, HTTP/2",
        'curl -sS --fail-with-body --http2 -u "$NAME:$TOKEN" "$ADDRESS"',
        "curl --version",
        core=True,
        flags=("--client-http=2",),
    ),
    Client("wget", 'wget -O- --auth-no-challenge --user="$NAME" --password="$TOKEN" "$ADDRESS"', "wget --version", core=True),
    Client("git clone", f'git clone "{USERINFO}" work', "git --version", address=GIT, core=True),
    Client("git clone, HTTP/2", f'git -c http.version=HTTP/2 clone "{USERINFO}" work', "git --version", address=GIT),
    Client(
        "git push",
        f'git init -q work && cd work && git commit -q --allow-empty -m Change && git push "{USERINFO}" HEAD:refs/heads/$RANDOM',
        "git --version",
        address=GIT,
    ),
    python("Python urllib", "urllib", core=True),
    python("Python requests", "requests", core=True),
    python("Python httpx", "httpx", core=True),
    python("Python aiohttp, trust_env=True", "aiohttp"),
    python("Python atlassian-python-api", "atlassian", says=False),
    Client(
        "uv, from git",
        f'uv pip install --quiet --no-index --target out "website @ git+{USERINFO}" >log 2>&1; cat log; '
        'grep -q "does not appear to be a Python project\\|[Nn]o .*pyproject" log',
        "uv --version",
        address=GIT,
    ),
    python("Python pygit2 (libgit2)", "pygit2", address=GIT, says=False),
    Client(
        "cargo, from git",
        f'cargo init -q x && cd x && cargo add -q --git "{USERINFO}" website >log 2>&1; cat log; grep -q "could not find\\|Cargo.toml" log',
        "cargo --version",
        address=GIT,
        says=False,
    ),
    python("Python dulwich", "dulwich", address=GIT, says=False),
    Client(
        "pip, from git",
        # The repository is no Python project, which pip finds out when it has it.
        f'python -m pip download --disable-pip-version-check "git+{USERINFO}" >log 2>&1; cat log; grep -q "Resolved .* to commit" log',
        "python -m pip --version",
        address=GIT,
    ),
    Client("Node 24 fetch", '"$NODE_24" "$PROGRAMS/fetch.mjs"', NODE_24),
    Client("Node 24 https", '"$NODE_24" "$PROGRAMS/https.mjs"', NODE_24),
    Client("Deno fetch", 'deno run --quiet --allow-all "$PROGRAMS/fetch.mjs"', "deno --version"),
    Client("Java HttpURLConnection", 'java "$PROGRAMS/Classic.java"', JAVA),
    Client("Java java.net.http", 'java "$PROGRAMS/Modern.java"', JAVA),
    Client("Go net/http", '"$GO"', "go version"),
    Client("Ruby Net::HTTP", 'ruby "$PROGRAMS/net_http.rb"', "ruby --version"),
    Client("Perl LWP", 'perl "$PROGRAMS/lwp.pl"', "perl -MLWP -e 'print $LWP::VERSION'"),
    Client("PHP curl", 'php "$PROGRAMS/curl.php"', "php --version"),
    Client("Node before 24, fetch", 'node "$PROGRAMS/fetch.mjs"', NODE, address=NOWHERE, past="does not read proxy variables"),
    Client("Node before 24, https", 'node "$PROGRAMS/https.mjs"', NODE, address=NOWHERE, past="does not read proxy variables"),
    Client("PHP streams", 'php "$PROGRAMS/stream.php"', "php --version", address=NOWHERE, past="its streams .* never do"),
    python("Python urllib3, PoolManager", "urllib3", address=NOWHERE, past="bare urllib3 never"),
    python("Python requests, trust_env=False", "requests_untrusting", address=NOWHERE, past="trust_env=False"),
    python("Python aiohttp, trust_env=False", "aiohttp_untrusting", address=NOWHERE, past="aiohttp only with trust_env=True"),
    Client(
        "git over SSH",
        "GIT_SSH_COMMAND=false git clone git@bitbucket.org:acme/website.git",
        "git --version",
        address=NOWHERE,
        past="SSH uses keys",
        core=True,
    ),
    Client(
        "git, http.proxy in its settings",
        "git config --global http.proxy http://127.0.0.1:1; git ls-remote https://bitbucket.invalid/acme/website.git",
        "git --version",
        address=NOWHERE,
        past="git's own setting http.proxy wins",
        core=True,
    ),
    Client("curl --noproxy", 'curl -sS --noproxy "*" "$ADDRESS"', "curl --version", address=NOWHERE, past="sets its own proxy", core=True),
]

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
    # Words of the fix that a client gets that does not trust the CA; `None` for one that does.
    distrusts: Optional[str] = None
    # What stands beside the mistake, because the client does it on every call.
    also: Optional[str] = None
    # Calls a service that has nothing to do with Bitbucket, and must go on to.
    unrelated: bool = False
    # Lines that run outside of why401, before and after.
    before: str = ""
    after: str = ""
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
JAVA_25 = '"$JAVA_25" -version 2>&1 | grep -v Picked'
JAVA = "java -version 2>&1 | grep -v Picked"
# The file is in the folder of the programs; a cache of its own for each, so that they do not wait for each other.
GRADLE = 'gradle --offline -q -g "$HOME/gradle" --project-cache-dir "$HOME/cache" -b "$PROGRAMS/build.gradle"'

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
    Client("Java 25 HttpURLConnection", '"$JAVA_25" -cp "$CLASSES" Classic', JAVA_25),
    Client("Java 25 java.net.http", '"$JAVA_25" -cp "$CLASSES" Modern', JAVA_25),
    Client(
        "Maven, parent POM from Bitbucket",
        # There is no such file, which Maven finds out when it is let in.
        'mvn -B -q -f "$PROGRAMS/pom.xml" -s "$PROGRAMS/settings.xml" -Dmaven.repo.local="$HOME/m2" validate >log 2>&1; cat log; '
        'grep -q "Could not find artifact" log',
        "mvn --version",
    ),
    Client("Gradle --no-daemon", f"{GRADLE} --no-daemon call", "gradle --version"),
    Client(
        # It gets the proxy and the trust store from the program that asks it for a build, until it has used TLS once.
        "Gradle, a daemon that ran before",
        f"{GRADLE} call",
        "gradle --version",
        before=f"{GRADLE} tasks",
        after="gradle -g \"$HOME/gradle\" --stop",
    ),
    Client("Go net/http", '"$GO"', "go version"),
    Client("Go net/http, current", '"$GO_CURRENT"', '"$GO_TOOL" version'),
    Client("R curl, cainfo from CURL_CA_BUNDLE", 'Rscript "$PROGRAMS/curl.R"', "Rscript -e 'packageVersion(\"curl\")'"),
    Client(
        "R httr",
        'Rscript "$PROGRAMS/httr.R"',
        "Rscript -e 'packageVersion(\"httr\")'",
        distrusts="R's curl reads no variable",
    ),
    Client("Node, what axios 1.7.9 sends", 'node "$PROGRAMS/old_axios.mjs"', NODE, also="absolute-form-https"),
    Client(
        "AWS CLI, another service with a CA of its own",
        "aws sts get-caller-identity --endpoint-url https://sts.example.test",
        "aws --version",
        unrelated=True,
    ),
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

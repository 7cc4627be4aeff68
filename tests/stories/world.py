"""A sandbox and the proxy before it, as a reader of README.md starts them, for one story."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "scripts"))

from readme.program import PATIENCE, Program  # noqa: E402


class World:
    """Ends both programs, and leaves no file, at the end of its `with`."""

    def __init__(self, program, at=None, disputed=None, intercept=None):
        self.folder = Path(tempfile.mkdtemp(prefix="story-"))
        self.started = []
        try:
            date = ["--at", at] if at else []
            reading = ["--disputed", disputed] if disputed else []
            self._start(program, date + reading, intercept)
        except BaseException:
            self.__exit__()
            raise

    def _start(self, program, switches, intercept):
        root, credentials = self.folder / "sandbox.pem", self.folder / "credentials.json"
        sandbox = self._program(
            [program, "sandbox", "--listen=127.0.0.1:0", f"--ca-file={root}", f"--credentials-file={credentials}"]
            + switches
        )
        port = told(sandbox, r"127\.0\.0\.1:(\d+)")
        appears(sandbox, credentials)
        state = f"--state-dir={self.folder}/state"
        if intercept:
            subprocess.run([program, "ca", "init", state, f"--for={intercept}"], check=True, stdout=subprocess.DEVNULL)
        self.serve = self._program(
            [program, "serve", f"--sandbox=127.0.0.1:{port}", f"--origin-ca={root}", "--intercept=bitbucket.org"]
            + ["--listen=127.0.0.1:0", "--admin-listen=none", state, "--log-format=json", "--log-every"]
            + ([f"--intercept={intercept}"] if intercept else [])
        )
        proxy = "http://" + told(self.serve, r"listens on (127\.0\.0\.1:\d+)")
        ca = told(self.serve, r"clients must trust its CA.*: (/.*)")
        self.credentials = json.loads(credentials.read_text())
        self.client = {
            "HTTPS_PROXY": proxy,
            **dict.fromkeys(["CURL_CA_BUNDLE", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "GIT_SSL_CAINFO"], ca),
            **variables(self.credentials),
        }

    def _program(self, command):
        program = Program([str(part) for part in command], {"HOME": str(self.folder)})
        self.started.append(program)
        return program

    def call(self, client):
        """What the client saw, run in an empty folder of its own."""
        return client.run(Path(tempfile.mkdtemp(dir=self.folder)), self.client)

    def event(self, member, value):
        """The event whose member is this, once it is written."""
        found = told(self.serve, f'(.*"{re.escape(member)}":"{re.escape(value)}".*)')
        return json.loads(found)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for program in reversed(self.started):
            program.stop()
        shutil.rmtree(self.folder)


def told(program, pattern):
    """The group of the pattern, once it has been said."""
    found = program.wait_for(lambda output: re.search(pattern, output))
    if not found:
        raise AssertionError(f"{program.process.args[:2]} never said {pattern!r}, only:\n{program.output}")
    return found[1]


def appears(program, file):
    """Returns once the file is there: it is renamed into place last, so nothing is said after it."""
    deadline = time.monotonic() + PATIENCE
    while not file.exists():
        if program.ended or time.monotonic() > deadline:
            raise AssertionError(f"{file.name} never appeared:\n{program.output}")
        time.sleep(0.01)


def variables(credentials):
    """`API_TOKEN` for the first of its kind, `API_TOKEN_EXPIRED` by state, `API_TOKEN_READS_ONLY` by what is noted."""
    found = {}
    for one in credentials:
        words = [one["kind"]]
        if one["state"] != "good":
            words.append(one["state"])
        found.setdefault(variable(words), one["secret"])
        if one.get("note"):
            found.setdefault(variable([*words, one["note"]]), one["secret"])
    main, consumer = (
        next(one for one in credentials if (one["kind"], one["state"]) == (kind, "good"))
        for kind in ["api_token", "oauth_consumer"]
    )
    names = {"USERNAME": main["username"], "EMAIL": main["email"], "OAUTH_CONSUMER_KEY": consumer["username"]}
    return {**found, **names}


def variable(words):
    return re.sub(r"\W+", "_", "_".join(words)).upper()

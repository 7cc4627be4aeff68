"""Runs each client under `why401 run` before a sandbox: with a wrong credential, and with the right one.

    tests/matrix/run.sh            all clients; none may be missing
    tests/matrix/run.sh --core     the fast core
    WHY401_BLESS=1                 writes docs/clients.md from the results
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Behind this folder, which has a module of the same name as the stories.
sys.path.extend([str(ROOT / "scripts"), str(ROOT / "tests/stories")])

from clients import CLIENTS  # noqa: E402
from page import Page  # noqa: E402
from readme.program import Program  # noqa: E402
from world import appears, told  # noqa: E402

PROGRAM = Path(os.environ.get("WHY401", ROOT / "target/debug/why401")).resolve()
PATIENCE = 120
SIDE_BY_SIDE = 2
# The wrong name, by surface: each is right on the other one.
WRONG = {False: ("username", "api-token-with-username"), True: ("email", "api-token-with-email-on-git")}


class Bitbucket:
    """A sandbox for all clients."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="matrix-")
        self.root = Path(self.folder.name) / "sandbox.pem"
        listed = Path(self.folder.name) / "credentials.json"
        command = [PROGRAM, "sandbox", "--listen=127.0.0.1:0", f"--ca-file={self.root}", f"--credentials-file={listed}"]
        self.sandbox = Program([str(part) for part in command], {"HOME": self.folder.name, "PATH": os.environ["PATH"]})
        self.port = told(self.sandbox, r"127\.0\.0\.1:(\d+)")
        appears(self.sandbox, listed)
        credentials = json.loads(listed.read_text())
        self.good = next(one for one in credentials if (one["kind"], one["state"]) == ("api_token", "good"))

    def run(self, client, name, flags=(), **more):
        """The client under `run`, in an empty folder: its code, its own output, all of standard error, and the report."""
        home = tempfile.mkdtemp(dir=self.folder.name)
        person = {f"GIT_{role}_{what}": "jane@acme.example" for role in ["AUTHOR", "COMMITTER"] for what in ["NAME", "EMAIL"]}
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": home,
            "TMPDIR": home,
            "LC_ALL": "C.UTF-8",
            # rustup's cargo is nothing without its home.
            "RUSTUP_HOME": os.environ.get("RUSTUP_HOME", str(Path.home() / ".rustup")),
            "GIT_TERMINAL_PROMPT": "0",
            "PROGRAMS": str(HERE / "programs"),
            **{name: os.environ.get(name, "") for name in ["NODE_24", "GO", "GO_CURRENT", "JAVA_25", "CLASSES"]},
            "ADDRESS": client.address,
            "NAME": self.good[name],
            "TOKEN": self.good["secret"],
            **person,
            **more,
        }

        def bare(line):
            subprocess.run(["bash", "-c", line], cwd=home, env=environment, capture_output=True, timeout=PATIENCE, check=True)

        command = [PROGRAM, "run", f"--sandbox=127.0.0.1:{self.port}", f"--origin-ca={self.root}", *client.flags, *flags]
        bare(client.before)
        done = subprocess.run(
            [*command, "--report=report.json", "--", "bash", "-c", client.line],
            cwd=home,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
        )
        bare(client.after)
        said = done.stderr.decode(errors="replace")
        report = json.loads((Path(home) / "report.json").read_text())
        return done.returncode, done.stdout.decode(errors="replace"), said, report

    def stop(self):
        self.sandbox.stop()
        self.folder.cleanup()


class Service:
    """What calls of other tools go to, trusted by a root of its own alone."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="service-")
        self.root, key = Path(self.folder.name) / "root.pem", Path(self.folder.name) / "key.pem"
        kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        names = ["-subj", "/CN=service", "-addext", "subjectAltName=DNS:sts.example.test"]
        subprocess.run(["openssl", "req", *kind, *names, "-keyout", key, "-out", self.root], check=True, capture_output=True)
        command = [sys.executable, str(HERE / "programs/service.py"), str(self.root), str(key)]
        self.program = Program(command, dict(os.environ))
        self.port = told(self.program, r"port (\d+)")
        return self

    def __exit__(self, *_):
        self.program.stop()
        self.folder.cleanup()


class Matrix(unittest.TestCase):
    """One test for each client is added below."""

    bitbucket = None
    results = {}

    def seen(self, client):
        wrong, mistake = WRONG[client.is_git]
        code, out, said, report = self.bitbucket.run(client, wrong)
        everything = f"{client.line}\n{out}\n{said}"
        self.assertNotEqual(code, 0, everything)
        self.assertRegex(said, rf"(?m)^{mistake}  SANDBOX 401", everything)
        self.assertRegex(said, r"(?m)^  sent  Basic, user j….*API token of 192", everything)
        self.assertRegex(said, r"(?m)^  do    (Use|For git use) ", everything)
        self.assertIn(mistake, [one["auth.mistake"] for one in report["findings"]])
        if client.also:
            self.assertRegex(said, f"(?m)^  also  .*{client.also}", everything)
        # Lines of the summary begin with the name; a tool's own words have it in their middle.
        says = re.search(r"(?m)^.+why401: ", out + said) is not None
        self.assertEqual(says, client.says, f"whether the tool's own output says it:\n{everything}")
        self.assertNotIn(self.bitbucket.good["secret"][:40], re.sub(r"https://\S+@bitbucket", "", said))
        right = WRONG[not client.is_git][0]
        code, out, said, report = self.bitbucket.run(client, right)
        self.assertEqual(code, 0, f"{client.line}\n{out}\n{said}")
        self.assertNotRegex(said, r"(?m)^[a-z-]+  SANDBOX 4", said)
        self.results[client.name] = "its own output, and the summary" if says else "the summary"

    def past(self, client):
        _, out, said, _ = self.bitbucket.run(client, "username")
        everything = f"{client.line}\n{out}\n{said}"
        self.assertIn("why401: no call to Bitbucket went through this run", said, everything)
        self.assertRegex(said, f"why401:   maybe: .*{client.past}", everything)
        self.assertEqual(said.count("why401:   maybe: "), 1, everything)
        self.results[client.name] = "not seen; the summary says so, and why"

    def distrusts(self, client):
        code, out, said, _ = self.bitbucket.run(client, "username")
        everything = f"{client.line}\n{out}\n{said}"
        self.assertNotEqual(code, 0, everything)
        self.assertRegex(said, "(?m)^client-distrusts-ca  SANDBOX", everything)
        self.assertRegex(said, f"(?m)^  do    .*{client.distrusts}", everything)
        self.results[client.name] = "not trusted; the summary says so, and what to set"

    def unrelated(self, client):
        with Service() as service:
            keys = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "none", "AWS_DEFAULT_REGION": "eu-west-1"}
            flags = [f"--connect-to=sts.example.test:443:127.0.0.1:{service.port}"]
            code, out, said, _ = self.bitbucket.run(client, "username", flags, AWS_CA_BUNDLE=str(service.root), **keys)
        everything = f"{client.line}\n{out}\n{said}"
        self.assertEqual(code, 0, everything)
        self.assertIn("user/jane", out, everything)
        self.assertIn("passed on unseen, being other hosts: sts.example.test:443", said, everything)
        self.results[client.name] = "works as without the prefix"


def _test(client):
    kinds = {"past": client.past, "distrusts": client.distrusts, "unrelated": client.unrelated}
    kind = next((name for name, holds in kinds.items() if holds), "seen")

    def test(self):
        getattr(self, kind)(client)

    test.__doc__ = client.name
    return test


for _number, _client in enumerate(CLIENTS):
    setattr(Matrix, f"test_{_number:02}", _test(_client))


def play_one(test):
    """Its outcome; failures and errors alike as texts."""
    outcome = unittest.TestResult()
    test.run(outcome)
    return test, [text for _, text in outcome.failures + outcome.errors]


def main(arguments):
    """A line for each client, and `N passed, N failed` as the last one."""
    begun = time.monotonic()
    wanted = [f"test_{number:02}" for number, one in enumerate(CLIENTS) if one.core or "--core" not in arguments]
    if names := [one for one in arguments if one != "--core"]:
        wanted = [f"test_{number:02}" for number, one in enumerate(CLIENTS) if any(name in one.name for name in names)]
    Matrix.bitbucket = Bitbucket()
    try:
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            outcomes = list(pool.map(play_one, map(Matrix, wanted)))
    finally:
        Matrix.bitbucket.stop()
    failed = 0
    for test, texts in outcomes:
        print("FAILED" if texts else "ok    ", test.shortDescription(), *texts)
        failed += bool(texts)
    if complaint := Page(ROOT / "docs/clients.md").check(Matrix.results, os.environ):
        print("FAILED", complaint)
        failed += 1
    print(f"in {time.monotonic() - begun:.0f} s")
    print(f"{len(outcomes) - failed} passed, {failed} failed")
    return 1 if failed or not outcomes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

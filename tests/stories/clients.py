"""The real clients: how each is called, and what it saw."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from string import Template

# The longest that one command may take.
PATIENCE = 30

STATUS = re.compile(r"HTTP/[\d.]+ (\d{3})")
DIAGNOSIS = re.compile(r"x-auth-diagnosis: (.*)", re.IGNORECASE)


@dataclass
class Answer:
    """One answer, as the client saw it."""

    status: int
    diagnosis: str = ""

    @property
    def mistakes(self):
        """What the field lists, best first."""
        return re.findall(r"(?:^|, )([a-z0-9-]+);certainty=", self.diagnosis)

    def parameter(self, name):
        """One of the first mistake's, as text."""
        found = re.search(rf';{name}=(?:"((?:[^"\\]|\\.)*)"|([a-z]+))', self.diagnosis)
        return (found[1] or found[2] or "") if found else ""


@dataclass
class Seen:
    """What a person sees of one command."""

    code: int
    text: str

    @property
    def answers(self):
        """In order, those of the proxy to CONNECT among them."""
        found = []
        for line in self.text.splitlines():
            if status := STATUS.search(line):
                found.append(Answer(int(status[1])))
            elif found and (field := DIAGNOSIS.search(line)):
                found[-1].diagnosis = field[1].strip()
        return found


@dataclass(frozen=True)
class curl:  # pylint: disable=invalid-name
    """A shell line with curl in it. `.curlrc` makes it show the heads of answers and fail on a refusal."""

    line: str

    def run(self, folder, environment):
        (folder / ".curlrc").write_text("include\nsuppress-connect-headers\nsilent\nshow-error\n")
        return _run(["bash", "-c", self.line], folder, environment)


@dataclass(frozen=True)
class wget:
    """A shell line with wget in it; `-S` makes it show the heads of answers."""

    line: str

    def run(self, folder, environment):
        (folder / ".wgetrc").write_text(f"ca_certificate = {environment['SSL_CERT_FILE']}\n")
        return _run(["bash", "-c", self.line], folder, {"https_proxy": environment["HTTPS_PROXY"], **environment})


@dataclass(frozen=True)
class git:
    """A shell line with git in it, and what a person would type when git asks."""

    line: str
    user: str = ""
    password: str = ""

    def run(self, folder, environment):
        ask = folder / "ask"
        ask.write_text(f'#!/bin/bash\ncase $1 in User*) echo "{self.user}" ;; *) echo "{self.password}" ;; esac\n')
        ask.chmod(0o700)
        answers = {
            "GIT_ASKPASS": str(ask),
            # Shows the heads of answers, and no credentials.
            "GIT_TRACE_CURL": "1",
            "GIT_TRACE_CURL_NO_DATA": "1",
        }
        person = {
            f"GIT_{role}_{what}": value
            for role in ["AUTHOR", "COMMITTER"]
            for what, value in [("NAME", "Jane Doe"), ("EMAIL", "j.doe@acme.example")]
        }
        return _run(["bash", "-c", self.line], folder, {**environment, **answers, **person})


@dataclass(frozen=True)
class _Python:
    """An expression of one Python library, with the credentials as names."""

    expression: str
    # A line of `.netrc`, which requests reads on its own account.
    netrc: str = ""

    def run(self, folder, environment):
        (folder / ".netrc").write_text(Template(self.netrc).substitute(environment))
        speaker = Path(__file__).parent / "python_call.py"
        return _run([sys.executable, str(speaker), type(self).__name__, self.expression], folder, environment)


class requests(_Python):
    """A call of requests."""


class httpx(_Python):
    """A call of httpx."""


class urllib(_Python):
    """A request that urllib opens."""


def _run(command, folder, environment):
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder), **environment}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=PATIENCE,
    )
    return Seen(done.returncode, done.stdout.decode(errors="replace"))

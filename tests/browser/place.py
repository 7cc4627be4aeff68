"""A sandbox, the proxy before it with its admin address, and what a page's text says to paste."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = Path(os.environ.get("WHY401", HERE.parent.parent / "target/debug/why401")).resolve()
sys.path[:0] = [str(HERE.parent / "stories"), str(HERE.parent.parent / "scripts")]

from readme.program import Program  # noqa: E402
from world import appears, told  # noqa: E402


class Place:
    """Ends both programs, and leaves no file, at the end of its `with`."""

    def __init__(self, program):
        self.program = program
        self.folder = Path(tempfile.mkdtemp(prefix="browser-"))
        self.started = []
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise

    def _start(self):
        root, credentials = self.folder / "sandbox.pem", self.folder / "credentials.json"
        sandbox = self._program(
            ["sandbox", "--listen=127.0.0.1:0", f"--ca-file={root}", f"--credentials-file={credentials}"]
        )
        port = told(sandbox, r"127\.0\.0\.1:(\d+)")
        appears(sandbox, credentials)
        self.credentials = json.loads(credentials.read_text())
        serve = self._program(
            ["serve", f"--sandbox=127.0.0.1:{port}", f"--origin-ca={root}", "--intercept=bitbucket.org"]
            + ["--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0", f"--state-dir={self.folder}/state"]
        )
        self.proxy = told(serve, r"listens on (127\.0\.0\.1:\d+)")
        self.admin = told(serve, r"http://(127\.0\.0\.1:\d+)/")

    def _program(self, arguments):
        program = Program([str(self.program), *arguments], {"HOME": str(self.folder)})
        self.started.append(program)
        return program

    def paste(self, lines, folder, variables):
        """What a shell prints that gets these lines, and how it ends."""
        ended = subprocess.run(
            ["sh", "-c", lines],
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        return ended.stdout, ended.returncode

    def page(self):
        """The page as text, by the line that it names itself."""
        command = ["curl", "-fsS", "-x", f"http://{self.proxy}", "http://why401.invalid/"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for program in reversed(self.started):
            program.stop()
        shutil.rmtree(self.folder)


def lines(page, name):
    """The lines below `name:`, as a person would copy them."""
    block = re.search(rf"^{re.escape(name)}:\n\n((?:  .*\n)+)", page, re.MULTILINE)
    return re.sub(r"^  ", "", block[1], flags=re.MULTILINE)

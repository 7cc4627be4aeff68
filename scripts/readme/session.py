"""One reader at work: a fresh home and folder, a shell whose variables last, programs left running in the background."""

import re
import shutil
import tempfile
from pathlib import Path

from readme.program import Program, terminal

# The longest that a command may take, in seconds.
PATIENCE = 60
COLUMNS = 80

# Folder and variables, exported or not, last from block to block, as in one terminal; but for what bash sets itself.
BEFORE = 'cd "$(cat "$STATE/folder")"; . "$STATE/variables"; '
AFTER = r"""trap 'code=$?
    pwd >"$STATE/folder"
    for name in $(compgen -v | grep -vE "^(BASH|FUNCNAME|DIRSTACK|PIPESTATUS|GROUPS|_$)"); do
        [[ ${!name@a} = *r* ]] || declare -p "$name" 2>/dev/null
    done >"$STATE/variables"
    exit $code' EXIT
"""


class Failure(Exception):
    """What a reader of the page would stumble over."""


class Session:
    """Runs blocks one after the other, each on a terminal without colours."""

    def __init__(self, path):
        self.root = Path(tempfile.mkdtemp(prefix="readme-"))
        self.background = {}
        for name in ["home", "work", "state"]:
            (self.root / name).mkdir()
        self.environment = {
            "HOME": str(self.root / "home"),
            "STATE": str(self.root / "state"),
            "TMPDIR": str(self.root / "home"),
            "PATH": path,
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm",
            "NO_COLOR": "1",
        }
        (self.root / "state/folder").write_text(str(self.root / "work"))
        (self.root / "state/variables").write_text("")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.stop_all()
        finally:
            shutil.rmtree(self.root)

    def run(self, text):
        """Exit status and output, the two streams in the order in which a terminal shows them."""
        program = self._program(AFTER + BEFORE + text)
        code = program.end(PATIENCE)
        if code is None:
            raise Failure(f"no end within {PATIENCE} s:\n{text}{program.output}")
        return code, program.output

    def write(self, name, text):
        """A file in the folder that the reader is in."""
        folder = Path((self.root / "state/folder").read_text().rstrip("\n"))
        (folder / name).write_text(text)

    def start(self, name, text, until):
        """Leaves a program running; returns its output once that holds the pattern `until`."""
        if name in self.background:
            raise Failure(f"{name} runs already")
        program = self.background[name] = self._program(BEFORE + text)
        # Up to the end of a line: a terminal may hand on half of one.
        if not program.wait_for(lambda output: re.search(until, output) and output.endswith("\n")):
            raise Failure(f"{name} never said {until!r}, only:\n{program.output}")
        return program.news(bool)

    def stop_all(self):
        """Ctrl-C for all that is running, the youngest first."""
        while self.background:
            name, program = self.background.popitem()
            code = program.stop()
            if code != 0:
                raise Failure(f"{name} ended with {code} on Ctrl-C:\n{program.output}")

    def _program(self, text):
        return Program(["bash", "-c", text], self.environment, terminal(COLUMNS))

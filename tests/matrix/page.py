"""docs/clients.md, which is made of what the matrix found."""

import os
import re
import subprocess
from pathlib import Path

from clients import CLIENTS

HEAD = """\
# Clients under `why401 run`

Each row is a test (`tests/matrix/run.sh`): the real client, with nothing set up but the prefix `why401 run --`, makes a
call with a wrong credential and one with the right one. *Its own output* means that the tool itself prints what is
wrong, which it got in the reason phrase of HTTP/1.1, in the body or in git's `remote:` lines; *the summary* is what
`run` writes to standard error. The table is written by the tests; the versions are those of the last time.

| Client | Where the person reads what is wrong | Version |
|---|---|---|
"""


class Page:
    """The file, by its rows."""

    def __init__(self, path):
        self.path = Path(path)

    def rows(self):
        """What the page says of each client."""
        if not self.path.exists():
            return {}
        found = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]*) \|$", self.path.read_text(), re.MULTILINE)
        return {name: (result, version) for name, result, version in found if name != "Client"}

    def check(self, results, environment):
        """None when it says what was found; with WHY401_BLESS it is made to."""
        known = self.rows()
        if environment.get("WHY401_BLESS"):
            known.update({name: (result, version(name)) for name, result in results.items()})
            self.write(known)
            return None
        wrong = [name for name, result in results.items() if known.get(name, (None,))[0] != result]
        gone = set(known) - {client.name for client in CLIENTS}
        if not wrong and not gone:
            return None
        return f"docs/clients.md says something else of {sorted([*wrong, *gone])}: WHY401_BLESS=1 tests/matrix/run.sh"

    def write(self, rows):
        lines = [f"| {one.name} | {' | '.join(rows[one.name])} |\n" for one in CLIENTS if one.name in rows]
        self.path.write_text(HEAD + "".join(lines))


def version(name):
    """The number alone."""
    command = next(client.version for client in CLIENTS if client.name == name)
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=dict(os.environ))
    found = re.search(r"\d+(\.\d+)+", done.stdout)
    return found[0] if found else ""

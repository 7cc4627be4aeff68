"""A `why401 serve` before an origin, and what the system says of its process."""

import os
import re
import resource
import subprocess
import tempfile
import threading
from pathlib import Path

from certificates import HOST

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = Path(os.environ.get("WHY401", ROOT / "target/debug/why401")).resolve()
TICKS = os.sysconf("SC_CLK_TCK")
# For what should come at once, in seconds.
PATIENCE = 20


class Proxy:
    """Killed at the end of its `with`, if it still runs."""

    def __init__(self, certificates, origin, *flags, descriptors=None, stdout=subprocess.DEVNULL, state=None, inside=()):
        self.folder = tempfile.TemporaryDirectory(prefix="why401-")
        self.state = state or self.folder.name
        command = [
            *inside,
            PROGRAM,
            "serve",
            "--listen=127.0.0.1:0",
            "--admin-listen=127.0.0.1:0",
            f"--state-dir={self.state}",
            f"--origin-ca={certificates.root}",
            "--log-format=json",
            "--log-every",
            *flags,
        ]
        if origin:
            command.append(f"--connect-to={HOST}:443:{origin.host}:{origin.port}")
        self.process = subprocess.Popen(
            [str(part) for part in command],
            env={"HOME": self.folder.name},
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: limit(descriptors),
        )
        self.said = []
        self.port = int(self._told(r"listens on [^ ]*:(\d+)"))
        self.admin = int(self._told(r"http://[^ ]*:(\d+)/metrics"))
        self.ca = self._told(r"clients must trust its CA[^:]*: (/\S+)")
        threading.Thread(target=self._listen, daemon=True).start()

    def _told(self, pattern):
        for line in self.process.stderr:
            self.said.append(line)
            found = re.search(pattern, line)
            if found:
                return found[1]
        raise AssertionError(f"it ended, and said only: {''.join(self.said)}")

    def _listen(self):
        self.said.extend(self.process.stderr)

    def resident(self):
        """Bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024

    def seconds(self):
        """Of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def descriptors(self):
        """Open ones. Only root may count them: the process hides from others."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def end(self, signal):
        """Sends it and waits; the exit status."""
        self.process.send_signal(signal)
        return self.process.wait(60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        panics = [line for line in self.said if "panic" in line.lower()]
        assert not panics, panics


def limit(descriptors):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = descriptors or hard
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, wanted if descriptors else hard))

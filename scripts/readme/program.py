"""A program that runs in the background, and what it has said."""

import os
import signal
import subprocess
import threading

# The longest wait for something to be said, and for an end, in seconds.
PATIENCE = 20
STOP = 5


class Program:
    """Runs in a process group of its own; both streams are kept, in the order of writing."""

    def __init__(self, command, environment):
        self.output, self.shown = "", 0
        self.changed, self.ended = threading.Condition(), False
        self.process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.reader = threading.Thread(target=self._listen, daemon=True)
        self.reader.start()

    def _listen(self):
        for line in self.process.stdout:
            with self.changed:
                self.output += line.decode()
                self.changed.notify_all()
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def wait_for(self, wanted, patience=PATIENCE):
        """What `wanted` says of the whole output once that is not empty; nothing when it ends, or patience does, before."""
        with self.changed:
            self.changed.wait_for(lambda: wanted(self.output) or self.ended, patience)
            return wanted(self.output)

    def news(self, wanted, patience=STOP):
        """What was said since the last time, once it is as wanted or patience is out."""
        self.wait_for(lambda output: wanted(output[self.shown :]), patience)
        with self.changed:
            news, self.shown = self.output[self.shown :], len(self.output)
            return news

    def stop(self):
        """Ctrl-C as a terminal sends it, to the whole group; the exit status."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
        try:
            code = self.process.wait(STOP)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            code = f"no status within {STOP} s"
        self.reader.join()
        self.process.stdout.close()
        return code

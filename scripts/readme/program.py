"""A program that runs in the background, and what it has said."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
import threading

# The longest wait for what has to come, and for what may, in seconds.
PATIENCE = 20
STOP = 5


def terminal(columns):
    """Both ends of a new terminal: ours, and the program's."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    return ours, theirs


def pieces(end):
    """What is written to the other end of a pipe or terminal, until nobody holds it any more."""
    with os.fdopen(end, "rb", buffering=0) as file:
        while True:
            try:
                piece = file.read(65536)
            except OSError:  # Linux says EIO where a terminal ends.
                return
            if not piece:
                return
            yield piece


class Program:
    """Runs in a process group of its own; both streams are kept, in the order of writing."""

    def __init__(self, command, environment, ends=None):
        """`ends` are those of a pipe or terminal to write to; a pipe of its own otherwise."""
        ours, theirs = ends or os.pipe()
        self.output, self.shown = "", 0
        self.changed, self.ended = threading.Condition(), False
        self.process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            # A shell has what it runs in the background ignore it, and all that is started from there.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        os.close(theirs)
        self.reader = threading.Thread(target=self._listen, args=[ours], daemon=True)
        self.reader.start()

    def _listen(self, end):
        written = b""
        for piece in pieces(end):
            written += piece
            with self.changed:
                # A terminal ends lines with both.
                self.output = written.decode(errors="replace").replace("\r\n", "\n")
                self.changed.notify_all()
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def wait_for(self, wanted, patience=PATIENCE):
        """What `wanted` makes of the whole output, as soon as that is true, or once the program or patience ends."""
        with self.changed:
            self.changed.wait_for(lambda: wanted(self.output) or self.ended, patience)
            return wanted(self.output)

    def news(self, wanted, patience=STOP):
        """What was said since the last time, as soon as it is as wanted, or once patience ends."""
        self.wait_for(lambda output: wanted(output[self.shown :]), patience)
        with self.changed:
            news, self.shown = self.output[self.shown :], len(self.output)
            return news

    def end(self, patience):
        """The exit status, or None of a program that had to be killed."""
        try:
            code = self.process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            code = self.process.wait() and None
        self.reader.join(STOP)
        return code

    def stop(self):
        """Ctrl-C as a terminal sends it, to the whole group; then as `end`."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
        return self.end(PATIENCE)

"""Two network namespaces and a bad line between them, played packet by packet. Needs root."""

import ctypes
import fcntl
import heapq
import os
import random
import select
import shutil
import struct
import subprocess
import threading
import time
from pathlib import Path

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
CLONE_NEWNET = 0x40000000
HERE, THERE = "10.99.0.1", "10.99.0.2"
SEED = 20261125


class Line:
    """What happens to packets; may be changed while it is used."""

    def __init__(self, loss=0.0, delay=0.0, jitter=0.0, duplicate=0.0, corrupt=0.0, rate=None, largest=None):
        # Shares of packets; seconds; bits a second; bytes.
        self.loss, self.duplicate, self.corrupt = loss, duplicate, corrupt
        self.delay, self.jitter, self.rate, self.largest = delay, jitter, rate, largest
        self.chance, self.free_at = random.Random(SEED), {}

    def passes(self, packet, side, now):
        """The packets that come out at the other end, each with its time."""
        if self.largest and len(packet) > self.largest:
            return
        for _ in range(2 if self.chance.random() < self.duplicate else 1):
            if self.chance.random() < self.loss:
                continue
            due = now
            if self.rate:
                due = max(now, self.free_at.get(side, 0)) + len(packet) * 8 / self.rate
                self.free_at[side] = due
            # Packets whose delays differ overtake each other.
            due += self.delay + self.chance.uniform(-self.jitter, self.jitter)
            yield due, self.damaged(packet) if self.chance.random() < self.corrupt else packet

    def damaged(self, packet):
        at = self.chance.randrange(20, len(packet))
        return packet[:at] + bytes([packet[at] ^ 0x10]) + packet[at + 1 :]


class Link:
    """Namespaces `here` and `there`, gone at the end of its `with`."""

    def __init__(self, line, mtu=1500):
        self.line = line
        self.here, self.there = (f"why401-{os.getpid()}-{end}" for end in "ab")
        self.ends = []
        # What `ip netns exec` shows a program there in place of the machine's own.
        self.settings = Path("/etc/netns") / self.here
        self.settings.mkdir(parents=True)
        (self.settings / "resolv.conf").write_text("nameserver 127.0.0.1\n")
        for place, address in [(self.here, HERE), (self.there, THERE)]:
            ip("netns", "add", place)
            device, name = tun()
            self.ends.append(device)
            ip("link", "set", name, "netns", place)
            ip("-n", place, "link", "set", "lo", "up")
            ip("-n", place, "link", "set", name, "mtu", str(mtu), "up")
            ip("-n", place, "address", "add", f"{address}/24", "dev", name)
        self.stopping = False
        self.thread = threading.Thread(target=self._carry, daemon=True)
        self.thread.start()

    def _carry(self):
        waiting, number = [], 0
        while not self.stopping:
            now = time.monotonic()
            while waiting and waiting[0][0] <= now:
                _, _, end, packet = heapq.heappop(waiting)
                write(end, packet)
            rest = min(waiting[0][0] - now, 0.05) if waiting else 0.05
            for end in select.select(self.ends, [], [], max(rest, 0))[0]:
                packet = os.read(end, 65536)
                other = self.ends[1 - self.ends.index(end)]
                for due, packet in self.line.passes(packet, end, time.monotonic()):
                    number += 1
                    heapq.heappush(waiting, (due, number, other, packet))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stopping = True
        self.thread.join()
        for end in self.ends:
            os.close(end)
        for place in [self.here, self.there]:
            ip("netns", "delete", place)
        shutil.rmtree(self.settings)


def write(end, packet):
    try:
        os.write(end, packet)
    except OSError:
        pass  # The device is down, as a line may be.


def tun():
    """A device, and its name."""
    device = os.open("/dev/net/tun", os.O_RDWR)
    asked = fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", b"w401t%d", IFF_TUN | IFF_NO_PI))
    return device, asked[:16].rstrip(b"\0").decode()


def ip(*arguments):
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def enter(place):
    """Moves this thread, and no other, into a namespace."""
    libc = ctypes.CDLL(None, use_errno=True)
    with open(f"/run/netns/{place}") as file:
        if libc.setns(file.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"setns {place}")


def is_possible():
    """Whether this machine lets us make such namespaces."""
    return os.geteuid() == 0 and os.path.exists("/dev/net/tun")

"""An attack, clients that mean well beside it, and what the proxy's memory does meanwhile."""

import asyncio
import contextlib
import os
import sys
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "availability"))

from attacker import dial, request  # noqa: E402
from certificates import HOST, Certificates  # noqa: E402
from client import PATIENCE, get, is_served, trusting  # noqa: E402
from proxy import Proxy  # noqa: E402
from server import Server  # noqa: E402

MOST = 32 << 20
# Bytes held for each byte sent, and what an open exchange costs, whatever was sent for it.
RATIO = 16
EXCHANGE = 64 << 10
WARM_UP = 40


def many(full):
    """How much of an attack there is: all of it in .ci/full, and where the fast part was not asked for."""
    return max(1, full // 20) if os.environ.get("WHY401_ABUSE") == "small" else full


class Siege(unittest.TestCase):
    """Runs `attack(proxy, server)` coroutines. One set of certificates for all."""

    @classmethod
    def setUpClass(cls):
        cls.certificates = Certificates()

    def besiege(self, attack, abuse=None, server=Server):
        """Its result, with the growth of the proxy's memory in bytes; a parallel client is served all the time."""
        with server(self.certificates, abuse) as origin, Proxy(self.certificates, origin) as proxy:
            return asyncio.run(self._besiege(attack, proxy, origin))

    async def _besiege(self, attack, proxy, origin):
        tls = trusting(proxy)
        for _ in range(WARM_UP):
            await is_served(proxy, tls)
        before = proxy.resident()
        # Where the origin abuses its connection, those who share it are refused.
        watch = Watch(proxy, tls, shares=isinstance(origin, Server) and not origin.abuse)
        watching = asyncio.ensure_future(watch.run())
        try:
            result = await attack(proxy, origin)
        finally:
            watch.over = True
            await watching
        growth = max(0, watch.most - before)
        print(f"{self.id()}: {growth / (1 << 20):.1f} MiB more, {watch.served} served beside it", flush=True)
        self.assertGreater(watch.served, 0)
        self.assertLessEqual(growth, MOST)
        return result, growth

    def assert_small(self, growth, sent, exchanges):
        """Bytes held for bytes sent."""
        print(f"{self.id()}: {sent} bytes sent, {growth / sent:.2f} held for each", flush=True)
        self.assertLessEqual(growth, RATIO * sent + EXCHANGE * exchanges)


async def is_served_by_http2(proxy):
    peer = await dial(proxy)
    await peer.send(request(1))
    await peer.until(lambda: peer.answers.get(1))
    assert peer.status(1) == 200, (peer.answers, peer.frames, peer.resets)
    peer.close()


class Watch:
    """A client that means well, one exchange after the other, and the most memory that was seen."""

    def __init__(self, proxy, tls, shares):
        self.proxy, self.tls, self.shares = proxy, tls, shares
        self.over, self.served, self.most = False, 0, 0

    async def run(self):
        while not self.over:
            await is_served(self.proxy, self.tls)
            if self.shares:
                await is_served_by_http2(self.proxy)
            self.served += 1
            self.most = max(self.most, self.proxy.resident())
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.sleep(0.02)
        self.most = max(self.most, self.proxy.resident())


__all__ = ["HOST", "PATIENCE", "Siege", "get", "many"]

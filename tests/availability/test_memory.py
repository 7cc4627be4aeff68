"""What a process that has served still holds of the secrets that passed; only root can look."""

import asyncio
import os
import re
import secrets
import unittest
from pathlib import Path

from certificates import Certificates
from client import get, trusting
from origin import Origin
from proxy import Proxy

SENT = 200


def refuses():
    body = b"no"

    async def serve(reader, writer, head):
        writer.write(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    return serve


@unittest.skipUnless(os.geteuid() == 0, "SKIPPED LOUDLY: only root can read the memory of the proxy")
class Memory(unittest.TestCase):
    def test_what_is_left(self):
        """H-K11: each secret came over a connection of its own, which is closed; the count is printed."""
        certificates = Certificates()
        sent = [f"canary-{secrets.token_hex(24)}" for _ in range(SENT)]

        async def story(proxy):
            tls = trusting(proxy)
            for secret in sent:
                self.assertEqual((await get(proxy, tls, f"Authorization: Bearer {secret}"))[0], 401)

        with Origin(certificates, refuses()) as origin, Proxy(certificates, origin) as proxy:
            asyncio.run(story(proxy))
            memory = b"".join(pieces(proxy.process.pid))
        left = [secret for secret in sent if secret.encode() in memory]
        copies = sum(memory.count(secret.encode()) for secret in sent)
        print(f"memory: {len(left)} of {SENT} secrets left, {copies} copies")
        # Buffers of hyper and rustls are used again, not wiped; what is ours to keep is.
        self.assertLess(len(left), SENT)


def pieces(pid):
    """All that it may write to: heap and stacks."""
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            begin, end, rights = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+)", line).groups()
            if rights.startswith("rw"):
                memory.seek(int(begin, 16))
                try:
                    yield memory.read(int(end, 16) - int(begin, 16))
                except OSError:
                    pass


if __name__ == "__main__":
    unittest.main()

"""Mixed load for as long as SOAK_SECONDS says: memory and descriptors stay flat."""

import asyncio
import os
import random
import time
import unittest

from certificates import Certificates
from client import answer, inside, request, trusting
from origin import ANSWER, Origin
from proxy import Proxy

SECONDS = float(os.environ.get("SOAK_SECONDS", "20"))
CLIENTS = 8
MIB = 1 << 20
STATUSES = [200, 200, 200, 200, 401, 401, 403, 404, 429]


async def mixed(reader, writer, head):
    status = int(head.split(b" ")[1].rsplit(b"/", 1)[1])
    if status == 200:
        writer.write(ANSWER)
        return
    body = b'{"type":"error","error":{"message":"refused"}}'
    fields = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    writer.write(f"HTTP/1.1 {status} Refused\r\n{fields}\r\n".encode() + body)


class Soak(unittest.TestCase):
    def test_nothing_grows(self):
        """H-D10: answers of every kind, new credentials each time, connections that come and go."""
        certificates = Certificates()
        # What glibc keeps for each thread is no growth of ours: it levels off within the first quarter.
        with Origin(certificates, mixed) as origin, Proxy(certificates, origin) as proxy:
            asyncio.run(self.story(proxy, trusting(proxy)))

    async def story(self, proxy, tls):
        done, wrong = await self.load(proxy, tls, SECONDS / 4)
        self.assertEqual(wrong, 0)
        before = proxy.resident(), proxy.descriptors()
        done, wrong = await self.load(proxy, tls, SECONDS)
        after = proxy.resident(), proxy.descriptors()
        print(f"soak: {done} exchanges in {SECONDS:.0f} s, {before} -> {after} (bytes, descriptors)")
        self.assertEqual(wrong, 0, "answers that were not the origin's")
        # A hundred bytes for each credential that is remembered, up to a bound.
        self.assertLess(after[0] - before[0], 8 * MIB + 100 * done)
        self.assertLess(after[1] - before[1], 2 * CLIENTS)
        await is_served_200(proxy, tls)

    async def load(self, proxy, tls, seconds):
        ends = time.monotonic() + seconds
        counts = await asyncio.gather(*(one_client(proxy, tls, ends, number) for number in range(CLIENTS)))
        return sum(done for done, _ in counts), sum(wrong for _, wrong in counts)


async def one_client(proxy, tls, ends, number):
    chance, done, wrong = random.Random(number), 0, 0
    while time.monotonic() < ends:
        reader, writer = await inside(proxy, tls)
        for _ in range(50):
            status = chance.choice(STATUSES)
            token = f"Authorization: Bearer {number}-{chance.random()}"
            writer.write(request("GET", f"/2.0/{status}", token))
            wrong += (await answer(reader))[0] != status
            done += 1
        writer.close()
    return done, wrong


async def is_served_200(proxy, tls):
    reader, writer = await inside(proxy, tls)
    writer.write(request("GET", "/2.0/200"))
    assert (await answer(reader))[0] == 200
    writer.close()


if __name__ == "__main__":
    unittest.main()

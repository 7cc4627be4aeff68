"""Signals with exchanges in flight, a log that nobody reads, a full disk: nothing is dropped, nothing blocks."""

import asyncio
import os
import signal
import time
import unittest

from certificates import Certificates
from client import PATIENCE, answer, get, inside, is_served, request, trusting
from origin import ANSWER, Origin
from proxy import Proxy

REFUSAL = b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 2\r\n\r\nno"
IN_FLIGHT = 100


async def refuses(reader, writer, head):
    writer.write(REFUSAL)


class Ends(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.certificates = Certificates()

    def play(self, story, serve=refuses, **proxy):
        async def told(origin):
            with Proxy(self.certificates, origin, **proxy) as proxy_:
                await story(proxy_, trusting(proxy_))

        with Origin(self.certificates, serve) as origin:
            asyncio.run(told(origin))

    def test_sigterm_with_exchanges_in_flight(self):
        """H-D8: each of a hundred is answered whole, then the process ends well."""
        asked, may_answer = 0, None

        async def serve(reader, writer, head):
            nonlocal asked
            asked += 1
            while not may_answer.is_set():
                await asyncio.sleep(0.01)
            writer.write(ANSWER)

        async def story(proxy, tls):
            calls = [asyncio.ensure_future(get(proxy, tls)) for _ in range(IN_FLIGHT)]
            while asked < IN_FLIGHT:
                await asyncio.sleep(0.01)
            proxy.process.send_signal(signal.SIGTERM)
            while await listens(proxy):
                pass
            may_answer.set()
            for call in calls:
                self.assertEqual(await asyncio.wait_for(call, PATIENCE), (200, b"hello"))
            self.assertEqual(await asyncio.to_thread(proxy.process.wait, PATIENCE), 0)

        may_answer = asyncio.Event()
        self.play(story, serve)

    def test_sigkill_and_a_new_start(self):
        """H-D8: the next start has the same CA, so that clients need not be told anew."""

        async def story(proxy, tls):
            self.assertEqual((await get(proxy, tls))[0], 401)
            proxy.end(signal.SIGKILL)
            with Origin(self.certificates) as origin:
                with Proxy(self.certificates, origin, state=proxy.state) as again:
                    await is_served(again, tls)

        self.play(story)

    def test_a_full_disk(self):
        """H-D8: events that cannot be written hold up nobody."""
        with open("/dev/full", "w") as full:
            self.play(self.many_refusals, stdout=full)

    def test_a_reader_that_left(self):
        """H-D8: a closed pipe."""
        ours, theirs = os.pipe()
        os.close(ours)
        self.play(self.many_refusals, stdout=theirs)
        os.close(theirs)

    def test_a_reader_that_stopped(self):
        """H-D8: a pipe that is full; SIGTERM ends the process all the same."""
        ours, theirs = os.pipe()

        async def story(proxy, tls):
            await self.many_refusals(proxy, tls)
            begun = time.monotonic()
            self.assertEqual(await asyncio.to_thread(proxy.end, signal.SIGTERM), 0)
            self.assertLess(time.monotonic() - begun, PATIENCE)

        self.play(story, stdout=theirs)
        os.close(ours)
        os.close(theirs)

    async def many_refusals(self, proxy, tls):
        """More than a pipe holds."""
        reader, writer = await inside(proxy, tls)
        for number in range(1_000):
            writer.write(request("GET", f"/2.0/{number}", "Authorization: Bearer x"))
            status, body = await asyncio.wait_for(answer(reader), PATIENCE)
            self.assertEqual((status, body), (401, b"no"))
        writer.close()


async def listens(proxy):
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    except OSError:
        return False
    writer.close()
    return True


if __name__ == "__main__":
    unittest.main()

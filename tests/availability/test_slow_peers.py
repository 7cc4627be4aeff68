"""Clients that take their time, or take all there is: the others are served."""

import asyncio
import time
import unittest

from certificates import Certificates
from client import CONNECT, PATIENCE, dial, inside, is_served, request, trusting, tunnel
from origin import Origin
from proxy import Proxy

MANY = 2_000
MIB = 1 << 20
# What a client may take for its first request head, and for one inside of a tunnel; with some leisure.
FIRST_HEAD, INNER_HEAD, LEISURE = 10, 30, 10


class SlowPeers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.certificates = Certificates()

    def play(self, story, *flags, serve=None, **proxy):
        async def told(origin):
            with Proxy(self.certificates, origin, *flags, **proxy) as proxy_:
                await story(proxy_, trusting(proxy_))

        with Origin(self.certificates, *([serve] if serve else [])) as origin:
            asyncio.run(told(origin))

    def test_slow_heads(self):
        """H-D1: thousands of connections that send a byte now and then, before CONNECT and inside of the tunnel."""

        async def story(proxy, tls):
            before = proxy.resident()
            outer = [drip(proxy, tunnelled=None) for _ in range(MANY)]
            inner = [drip(proxy, tunnelled=tls) for _ in range(MANY // 10)]
            crowd = asyncio.gather(*outer, *inner)
            await asyncio.sleep(0)
            while not crowd.done():
                await is_served(proxy, tls)
            ends = await crowd
            self.assertLess(max(ends[:MANY]), FIRST_HEAD + LEISURE)
            self.assertLess(max(ends[MANY:]), INNER_HEAD + LEISURE)
            grown = (proxy.resident() - before) / (len(outer) + len(inner))
            self.assertLess(grown, 64 * 1024, "bytes held for each")

        self.play(story)

    def test_handshakes_that_stop(self):
        """H-D2: no byte, or one byte of a ClientHello."""

        async def story(proxy, tls):
            begun = time.monotonic()
            silent = [closed(*await dial(proxy), b"") for _ in range(50)]
            stalled = []
            for _ in range(50):
                reader, writer, _ = await tunnel(proxy)
                stalled.append(closed(reader, writer, b"\x16"))
            crowd = asyncio.gather(*silent, *stalled)
            await asyncio.sleep(0)
            await is_served(proxy, tls)
            await crowd
            self.assertLess(time.monotonic() - begun, FIRST_HEAD + LEISURE)

        self.play(story)

    def test_slow_transfers(self):
        """H-D3: a gigabyte that nobody reads, and an upload that does not go on."""
        gigabyte = 1 << 30

        async def serve(reader, writer, head):
            if b"/large" not in head:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
                return
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {gigabyte}\r\n\r\n".encode())
            piece = b"x" * MIB
            for _ in range(1024):
                writer.write(piece)
                await writer.drain()

        async def story(proxy, tls):
            await is_served(proxy, tls)
            before = proxy.resident()
            held = []
            for _ in range(8):
                reader, writer = await inside(proxy, tls)
                writer.write(request("GET", "/large"))
                await reader.readexactly(1000)
                held.append(writer)
                reader, writer = await inside(proxy, tls)
                writer.write(request("POST", "/slow", f"Content-Length: {gigabyte}") + b"y" * 1000)
                held.append(writer)
            for _ in range(20):
                await is_served(proxy, tls)
            self.assertLess(proxy.resident() - before, 32 * MIB)
            for writer in held:
                writer.transport.abort()

        self.play(story, serve=serve)

    def test_idle_tunnels(self):
        """H-D4: thousands of tunnels through which nothing passes."""
        target = b""

        async def story(proxy, tls):
            tunnels = []
            for _ in range(5_000):
                reader, writer, said = await tunnel(proxy, target)
                self.assertTrue(said.startswith("HTTP/1.1 200"), said)
                tunnels.append(writer)
            spent = proxy.seconds()
            await asyncio.sleep(3)
            self.assertLess(proxy.seconds() - spent, 3 * 0.05, "seconds of the processor")
            await is_served(proxy, tls)
            for writer in tunnels:
                writer.transport.abort()

        async def silence(reader, writer):
            await reader.read()

        async def both():
            nonlocal target
            server = await asyncio.start_server(silence, "127.0.0.1", 0, backlog=4096)
            port = server.sockets[0].getsockname()[1]
            target = f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
            with Origin(self.certificates) as origin, Proxy(self.certificates, origin) as proxy:
                await story(proxy, trusting(proxy))

        asyncio.run(both())

    def test_without_descriptors(self):
        """H-D4: the loop waits for some, and goes on."""

        async def story(proxy, tls):
            crowd = [await dial(proxy) for _ in range(400)]
            spent = proxy.seconds()
            await asyncio.sleep(3)
            self.assertLess(proxy.seconds() - spent, 3 * 0.05, "seconds of the processor")
            for _, writer in crowd:
                writer.close()
            await is_served(proxy, tls)

        self.play(story, descriptors=256)

    def test_heads_beyond_measure(self):
        """H-D5: one large field, many fields, a long target."""

        async def story(proxy, tls):
            for head, expected in [
                (request("GET", "/", "x: " + "a" * 400 * 1024), ["431"]),
                (request("GET", "/", *(f"x-{number}: 1" for number in range(400))), ["431"]),
                (request("GET", "/" + "a" * 65_536), ["414"]),
            ]:
                reader, writer = await inside(proxy, tls)
                writer.write(head)
                line = await asyncio.wait_for(reader.readline(), PATIENCE)
                self.assertIn(line.split(b" ")[1].decode(), expected)
                writer.close()
            await is_served(proxy, tls)

        self.play(story)


async def drip(proxy, tunnelled):
    """Sends a byte every two seconds; how long the proxy bore it."""
    begun = None
    try:
        reader, writer = await (inside(proxy, tunnelled) if tunnelled else dial(proxy))
        begun = time.monotonic()
        ended = asyncio.ensure_future(reader.read())
        for byte in CONNECT:
            writer.write(bytes([byte]))
            done, _ = await asyncio.wait([ended], timeout=2)
            if done:
                break
    except OSError:
        pass
    return time.monotonic() - (begun or time.monotonic())


async def closed(reader, writer, beginning):
    """Returns when the proxy has closed what began like this and did not go on."""
    writer.write(beginning)
    try:
        await reader.read()
    except OSError:
        pass
    writer.close()


if __name__ == "__main__":
    unittest.main()

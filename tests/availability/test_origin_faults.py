"""Origins that break off, say nothing or say too much: the client learns it, and never takes a piece for the whole."""

import asyncio
import unittest

from certificates import Certificates
from client import PATIENCE, answer, get, inside, is_served, request, trusting
from origin import ANSWER, Origin, reset
from proxy import Proxy

REFUSAL = (
    b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"Bitbucket.org HTTP\"\r\n"
    b"Content-Type: application/json\r\nContent-Length: 27\r\n\r\n" + b'{"error":{"message":"no"}}\n'
)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n"


class OriginFaults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.certificates = Certificates()

    def play(self, serve, story):
        async def told(origin):
            with Proxy(self.certificates, origin) as proxy:
                await story(proxy, trusting(proxy), origin)

        with Origin(self.certificates, serve) as origin:
            asyncio.run(told(origin))

    def test_an_end_at_every_byte(self):
        """H-D7: reset, and closed without a word of TLS, after each byte of an answer with a length, in chunks, refused."""
        plan = {}

        async def serve(reader, writer, head):
            whole, length, end = plan["now"]
            writer.write(whole[:length])
            await writer.drain()
            if length < len(whole):
                end(writer)

        async def story(proxy, tls, _):
            for whole in [ANSWER, REFUSAL, CHUNKED]:
                for length in range(len(whole)):
                    for end in [reset, lambda writer: writer.transport.abort()]:
                        plan["now"] = whole, length, end
                        with self.subTest(whole=whole[:15], length=length, end=end.__name__):
                            await self.is_not_whole(proxy, tls, whole, length)
                plan["now"] = whole, len(whole), None
                self.assertEqual(await self.seen(proxy, tls, whole), whole.split(b"\r\n\r\n", 1)[1])

        self.play(serve, story)

    async def is_not_whole(self, proxy, tls, whole, length):
        head = whole.index(b"\r\n\r\n") + 4
        reader, writer = await inside(proxy, tls)
        # Not one that may be asked again.
        writer.write(request("POST", "/2.0/x", "Content-Length: 0", "Connection: close"))
        try:
            seen = await asyncio.wait_for(reader.read(), PATIENCE)
        except (ConnectionError, asyncio.IncompleteReadError):
            seen = b""
        finally:
            writer.close()
        if length < head:
            self.assertTrue(seen.startswith(b"HTTP/1.1 502 "), seen[:100])
            self.assertIn(b"proxy-status:", seen.lower())
        else:
            self.assertFalse(is_complete(seen), seen)

    async def seen(self, proxy, tls, whole):
        reader, writer = await inside(proxy, tls)
        writer.write(request("GET", "/", "Connection: close"))
        said = await asyncio.wait_for(reader.read(), PATIENCE)
        writer.close()
        return said.split(b"\r\n\r\n", 1)[1]

    def test_fields_without_end(self):
        """H-D7: a hundred thousand fields, and a megabyte in one."""
        heads = [
            b"HTTP/1.1 200 OK\r\n" + b"".join(b"x-%d: 1\r\n" % n for n in range(100_000)) + b"\r\n",
            b"HTTP/1.1 200 OK\r\nx: " + b"a" * (1 << 20) + b"\r\n\r\n",
        ]

        async def serve(reader, writer, head):
            writer.write(heads[int(head.split(b" ")[1][1:])] if b"/2.0" not in head else ANSWER)

        async def story(proxy, tls, _):
            for number in range(len(heads)):
                reader, writer = await inside(proxy, tls)
                writer.write(request("POST", f"/{number}", "Content-Length: 0"))
                status, _ = await asyncio.wait_for(answer(reader), PATIENCE)
                self.assertEqual(status, 502)
                writer.close()
            await is_served(proxy, tls)

        self.play(serve, story)

    def test_an_origin_in_no_hurry(self):
        """H-D7: an answer that comes byte by byte arrives whole, and holds up nobody."""

        async def serve(reader, writer, head):
            if b"x-slow" not in head:
                writer.write(ANSWER)
                return
            for byte in ANSWER:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(0.05)

        async def story(proxy, tls, _):
            slow = [asyncio.ensure_future(get(proxy, tls, "x-slow: 1")) for _ in range(100)]
            while not all(one.done() for one in slow):
                await is_served(proxy, tls)
            for one in slow:
                self.assertEqual(await one, (200, b"hello"))

        self.play(serve, story)


def is_complete(seen):
    """As a client that counts sees it."""
    head, _, body = seen.partition(b"\r\n\r\n")
    if b"transfer-encoding: chunked" in head.lower():
        return body.endswith(b"0\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return bool(lengths) and len(body) >= int(lengths[0].split(b":")[1])


if __name__ == "__main__":
    unittest.main()

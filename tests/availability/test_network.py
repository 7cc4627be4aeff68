"""A bad network between the proxy and an origin: whole, or failed visibly and in bounded time."""

import asyncio
import hashlib
import os
import threading
import time
import unittest

from certificates import Certificates
from client import answer, inside, request, trusting, tunnel
from link import THERE, Line, Link, enter, ip, is_possible
from names import NO_SUCH_NAME, SERVER_FAILURE, Names
from origin import Origin
from proxy import Proxy

BODY = os.urandom(256 * 1024)
# A dial may take ten seconds for the connection and ten for TLS.
DIAL, LEISURE = 20, 10


async def serves(reader, writer, head):
    body = BODY[: int(head.split(b" ")[1].rsplit(b"/", 1)[1])]
    writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)


@unittest.skipUnless(is_possible(), "SKIPPED LOUDLY: a bad network needs root and /dev/net/tun")
class Network(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.certificates = Certificates()
        cls.others = Certificates(issuer="A Firewall of Acme")

    def play(self, line, story, mtu=1500, serve=serves, connect=True, flags=(), certificates=None):
        with Link(line, mtu) as link:
            there = Origin(certificates or self.certificates, serve, THERE, lambda: enter(link.there))
            inside_ = ("ip", "netns", "exec", link.here)
            with there as origin:
                flags = [*flags, *([] if connect else [f"--connect-to=api.bitbucket.org:443:origin.test:{origin.port}"])]
                with Proxy(self.certificates, origin if connect else None, *flags, inside=inside_) as proxy:

                    def told():
                        enter(link.here)
                        asyncio.run(story(proxy, trusting(proxy), link))

                    raised = in_a_thread(told)
        if raised:
            raise raised

    def whole_bodies(self, calls, size=len(BODY), patience=120):
        """A story: each body arrives as it is, or its call fails visibly; at least one arrives."""

        async def call(proxy, tls):
            reader, writer = await inside(proxy, tls)
            writer.write(request("GET", f"/{size}"))
            status, body = await answer(reader)
            writer.close()
            self.assertEqual(status, 200)
            self.assertEqual(hashlib.sha256(body).digest(), hashlib.sha256(BODY[:size]).digest())

        async def story(proxy, tls, link):
            begun = time.monotonic()
            done = await asyncio.wait_for(
                asyncio.gather(*(call(proxy, tls) for _ in range(calls)), return_exceptions=True), patience
            )
            failures = [one for one in done if one is not None]
            visible = (AssertionError, asyncio.IncompleteReadError, OSError)
            for failure in failures:
                self.assertIsInstance(failure, visible)
                self.assertTrue(not isinstance(failure, AssertionError) or "HTTP/1.1 50" in str(failure), failure)
            self.assertLess(len(failures), calls, f"nothing arrived in {time.monotonic() - begun:.1f} s: {failures}")

        return story

    def test_loss(self):
        """H-N1: 1, 5 and 20 % of the packets are lost."""
        for loss in [0.01, 0.05, 0.2]:
            with self.subTest(loss=loss):
                self.play(Line(loss=loss), self.whole_bodies(8, 64 * 1024))

    def test_delay(self):
        """H-N2: 300 ms each way, give or take 100."""
        self.play(Line(delay=0.3, jitter=0.1), self.whole_bodies(8, 64 * 1024))

    def test_disorder(self):
        """H-N3: packets overtake each other, come twice, come damaged."""
        self.play(Line(delay=0.02, jitter=0.02, duplicate=0.05, corrupt=0.02), self.whole_bodies(8, 64 * 1024))

    def test_a_narrow_line(self):
        """H-N4: 64 kbit/s."""
        self.play(Line(rate=64_000), self.whole_bodies(2, 16 * 1024))

    def test_black_hole_and_rejection(self):
        """H-N5: 504 where nobody answers, 502 at once where somebody refuses."""

        async def story(proxy, tls, link):
            begun = time.monotonic()
            self.assertTrue((await said(proxy)).startswith("HTTP/1.1 504 "))
            self.assertLess(time.monotonic() - begun, DIAL + LEISURE)

        self.play(Line(loss=1.0), story)

        async def rejected(proxy, tls, link):
            ip("-n", link.here, "route", "add", "unreachable", THERE)
            begun = time.monotonic()
            self.assertTrue((await said(proxy)).startswith("HTTP/1.1 502 "))
            self.assertLess(time.monotonic() - begun, LEISURE)

        self.play(Line(), rejected)

    def test_small_packets(self):
        """H-N6: an MTU of 576 is no obstacle; where larger packets vanish, the dial ends in bounded time."""
        self.play(Line(), self.whole_bodies(4), mtu=576)

        async def story(proxy, tls, link):
            begun = time.monotonic()
            self.assertRegex(await said(proxy), "HTTP/1.1 50[24] ")
            self.assertLess(time.monotonic() - begun, DIAL + LEISURE)

        self.play(Line(largest=576), story)

    def test_names(self):
        """H-N7: no such name, a server that fails or does not answer, dead addresses before the living one."""
        dead = [f"10.99.0.{number}" for number in range(100, 108)]
        refusing = [f"127.0.0.{number}" for number in range(2, 51)]
        for what, names, expected in [
            ("no such name", {"code": NO_SUCH_NAME}, "502"),
            ("a failure", {"code": SERVER_FAILURE}, "502"),
            ("silence", {"after": 30}, "50[24]"),
            ("eight black holes", {"addresses": [*dead, THERE]}, "200"),
            ("49 that refuse", {"addresses": [*refusing, THERE]}, "200"),
            ("broken IPv6", {"addresses": ["fd00::1", THERE]}, "200"),
        ]:
            with self.subTest(what):
                self.play(Line(), self.looked_up(names, expected), connect=False)

    def looked_up(self, names, expected):
        async def story(proxy, tls, link):
            begun = time.monotonic()
            with Names(lambda: enter(link.here), **names):
                self.assertRegex(await said(proxy), f"HTTP/1.1 {expected} ")
            self.assertLess(time.monotonic() - begun, DIAL + LEISURE)

        return story

    def test_a_line_that_breaks(self):
        """H-N8: down in the middle of a transfer, and up again."""

        async def story(proxy, tls, link):
            reader, writer = await inside(proxy, tls)
            writer.write(request("GET", f"/{len(BODY)}"))
            head = await reader.readuntil(b"\r\n\r\n")
            first = await reader.readexactly(1000)
            link.line.loss = 1.0
            await asyncio.sleep(3)
            link.line.loss = 0.0
            rest = await asyncio.wait_for(reader.readexactly(len(BODY) - len(first)), 60)
            self.assertIn(b" 200 ", head)
            self.assertEqual(first + rest, BODY)

        self.play(Line(rate=1_000_000), story)

    def test_another_intercepting_proxy(self):
        """H-N9: a certificate of a CA that nobody here knows is refused, and named for what it may be."""

        async def story(proxy, tls, link):
            reader, _, first = await tunnel(proxy)
            self.assertTrue(first.startswith("HTTP/1.1 502 "))
            text = (await reader.read(4096)).decode()
            self.assertIn("--origin-ca", text)
            self.assertIn("intercept", text)

        self.play(Line(), story, certificates=self.others)


def in_a_thread(story):
    """Runs it in one of its own, which may enter a namespace; what it raised."""
    raised = []

    def run():
        try:
            story()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return raised[0] if raised else None


async def said(proxy):
    """The first line of the answer to CONNECT."""
    _, writer, line = await tunnel(proxy)
    writer.close()
    return line + " "


if __name__ == "__main__":
    unittest.main()

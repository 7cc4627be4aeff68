"""The same from the other side: origins that abuse the connection a request came on."""

import struct
import unittest

import hpack
from siege import Siege, many
from attacker import dial, request
from peer import (
    CONTINUATION,
    DATA,
    END_HEADERS,
    GOAWAY,
    HEADERS,
    INITIAL_WINDOW_SIZE,
    PING,
    PRIORITY,
    PUSH_PROMISE,
    RST_STREAM,
    WINDOW_UPDATE,
    frame,
    number,
    settings,
)

TOGETHER = 500
# Of answers that break off: before the client's began, behind its head, or with a reset of its stream.
CUT = {502, 200, 0}
OK = hpack.Encoder().encode([(":status", "200")])


def begun(stream):
    """An answer that has begun."""
    return frame(HEADERS, END_HEADERS, stream, OK)


def nothing(stream):
    return b""


class OriginFloods(Siege):
    def flood(self, pieces, count=100_000, first=nothing, method="GET"):
        """An origin floods the connection of a request, and ends it; the statuses, and how often the request came."""

        async def abuse(peer, stream):
            await peer.send(first(stream))
            for begin in range(0, many(count), TOGETHER):
                if not await peer.send(b"".join(pieces(stream, index) for index in range(begin, begin + TOGETHER))):
                    break
            peer.writer.close()

        async def attack(proxy, server):
            statuses = []
            for _ in range(3):
                before = len(server.requests)
                peer = await dial(proxy)
                await peer.send(request(1, path="/abuse", method=method))
                await peer.until(lambda: peer.answers.get(1) or 1 in peer.resets)  # noqa: B023
                statuses.append(peer.status(1))
                asked = [one for one in server.requests[before:] if one == (method, "/abuse")]
                self.assertLessEqual(len(asked), 1 if method == "POST" else 2)
                # The client's own connection is not to blame.
                self.assertFalse(peer.ended)
                peer.close()
            print(f"{self.id()}: {statuses}", flush=True)
            return statuses

        return self.besiege(attack, abuse)[0]

    def is_refused(self, *arguments, **more):
        self.assertEqual(set(self.flood(*arguments, **more)), {502})

    def test_pings(self):
        """H-F14: PING."""
        self.is_refused(lambda stream, index: frame(PING, payload=struct.pack(">Q", index)))

    def test_settings(self):
        """H-F14: SETTINGS, with changes and without."""
        self.is_refused(lambda stream, index: settings((INITIAL_WINDOW_SIZE, 65535 - index % 2)))
        self.is_refused(lambda stream, index: settings())

    def test_pushes(self):
        """H-F14: PUSH_PROMISE, which the proxy has not allowed."""
        promise = hpack.Encoder().encode([(":method", "GET"), (":scheme", "https"), (":authority", "a"), (":path", "/")])
        self.is_refused(lambda stream, index: frame(PUSH_PROMISE, 4, stream, number(2 * index + 2) + promise))

    def test_farewells(self):
        """H-F14: GOAWAY, again and again, for a GET and for a POST."""
        for method in ["GET", "POST"]:
            for last in [0, 1, 0x7FFFFFFF]:
                with self.subTest(f"{method} {last}"):
                    self.is_refused(
                        lambda stream, index: frame(GOAWAY, payload=number(last) + number(0)), 20_000, method=method
                    )

    def test_resets(self):
        """H-F14: RST_STREAM of this stream and of others."""
        statuses = self.flood(lambda stream, index: frame(RST_STREAM, 0, stream, number(2)))
        self.assertEqual(set(statuses), {502})
        self.is_refused(lambda stream, index: frame(RST_STREAM, 0, stream + 2 + 2 * index, number(2)))

    def test_priorities_and_windows(self):
        """H-F14: PRIORITY, and WINDOW_UPDATE of one byte."""
        self.is_refused(lambda stream, index: frame(PRIORITY, 0, 2 * index + 1, number(0) + b"\x10"))
        self.is_refused(lambda stream, index: frame(WINDOW_UPDATE, 0, 0, number(1)))

    def test_continuation_without_end(self):
        """H-F14: HEADERS without their end."""
        literal = b"\x00\x03x-a\x64" + b"b" * 100
        for payload in [b"", literal]:
            self.is_refused(
                lambda stream, index: frame(CONTINUATION, 0, stream, payload),
                first=lambda stream: frame(HEADERS, 0, stream, OK),
            )

    def test_interim_answers(self):
        """103, as many as are borne: the HTTP/2 below the proxy holds each for a while, some 600 bytes."""
        hint = hpack.Encoder().encode([(":status", "103"), ("link", "</a>; rel=preload")])
        self.is_refused(lambda stream, index: frame(HEADERS, END_HEADERS, stream, hint), 5_000)

    def test_small_data(self):
        """An answer of empty and of one-byte frames, as many as are borne while a client reads slowly."""
        for payload in [b"", b"x"]:
            statuses = self.flood(lambda stream, index: frame(DATA, 0, stream, payload), 20_000, first=begun)
            self.assertLessEqual(set(statuses), CUT)

    def test_more_than_the_window(self):
        """H-F14: data for which there is no room."""
        large = frame(DATA, 0, 1, b"x" * 16_000)
        statuses = self.flood(lambda stream, index: large[:5] + number(stream) + large[9:], 2_000, first=begun)
        self.assertLessEqual(set(statuses), CUT)

    def test_many_fields(self):
        """H-F14, H-D11: answers of 3,500 fields that are a byte each, and of far more."""
        field = hpack.Encoder().encode([(":status", "200"), ("a", "")])
        for references in [3_500, 12_000]:
            answer = field + b"\xbe" * references
            with self.subTest(references):
                statuses = self.flood(lambda stream, index: frame(HEADERS, 5, stream, answer), TOGETHER)
                self.assertLessEqual(set(statuses), {200, 502})

    def test_answers_to_nobody(self):
        """H-F14: HEADERS and DATA on streams that nobody opened."""
        self.is_refused(lambda stream, index: frame(HEADERS, 5, stream + 2 + 2 * index, OK))
        self.is_refused(lambda stream, index: frame(DATA, 1, stream + 2 + 2 * index, b"x"))


if __name__ == "__main__":
    unittest.main()

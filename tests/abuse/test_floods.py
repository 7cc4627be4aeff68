"""Floods of frames from a client: each ends its connection, or is borne within bounds."""

import struct
import unittest
from collections import Counter

from siege import Siege, many
from attacker import block, dial, request
from peer import (
    CONTINUATION,
    DATA,
    HEADERS,
    INITIAL_WINDOW_SIZE,
    PING,
    PRIORITY,
    RST_STREAM,
    WINDOW_UPDATE,
    frame,
    number,
    settings,
)

TOGETHER = 500
# Seconds without the proxy taking a byte, after which one that does not read gives up.
UNREAD = 2


async def flood(peer, pieces, count):
    """Sends what `pieces(index)` gives until the other end has had enough; how many went out."""
    for begin in range(0, count, TOGETHER):
        batch = b"".join(pieces(index) for index in range(begin, min(begin + TOGETHER, count)))
        if not await peer.send(batch):
            return begin
    if peer.reading:
        await peer.is_heard()
    return count


def stream(index):
    return 2 * index + 1


class Floods(Siege):
    def over(self, pieces, count, *pairs, first=b"", connections=4, reads=True, ends=False):
        """The flood over some connections, one after the other; each has to end where it `ends`."""

        async def attack(proxy, server):
            peers, sent = [], 0
            for _ in range(connections):
                peer = await dial(proxy, *pairs, reads=reads)
                peer.patience = peer.patience if reads else UNREAD
                await peer.send(first)
                sent += await flood(peer, pieces, many(count))
                peers.append(peer)
            told = Counter(peer.goaway for peer in peers if peer.ended)
            print(f"{self.id()}: {sent} sent, {len(peers)} connections, ended by GOAWAY {dict(told)}", flush=True)
            if ends:
                self.assertTrue(all(peer.ended for peer in peers))
            for peer in peers:
                peer.close()

        self.besiege(attack)

    def test_rapid_reset(self):
        """H-F1: HEADERS and RST_STREAM, a million of them."""
        head = block()
        self.over(
            lambda index: frame(HEADERS, 5, stream(index), head) + frame(RST_STREAM, 0, stream(index), number(8)),
            250_000,
            connections=many(80),
            ends=True,
        )

    def test_rapid_reset_of_what_is_held(self):
        """H-F1: the same for requests that the origin has got and does not answer."""
        head = block(path="/hold")
        self.over(
            lambda index: frame(HEADERS, 5, stream(index), head) + frame(RST_STREAM, 0, stream(index), number(8)),
            250_000,
            connections=many(80),
            ends=True,
        )

    def test_errors_that_reset(self):
        """H-F2: each request is malformed, and the window is closed."""
        head = block(("connection", "close"))
        self.over(lambda index: frame(HEADERS, 5, stream(index), head), 100_000, (INITIAL_WINDOW_SIZE, 0), ends=True)

    def test_made_you_reset(self):
        """H-F3: WINDOW_UPDATE of nothing and too much, DATA on a closed half, PRIORITY of another length or on itself."""
        head = block(path="/hold")
        for name, wrong in {
            "no increment": lambda number_: frame(WINDOW_UPDATE, 0, number_, number(0)),
            "overflow": lambda number_: frame(WINDOW_UPDATE, 0, number_, number(0x7FFFFFFF)) * 2,
            "half closed": lambda number_: frame(DATA, 0, number_, b"x"),
            "headers again": lambda number_: frame(HEADERS, 5, number_, head),
            "length": lambda number_: frame(PRIORITY, 0, number_, b"\0" * 4),
            "itself": lambda number_: frame(PRIORITY, 0, number_, number(number_) + b"\0"),
        }.items():
            with self.subTest(name):
                self.over(
                    lambda index: frame(HEADERS, 5, stream(index), head) + wrong(stream(index)),
                    50_000,
                    connections=2,
                    ends=True,
                )

    def test_continuation_without_end(self):
        """H-F4: CONTINUATION frames, with and without content, and no END_HEADERS."""
        first = frame(HEADERS, 1, 1, block())
        literal = b"\x00\x03x-a"
        for name, payload in {
            "empty": b"",
            "an empty field": literal + b"\0",
            "a field": literal + b"\x64" + b"b" * 100,
            "16 KiB": literal + b"\x7f\x81\x7c" + b"b" * 16000,
            "no HPACK": b"\xff" * 100,
        }.items():
            with self.subTest(name):
                self.over(
                    lambda index: frame(CONTINUATION, 0, 1, payload), 100_000, first=first, connections=2, ends=True
                )

    def test_small_data(self):
        """H-F6: DATA frames of nothing and of one byte."""
        open_ = request(1, flags=0, method="POST")
        for name, payload in {"empty": b"", "a byte": b"x", "padding alone": None}.items():
            with self.subTest(name):
                one = frame(DATA, 8, 1, b"\xff" + b"\0" * 255) if payload is None else frame(DATA, 0, 1, payload)
                self.over(lambda index: one, 400_000, first=open_, connections=2, ends=True)

    def test_pings(self):
        """H-F7: the answers are read."""
        self.over(lambda index: frame(PING, payload=struct.pack(">Q", index)), 200_000)

    def test_settings(self):
        """H-F8: with changes and without."""
        self.over(lambda index: settings((INITIAL_WINDOW_SIZE, 65535 - index % 2)), 200_000, connections=2)
        self.over(lambda index: settings(), 200_000, connections=2)

    def test_what_is_answered_and_not_read(self):
        """H-F7, H-F8: the answers to PING and SETTINGS are not read, so nothing more is taken."""
        self.over(lambda index: frame(PING, payload=b"12345678"), 2_000_000, connections=2, reads=False)
        self.over(lambda index: settings(), 2_000_000, connections=2, reads=False)

    def test_priorities(self):
        """H-F9: for streams that never open."""
        self.over(lambda index: frame(PRIORITY, 0, stream(index), number(0) + b"\x10"), 400_000)

    def test_windows(self):
        """H-F3: WINDOW_UPDATE of one byte, on the connection and on a stream."""
        first = request(1, path="/hold")
        both = frame(WINDOW_UPDATE, 0, 0, number(1)) + frame(WINDOW_UPDATE, 0, 1, number(1))
        self.over(lambda index: both, 200_000, first=first)


if __name__ == "__main__":
    unittest.main()

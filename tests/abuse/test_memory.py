"""Few bytes that stand for many: what the proxy holds for each byte that a client sends."""

import asyncio
import unittest

import hpack
from siege import Siege, many
from attacker import block, dial, request
from peer import CONTINUATION, END_HEADERS, END_STREAM, HEADERS, INITIAL_WINDOW_SIZE, WINDOW_UPDATE, frame, number

STREAMS = 200
# Of these at the same time.
ADMITTED = 50
CHUNK = 16_000


def headers(stream, fields):
    """As many frames as the block needs."""
    pieces = [fields[at : at + CHUNK] for at in range(0, len(fields), CHUNK)]
    ends = [0] * (len(pieces) - 1) + [END_HEADERS]
    kinds = [HEADERS] + [CONTINUATION] * (len(pieces) - 1)
    flags = [END_STREAM] + [0] * (len(pieces) - 1)
    return b"".join(
        frame(kind, flag | end, stream, piece) for kind, flag, end, piece in zip(kinds, flags, ends, pieces, strict=True)
    )


class Bombs(Siege):
    def explode(self, name, value, references, path="/hold", connections=4):
        """On each connection the field enters the table once, and then each stream names it many times by a byte."""
        first = block(path=path) + hpack.Encoder().encode([(name, value)])
        again = block(path=path) + b"\xbe" * references

        async def attack(proxy, server):
            sent, peers = 0, []
            for _ in range(connections):
                peer = await dial(proxy, (INITIAL_WINDOW_SIZE, 0))
                peers.append(peer)
                await peer.send(headers(1, first))
                for index in range(1, STREAMS):
                    if not await peer.send(headers(2 * index + 1, again)):
                        break
                await peer.is_heard()
                sent += peer.sent
            # Held as long as they like: what the proxy still has is counted now.
            await asyncio.sleep(0.5)
            statuses = {peer.status(3) for peer in peers}
            print(f"{self.id()}: answers {statuses}, ended {[peer.ended for peer in peers]}", flush=True)
            for peer in peers:
                peer.close()
            return sent

        sent, growth = self.besiege(attack)
        self.assert_small(growth, sent, connections * ADMITTED)

    def test_a_large_field_named_often(self):
        """H-F5, H-D11: 4 KiB in the table, named 30 times by each stream, within what a header list may be."""
        self.explode("x-a", "b" * 4000, 30)

    def test_a_large_field_named_too_often(self):
        """H-F5: 8,000 and 32,000 times."""
        for references in [8_000, 32_000]:
            with self.subTest(references):
                self.explode("x-a", "b" * 4000, references, connections=many(20))

    def test_many_fields_of_nothing(self):
        """H-F5, H-D11: 3,500 fields of a byte each, as many as fit into a header list."""
        self.explode("a", "", 3_500)

    def test_crumbs(self):
        """H-F5, H-D11: a cookie in 3,000 pieces."""
        self.explode("cookie", "a", 3_000)

    def test_one_request_on_each_stream(self):
        """H-D11: what 200 exchanges cost that the origin does not answer."""

        async def attack(proxy, server):
            peers = [await dial(proxy) for _ in range(4)]
            for peer in peers:
                for index in range(ADMITTED):
                    await peer.send(request(2 * index + 1, path="/hold"))
                await peer.is_heard()
            sent = sum(peer.sent for peer in peers)
            for peer in peers:
                peer.close()
            return sent

        sent, growth = self.besiege(attack)
        self.assert_small(growth, sent, 4 * ADMITTED)


class Windows(Siege):
    def test_answers_that_are_not_read(self):
        """H-F10, H-D11: 200 answers of a megabyte, and a window that stays closed or opens by 64 KiB once."""
        for window in [0, 65_535]:
            with self.subTest(window):
                given = self.stall(window)
                # What the proxy takes ahead of its client stops at its own windows.
                self.assertLess(given, STREAMS * (1 << 20) // 4)

    def test_an_open_window_and_a_closed_socket(self):
        """H-F10: the window is as large as can be, and nothing is read from the socket."""
        self.assertLess(self.stall((1 << 31) - 1, reads=False), STREAMS * (1 << 20) // 4)

    def test_answers_that_never_come(self):
        """H-F10: three clients hold all streams that they may, which leaves room for others to the same origin."""

        async def attack(proxy, server):
            peers = [await dial(proxy) for _ in range(3)]
            for peer in peers:
                for index in range(STREAMS):
                    await peer.send(request(2 * index + 1, path="/hold"))
                await peer.is_heard()
            await asyncio.sleep(1)
            for peer in peers:
                peer.close()

        self.besiege(attack)

    def stall(self, window, reads=True):
        async def attack(proxy, server):
            peer = await dial(proxy, (INITIAL_WINDOW_SIZE, window), reads=reads)
            await peer.send(frame(WINDOW_UPDATE, payload=number((1 << 31) - 65_536)))
            for index in range(STREAMS):
                await peer.send(request(2 * index + 1, path="/large"))
            if reads:
                await peer.is_heard()
            given = -1
            while given != server.given:
                given = server.given
                await asyncio.sleep(0.5)
            peer.close()
            return given

        return self.besiege(attack)[0]


if __name__ == "__main__":
    unittest.main()

"""What RFC 9113 says a server must do with a frame, by section, tried by an implementation that is not the server's."""

import asyncio
import contextlib
import unittest

import hpack
from siege import Siege
from attacker import FIELDS, block, dial, request
from peer import (
    ACK,
    CONTINUATION,
    DATA,
    END_HEADERS,
    END_STREAM,
    FLOW_CONTROL_ERROR,
    GOAWAY,
    HEADERS,
    INITIAL_WINDOW_SIZE,
    PING,
    PRIORITY,
    PROTOCOL_ERROR,
    PUSH_PROMISE,
    RST_STREAM,
    SETTINGS,
    WINDOW_UPDATE,
    frame,
    number,
    settings,
)

STREAM_CLOSED, FRAME_SIZE_ERROR, REFUSED_STREAM, COMPRESSION_ERROR = 5, 6, 7, 9
LARGEST = 0x7FFFFFFF
GET = request(1)
POST = request(1, flags=0, method="POST", path="/hold")
HELD = request(1, path="/hold")
HALF = frame(HEADERS, END_STREAM, 1, block()[:8])
REST = frame(CONTINUATION, END_HEADERS, 1, block()[8:])
MAX_FRAME_SIZE, ENABLE_PUSH, TABLE_SIZE = 5, 2, 1


def setting(key, value):
    return settings((key, value))


# Each ends the connection or the stream with the code, or another that says the same.
ERRORS = {
    "4.2 DATA larger than a frame may be": (POST + frame(DATA, 0, 1, b"x" * 16_385), FRAME_SIZE_ERROR),
    "4.2 HEADERS larger than a frame may be": (frame(HEADERS, 5, 1, b"x" * 16_385), FRAME_SIZE_ERROR),
    "4.3 a block that is no HPACK": (frame(HEADERS, 5, 1, b"\xff" * 9), COMPRESSION_ERROR),
    "4.3 PRIORITY inside of a block": (HALF + frame(PRIORITY, 0, 1, number(0) + b"\0") + REST, PROTOCOL_ERROR),
    "4.3 HEADERS of another stream inside of a block": (HALF + request(3), PROTOCOL_ERROR),
    "4.3 an unknown frame inside of a block": (HALF + frame(0x42, 0, 1, b"x") + REST, PROTOCOL_ERROR),
    "5.1 DATA on an idle stream": (frame(DATA, 1, 1, b"x"), PROTOCOL_ERROR),
    "5.1 RST_STREAM on an idle stream": (frame(RST_STREAM, 0, 1, number(8)), PROTOCOL_ERROR),
    "5.1 WINDOW_UPDATE on an idle stream": (frame(WINDOW_UPDATE, 0, 1, number(1)), PROTOCOL_ERROR),
    "5.1 CONTINUATION on an idle stream": (frame(CONTINUATION, 4, 1, block()), PROTOCOL_ERROR),
    "5.1 DATA on a half-closed stream": (HELD + frame(DATA, 1, 1, b"x"), STREAM_CLOSED),
    "5.1 HEADERS on a half-closed stream": (HELD + request(1), STREAM_CLOSED),
    "5.1 CONTINUATION on a half-closed stream": (HELD + frame(CONTINUATION, 4, 1, block()), PROTOCOL_ERROR),
    "5.1.1 an even stream": (request(2), PROTOCOL_ERROR),
    "5.1.1 a stream smaller than the last": (request(5, path="/hold") + request(3), PROTOCOL_ERROR),
    "5.3.1 a stream that depends on itself": (frame(PRIORITY, 0, 1, number(1) + b"\0"), PROTOCOL_ERROR),
    "6.1 DATA on stream 0": (frame(DATA, 1, 0, b"x"), PROTOCOL_ERROR),
    "6.1 more padding than DATA": (POST + frame(DATA, 9, 1, b"\xffx"), PROTOCOL_ERROR),
    "6.2 HEADERS on stream 0": (request(0), PROTOCOL_ERROR),
    "6.2 more padding than HEADERS": (frame(HEADERS, 13, 1, b"\xff" + block()), PROTOCOL_ERROR),
    "6.3 PRIORITY on stream 0": (frame(PRIORITY, 0, 0, number(1) + b"\0"), PROTOCOL_ERROR),
    "6.3 PRIORITY of another length": (frame(PRIORITY, 0, 1, b"\0" * 4), FRAME_SIZE_ERROR),
    "6.4 RST_STREAM on stream 0": (frame(RST_STREAM, 0, 0, number(8)), PROTOCOL_ERROR),
    "6.4 RST_STREAM of another length": (HELD + frame(RST_STREAM, 0, 1, b"\0" * 3), FRAME_SIZE_ERROR),
    "6.5 SETTINGS on a stream": (frame(SETTINGS, 0, 1), PROTOCOL_ERROR),
    "6.5 an ACK with content": (frame(SETTINGS, ACK, 0, b"\0" * 6), FRAME_SIZE_ERROR),
    "6.5 SETTINGS of another length": (frame(SETTINGS, 0, 0, b"\0" * 5), FRAME_SIZE_ERROR),
    "6.5.2 ENABLE_PUSH of 2": (setting(ENABLE_PUSH, 2), PROTOCOL_ERROR),
    "6.5.2 a window beyond 2^31-1": (setting(INITIAL_WINDOW_SIZE, LARGEST + 1), FLOW_CONTROL_ERROR),
    "6.5.2 a frame size below 2^14": (setting(MAX_FRAME_SIZE, 16_383), PROTOCOL_ERROR),
    "6.5.2 a frame size of 2^24": (setting(MAX_FRAME_SIZE, 1 << 24), PROTOCOL_ERROR),
    "6.6 PUSH_PROMISE of a client": (HELD + frame(PUSH_PROMISE, 4, 1, number(2) + block()), PROTOCOL_ERROR),
    "6.7 PING on a stream": (frame(PING, 0, 1, b"12345678"), PROTOCOL_ERROR),
    "6.7 PING of another length": (frame(PING, 0, 0, b"1234567"), FRAME_SIZE_ERROR),
    "6.8 GOAWAY on a stream": (frame(GOAWAY, 0, 1, number(0) + number(0)), PROTOCOL_ERROR),
    "6.9 WINDOW_UPDATE of nothing": (frame(WINDOW_UPDATE, 0, 0, number(0)), PROTOCOL_ERROR),
    "6.9 WINDOW_UPDATE of nothing on a stream": (HELD + frame(WINDOW_UPDATE, 0, 1, number(0)), PROTOCOL_ERROR),
    "6.9 WINDOW_UPDATE of another length": (frame(WINDOW_UPDATE, 0, 0, b"\0" * 3), FRAME_SIZE_ERROR),
    "6.9.1 a window beyond 2^31-1": (frame(WINDOW_UPDATE, 0, 0, number(LARGEST)), FLOW_CONTROL_ERROR),
    "6.9.1 the same on a stream": (HELD + frame(WINDOW_UPDATE, 0, 1, number(LARGEST)), FLOW_CONTROL_ERROR),
    "6.9.2 the same by SETTINGS": (
        HELD + frame(WINDOW_UPDATE, 0, 1, number(1 << 30)) + setting(INITIAL_WINDOW_SIZE, LARGEST),
        FLOW_CONTROL_ERROR,
    ),
    "6.10 CONTINUATION behind END_HEADERS": (HELD + frame(CONTINUATION, 4, 1, b""), PROTOCOL_ERROR),
    "6.10 CONTINUATION on stream 0": (HALF + frame(CONTINUATION, 4, 0, block()[8:]), PROTOCOL_ERROR),
    "6.10 CONTINUATION behind DATA": (POST + frame(DATA, 0, 1, b"x") + frame(CONTINUATION, 4, 1, b""), PROTOCOL_ERROR),
    "8.1 trailers that do not end the stream": (POST + frame(HEADERS, 4, 1, hpack.Encoder().encode([("a", "b")])), PROTOCOL_ERROR),
    "RFC 7541 2.3.3 an index beyond the table": (frame(HEADERS, 5, 1, b"\xff\x80\x01"), COMPRESSION_ERROR),
    "RFC 7541 6.1 an index of 0": (frame(HEADERS, 5, 1, b"\x80"), COMPRESSION_ERROR),
    "RFC 7541 4.2 a table beyond the limit": (frame(HEADERS, 5, 1, b"\x3f\xff\xff\x7f" + block()), COMPRESSION_ERROR),
    "RFC 7541 5.2 a Huffman end of string": (frame(HEADERS, 5, 1, block() + b"\x00\x01a\x84\xff\xff\xff\xfc"), COMPRESSION_ERROR),
}
# h2 answers some with a close relative of the code, as the RFC allows (5.4.1: a stream error may end the connection, 7:
# codes are hints).
RELATIVES = {PROTOCOL_ERROR, STREAM_CLOSED, FRAME_SIZE_ERROR, FLOW_CONTROL_ERROR, COMPRESSION_ERROR, REFUSED_STREAM}

# Each leaves the request behind it answered.
FINE = {
    "4.1 an unknown frame": frame(0x42, 0xFF, 0, b"x"),
    "4.1 an unknown frame on a stream": frame(0x42, 0, 1, b"x"),
    "4.1 the reserved bit": frame(PING, 0, 0x80000000, b"12345678"),
    "4.1 flags without meaning": frame(PING, 0xFE, 0, b"12345678"),
    "4.3 a block in pieces": HALF + REST,
    "5.1 PRIORITY on an idle stream": frame(PRIORITY, 0, 3, number(0) + b"\x10"),
    "5.1 a stream that is left": HELD + frame(RST_STREAM, 0, 1, number(8)),
    "5.1 WINDOW_UPDATE behind a reset": HELD + frame(RST_STREAM, 0, 1, number(8)) + frame(WINDOW_UPDATE, 0, 1, number(1)),
    "6.1 DATA with padding": POST + frame(DATA, 9, 1, b"\x02xx\0\0"),
    "6.1 DATA of nothing": POST + frame(DATA, 1, 1),
    "6.2 HEADERS with padding": frame(HEADERS, 13, 1, b"\x02" + block() + b"\0\0"),
    "6.2 HEADERS with a priority": frame(HEADERS, 37, 1, number(0) + b"\x10" + block()),
    "6.5 an unknown setting": setting(0x42, 1),
    "6.5 a setting twice": settings((INITIAL_WINDOW_SIZE, 100), (INITIAL_WINDOW_SIZE, 65_535)),
    "6.5.2 a table of nothing": setting(TABLE_SIZE, 0),
    "6.5.2 the largest frame": setting(MAX_FRAME_SIZE, (1 << 24) - 1),
    "6.7 PING": frame(PING, 0, 0, b"12345678"),
    "6.7 an ACK that nobody asked for": frame(PING, ACK, 0, b"12345678"),
    "6.9 WINDOW_UPDATE": frame(WINDOW_UPDATE, 0, 0, number(1)),
    "8.1 trailers": POST + frame(HEADERS, 5, 1, hpack.Encoder().encode([("x-checksum", "1")])),
    # Malformed by the letter; h2 drops it, so nobody behind the proxy ever sees it.
    "8.1 trailers with a pseudo-field": POST + frame(HEADERS, 5, 1, hpack.Encoder().encode([(":path", "/x")])),
    "8.1 DATA in pieces": POST + frame(DATA, 0, 1, b"a") + frame(DATA, 1, 1, b"b"),
}


class Conformance(Siege):
    def test_errors(self):
        """H-F15: by section, what must be an error."""

        async def attack(proxy, server):
            for name, (frames, code) in ERRORS.items():
                peer = await dial(proxy)
                await peer.send(frames)
                # What is refused alone shows by its reset, the rest by the connection's end.
                with contextlib.suppress(asyncio.TimeoutError):
                    await peer.until(lambda: 1 in peer.resets or peer.goaway is not None, 5)  # noqa: B023
                told = peer.resets.get(1, peer.goaway)
                peer.close()
                with self.subTest(name):
                    self.assertIn(told, RELATIVES, (peer.frames, peer.answers))
                    if told != code:
                        print(f"{name}: {told}, not {code}", flush=True)

        self.besiege(attack)

    def test_what_is_fine(self):
        """H-F15: by section, what must not be an error; a body that is cut by the window comes as the window opens."""

        async def attack(proxy, server):
            for name, frames in FINE.items():
                peer = await dial(proxy)
                await peer.send(frames, request(5))
                await peer.until(lambda: peer.data[5] == 5)  # noqa: B023
                with self.subTest(name):
                    self.assertEqual((peer.status(5), peer.data[5], peer.goaway), (200, 5, None))
                peer.close()

        self.besiege(attack)

    def test_windows(self):
        """H-F15: 6.9: a byte of room is a byte of an answer; a window below nothing is none."""

        async def attack(proxy, server):
            peer = await dial(proxy, (INITIAL_WINDOW_SIZE, 1))
            await peer.send(GET)
            await peer.until(lambda: peer.data[1] == 1)
            await peer.send(setting(INITIAL_WINDOW_SIZE, 3))
            await peer.until(lambda: peer.data[1] == 3)
            await peer.send(setting(INITIAL_WINDOW_SIZE, 2) + frame(WINDOW_UPDATE, 0, 1, number(2)))
            await peer.until(lambda: peer.data[1] == 4)
            await peer.is_heard()
            self.assertEqual(peer.data[1], 4)
            await peer.send(frame(WINDOW_UPDATE, 0, 1, number(1)))
            await peer.until(lambda: peer.data[1] == 5)
            peer.close()

        self.besiege(attack)

    def test_preface(self):
        """H-F15: 3.4: another preface, and none."""

        async def attack(proxy, server):
            for preface in [b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n" + settings(), b"GET / HTTP/1.1\r\n\r\n" * 3, GET]:
                peer = await dial(proxy, begins=preface)
                await peer.until(lambda: False)
                self.assertTrue(peer.ended)
                self.assertFalse(peer.answers)

        self.besiege(attack)


if __name__ == "__main__":
    unittest.main()

"""One end of an HTTP/2 connection that sends any frame, and notes what comes back."""

import asyncio
import contextlib
import struct
from collections import Counter

import hpack

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(10)
END_STREAM = ACK = 1
END_HEADERS = 4
PROTOCOL_ERROR, FLOW_CONTROL_ERROR, ENHANCE_YOUR_CALM = 1, 3, 11
INITIAL_WINDOW_SIZE = 4
# For what should come at once, in seconds.
PATIENCE = 20


def frame(kind, flags=0, stream=0, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def settings(*pairs):
    return frame(SETTINGS, payload=b"".join(struct.pack(">HI", *pair) for pair in pairs))


def number(value):
    return struct.pack(">I", value)


class Peer:
    """What came: frames by kind, resets and statuses by stream, and the code of a GOAWAY."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.sent = 0
        self.frames, self.resets, self.answers, self.data = Counter(), {}, {}, Counter()
        self.goaway = None
        self.decoder = hpack.Decoder(max_header_list_size=1 << 20)
        self.changed = asyncio.Condition()
        self.ended = False
        self.reading = None
        # How long the other end may refuse to take more.
        self.patience = PATIENCE

    def read(self):
        """Begins to note what comes."""
        self.reading = asyncio.ensure_future(self._read())
        return self

    async def _read(self):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head = await self.reader.readexactly(9)
                length, kind, flags = int.from_bytes(head[:3], "big"), head[3], head[4]
                stream = int.from_bytes(head[5:], "big") & 0x7FFFFFFF
                await self._note(kind, flags, stream, await self.reader.readexactly(length))
        await self._tell(ended=True)

    async def _note(self, kind, flags, stream, payload):
        self.frames[kind] += 1
        if kind == HEADERS:
            fields = self.decoder.decode(payload, raw=True)
            self.answers.setdefault(stream, dict(fields))
        elif kind == DATA:
            self.data[stream] += len(payload)
        elif kind == RST_STREAM:
            self.resets[stream] = int.from_bytes(payload, "big")
        elif kind == GOAWAY:
            # The last word counts: a graceful one may come first.
            self.goaway = int.from_bytes(payload[4:8], "big")
        elif kind in (SETTINGS, PING) and not flags & ACK:
            self.write(frame(kind, ACK, payload=payload if kind == PING else b""))
        await self._tell()

    async def _tell(self, ended=False):
        async with self.changed:
            self.ended |= ended
            self.changed.notify_all()

    def write(self, data):
        if not self.writer.is_closing():
            self.sent += len(data)
            self.writer.write(data)

    async def send(self, *pieces):
        """False once the other end has gone."""
        for piece in pieces:
            if self.ended:
                return False
            self.write(piece)
            try:
                await asyncio.wait_for(self.writer.drain(), self.patience)
            except (OSError, asyncio.TimeoutError):
                return False
        return not self.ended

    async def until(self, what, patience=PATIENCE):
        """Waits until it is so, or until the connection's end."""
        async with self.changed:
            await asyncio.wait_for(self.changed.wait_for(lambda: self.ended or what()), patience)
        return what()

    async def is_heard(self):
        """Waits until all that was sent has been read by the other end, or has led to the connection's end."""
        seen = self.frames[PING]
        if await self.send(frame(PING, payload=b"is heard")):
            await self.until(lambda: self.frames[PING] > seen)

    def status(self, stream):
        return int(self.answers.get(stream, {}).get(b":status", 0))

    def close(self):
        if self.reading:
            self.reading.cancel()
        self.writer.transport.abort()

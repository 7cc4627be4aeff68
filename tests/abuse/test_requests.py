"""Requests of HTTP/2 that HTTP/1.1 would misread, or that no HTTP/2 may carry."""

import unittest

import hpack
from siege import HOST, Siege
from attacker import FIELDS, dial, request
from old import Old
from peer import DATA, END_HEADERS, END_STREAM, HEADERS, PROTOCOL_ERROR, frame

SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: api.bitbucket.org\r\n\r\n"
INJECTED = "b\r\nx-injected: 1"
MARK = [("x-marked", "1")]


def raw(fields, flags=END_STREAM, body=None):
    """A request of exactly these fields."""
    head = frame(HEADERS, END_HEADERS | flags, 1, hpack.Encoder().encode(fields))
    return head if body is None else head + frame(DATA, END_STREAM, 1, body)


def instead(name, value):
    return raw([(key, value if key == name else usual) for key, usual in FIELDS] + MARK)


def without(name):
    return raw([field for field in FIELDS if field[0] != name] + MARK)


def beside(*fields):
    return raw(FIELDS + MARK + list(fields))


def posted(body, *fields):
    usual = [(name, "POST" if name == ":method" else value) for name, value in FIELDS]
    return raw(usual + MARK + list(fields), 0, body)


MISREAD = {
    "CRLF in a value": beside(("x-a", INJECTED)),
    "LF in a value": beside(("x-a", "b\nx-injected: 1")),
    "CR in a value": beside(("x-a", "b\rx-injected: 1")),
    "NUL in a value": beside(("x-a", "b\0c")),
    "CRLF in a name": beside(("x-a: b\r\nx-injected", "1")),
    "LF in a name": beside(("x-a\nx-injected", "1")),
    "a colon in a name": beside(("x-injected: 1", "1")),
    "a space in a name": beside(("x-injected ", "1")),
    "an empty name": beside(("", "x-injected")),
    "CRLF in the path": instead(":path", f"/ HTTP/1.1\r\nHost: {HOST}\r\nx-injected: 1\r\n\r\n"),
    "a space in the path": instead(":path", "/x-injected HTTP/1.1"),
    "a tab in the path": instead(":path", "/x-injected\tb"),
    "NUL in the path": instead(":path", "/x-injected\0"),
    "an empty path": instead(":path", ""),
    "a path without a slash": instead(":path", "x-injected"),
    "CRLF in the method": instead(":method", "GET / HTTP/1.1\r\nx-injected: 1\r\n\r\nGET"),
    "a space in the method": instead(":method", "GET /x-injected"),
    "CRLF in the authority": instead(":authority", f"{HOST}\r\nx-injected: 1"),
    "a space in the authority": instead(":authority", f"{HOST} x-injected"),
    "user information": instead(":authority", f"{HOST}@evil.example"),
    "CRLF in the scheme": instead(":scheme", "https\r\nx-injected: 1"),
    "no method": without(":method"),
    "no scheme": without(":scheme"),
    "no path": without(":path"),
    "the method twice": raw([(":method", "GET"), *FIELDS, *MARK]),
    "the path twice": raw([(":path", "/x-injected"), *FIELDS, *MARK]),
    "the authority twice": raw([(":authority", HOST), *FIELDS, *MARK]),
    "an unknown one of the colon": raw([*FIELDS, (":injected", "1"), *MARK]),
    "a status": raw([*FIELDS, (":status", "200"), *MARK]),
    "a method behind the fields": raw([*FIELDS[1:], *MARK, FIELDS[0]]),
    "another host": beside(("host", "evil.example")),
    "two hosts": beside(("host", HOST), ("host", HOST)),
    "a length of less": posted(SMUGGLED, ("content-length", "0")),
    "a length of a part": posted(SMUGGLED, ("content-length", "5")),
    "a length of more": posted(b"abc", ("content-length", "50")),
    "no number": posted(b"a", ("content-length", "x")),
    "plus": posted(b"a", ("content-length", "+1")),
    "a list": posted(b"a", ("content-length", "1, 1")),
    "two lengths": posted(b"a", ("content-length", "1"), ("content-length", "2")),
    "a coding": posted(b"0\r\n\r\n" + SMUGGLED, ("transfer-encoding", "chunked")),
    "a coding and a length": posted(b"a", ("transfer-encoding", "chunked"), ("content-length", "1")),
}
CONNECTION = {
    "capitals": beside(("X-Capital", "1")),
    "connection": beside(("connection", "close")),
    "keep-alive": beside(("keep-alive", "timeout=5")),
    "proxy-connection": beside(("proxy-connection", "close")),
    "transfer-encoding": beside(("transfer-encoding", "chunked")),
    "upgrade": beside(("upgrade", "websocket")),
    "te": beside(("te", "gzip")),
}


class Requests(Siege):
    def try_each(self, cases, server=Old):
        """The peer after each case, on a connection of its own; and the heads that arrived."""

        async def attack(proxy, origin):
            peers = {}
            for name, frames in cases.items():
                peer = await dial(proxy)
                await peer.send(frames)
                await peer.until(lambda: peer.resets or peer.answers or peer.goaway is not None)  # noqa: B023
                peers[name] = peer
                peer.close()
            return peers, b"".join(getattr(origin, "heads", []))

        return self.besiege(attack, server=server)[0]

    def test_what_http_1_would_misread(self):
        """H-F11: refused, and nothing of it at the origin but a head without a body that had a wrong length."""
        peers, heads = self.try_each(MISREAD)
        for name, peer in peers.items():
            with self.subTest(name):
                # A GOAWAY with an error is the end of the connection, which may be still on its way.
                refused = peer.resets or peer.ended or peer.goaway or 400 <= peer.status(1) < 600
                self.assertTrue(refused, (peer.answers, peer.frames))
                self.assertNotEqual(peer.status(1), 401)
        for part in [b"injected", b"smuggled", b"evil"]:
            self.assertNotIn(part, heads)

    def test_connection_fields(self):
        """H-F12: PROTOCOL_ERROR, and nothing at the origin."""
        peers, heads = self.try_each(CONNECTION)
        self.assertNotIn(b"marked", heads)
        for name, peer in peers.items():
            with self.subTest(name):
                self.assertEqual(peer.resets.get(1, peer.goaway), PROTOCOL_ERROR)

    def test_another_authority(self):
        """H-F13: 421."""
        others = ["evil.example", f"{HOST}:444", "bitbucket.org", f"{HOST}.evil.example", "127.0.0.1", f"x.{HOST}"]
        cases = {name: instead(":authority", name) for name in others}
        cases["host alone"] = raw([field for field in FIELDS if field[0] != ":authority"] + [("host", "evil.example")])
        peers, heads = self.try_each(cases)
        self.assertNotIn(b"marked", heads)
        self.assertEqual({name: peer.status(1) for name, peer in peers.items()}, dict.fromkeys(cases, 421))

    def test_extended_connect(self):
        """H-F16: refused, as is CONNECT without a protocol; the connection lives."""
        web_socket = [(":method", "CONNECT"), (":protocol", "websocket"), *FIELDS[1:], *MARK]
        plain = [(":method", "CONNECT"), (":authority", "evil.example:443"), *MARK]
        same = [(":method", "CONNECT"), (":authority", f"{HOST}:443"), *MARK]

        async def attack(proxy, origin):
            for fields in [web_socket, plain, same]:
                peer = await dial(proxy)
                await peer.send(raw(fields, 0))
                await peer.until(lambda: peer.resets or peer.answers)  # noqa: B023
                self.assertTrue(1 in peer.resets or 400 <= peer.status(1) < 500, (fields, peer.answers))
                await peer.send(request(3))
                await peer.until(lambda: peer.answers.get(3))  # noqa: B023
                self.assertEqual(peer.status(3), 200)
                peer.close()
            return b"".join(origin.heads)

        self.assertNotIn(b"marked", self.besiege(attack, server=Old)[0])


if __name__ == "__main__":
    unittest.main()

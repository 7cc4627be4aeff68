"""A client of the proxy that speaks HTTP/2 by hand."""

import client
import hpack
from certificates import HOST
from peer import END_HEADERS, END_STREAM, HEADERS, PREFACE, Peer, frame, settings

FIELDS = [(":method", "GET"), (":scheme", "https"), (":authority", HOST), (":path", "/2.0/user")]


async def dial(proxy, *pairs, reads=True, begins=PREFACE):
    """A connection inside of the interception, with these settings. One that does not read is soon told nothing more."""
    tls = client.trusting(proxy)
    tls.set_alpn_protocols(["h2"])
    reader, writer = await client.inside(proxy, tls)
    assert writer.get_extra_info("ssl_object").selected_alpn_protocol() == "h2"
    peer = Peer(reader, writer)
    if reads:
        peer.read()
    await peer.send(begins + settings(*pairs) if begins == PREFACE else begins)
    return peer


def block(*fields, **instead):
    """A header block without state: the fields of a GET, some with other values, and more of them."""
    usual = [(name, instead.get(name[1:], value)) for name, value in FIELDS]
    return hpack.Encoder().encode([(name, value, True) for name, value in [*usual, *fields]])


def request(stream, *fields, flags=END_STREAM, **instead):
    return frame(HEADERS, END_HEADERS | flags, stream, block(*fields, **instead))

"""A client that means well, and the beginnings of some that do not."""

import asyncio
import ssl

from certificates import HOST

CONNECT = f"CONNECT {HOST}:443 HTTP/1.1\r\nHost: {HOST}:443\r\n\r\n".encode()
# The longest wait for what should come at once, in seconds.
PATIENCE = 20


def trusting(proxy):
    tls = ssl.create_default_context(cafile=proxy.ca)
    tls.set_alpn_protocols(["http/1.1"])
    return tls


async def dial(proxy):
    return await asyncio.open_connection("127.0.0.1", proxy.port)


async def tunnel(proxy, target=CONNECT):
    """A connection whose CONNECT was answered, and the answer's first line."""
    reader, writer = await dial(proxy)
    writer.write(target)
    head = await reader.readuntil(b"\r\n\r\n")
    return reader, writer, head.split(b"\r\n")[0].decode()


async def inside(proxy, tls):
    """A connection inside of the interception."""
    reader, writer, said = await tunnel(proxy)
    assert said.startswith("HTTP/1.1 200"), said
    await writer.start_tls(tls, server_hostname=HOST)
    return reader, writer


def request(method="GET", path="/2.0/user", *fields):
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", *fields, "", ""]
    return "\r\n".join(lines).encode()


async def answer(reader):
    """Status and body of an answer with Content-Length; raises where it is cut short."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status = int(head.split(" ", 2)[1])
    length = next(line for line in head.lower().split("\r\n") if line.startswith("content-length:"))
    return status, await reader.readexactly(int(length.split(":")[1]))


async def get(proxy, tls, *fields):
    """One exchange on a connection of its own: status and body."""
    reader, writer = await inside(proxy, tls)
    try:
        writer.write(request("GET", "/2.0/user", *fields))
        return await answer(reader)
    finally:
        writer.close()


async def is_served(proxy, tls):
    """Raises where a client that means well is not answered at once."""
    assert await asyncio.wait_for(get(proxy, tls), PATIENCE) == (200, b"hello")

"""An origin behind TLS that answers as a test says, in a thread of its own."""

import asyncio
import socket
import ssl
import struct
import threading

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


async def answers(reader, writer, head):
    """What an origin does that means well."""
    writer.write(ANSWER)


class Origin:
    """Calls `serve(reader, writer, head)` for each request; closed at the end of its `with`."""

    def __init__(self, certificates, serve=answers, host="127.0.0.1", enter=lambda: None):
        self.serve, self.host, self.enter = serve, host, enter
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(certificates.chain, certificates.key)
        self.loop = asyncio.new_event_loop()
        self.port = None
        listens = threading.Event()
        self.thread = threading.Thread(target=self._run, args=[listens], daemon=True)
        self.thread.start()
        listens.wait()

    def _run(self, listens):
        self.enter()
        asyncio.set_event_loop(self.loop)
        self.loop.set_exception_handler(lambda *_: None)
        server = asyncio.start_server(self._connected, self.host, 0, ssl=self.tls, backlog=4096)
        server = self.loop.run_until_complete(server)
        self.port = server.sockets[0].getsockname()[1]
        listens.set()
        self.loop.run_forever()
        tasks = asyncio.all_tasks(self.loop)
        for task in tasks:
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))

    async def _connected(self, reader, writer):
        try:
            while True:
                await self.serve(reader, writer, await reader.readuntil(b"\r\n\r\n"))
                await writer.drain()
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            writer.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()


def reset(writer):
    """Ends the connection by RST, whatever is still on its way."""
    end = writer.get_extra_info("socket")
    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()

"""An origin that speaks HTTP/2 by an implementation of its own, and may be told to abuse it."""

import asyncio
import contextlib
import ssl
import threading

import h2.config
import h2.connection
import h2.events
from peer import Peer

LARGE = b"x" * (1 << 20)


class Server:
    """Answers `hello`; `/large` with a megabyte; `/hold` never; `/abuse` is for `abuse(peer, stream)`."""

    def __init__(self, certificates, abuse=None):
        self.abuse, self.host = abuse, "127.0.0.1"
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(certificates.chain, certificates.key)
        self.tls.set_alpn_protocols(["h2", "http/1.1"])
        # Method and path of each, and how many bytes of `/large` went out.
        self.requests, self.given = [], 0
        self.loop = asyncio.new_event_loop()
        listens = threading.Event()
        self.thread = threading.Thread(target=self._run, args=[listens], daemon=True)
        self.thread.start()
        listens.wait()

    def _run(self, listens):
        asyncio.set_event_loop(self.loop)
        self.loop.set_exception_handler(lambda *_: None)
        server = self.loop.run_until_complete(asyncio.start_server(self._connected, self.host, 0, ssl=self.tls))
        self.port = server.sockets[0].getsockname()[1]
        listens.set()
        self.loop.run_forever()

    async def _connected(self, reader, writer):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            if writer.get_extra_info("ssl_object").selected_alpn_protocol() != "h2":
                return await self._http1(reader, writer)
            await Connection(self, reader, writer).serve()
        writer.close()

    async def _http1(self, reader, writer):
        while True:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()


class Connection:
    def __init__(self, server, reader, writer):
        self.server, self.reader, self.writer = server, reader, writer
        self.h2 = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        self.h2.decoder.max_header_list_size = 1 << 20
        self.left, self.large = {}, set()

    async def serve(self):
        self.h2.initiate_connection()
        while True:
            self.writer.write(self.h2.data_to_send())
            received = await self.reader.read(65536)
            if not received:
                return
            for event in self.h2.receive_data(received):
                await self._note(event)
            self._continue()

    async def _note(self, event):
        if isinstance(event, h2.events.RequestReceived):
            fields = dict(event.headers)
            path = fields[b":path"].decode()
            self.server.requests.append((fields[b":method"].decode(), path))
            await self._answer(event.stream_id, path)
        elif isinstance(event, h2.events.StreamReset):
            self.left.pop(event.stream_id, None)

    async def _answer(self, stream, path):
        if path == "/hold":
            return
        if path.startswith("/abuse"):
            self.writer.write(self.h2.data_to_send())
            peer = Peer(self.reader, self.writer).read()
            await self.server.abuse(peer, stream)
            return await peer.reading
        body = b"hello"
        if path == "/large":
            body = LARGE
            self.large.add(stream)
        self.h2.send_headers(stream, [(":status", "200"), ("content-length", str(len(body)))])
        self.left[stream] = body

    def _continue(self):
        """As much of each body as the windows let through."""
        for stream, body in list(self.left.items()):
            while body:
                room = min(self.h2.local_flow_control_window(stream), self.h2.max_outbound_frame_size, len(body))
                if room <= 0:
                    break
                self.h2.send_data(stream, body[:room], end_stream=room == len(body))
                self.server.given += room if stream in self.large else 0
                body = body[room:]
            self.left[stream] = body
            if not body:
                del self.left[stream]

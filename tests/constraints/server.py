"""An origin on loopback that tells whether a client sent a request, and a proxy that leads every name to it."""

import contextlib
import socket
import ssl
import threading

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"


class Server:
    """Shows one chain; `has_been_asked` is the judgement of the client: it sends nothing to whom it does not trust."""

    def __init__(self, chain, key):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(chain, key)
        self.has_been_asked = False
        self.direct = socket.create_server(("127.0.0.1", 0))
        self.proxy = socket.create_server(("127.0.0.1", 0))
        for listener, serve in ((self.direct, self.answer), (self.proxy, self.tunnel)):
            threading.Thread(target=self.accept, args=(listener, serve), daemon=True).start()

    @property
    def port(self):
        return self.direct.getsockname()[1]

    @property
    def proxy_url(self):
        return f"http://127.0.0.1:{self.proxy.getsockname()[1]}"

    def accept(self, listener, serve):
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                client.settimeout(20)
                threading.Thread(target=self.quietly, args=(serve, client), daemon=True).start()

    def quietly(self, serve, client):
        with contextlib.suppress(OSError), client:
            serve(client)

    def tunnel(self, client):
        head = b""
        while b"\r\n\r\n" not in head:
            more = client.recv(4096)
            if not more:
                return
            head += more
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        self.answer(client)

    def answer(self, client):
        with self.context.wrap_socket(client, server_side=True) as stream:
            if stream.recv(4096):
                self.has_been_asked = True
                stream.sendall(ANSWER)

    def close(self):
        self.direct.close()
        self.proxy.close()

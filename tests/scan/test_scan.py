"""sslscan, which knows nothing of proxies, against TLS inside CONNECT."""

import re
import socket
import subprocess
import sys
import threading
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "availability"))

from certificates import HOST, Certificates  # noqa: E402
from origin import Origin  # noqa: E402
from proxy import PATIENCE, Proxy  # noqa: E402

STRONG = re.compile(r"TLS_(AES|CHACHA20)_|ECDHE-ECDSA-(AES(128|256)-GCM|CHACHA20)")


class Door:
    """A port each of whose connections leads through CONNECT."""

    def __init__(self, proxy):
        self.proxy = proxy.port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self._lead, args=(client,), daemon=True).start()

    def _lead(self, client):
        proxy = socket.create_connection(("127.0.0.1", self.proxy))
        proxy.sendall(f"CONNECT {HOST}:443 HTTP/1.1\r\nHost: {HOST}:443\r\n\r\n".encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += proxy.recv(1)
        assert head.startswith(b"HTTP/1.1 200"), head
        threading.Thread(target=relay, args=(proxy, client), daemon=True).start()
        relay(client, proxy)


def relay(source, sink):
    try:
        while piece := source.recv(65536):
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        sink.close()


class Scan(unittest.TestCase):
    def test_sslscan_finds_nothing_weak(self):
        """H-X1: versions, suites, renegotiation and Heartbleed, by another's list. Debian's cannot ask for compression."""
        certificates = Certificates()
        with Origin(certificates) as origin, Proxy(certificates, origin) as proxy:
            door = f"127.0.0.1:{Door(proxy).port}"
            command = ["sslscan", "--no-colour", f"--sni-name={HOST}", door]
            said = subprocess.run(command, capture_output=True, text=True, timeout=10 * PATIENCE, check=True).stdout
        enabled = dict(re.findall(r"^((?:SSL|TLS)v\S+) +(enabled|disabled)$", said, re.M))
        self.assertEqual([version for version, state in enabled.items() if state == "enabled"], ["TLSv1.2", "TLSv1.3"])
        self.assertEqual(len(enabled), 6)
        suites = re.findall(r"^(?:Preferred|Accepted) +(\S+) +\d+ bits +(\S+)", said, re.M)
        self.assertGreaterEqual(len(suites), 6)
        for version, suite in suites:
            self.assertIn(version, ("TLSv1.2", "TLSv1.3"))
            self.assertRegex(suite, STRONG)
        self.assertIn("Session renegotiation not supported", said)
        self.assertNotIn("vulnerable to heartbleed", said.replace("not vulnerable to heartbleed", ""))

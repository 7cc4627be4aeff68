"""The clients, each a command that calls https://HOST/ and trusts the root of a CA of ours."""

import os
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).parent
PYTHON = """
import socket, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[3])
if sys.argv[4:]:
    context.verify_flags |= ssl.VERIFY_X509_STRICT
raw = socket.create_connection(("127.0.0.1", int(sys.argv[2])))
stream = context.wrap_socket(raw, server_hostname=sys.argv[1])
stream.send(b"GET / HTTP/1.0\\r\\n\\r\\n"); stream.recv(1)
"""
NODE = """
const [host, port, roots] = process.argv.slice(1);
const name = /^[0-9.]+$/.test(host) ? {} : {servername: host};
const tls = require("tls");
const socket = tls.connect({host: "127.0.0.1", port, ca: require("fs").readFileSync(roots), ...name},
    () => { socket.write("GET / HTTP/1.0\\r\\n\\r\\n"); });
socket.on("data", () => process.exit(0)).on("error", (e) => { console.log(e.message); process.exit(1); });
"""


class Client:
    """`command` gets the host, the server and the folder with `root.pem`, `root.p12`, `nss` and `go-client`."""

    def __init__(self, name, stack, tool, command, variables=None):
        self.name, self.stack, self.command = name, stack, command
        self.tool = tool if os.path.isabs(tool) else shutil.which(tool)
        self.variables = variables or (lambda server, folder: {})


def through_proxy(variable):
    """By variables: the proxy leads every name to the server."""

    def variables(server, folder):
        return {"https_proxy": server.proxy_url, "HTTPS_PROXY": server.proxy_url, variable: f"{folder}/root.pem"}

    return variables


def url(host):
    return f"https://{host}/"


def git(host, _server, _folder):
    return ["ls-remote", url(host) + "x.git"]


def uv(host, _server, folder):
    words = ["pip", "install", "--dry-run", "--no-cache", "--no-config", "--target", f"{folder}/target", "--index-url"]
    return [*words, url(host) + "simple", "nothing-of-this-name"]


CLIENTS = [
    Client("curl", "OpenSSL", "curl", lambda host, _server, folder: ["-sS", "--cacert", f"{folder}/root.pem", url(host)],
           through_proxy("UNUSED")),
    Client("python", "OpenSSL", sys.executable,
           lambda host, server, folder: ["-c", PYTHON, host, str(server.port), f"{folder}/root.pem"]),
    Client("python-strict", "OpenSSL", sys.executable,
           lambda host, server, folder: ["-c", PYTHON, host, str(server.port), f"{folder}/root.pem", "strict"]),
    Client("node", "OpenSSL of its own", "node",
           lambda host, server, folder: ["-e", NODE, host, str(server.port), f"{folder}/root.pem"]),
    Client("java", "JSSE", "java",
           lambda host, server, folder: [str(HERE / "Client.java"), host, str(server.port), f"{folder}/root.p12"]),
    Client("wget", "GnuTLS", "wget",
           lambda host, _server, folder: ["-q", "-O-", "--tries=1", f"--ca-certificate={folder}/root.pem", url(host)],
           through_proxy("UNUSED")),
    Client("gnutls-cli", "GnuTLS", "gnutls-cli",
           lambda host, server, folder: [f"--x509cafile={folder}/root.pem", f"--verify-hostname={host}",
                                         f"--sni-hostname={host}", "-p", str(server.port), "127.0.0.1"]),
    Client("git", "curl's, OpenSSL or GnuTLS", "git", git, through_proxy("GIT_SSL_CAINFO")),
    Client("uv", "rustls", f"{pathlib.Path(sys.executable).parent}/uv", uv, through_proxy("SSL_CERT_FILE")),
    Client("go", "Go", "go", lambda host, server, folder: [host, str(server.port), f"{folder}/root.pem"]),
    Client("tstclnt", "NSS", "tstclnt",
           lambda host, server, folder: ["-4", "-h", "127.0.0.1", "-a", host, "-p", str(server.port),
                                         "-d", f"sql:{folder}/nss"]),
]

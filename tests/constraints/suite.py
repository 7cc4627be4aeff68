"""A CA of ours, leaves that its key signs in its scope and beyond, and every TLS stack of this machine before them."""

import os
import pathlib
import subprocess
import sys
import tempfile

from clients import CLIENTS, HERE
from server import Server

REQUEST = "GET / HTTP/1.0\r\n\r\n"
# Name, what the client calls, the names in the leaf, whether it may be taken.
LEAVES = [
    ("in scope", "api.bitbucket.org", "DNS:api.bitbucket.org", True),
    ("another domain", "www.example.com", "DNS:www.example.com", False),
    ("an address", "127.0.0.1", "IP:127.0.0.1", False),
    ("mixed", "www.example.com", "DNS:api.bitbucket.org,DNS:www.example.com", False),
    ("mixed, called by the name in scope", "api.bitbucket.org", "DNS:api.bitbucket.org,DNS:www.example.com", False),
    ("wildcard", "www.example.com", "DNS:*.example.com", False),
]


def call(*words, **options):
    return subprocess.run(words, check=True, capture_output=True, timeout=120, **options)


class Authority:
    """Made by the program; what it would never sign, openssl signs with the real key of its issuing CA."""

    def __init__(self, folder):
        self.folder, self.ca = folder, folder / "ca"
        program = os.environ["WHY401"]
        call(program, "ca", "init", "--ca-dir", str(self.ca))
        for form, name in (("pem", "root.pem"), ("p12", "root.p12")):
            call(program, "ca", "export", "--ca-dir", str(self.ca), "--format", form, "--out", str(folder / name))

    def sign(self, names):
        """The chain and the key of a new leaf."""
        key, request, extensions = (self.folder / name for name in ("leaf.key", "leaf.csr", "leaf.cnf"))
        extensions.write_text(f"subjectAltName={names}\nbasicConstraints=critical,CA:FALSE\n"
                              "keyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n"
                              "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid:always\n")
        call("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-subj", "/CN=leaf", "-keyout", str(key), "-out", str(request))
        leaf = call("openssl", "x509", "-req", "-in", str(request), "-CA", str(self.ca / "issuing.pem"), "-CAkey",
                    str(self.ca / "issuing.key"), "-days", "3", "-set_serial", "0x5eed", "-sha256",
                    "-extfile", str(extensions)).stdout
        chain = self.folder / "chain.pem"
        chain.write_bytes(leaf + (self.ca / "issuing.pem").read_bytes())
        return chain, key


def prepare(folder, clients):
    """What needs a form of its own: NSS a database, Go a program."""
    for client in clients:
        if client.name == "tstclnt":
            database = folder / "nss"
            database.mkdir()
            call("certutil", "-N", "-d", f"sql:{database}", "--empty-password")
            call("certutil", "-A", "-d", f"sql:{database}", "-n", "root", "-t", "C,,", "-i", str(folder / "root.pem"))
        if client.name == "go":
            program = folder / "go-client"
            call("go", "build", "-o", str(program), str(HERE / "client.go"),
                 env={**os.environ, "GOFLAGS": "-mod=mod", "GOCACHE": str(folder / "go-cache")})
            client.tool = str(program)


def takes(client, host, chain, key, folder):
    """Whether the client sent a request, and what it said."""
    server = Server(chain, key)
    clean = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    environment = {**clean, **client.variables(server, folder), "GIT_TERMINAL_PROMPT": "0", "HOME": str(folder)}
    try:
        done = subprocess.run([client.tool, *client.command(host, server, folder)], env=environment, input=REQUEST,
                              capture_output=True, text=True, timeout=60, check=False)
        said = done.stdout + done.stderr
    except subprocess.TimeoutExpired as error:
        said = str(error)
    server.close()
    return server.has_been_asked, said


def test_every_stack_takes_what_is_in_scope_and_refuses_the_rest():
    """H-A7: judged by whether the client sent its request."""
    clients = [client for client in CLIENTS if client.tool]
    missing = [client.name for client in CLIENTS if not client.tool]
    if missing:
        print("!!! SKIPPED, not on this machine:", ", ".join(missing))
    passed = failed = 0
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        authority = Authority(folder)
        prepare(folder, clients)
        for name, host, names, may_be_taken in LEAVES:
            chain, key = authority.sign(names)
            for client in clients:
                is_taken, said = takes(client, host, chain, key, folder)
                is_right = is_taken == may_be_taken
                passed, failed = passed + is_right, failed + (not is_right)
                verdict = "took" if is_taken else "refused"
                print(f"{'ok  ' if is_right else 'FAIL'} {client.name} ({client.stack}) {verdict}: {name}")
                if not is_right:
                    print("     ", said.strip()[-400:])
    print(f"{passed} passed, {failed} failed")
    return failed == 0 and not (missing and os.environ.get("WHY401_ALL_CLIENTS"))


if __name__ == "__main__":
    sys.exit(not test_every_stack_takes_what_is_in_scope_and_refuses_the_rest())

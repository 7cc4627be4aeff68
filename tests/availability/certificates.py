"""A root and a leaf for api.bitbucket.org, made by openssl for one run."""

import subprocess
import tempfile
from pathlib import Path

HOST = "api.bitbucket.org"


class Certificates:
    """Files in a folder that goes when this does."""

    def __init__(self, host=HOST, issuer="Root of a test"):
        self.folder = tempfile.TemporaryDirectory(prefix="origin-")
        place = Path(self.folder.name)
        self.root, self.chain, self.key = place / "root.pem", place / "leaf.pem", place / "leaf.key"
        root_key, asked, extensions = place / "root.key", place / "leaf.csr", place / "extensions"
        extensions.write_text(f"subjectAltName=DNS:{host}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n")
        new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        openssl("req", "-x509", *new, "-days", "2", "-subj", f"/CN={issuer}", "-keyout", root_key, "-out", self.root)
        openssl("req", *new, "-subj", f"/CN={host}", "-keyout", self.key, "-out", asked)
        signed_by = ["-CA", self.root, "-CAkey", root_key, "-CAcreateserial", "-extfile", extensions]
        openssl("x509", "-req", "-in", asked, *signed_by, "-days", "2", "-out", self.chain)


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)

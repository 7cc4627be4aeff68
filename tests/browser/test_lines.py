"""The lines of the onboarding page, pasted as they stand: with nothing else, the real tool gets through the proxy.

api.bitbucket.org is the sandbox only through the proxy, so an answer shows both that a tool went through and that it
trusts the CA.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from place import PROGRAM, Place, lines

PROGRAMS = Path(__file__).resolve().parent.parent / "matrix/programs"
USER = "https://api.bitbucket.org/2.0/user"
GIT = "https://x-bitbucket-api-token-auth:$TOKEN@bitbucket.org/acme/website.git"

# What stands for the reader's own program, by tool.
OWN = {
    "Python requests": ("python3 program.py", f'"{sys.executable}" "{PROGRAMS}/call.py" requests'),
    "Python httpx and urllib": ("python3 program.py", f'"{sys.executable}" "{PROGRAMS}/call.py" httpx'),
    "Node": ("node program.js", f'"$NODE_24" "{PROGRAMS}/https.mjs"'),
    "Go": ("./program", '"$GO"'),
    "Ruby": ("ruby program.rb", f'ruby "{PROGRAMS}/net_http.rb"'),
    "PHP": ("php -d", "php -d"),
    "Perl": ("perl program.pl", f'perl "{PROGRAMS}/lwp.pl"'),
    "Java": ("-jar program.jar", f'"{PROGRAMS}/Classic.java"'),
}

# Prints where each of the addresses behind the file goes.
EVALUATE = """
const [file, ...urls] = process.argv.slice(1);
const context = require("vm").createContext({});
require("vm").runInContext(require("fs").readFileSync(file, "utf8"), context);
console.log(JSON.stringify(urls.map((url) => context.FindProxyForURL(url, new URL(url).hostname))));
"""


class Lines(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Place(PROGRAM)
        try:
            cls.page = cls.place.page()
            user, token = api_token(cls.place.credentials)
            java = Path(shutil.which("java")).resolve().parent.parent
            cls.variables = {
                **{name: os.environ[name] for name in ("PATH", "NODE_24", "GO")},
                **{"NAME": user, "TOKEN": token, "ADDRESS": USER, "JAVA_HOME": str(java)},
            }
        except BaseException:
            cls.place.__exit__()
            raise

    @classmethod
    def tearDownClass(cls):
        cls.place.__exit__()

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(dir=self.place.folder))
        block = self.page.split("The CA\n")[1].split("Command line\n")[0]
        for line in block.splitlines():
            if line.startswith(("  curl", "  openssl", "  cat")):
                printed = self.succeeds(line)
                if "openssl" in line:
                    self.assertIn(printed.strip().split("=")[1], self.page)

    def paste(self, text):
        return self.place.paste(text, self.folder, {**self.variables, "HOME": str(self.folder)})

    def succeeds(self, text):
        printed, code = self.paste(text)
        self.assertEqual(code, 0, f"{text}\n{printed}")
        return printed

    def test_a_program_of_ones_own_gets_through(self):
        for name, (program, own) in OWN.items():
            with self.subTest(name):
                text = lines(self.page, name)
                self.assertIn(program, text)
                self.succeeds(text.replace(program, own).replace("program.php", f'"{PROGRAMS}/curl.php"'))

    def test_a_shell_leads_what_it_starts(self):
        text = lines(self.page, "All that a shell starts")
        for call in [
            'curl -fsS -u "$NAME:$TOKEN" "$ADDRESS"',
            f"git ls-remote {GIT}",
            f'"{sys.executable}" "{PROGRAMS}/call.py" urllib',
            f'"$NODE_24" "{PROGRAMS}/fetch.mjs"',
            '"$GO"',
            f'ruby "{PROGRAMS}/net_http.rb"',
            f'perl "{PROGRAMS}/lwp.pl"',
        ]:
            with self.subTest(call):
                self.succeeds(text + call)

    def test_the_checks_of_a_shell_that_is_set_up_hold(self):
        checks = self.page.split("\n\n")[1]
        printed = self.succeeds(lines(self.page, "All that a shell starts") + checks)
        self.assertEqual(printed.count("You are going through me."), 2, printed)
        self.assertIn("\nx-auth-diagnosis: ", printed)

    def test_tools_of_the_command_line_as_they_stand(self):
        self.assertIn("\nx-auth-diagnosis: ", self.succeeds(lines(self.page, "curl")))
        self.succeeds(lines(self.page, "git") + f"git ls-remote {GIT}")
        printed, _ = self.paste(lines(self.page, "wget"))
        self.assertIn("401", printed)

    def test_the_store_with_javas_own_roots_has_ours_too(self):
        self.succeeds(lines(self.page, "A store for Java with its own roots"))
        _, java = lines(self.page, "Java").splitlines()
        java = java.replace("why401.p12", "why401-java.p12")
        self.succeeds(java.replace(*OWN["Java"]))
        listed = self.succeeds("keytool -list -keystore why401-java.p12 -storepass changeit")
        self.assertGreater(listed.count("trustedCertEntry"), 20)

    def test_what_is_written_for_gradle_and_maven_is_whole(self):
        (self.folder / ".gradle").mkdir()
        # Neither is started: their own repositories cannot be reached from everywhere.
        stubs = "gradle() { :; }\nmvn() { :; }\n"
        self.succeeds(stubs + lines(self.page, "Gradle") + lines(self.page, "Maven"))
        written = (self.folder / ".gradle/gradle.properties").read_text()
        self.assertIn(f"\nsystemProp.javax.net.ssl.trustStore={self.folder}/why401-java.p12\n", written)
        self.assertIn("</settings>", (self.folder / "why401-settings.xml").read_text())

    def test_the_pac_file_leads_what_is_opened_through_and_nothing_else(self):
        self.succeeds(f"curl -fsS -o proxy.pac http://{self.place.proxy}/proxy.pac")
        through, direct = f"PROXY {self.place.proxy}", "DIRECT"
        expected = {
            USER: through,
            "https://API.Bitbucket.ORG/": through,
            "https://api.bitbucket.org./": through,
            "https://bitbucket.org/acme": through,
            "http://why401.invalid/": through,
            "https://id.atlassian.com/": direct,
            "https://api.bitbucket.org.example/": direct,
            "https://evil-api.bitbucket.org/": direct,
            "http://localhost:8402/": direct,
            "http://[::1]/": direct,
        }
        command = [self.variables["NODE_24"], "-e", EVALUATE, self.folder / "proxy.pac", *expected]
        found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        self.assertEqual(dict(zip(expected, json.loads(found))), expected)


def api_token(credentials):
    """The user name and secret that work for REST."""
    found = next(one for one in credentials if (one["kind"], one["state"]) == ("api_token", "good"))
    return found["email"], found["secret"]

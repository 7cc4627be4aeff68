"""The onboarding page in Chromium: accessible, readable on a phone, without script; and a browser that goes by the PAC file."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from place import PROGRAM, Place
from playwright.sync_api import Error, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
# In a container the browser may have neither a user of its own nor shared memory.
SWITCHES = ["--no-sandbox", "--disable-dev-shm-usage"]
WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


class Onboarding(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.opened = contextlib.ExitStack()
        try:
            cls.place = cls.opened.enter_context(Place(PROGRAM))
            cls.playwright = cls.opened.enter_context(sync_playwright())
            cls.browser = cls.playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
            cls.opened.callback(cls.browser.close)
        except BaseException:
            cls.opened.close()
            raise

    @classmethod
    def tearDownClass(cls):
        cls.opened.close()

    def ways(self):
        """Through the proxy and directly: what to open, and with which proxy."""
        yield "through", "http://why401.invalid/", {"server": f"http://{self.place.proxy}"}
        yield "direct", f"http://{self.place.admin}/", None

    @contextlib.contextmanager
    def opened_page(self, url, proxy, **settings):
        with contextlib.closing(self.browser.new_context(proxy=proxy, **settings)) as context:
            page = context.new_page()
            complaints = []
            page.on("console", lambda message: complaints.append(message.text))
            asked = []
            page.on("request", lambda request: asked.append(request.url))
            page.goto(url)
            # A browser asks for an icon by itself; that there is none is no fault of the page.
            self.assertEqual([one for one in complaints if "404" not in one], [])
            self.assertEqual([one for one in asked if not one.endswith("/favicon.ico")], [url])
            yield page

    def test_it_is_accessible_in_both_schemes_and_widths(self):
        for way, url, proxy in self.ways():
            for scheme in SCHEMES:
                for width in WIDTHS:
                    settings = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
                    with self.subTest(way=way, scheme=scheme, width=width), self.opened_page(url, proxy, **settings) as page:
                        if folder := os.environ.get("SCREENSHOTS"):
                            page.screenshot(path=f"{folder}/{way}-{scheme}-{width}.png", full_page=True)
                        self.assertFalse(page.evaluate(WIDER_THAN_THE_WINDOW))
                        found = Axe().run(page)
                        self.assertEqual(found.violations_count, 0, found.generate_report())

    def test_a_long_line_scrolls_by_itself_and_by_keyboard(self):
        with self.opened_page(f"http://{self.place.admin}/", None, viewport={"width": 360, "height": 800}) as page:
            block = page.locator("pre").first
            self.assertTrue(block.evaluate("pre => pre.scrollWidth > pre.clientWidth"))
            block.focus()
            self.assertNotEqual(block.evaluate("pre => getComputedStyle(pre).outlineStyle"), "none")
            block.evaluate("pre => { window.scrolled = new Promise(done => { pre.onscroll = () => done(true) }) }")
            page.keyboard.press("ArrowRight")
            self.assertTrue(page.evaluate("window.scrolled"))

    def test_without_script_it_says_the_same_and_links_lead_to_their_lines(self):
        for way, url, proxy in self.ways():
            with self.subTest(way=way), self.opened_page(url, proxy, java_script_enabled=False) as page:
                verdict = page.locator(".verdict strong").inner_text()
                self.assertEqual("You are going through me." == verdict, way == "through", verdict)
                page.get_by_role("link", name="Maven").click()
                self.assertTrue(page.url.endswith("#maven"))
                self.assertIn(f"<port>{self.place.proxy.split(':')[1]}</port>", page.locator("#maven + pre").inner_text())

    def test_its_files_are_saved_under_the_names_that_the_lines_use(self):
        with self.opened_page("http://why401.invalid/", {"server": f"http://{self.place.proxy}"}) as page:
            for link, name in [("PEM", "why401.pem"), ("PKCS#12", "why401.p12")]:
                with page.expect_download() as saved:
                    page.get_by_role("link", name=link, exact=True).click()
                self.assertEqual(saved.value.suggested_filename, name)

    def test_a_browser_set_up_as_the_page_says_goes_through(self):
        home = Path(tempfile.mkdtemp(dir=self.place.folder))
        (home / ".pki/nssdb").mkdir(parents=True)
        database = f"sql:{home}/.pki/nssdb"
        subprocess.run(["certutil", "-d", database, "-N", "--empty-password"], check=True)
        root = self.place.folder / "state/ca/root.pem"
        trust = ["certutil", "-d", database, "-A", "-t", "C,,", "-n", "why401", "-i", str(root)]
        subprocess.run(trust, check=True)
        pac = f"--proxy-pac-url=http://{self.place.proxy}/proxy.pac"
        browser = self.playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*SWITCHES, pac], env={**os.environ, "HOME": str(home)}
        )
        with contextlib.closing(browser), contextlib.closing(
            browser.new_context(http_credentials={"username": "jdoe", "password": "none"})
        ) as context:
            page = context.new_page()
            page.goto("http://why401.invalid/")
            self.assertEqual(page.locator(".verdict strong").inner_text(), "You are going through me.")
            # Every other host goes its own way.
            page.goto(f"http://{self.place.admin}/")
            self.assertIn("not going through me", page.locator(".verdict strong").inner_text())
            api = "https://api.bitbucket.org/2.0/user"
            # A refusal without a body has nothing to show, which Chromium takes for a failure.
            with page.expect_response(api) as refused, contextlib.suppress(Error):
                page.goto(api)
            self.assertEqual(refused.value.status, 401)
            self.assertIn("certainty=", refused.value.headers["x-auth-diagnosis"])

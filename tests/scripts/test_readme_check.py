"""scripts/readme-check finds what a reader would stumble over, and nothing else."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

# Three backquotes, so that these pages can stand in text.
FENCE = "```"


def page(*blocks):
    """A page of (comment, language, text)."""
    written = [f"{comment}\n{FENCE}{language}\n{text}\n{FENCE}\n" for comment, language, text in blocks]
    return "# A page\n\n" + "\n".join(written)


def check(*blocks):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.md"
        file.write_text(page(*blocks))
        done = subprocess.run(
            [sys.executable, ROOT / "scripts/readme-check", file], capture_output=True, text=True, timeout=60
        )
    return done.returncode, done.stdout


class ReadmeCheck(unittest.TestCase):
    """One page each."""

    def accepted(self, *blocks):
        code, out = check(*blocks)
        self.assertEqual(code, 0, out)

    def refused(self, words, *blocks):
        code, out = check(*blocks)
        self.assertEqual(code, 1, out)
        self.assertIn(words, out)

    def test_output_that_is_shown_as_it_is(self):
        self.accepted(("", "sh", "echo one; echo two >&2"), ("", "text", "one\ntwo"))

    def test_another_output(self):
        self.refused("-one\n+two", ("", "sh", "echo two"), ("", "text", "one"))

    def test_what_is_left_out_is_marked(self):
        self.accepted(("", "sh", "seq 9; echo a b c"), ("", "text", "1\n…\na … c"))
        self.refused("-1\n", ("", "sh", "seq 9 -1 2"), ("", "text", "1\n…"))

    def test_another_exit_status(self):
        self.accepted(("<!-- check: exit 3 -->", "sh", "exit 3"))
        self.refused("exit status 3, not 0", ("", "sh", "exit 3"))
        self.refused("exit status 0, not 3", ("<!-- check: exit 3 -->", "sh", "true"))

    def test_what_differs_from_run_to_run(self):
        shown = 'id="00000000-1" at 2026-11-24T19:50:19.035Z'
        self.accepted(("", "sh", """echo 'id="c048a0e1-7" at 2031-01-02T03:04:05.678Z'"""), ("", "text", shown))
        self.refused("not what it prints", ("", "sh", """echo 'id="none" at 2031-01-02'"""), ("", "text", shown))

    def test_a_block_that_nothing_printed(self):
        self.refused("nothing was run", ("", "text", "Invented."))

    def test_folder_and_variables_last(self):
        blocks = ("", "sh", "mkdir a; cd a; X=1; export Y=2"), ("", "sh", 'echo "${PWD##*/} $X"; env | grep ^[XY]='), ("", "text", "a 1\nY=2")
        self.accepted(*blocks)

    def test_a_program_in_the_background(self):
        start = "<!-- check: background it until ready -->"
        program = "trap 'exit 0' INT; echo ready; read -r line <there; echo got $line; sleep infinity"
        self.accepted(
            ("", "sh", "mkfifo there"),
            (start, "sh", program),
            ("", "text", "ready"),
            ("", "sh", "echo this >there"),
            ("<!-- check: output of it -->", "text", "got this"),
        )

    def test_a_program_that_never_starts(self):
        self.refused("it never said", ("<!-- check: background it until ready -->", "sh", "echo no"))

    def test_what_is_skipped_is_said(self):
        skip = "<!-- check: skip no engine here -->"
        code, out = check((skip, "sh", "exit 1"), ("", "text", "Shown."), ("", "sh", "true"))
        self.assertEqual(code, 0, out)
        self.assertIn("!!! SKIPPED: page.md:", out)

    def test_an_unknown_cargo_command(self):
        self.refused("no step of CI", ("", "sh", "cargo bench"))


if __name__ == "__main__":
    unittest.main()

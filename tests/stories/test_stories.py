"""Plays every story: status, field, event, and that the repaired call works.

    tests/stories/run.sh                             all of them
    tests/stories/run.sh api-token-with-username     one
"""

import base64
import itertools
import json
import os
import subprocess
import sys
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from stories import STORIES
from world import World

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = Path(os.environ.get("WHY401", ROOT / "target/debug/why401")).resolve()

SIDE_BY_SIDE = 4

LATER = "the proxy reports this connection in a later version"
RECORDS = "only a record has it"

# Named by the program, but not told here, and why. tests/integration/produced shows how each comes about.
UNTOLD = {
    "absolute-form-https": "no client here sends https in clear to a proxy",
    "account-locked": "nobody has seen Bitbucket Cloud say it",
    "anonymous-ok": RECORDS,
    "authorization-nominated": "the proxy keeps the field, so the right credential works all the same",
    "bad-request": RECORDS,
    "client-distrusts-ca": LATER,
    "https-scheme-for-plain-proxy": LATER,
    "ignored-credentials": RECORDS,
    "plain-http": "the sandbox speaks TLS alone",
    "proxy-authentication": LATER,
    "redacted-record": RECORDS,
    "server-error": "nobody can repair it by another call",
    "stale-cached-credential": "it takes a second between two secrets, and no test sleeps",
    "token-revoked": "no client can revoke a credential of the sandbox",
    "upstream-bug": "the sandbox has no fault to show",
}


class Stories(unittest.TestCase):
    """One test for each story is added below."""

    def play(self, story):
        with World(PROGRAM, story.at, story.disputed, story.intercept) as world:
            self.refused(story, world)
            self.repaired(story, world)
            self.secrets_stay_secret(world)

    def refused(self, story, world):
        seen = world.call(story.wrong)
        first = story.after or story.mistake
        if story.in_log:
            self.assertIn(story.status, [answer.status for answer in seen.answers], seen.text)
            self.logged(story, world.event("auth.mistake", first), first)
            return
        answer = next((one for one in reversed(seen.answers) if first in one.mistakes[:1]), None)
        self.assertIsNotNone(answer, f"no answer says {first} first:\n{seen.text}")
        self.assertIn(story.mistake, answer.mistakes)
        self.assertEqual(answer.status, story.status, seen.text)
        self.assertIn(story.fix, answer.parameter("fix"))
        if not story.after:
            self.assertEqual(answer.parameter("certainty"), story.certainty)
        event = world.event("id", answer.parameter("id"))
        self.assertEqual(event["auth.fix"], answer.parameter("fix"))
        self.logged(story, event, answer.mistakes[0])

    def logged(self, story, event, first):
        named = {"mistake": event["auth.mistake"], "certainty": event["auth.certainty"]}
        self.assertEqual(named["mistake"], first)
        self.assertIn(
            {"mistake": story.mistake, "certainty": story.certainty}, [named, *event["auth.alternatives"]]
        )
        self.assertEqual(event["event"], "auth_diagnosis")
        self.assertEqual(event["http.response.status_code"], story.status)
        self.assertIn(story.fix, event["auth.fix"])

    def repaired(self, story, world):
        seen = world.call(story.right)
        self.assertEqual(seen.code, 0, seen.text)
        last = seen.answers[-1]
        self.assertIn(last.status, [200, 201, 204], seen.text)
        self.assertEqual(last.diagnosis, "", seen.text)

    def secrets_stay_secret(self, world):
        for one in world.credentials:
            for text in [one["secret"], base64.b64encode(one["secret"].encode()).decode().rstrip("=")[:-2]]:
                self.assertNotIn(text, world.serve.output, f"{one['kind']}, {one['state']}")


class Completeness(unittest.TestCase):
    """No mistake goes untold."""

    def test_every_page_has_a_story(self):
        pages = {page.stem for page in (ROOT / "docs/mistakes").glob("*.md")} - {"README"}
        self.assertEqual(pages, {story.mistake for story in STORIES} | set(UNTOLD))

    def test_every_story_of_the_demo_is_told(self):
        done = subprocess.run([PROGRAM, "demo", "--format=json"], capture_output=True, check=True, timeout=60)
        rows = json.loads(done.stdout)
        self.assertGreater(len(rows), 20)
        self.assertEqual([], [row for row in rows if not any(self.tells(story, row) for story in STORIES)])

    def tells(self, story, row):
        return (
            row["mistake"] in (story.mistake, story.after)
            and row["surface"] == story.surface
            and row["status"] == story.status
            and story.fix in row["fix"]
        )


def _test(story):
    def test(self):
        self.play(story)

    test.__doc__ = f"{story.mistake}: {story.told}"
    return test


for _number, _story in enumerate(STORIES):
    setattr(Stories, f"test_{_number:02}_{_story.mistake}", _test(_story))


def play_one(test):
    """Its outcome; failures and errors alike as texts."""
    outcome = unittest.TestResult()
    test.run(outcome)
    return test, [text for _, text in outcome.failures + outcome.errors]


def main():
    """A line for each story, and `N passed, N failed` as the last one."""
    begun = time.monotonic()
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*_{name}" for name in sys.argv[1:]] or None
    classes = [loader.loadTestsFromTestCase(case) for case in (Completeness, Stories)]
    failed = 0
    # Each story has a sandbox and a proxy of its own, so they can be told side by side.
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        outcomes = list(pool.map(play_one, itertools.chain(*classes)))
    for test, texts in outcomes:
        print("FAILED" if texts else "ok    ", test.shortDescription() or test.id(), *texts, sep=" ")
        failed += bool(texts)
    print(f"in {time.monotonic() - begun:.0f} s")
    print(f"{len(outcomes) - failed} passed, {failed} failed")
    return 1 if failed or not outcomes else 0


if __name__ == "__main__":
    sys.exit(main())

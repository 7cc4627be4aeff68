"""Runs all tests of this folder, or those that the arguments name; `N passed, N failed` is the last line."""

import sys
import time
import unittest

FILES = ["test_onboarding", "test_lines"]


def main(names):
    begun = time.monotonic()
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{name}*" for name in names] or None
    outcome = unittest.TextTestRunner(verbosity=2).run(loader.loadTestsFromNames(FILES))
    failed = len({test.id().split(" ")[0] for test, _ in outcome.failures + outcome.errors})
    print(f"in {time.monotonic() - begun:.0f} s")
    print(f"{outcome.testsRun - failed} passed, {failed} failed")
    return 1 if failed or not outcome.testsRun else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What differs from run to run, and how shown output is compared with real output all the same."""

import difflib
import re

ELISION = "…"

# Each is replaced on both sides: what is shown must still be of the right form, in the right place.
VOLATILE = [
    (re.compile(pattern), name)
    for pattern, name in [
        (r"\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|\+00:00)", "<time>"),
        (r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT", "<date>"),
        (r"\b\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\b", "<time>"),
        (r"^\d{2}:\d{2}:\d{2}\b", "<clock>"),
        (r"\b[0-9a-f]{8}-[0-9]+\b", "<event id>"),
        (r'(?<=credential )[a-z2-7]{16}\b|(?<=fingerprint":")[a-z2-7]{16}\b', "<fingerprint>"),
        (r"\b(?:[0-9A-F]{2}:){31}[0-9A-F]{2}\b", "<SHA-256>"),
        (r"\b[0-9a-f]{40}\b", "<commit>"),
        (r"\bin \d+\.\d s\b", "in <seconds>"),
        (r"\bcurl/[0-9.]+\b", "curl/<version>"),
        (r"\bgit/[0-9.]+\b", "git/<version>"),
        (r"\bpython-requests/[0-9.]+\b", "python-requests/<version>"),
        (r"\bwhy401 \d+\.\d+\.\d+\b", "why401 <version>"),
    ]
]


COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def normal(line):
    """The line without colours, with everything volatile replaced by its name."""
    line = COLOUR.sub("", line)
    for pattern, name in VOLATILE:
        line = pattern.sub(name, line)
    return line.rstrip()


def difference(shown, real):
    """A readable diff, or None when the real output is what is shown.

    A shown line that is nothing but an ellipsis stands for any lines, an ellipsis within a line for any text.
    """
    shown = [normal(line) for line in shown.rstrip().splitlines()]
    real = [normal(line) for line in real.rstrip().splitlines()]
    if re.fullmatch("".join(map(_pattern, shown)), "".join(f"{line}\n" for line in real)):
        return None
    return "\n".join(difflib.unified_diff(shown, real, "shown", "real", lineterm=""))


def _pattern(line):
    if line.strip() == ELISION:
        return r"(?:.*\n)*?"
    return ".*".join(map(re.escape, line.split(ELISION))) + "\n"

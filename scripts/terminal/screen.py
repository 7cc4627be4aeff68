"""What a program shows on a terminal: rows of text, each piece with its style."""

import re
from dataclasses import dataclass, replace

from readme.program import Program, terminal

# The longest that a command may take, in seconds.
PATIENCE = 60

COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
SGR = re.compile(r"\x1b\[([0-9;]*)m")
# What may come beside colours: erasing the rest of a line.
ERASE = re.compile(r"\x1b\[0?K")


@dataclass(frozen=True)
class Style:
    """How a piece of text looks."""

    colour: str = ""
    bold: bool = False
    dim: bool = False
    underlined: bool = False

    def after(self, code):
        """The style once this SGR code has been read."""
        if code == 0:
            return Style()
        if code in (1, 2, 4):
            return replace(self, **{{1: "bold", 2: "dim", 4: "underlined"}[code]: True})
        if code == 22:
            return replace(self, bold=False, dim=False)
        if code == 24:
            return replace(self, underlined=False)
        if code == 39:
            return replace(self, colour="")
        if 30 <= code <= 37:
            return replace(self, colour=COLOURS[code - 30])
        if 90 <= code <= 97:
            return replace(self, colour=COLOURS[code - 90])
        raise ValueError(f"SGR code {code} has no drawing")


def shown(command, columns, environment):
    """Runs the command on a terminal of its own; its exit status and all that it wrote there."""
    program = Program(command, environment, terminal(columns))
    return program.end(PATIENCE), program.output


def rows(written):
    """Lists of (style, text), one a line."""
    style, found = Style(), []
    for line in written.rstrip("\n").split("\n"):
        # A line that was drawn over, as progress is, shows only what came last.
        line = ERASE.sub("", line.rsplit("\r", 1)[-1])
        row = []
        for index, piece in enumerate(SGR.split(line)):
            if index % 2:
                for code in piece.split(";"):
                    style = style.after(int(code or 0))
            elif piece:
                row.append((style, piece))
        found.append(row)
    return found

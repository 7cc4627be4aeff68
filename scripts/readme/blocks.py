"""The fenced blocks of a page, and what the comments before them say about running them."""

import re
from dataclasses import dataclass, field

COMMANDS = {"sh", "console"}
OUTPUT = {"text", "json", "http"}
COMMENT = re.compile(r"<!-- check: (.*?) -->")


@dataclass
class Block:
    """One fenced block."""

    line: int
    language: str
    text: str
    # Comments since the block before: "exit 22", "background serve until READY".
    notes: list = field(default_factory=list)
    # It stands right behind the block before, with nothing but comments between.
    follows: bool = False

    @property
    def is_command(self):
        return self.language in COMMANDS

    @property
    def is_output(self):
        return self.language in OUTPUT

    def note(self, name):
        """What follows the name in a note, or None without such a note."""
        for note in self.notes:
            if note == name or note.startswith(f"{name} "):
                return note[len(name) :].strip()
        return None


def blocks(page):
    """All fenced blocks of a Markdown text, in order."""
    found, notes, follows, open_block = [], [], False, None
    for number, line in enumerate(page.splitlines(), 1):
        if open_block is not None:
            if line.strip() == "```":
                found.append(open_block)
                notes, follows, open_block = [], True, None
            else:
                open_block.text += f"{line}\n"
        elif line.startswith("```"):
            open_block = Block(number, line[3:].strip(), "", notes, follows)
        elif comments := COMMENT.findall(line):
            notes += comments
        elif line.strip():
            follows = False
    if open_block is not None:
        raise ValueError(f"line {open_block.line}: this block has no end")
    return found

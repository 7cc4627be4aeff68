"""A terminal's rows as an SVG: text stays text, in the reader's own light or dark."""

from html import escape

SIZE, WIDTH, HEIGHT = 14, 8.43, 19
LEFT, TOP = 18, 54

# Foreground colours for light and dark; each has a contrast of at least 4.5 to its background.
LIGHT = {
    "paper": "#ffffff", "frame": "#d0d7de", "ink": "#1f2328", "dim": "#59636e", "black": "#1f2328", "red": "#c1121f",
    "green": "#116329", "yellow": "#7d4e00", "blue": "#0550ae", "magenta": "#6639ba", "cyan": "#0b6470", "white": "#59636e",
}  # fmt: skip
DARK = {
    "paper": "#0d1117", "frame": "#3d444d", "ink": "#e6edf3", "dim": "#9198a1", "black": "#9198a1", "red": "#ff7b72",
    "green": "#56d364", "yellow": "#e3b341", "blue": "#79c0ff", "magenta": "#d2a8ff", "cyan": "#56d4dd", "white": "#e6edf3",
}  # fmt: skip


def svg(rows, columns, title):
    """The picture; `title` is the command line, which also names it to those who cannot see it."""
    width, height = round(2 * LEFT + columns * WIDTH), TOP + len(rows) * HEIGHT + 8
    lines = [
        # Renderers know one of the two ways, xml:space and white-space, to keep blanks.
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' xml:space="preserve" role="img">',
        f"<title>{escape(title)}</title>",
        "<style>",
        "text { font: %dpx ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; white-space: pre }" % SIZE,
        ".bold { font-weight: 700 }",
        ".underlined { text-decoration: underline }",
        *_colours(LIGHT),
        "@media (prefers-color-scheme: dark) {",
        *_colours(DARK),
        "}",
        "</style>",
        f'<rect class="paper" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8"/>',
        f'<path class="rule" d="M0.5 34.5h{width - 1}"/>',
        *(f'<circle class="rule" cx="{LEFT + 18 * at}" cy="17.5" r="5"/>' for at in range(3)),
        f'<text class="dim" x="{LEFT + 62}" y="22">{escape(title)}</text>',
    ]
    for number, row in enumerate(rows):
        lines += _row(row, TOP + number * HEIGHT + 4)
    return "\n".join(lines + ["</svg>", ""])


def _colours(theme):
    yield f"text {{ fill: {theme['ink']} }}"
    yield f".paper {{ fill: {theme['paper']}; stroke: {theme['frame']} }}"
    yield f".rule {{ fill: none; stroke: {theme['frame']} }}"
    for name, value in theme.items():
        if name not in ("paper", "frame", "ink"):
            yield f".{name} {{ fill: {value} }}"


def _row(row, y):
    column = 0
    for style, text in row:
        bare = text.strip(" ")
        if bare:
            x = LEFT + (column + len(text) - len(text.lstrip(" "))) * WIDTH
            # Every piece is as wide as its cells, whatever font the reader has.
            yield (
                f'<text{_class(style)} x="{x:.2f}" y="{y}" textLength="{len(bare) * WIDTH:.2f}"'
                f' lengthAdjust="spacingAndGlyphs">{escape(bare, quote=False)}</text>'
            )
        column += len(text)


def _class(style):
    names = [style.colour or ("dim" if style.dim else "")]
    names += [name for name in ("bold", "underlined") if getattr(style, name)]
    names = [name for name in names if name]
    return f' class="{" ".join(names)}"' if names else ""

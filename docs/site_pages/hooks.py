"""What is done to pages while Sphinx reads them: tables of contents are added, and lessons say how they were run."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from site_pages.contents import CONTENTS, placed

__all__ = [
    "as_fields",
    "connect",
    "digest_of_the_model",
    "formula",
    "mark_columns",
    "page_of",
    "unplaced",
    "without_breaks",
]

ROOT = Path(__file__).resolve().parents[2]

# What lessons run; a change there makes them run again.
SOURCES = ("abm", "analysis", "xinzhi", "scenarios")
NOTE = (  # in English, in Chinese
    "```{note}\n"
    "The results below come from a small run (`FAST=1`: 2,000 simulated adults, few seeds, few years), made when this "
    "page was built. In the notebook itself the runs are larger, so more differences are clear there.\n"
    "```",
    "```{admonition} 说明\n:class: note\n\n"
    "以下结果来自生成本页时的小规模运行（`FAST=1`：2,000 个模拟成年人，种子和年份都较少）。"
    "笔记本中的运行规模更大，因此有更多明显的差异。\n"
    "```",
)
LISTED = re.compile(r"([a-z]\w*(?:, \w+)*) {2,}(\S.*)$")
CHINESE = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”"
WIDTHS = (("long", 80), ("middle", 17))  # a column's class, and the length of three quarters of its cells
PANELS = re.compile(r"^panels\(", re.MULTILINE)
MOVED = ("*In the notebook something to move by hand stands here.*", "*笔记本中此处有可以手动调节的控件。*")


def digest_of_the_model(root: Path) -> str:
    """A short name for the state of all files that a lesson runs."""
    digest = hashlib.sha256()
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".csv", ".yaml"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def unplaced(root: Path) -> list[str]:
    """Pages of docs/ that are in no table of contents: a new page is on the site before somebody has placed it."""
    pages = {path.relative_to(root).with_suffix("").as_posix() for path in (root / "docs").rglob("*.md")}
    known = [*placed(), "docs/decisions/0*"]
    return sorted(page for page in pages if not any(fnmatch(page, one) for one in known))


def with_contents(name: str, text: str) -> str:
    """The page with its hidden tables of contents at the end."""
    blocks = []
    more = [("More", unplaced(ROOT))] if name == "README" else []
    for caption, entries in [*CONTENTS.get(name, ()), *more]:
        if not entries:
            continue
        options = [":hidden:", ":glob:", *([f":caption: {caption}"] if caption else [])]
        blocks.append("\n".join(["```{toctree}", *options, "", *(f"/{entry}" for entry in entries), "```"]))
    return "\n\n".join([text, *blocks])


def with_note(text: str, chinese: bool = False) -> str:
    """A notebook that says how it was run, without what only a running kernel can show."""
    notebook = json.loads(text)
    cells = notebook["cells"]
    for cell in [one for one in cells if _is_moved_by_hand(one)]:
        cell["metadata"].setdefault("tags", []).append("remove-output")
        cells.insert(cells.index(cell) + 1, _words(MOVED[chinese]))
    head = "".join(cells[0]["source"])
    cells[0]["source"] = head[:1] + re.sub(r"(?m)^# ", "## ", head[1:])  # one title a page
    cells.insert(1, _words(NOTE[chinese]))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return json.dumps(notebook)


def _is_moved_by_hand(cell: dict[str, Any]) -> bool:
    return "slider" in cell["metadata"].get("tags", ()) or bool(PANELS.search("".join(cell["source"])))


def _words(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def as_orphan(text: str) -> str:
    """The page for a site whose side bar leaves it out: 270 records there would be read by nobody."""
    return f"---\norphan: true\n---\n\n{text}"


def without_breaks(text: str) -> str:
    """Chinese whose lines are joined without a blank, which a browser would show."""
    return re.sub(f"(?<=[{CHINESE}])\n *(?=[{CHINESE}])", "", text)


def mark_columns(table: Any) -> None:
    """Classes for the cells of columns with much text, so that those are not squeezed in wide tables."""
    from docutils import nodes

    rows = list(table.findall(nodes.row))
    for cells in zip(*[list(row.findall(nodes.entry)) for row in rows], strict=False):
        lengths = sorted(len(cell.astext()) for cell in cells)
        usual = lengths[3 * (len(lengths) - 1) // 4]
        kind = next((name for name, least in WIDTHS if usual >= least), None)
        for cell in cells if kind else ():
            cell["classes"].append(kind)


def page_of(name: str, text: str) -> str:
    """What Sphinx reads instead of the page as it stands in the repository."""
    if name.startswith(("notebooks/0", "notebooks/zh/0")):
        return with_note(text, chinese="/zh/" in name)
    if name.endswith(".zh"):
        return without_breaks(text)
    return as_orphan(text) if name.startswith("docs/decisions/0") else with_contents(name, text)


def as_fields(lines: list[str]) -> list[str]:
    """A docstring whose aligned lists of names and meanings are lists for Sphinx too, and not one run of words."""
    out: list[str] = []
    inside = False
    for line in lines:
        found = LISTED.match(line)
        if found:
            out += [*([] if inside else [""]), f":{found[1]}: {found[2]}"]
        elif inside and line.startswith("  "):
            out.append(f"   {line.strip()}")
        else:
            out += [*([""] if inside and line else []), line]
        inside = bool(found) or (inside and line.startswith("  "))
    return out


def formula(text: str, block: bool) -> str:
    """A formula in TeX as MathML, which browsers draw by themselves: no script and no font is fetched for it."""
    from docutils.utils.math import latex2mathml

    return str(latex2mathml.tex2mathml(text, as_block=block))


def _inline(writer: Any, node: Any) -> None:
    from docutils import nodes

    writer.body.append(formula(node.astext(), block=False))
    raise nodes.SkipNode


def _display(writer: Any, node: Any) -> None:
    from docutils import nodes

    writer.body.append(f'<div class="math">{formula(node.astext(), block=True)}</div>')
    raise nodes.SkipNode


def connect(app: Any) -> None:
    """Let Sphinx call what is above."""

    def read(_app: Any, name: str, source: list[str]) -> None:
        source[0] = page_of(name, source[0])

    def add_first_page(builder: Any, fault: Exception | None) -> None:
        if fault is None and builder.builder.format == "html":
            folder = Path(builder.outdir)
            shutil.copyfile(folder / "README.html", folder / "index.html")

    def arrange(_app: Any, _what: str, _name: str, _object: Any, _options: Any, lines: list[str]) -> None:
        lines[:] = as_fields(lines)

    def mark(_app: Any, document: Any) -> None:
        from docutils import nodes

        for table in document.findall(nodes.table):
            mark_columns(table)

    def name_language(_app: Any, name: str, _template: str, context: dict[str, Any], _document: Any) -> None:
        if name.endswith(".zh") or "/zh/" in name:
            context["language"] = "zh-CN"

    app.add_html_math_renderer("mathml", inline_renderers=(_inline, None), block_renderers=(_display, None))
    app.connect("source-read", read)
    app.connect("doctree-read", mark)
    app.connect("html-page-context", name_language)
    app.connect("autodoc-process-docstring", arrange)
    app.connect("build-finished", add_first_page)

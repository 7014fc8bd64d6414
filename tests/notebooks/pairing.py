"""A notebook made from its percent script by jupytext, without outputs and the same on every machine.

The scripts are the source: ``python -m notebooks.pairing`` (``make notebooks``) writes every .ipynb beside its .py.
"""

from __future__ import annotations

import sys
from pathlib import Path

import jupytext
import nbformat

__all__ = ["FOLDER", "main", "notebook_of", "scripts", "text_of"]

FOLDER = Path(__file__).parents[2] / "notebooks"
METADATA = {
    "jupytext": {"formats": "ipynb,py:percent"},
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def scripts() -> list[Path]:
    """Every percent script: lessons, their solutions, and the lessons in Chinese."""
    return [script for folder in (".", "solutions", "zh") for script in sorted((FOLDER / folder).glob("[0-9]*.py"))]


def notebook_of(script: Path) -> nbformat.NotebookNode:
    """The notebook of a script: cells numbered instead of named at random, no outputs, no counts."""
    notebook = jupytext.read(script, fmt="py:percent")
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"cell-{number:02d}"
        if cell.cell_type == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


def text_of(script: Path) -> str:
    """What the .ipynb beside a script must hold."""
    return nbformat.writes(notebook_of(script)) + "\n"


def main() -> int:
    """Write every notebook."""
    for script in scripts():
        script.with_suffix(".ipynb").write_text(text_of(script), encoding="utf-8")
        print(script.with_suffix(".ipynb").name)
    return 0


if __name__ == "__main__":
    sys.exit(main())

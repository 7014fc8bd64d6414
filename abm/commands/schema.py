"""xinzhi schema: what an editor needs to complete and check scenario files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Kind(StrEnum):
    """The files that have a schema."""

    scenario = "scenario"
    sweep = "sweep"
    fit = "fit"


def schema(
    kind: Annotated[Kind, typer.Option(help="The kind of file.")] = Kind.scenario,
    out: Annotated[Path | None, typer.Option(help="The file to write to; the terminal by default.")] = None,
) -> None:
    """Write the JSON Schema of scenario files for editors.

    A file names its schema in its first line: `# yaml-language-server: $schema=schema.json`.
    """
    from abm.files import whole_file, writing
    from abm.reference.schema import schema_text

    text = schema_text(kind.value)
    if out is None:
        typer.echo(text, nl=False)
        return
    with writing(f"--out {out}", "the schema", "give another file"), whole_file(out) as part:
        part.write_text(text, encoding="utf-8")

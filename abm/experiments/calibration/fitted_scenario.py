"""The result of a fit as a scenario file that others extend."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

from abm.files import whole_file, writing
from abm.scenarios.scenario import list_scenarios

__all__ = ["scenario_text", "write_scenario"]

WIDTH = 110


def scenario_text(
    assumptions: Mapping[str, float],
    extends: str,
    comments: Sequence[str],
    question: str = "",
    channels: Sequence[str] = (),
    leaves_out: Sequence[str] = (),
    remarks: Mapping[str, str] | None = None,
) -> str:
    """The YAML text: where it comes from as comments, the texts, and under ``assumptions`` one line a parameter.

    ``remarks`` are written behind a parameter. Nothing else is set, so that whatever extends it keeps its own.
    """
    lines = [line for text in comments for line in _comment(text)]
    lines.append(f"extends: {_text(extends)}")
    if question:
        lines.append(f"question: {_text(question)}")
    for key, texts in (("expected_channels", channels), ("leaves_out", leaves_out)):
        if texts:
            lines += [f"{key}:", *(f"  - {_text(text)}" for text in texts)]
    lines.append("assumptions:")
    groups: dict[str, list[str]] = {}
    for key, value in assumptions.items():
        group, _, name = key.partition(".")
        remark = f"  # {(remarks or {})[key]}" if key in (remarks or {}) else ""
        groups.setdefault(group, []).append(f"    {name}: {value!r}{remark}")
    for group, entries in groups.items():
        lines += [f"  {group}:", *entries]
    return "\n".join(lines) + "\n"


def write_scenario(
    path: Path,
    scenario: str,
    assumptions: Mapping[str, float],
    comments: Sequence[str],
    question: str = "",
    channels: Sequence[str] = (),
    leaves_out: Sequence[str] = (),
    remarks: Mapping[str, str] | None = None,
) -> Path:
    """Write ``scenario_text`` to a file that extends ``scenario``, a shipped name or a path. Raises UserError."""
    shipped = scenario.removesuffix(".yaml").removesuffix(".yml")
    extends = shipped if shipped in list_scenarios() else os.path.relpath(scenario, path.parent)
    text = scenario_text(assumptions, extends, comments, question, channels, leaves_out, remarks)
    with writing(path.parent, path.name, "give another --out"), whole_file(path) as part:
        part.write_text(text, encoding="utf-8")
    return path


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(" ".join(text.split()), WIDTH, subsequent_indent="  ")]


def _text(text: str) -> str:
    """A text in quotes where YAML would read something else into it."""
    plain = text[:1].isalnum() and ": " not in text and " #" not in text and not text.endswith(":")
    return text if plain else "'" + text.replace("'", "''") + "'"

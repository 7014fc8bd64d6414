"""Numbers as the documents write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["named_in", "plain", "signed", "within_sentence"]


def plain(value: float, decimals: int = 1) -> str:
    """2.04 as 2.0, .04 as .0: no zero before the point."""
    return re.sub(r"^(−?)0\.", r"\1.", f"{value:.{decimals}f}".replace("-", "−"))


def signed(value: float, decimals: int = 1) -> str:
    """The same with its sign."""
    return re.sub(r"^([+−])0\.", r"\1.", f"{value:+.{decimals}f}".replace("-", "−"))


def named_in(sentences: Iterable[str], claims: Iterable[tuple[str, str]], command: str) -> set[str]:
    """The values of a command that a sentence or a claim names."""
    quoted = {key for text in sentences for name, key in re.findall(r"\{(\w+)\.(\w+)\}", text) if name == command}
    return quoted | {key for name, key in claims if name == command}


def within_sentence(label: str) -> str:
    """The label with a small letter; names and abbreviations keep their capitals."""
    keep = label.split(maxsplit=1)[0].rstrip(",") in ("Gini", "CO2", "GDP", "Okun's", "Beveridge", "AI")
    return label if keep else label[0].lower() + label[1:]

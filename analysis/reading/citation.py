"""How to cite: the same words as in CITATION.cff, which an installed copy does not carry."""

from __future__ import annotations

__all__ = ["AUTHORS", "TITLE", "citation"]

TITLE = "Xinzhi: a policy laboratory for the AI economy"
AUTHORS = "The Xinzhi contributors"


def citation(digests: list[str]) -> str:
    """One line with the version and the digests of the scenarios, by which anyone can tell whether theirs are these."""
    import abm

    scenarios = f", scenario digests {', '.join(digest[:12] for digest in digests)}" if digests else ""
    return f"{AUTHORS}. {TITLE}. Version {abm.__version__}{scenarios}."

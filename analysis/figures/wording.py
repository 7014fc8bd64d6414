"""What figures and sentences call scenarios, runs and seeds."""

from __future__ import annotations

from collections.abc import Sequence

from abm import said
from xinzhi.analysis.reading.panel import Panel
from xinzhi.analysis.reading.text import within_sentence

__all__ = ["economy_of", "less_text", "manner", "runs_text", "seeds_text"]


def less_text(subject: str, reference: str) -> str:
    """``carbon price less baseline``."""
    return said(
        "{scenario} less {reference}", scenario=within_sentence(subject), reference=within_sentence(reference)
    )  # fmt: skip


def manner(label: str) -> str:
    """Where or how something holds: ``with AI``, ``in the baseline``, else ``under carbon price``."""
    words = within_sentence(label)
    if words.startswith(("with ", "without ")):
        return words
    return said("in the baseline") if words == "baseline" else said("under {scenario}", scenario=words)


def seeds_text(seeds: Sequence[int]) -> str:
    """``8 seeds (1 to 8)``."""
    if len(seeds) == 1:
        return f"seed {seeds[0]}"
    consecutive = len(seeds) == seeds[-1] - seeds[0] + 1
    return f"{len(seeds)} seeds ({seeds[0]} to {seeds[-1]}{'' if consecutive else ', with gaps'})"


def economy_of(label: str) -> str:
    """What a difference is taken from: ``the economy without AI``, ``the baseline``, ``the scenario Carbon price``."""
    words = within_sentence(label)
    if label == "With AI":
        return said("the economy with AI")
    if label == "Without AI":
        return said("the economy without AI")
    if words.startswith(("with ", "without ")):
        return said("the economy {scenario}", scenario=words)
    return said("the baseline") if words == "baseline" else said("the scenario {scenario}", scenario=label)


def runs_text(panels: Sequence[Panel]) -> str:
    """``Model of China's economy, 8 runs of 10,000 simulated adults.``; the numbers of each scenario if they differ."""
    phrases = []
    for panel in panels:
        count, workers = len(panel.seeds), panel.provenance.get("workers")
        runs = said("1 run") if count == 1 else said("{count} runs", count=count)
        if isinstance(workers, int):
            runs = said("{runs} of {workers} simulated adults", runs=runs, workers=f"{workers:,}")
        phrases.append(runs)
    if len(set(phrases)) > 1:
        return said("Model of China's economy, {runs}.", runs=tuple(phrases))
    if len(panels) > 1:
        return said("Model of China's economy, {runs} each.", runs=phrases[0])
    return said("Model of China's economy, {runs}.", runs=phrases[0])

"""xinzhi headline: the economy with and without artificial intelligence on the same random draws."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from abm.commands.compare import Figures, Language, Pdf, Years, compare_into
from abm.commands.options import (
    USUAL_RATE,
    DiscountRate,
    EconomyName,
    FirstSeed,
    Fresh,
    Overwrite,
    Posterior,
    Quarters,
    Seeds,
    Until,
    Workers,
)

SCENARIOS = ["baseline", "no_ai"]


def headline(
    workers: Workers = 10_000,
    seeds: Seeds = 8,
    first_seed: FirstSeed = 1,
    until: Until = None,
    quarters: Quarters = None,
    year: Years = None,
    out: Annotated[
        Path | None, typer.Option(help="Output folder; default: results/headline, or headline_ECONOMY.")
    ] = None,
    economy: EconomyName = None,
    posterior: Posterior = None,
    fresh: Fresh = False,
    figures: Figures = True,
    pdf: Pdf = False,
    discount_rate: DiscountRate = USUAL_RATE,
    language: Language = "en",
    overwrite: Overwrite = False,
) -> None:
    """Compare the economy with and without AI (the main result).

    The same as `xinzhi compare baseline no_ai`: prints the comparison, writes tables, figures and report.html. With
    --economy usa it is that of the United States, in dollars.
    """
    from abm.data import find_economy

    usual = "headline" if economy is None else f"headline_{find_economy(economy).name}"
    settings = None if economy is None else [f"economy={economy}"]
    compare_into(
        usual, SCENARIOS, workers, seeds, first_seed, until, quarters, year, out, settings, fresh=fresh,
        figures=figures, pdf=pdf, overwrite=overwrite, discount_rate=discount_rate, language=language,
        posterior=posterior,
    )  # fmt: skip

"""The sentences that quote results, with a place for each value. A line may break at any blank of a sentence.

``{headline.gdp}`` is the value ``gdp`` of the command ``headline``. A sentence stands in one file or in several; to
reword it, reword it here and there. A test finds numbers in README and the guides that no sentence here covers.
"""

from __future__ import annotations

from dataclasses import dataclass

from quoted.quotes_usa import CLAIMS_USA, LIMITS_USA, SENTENCES_USA
from quoted.two_economies import CLAIMS_COUNTRIES, SENTENCES_COUNTRIES

__all__ = ["CLAIMS", "QUOTES", "Quote"]


@dataclass(frozen=True)
class Quote:
    """A sentence and the files that it stands in."""

    text: str
    files: tuple[str, ...]


README, READING, QUICK = "README.md", "docs/reading_results.md", "docs/quickstart.md"
VALIDATION, LIMITS = "docs/model/validation.md", "docs/model/limits.md"
COUNTRIES = "docs/generated/two_economies.md"

QUOTES = (
    Quote(
        "In 2050 GDP is {headline.gdp} % higher (90 % confidence interval {headline.gdp_low} to {headline.gdp_high}; "
        "{headline.pairs} paired seeds), and there is no clear difference in unemployment "
        "({headline.unemployment_low} to {headline.unemployment_high} points).",
        (README,),
    ),
    Quote("the effect on GDP ranges from {closures.gdp_low} to {closures.gdp_high} %", (README,)),
    Quote(
        "In 2050 GDP is {headline.gdp} % higher (90 % confidence interval {headline.gdp_low} to {headline.gdp_high}; "
        "{headline.gdp_with} instead of {headline.gdp_without} trillion yuan a year at prices of 2024), household "
        "consumption {headline.consumption} % ({headline.consumption_low} to {headline.consumption_high}; "
        "{headline.consumption_with} instead of {headline.consumption_without} trillion), the Gini index of disposable "
        "income {headline.gini} points ({headline.gini_low} to {headline.gini_high}) and CO2 emissions "
        "{headline.co2} % ({headline.co2_low} to {headline.co2_high}). There is no clear difference in unemployment "
        "({headline.unemployment_low} to {headline.unemployment_high} points; means of {headline.pairs} paired seeds",
        (READING,),
    ),
    Quote(
        "the effect of AI in 2050 ranges from {closures.gdp_low} to {closures.gdp_high} % for GDP, from "
        "{closures.unemployment_low} to {closures.unemployment_high} points for unemployment and from "
        "{closures.labour_share_low} to {closures.labour_share_high} points for the labour share",
        (READING,),
    ),
    Quote(
        "with draws of the estimated parameters {nowcast.inside} of {nowcast.counted} later figures lie in its 80 % "
        "intervals",
        (READING,),
    ),
    Quote(
        "The effect of AI in 2050 runs from {closures.labour_share_low} to {closures.labour_share_high} points for the "
        "labour share, from {closures.unemployment_low} to {closures.unemployment_high} for unemployment, from "
        "{closures.gini_low} to {closures.gini_high} for the Gini index and from {closures.gdp_low} to "
        "{closures.gdp_high} % for GDP, where the central case has {closures.gdp} ({closures.pairs} paired seeds).",
        (VALIDATION,),
    ),
    Quote(
        "over the closure grid the first runs from {closures.labour_share_low} to {closures.labour_share_high} points, "
        "the second from {closures.unemployment_low} to {closures.unemployment_high}",
        (LIMITS,),
    ),
    Quote(
        "the labour share of 2050 is {headline.labour_share_size} points lower and unemployment no different", (LIMITS,)
    ),
    Quote(
        "AI would add {headline_kept.gdp} instead of {headline.gdp} % to GDP in 2050, {headline_kept.consumption} "
        "instead of {headline.consumption} % to consumption, with no clear difference in unemployment either way",
        (LIMITS,),
    ),
    Quote("Of {facts.asked} emergent or tuned facts {facts.passed} pass on seeds 101 to 120", (VALIDATION,)),
    *(Quote(f"{{first_run.line_{number}}}", (QUICK,)) for number in range(5)),
    *(Quote(sentence, (VALIDATION,)) for sentence in SENTENCES_USA),
    *(Quote(sentence, (LIMITS,)) for sentence in LIMITS_USA),
    *(Quote(sentence, (COUNTRIES,)) for sentence in SENTENCES_COUNTRIES),
)

# What sentences say in words: a value, and what it has to be for them to be true.
CLAIMS = {
    ("headline", "unemployment_finding"): ("no clear difference", "no clear difference in unemployment"),
    ("headline_kept", "unemployment_finding"): (
        "no clear difference",
        "no clear difference in unemployment if the saving lowers debt",
    ),
    ("headline", "product_2035_finding"): ("no clear difference", "net domestic product gains nothing until 2035"),
    ("headline", "labour_share_finding"): ("lower", "the labour share is lower in 2050"),
    ("headline", "gdp_finding"): ("higher", "GDP is higher in 2050"),
    **CLAIMS_USA,
    **CLAIMS_COUNTRIES,
}

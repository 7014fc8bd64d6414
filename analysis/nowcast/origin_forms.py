"""What differs from country to country in the scores of the quarterly duel: series, horizons, periods, rules, words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["CHINA", "FORMS", "MODEL", "PANDEMIC", "USA", "OriginForm"]

QUARTERS, LAST_FITTED = 4, 4 * 2019 + 3
MODEL, BAYESIAN = "model", "bvar"
PANDEMIC = range(4 * 2020, 4 * 2022)  # masked, as US_BeforeIT does
GROWTH, PRICES, DEFLATOR, UNEMPLOYMENT = (
    "real_gdp_growth", "consumer_prices", "gdp_deflator_growth", "unemployment_rate",
)  # fmt: skip


@dataclass(frozen=True)
class OriginForm:
    """The scores of a country's duel.

    names     the series that are forecast
    ahead     quarters ahead that are scored
    first     place of the first quarter from which rules are fitted
    periods   {name: places of the quarters that are forecast}
    tested    the period that has enough errors for a test
    systems   {rule: series of a VAR(1)}
    walks     1 for a series that the prior of the Bayesian VAR takes for a random walk, 0 for one that returns
    words     {rule: in words}
    titles    {series: title}
    notes     how the tables are to be read
    """

    names: tuple[str, ...]
    ahead: tuple[int, ...]
    first: int
    periods: Mapping[str, frozenset[int]]
    tested: str
    systems: Mapping[str, tuple[str, ...]]
    walks: tuple[float, ...]
    words: Mapping[str, str]
    titles: Mapping[str, str]
    notes: tuple[str, ...] = field(default=())


RULES = {
    MODEL: "model", "no_change": "no change", "mean": "mean", "mean8": "mean of eight quarters", "ar1": "AR(1)",
    "ar2": "AR(2)",
}  # fmt: skip
MONEY = (GROWTH, PRICES, "exports_growth", "money_growth")
CHINA = OriginForm(
    (GROWTH, PRICES), (1, 2, 4, 8), 4 * 2000,
    {
        "2012-19": frozenset(range(4 * 2012, 4 * 2020)), "2020-22": frozenset(range(4 * 2020, 4 * 2023)),
        "2023-25": frozenset(range(4 * 2023, 4 * 2026)),
    },
    "2012-19", {"var": (GROWTH, PRICES), "var_ppi": (GROWTH, PRICES, "producer_prices"), "var_money": MONEY},
    (0.0, 0.0),
    {
        **RULES, "var": "VAR(1) growth, prices", "var_ppi": "VAR(1) and producer prices",
        "var_money": "VAR(1) and exports, money", BAYESIAN: "Bayesian VAR, two lags",
    },
    {GROWTH: "Growth of real GDP", PRICES: "Consumer prices"},
    (
        "Growth on the same quarter of the year before, errors in percentage points; the median of the seeds is the "
        "model's forecast. Periods are those of the quarter that is forecast.",
        "The model opens with the latest tables that are not later than the origin and is carried forward to what was "
        "published: the rate of consumer prices of the origin's quarter and the trend of growth per worker expected "
        "from the record to the year before, of which every seed takes a draw. Shares of sectors, jobs and debts stay "
        "those of the tables.",
        "The year before an origin takes its course from levels without season, adjusted with later figures too; "
        "growth is as revised in 2026. Rules know the growth of the origin's quarter and of all before; of growth the "
        "model knows the trend.",
        "Coefficients of rules come from quarters from 2000 to the origin, never beyond 2019; means go to the origin.",
    ),
)  # fmt: skip
THREE = (GROWTH, DEFLATOR, UNEMPLOYMENT)
ALL = frozenset(range(4 * 2017, 4 * 2026))
USA = OriginForm(
    THREE, (1, 2, 4, 8, 12), 4 * 1990, {"all": ALL, "without 2020-21": ALL - frozenset(PANDEMIC)}, "without 2020-21",
    {"var": THREE, "var_rate": (*THREE, "policy_rate")}, (0.0, 0.0, 1.0),
    {
        **RULES, "var": "VAR(1) of the three", "var_rate": "VAR(1) and federal funds rate",
        BAYESIAN: "Bayesian VAR, two lags",
    },
    {GROWTH: "Growth of real GDP", DEFLATOR: "GDP deflator", UNEMPLOYMENT: "Unemployment rate"},
    (
        "Growth and the deflator are 400 times the change of the logarithm on the quarter before, unemployment is the "
        "mean of the quarter in per cent; errors in percentage points. The median of the seeds is the model's "
        "forecast. 'Without 2020-21' leaves out what was forecast for 2020Q1 to 2021Q4; origins in those quarters "
        "stay.",
        "The model opens with the latest tables that are not later than the origin and is carried forward to what was "
        "published: consumer prices and unemployment of the origin's quarter, and a trend that is the mean growth of "
        "GDP per worker of the twenty years before. Shares of sectors, jobs, debts and the policy rate stay those of "
        "the tables. Parameters are those of the economy as it is, some of which were chosen with figures to 2024.",
        "All figures are as revised in August 2026. Coefficients of rules come from quarters from 1990 to the origin, "
        "never beyond 2019; means go to the origin.",
    ),
)  # fmt: skip
FORMS = {"china": CHINA, "usa": USA}

"""Analysis: Results in; moments, tables and figures out. It never steps a model.

The public names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # for type checkers and editors; loads nothing
    from xinzhi.analysis.assumptions.closure_figures import closures_figure
    from xinzhi.analysis.assumptions.presets import preset_measures, presets_table
    from xinzhi.analysis.attribution.attribution import Attribution, attribute
    from xinzhi.analysis.backtest.figures import backtest_figure
    from xinzhi.analysis.backtest.scores import score_backtest
    from xinzhi.analysis.backtest.text import backtest_text
    from xinzhi.analysis.comparison.comparison import Comparison, compare
    from xinzhi.analysis.effects.effects import effects_details, effects_table
    from xinzhi.analysis.effects.ranking import effects_text
    from xinzhi.analysis.figures.run_figures import write_figures
    from xinzhi.analysis.moments.facts import facts_table
    from xinzhi.analysis.moments.table import MOMENTS, moments_table
    from xinzhi.analysis.moments.targets import load_targets
    from xinzhi.analysis.reading.closure_ranges import closure_effects, closures_text, load_ranges
    from xinzhi.analysis.reading.paired import paired_difference
    from xinzhi.analysis.reading.summary import summary_table
    from xinzhi.analysis.robustness.robustness import Robustness, robustness
    from xinzhi.analysis.sensitivity.sensitivity import Sensitivity, sensitivity_of
    from xinzhi.analysis.statistics.decompositions import log_mean_parts, productivity_parts
    from xinzhi.analysis.statistics.measures import gini, hp_filter, lorenz_curve, palma_ratio, theil_index, top_share
    from xinzhi.analysis.statistics.shapley import shapley_values

# Public name -> the module that defines it.
_HOMES = {
    "gini": "xinzhi.analysis.statistics.measures",
    "lorenz_curve": "xinzhi.analysis.statistics.measures",
    "theil_index": "xinzhi.analysis.statistics.measures",
    "palma_ratio": "xinzhi.analysis.statistics.measures",
    "top_share": "xinzhi.analysis.statistics.measures",
    "hp_filter": "xinzhi.analysis.statistics.measures",
    "MOMENTS": "xinzhi.analysis.moments.table",
    "moments_table": "xinzhi.analysis.moments.table",
    "facts_table": "xinzhi.analysis.moments.facts",
    "load_targets": "xinzhi.analysis.moments.targets",
    "compare": "xinzhi.analysis.comparison.comparison",
    "Comparison": "xinzhi.analysis.comparison.comparison",
    "paired_difference": "xinzhi.analysis.reading.paired",
    "summary_table": "xinzhi.analysis.reading.summary",
    "write_figures": "xinzhi.analysis.figures.run_figures",
    "closure_effects": "xinzhi.analysis.reading.closure_ranges",
    "closures_text": "xinzhi.analysis.reading.closure_ranges",
    "load_ranges": "xinzhi.analysis.reading.closure_ranges",
    "closures_figure": "xinzhi.analysis.assumptions.closure_figures",
    "preset_measures": "xinzhi.analysis.assumptions.presets",
    "presets_table": "xinzhi.analysis.assumptions.presets",
    "effects_table": "xinzhi.analysis.effects.effects",
    "effects_details": "xinzhi.analysis.effects.effects",
    "effects_text": "xinzhi.analysis.effects.ranking",
    "robustness": "xinzhi.analysis.robustness.robustness",
    "Robustness": "xinzhi.analysis.robustness.robustness",
    "sensitivity_of": "xinzhi.analysis.sensitivity.sensitivity",
    "Sensitivity": "xinzhi.analysis.sensitivity.sensitivity",
    "attribute": "xinzhi.analysis.attribution.attribution",
    "Attribution": "xinzhi.analysis.attribution.attribution",
    "shapley_values": "xinzhi.analysis.statistics.shapley",
    "productivity_parts": "xinzhi.analysis.statistics.decompositions",
    "log_mean_parts": "xinzhi.analysis.statistics.decompositions",
    "score_backtest": "xinzhi.analysis.backtest.scores",
    "backtest_text": "xinzhi.analysis.backtest.text",
    "backtest_figure": "xinzhi.analysis.backtest.figures",
}

__all__ = [*_HOMES]


def __getattr__(name: str) -> object:
    try:
        home = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}") from None
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

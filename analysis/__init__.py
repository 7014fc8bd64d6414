"""Analysis: Results in; moments, tables and figures out. It never steps a model.

The public names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # for type checkers and editors; loads nothing
    from analysis.attribution import Attribution, attribute
    from analysis.backtest import score_backtest
    from analysis.backtest_text import backtest_text
    from analysis.closures import closure_effects, closures_text, load_ranges
    from analysis.comparison import Comparison, compare
    from analysis.decompositions import log_mean_parts, productivity_parts
    from analysis.effects import effects_table, effects_text
    from analysis.facts import facts_table, load_targets
    from analysis.figures import write_figures
    from analysis.figures_backtest import backtest_figure
    from analysis.figures_closures import closures_figure
    from analysis.measures import gini, hp_filter, lorenz_curve, palma_ratio, theil_index, top_share
    from analysis.moments import MOMENTS, moments_table
    from analysis.paired import paired_difference
    from analysis.presets import preset_measures, presets_table
    from analysis.robust_report import Robustness, robustness
    from analysis.sensitivity import Sensitivity, sensitivity_of
    from analysis.shapley import shapley_values
    from analysis.summary import summary_table

# Public name -> the module that defines it.
_HOMES = {
    "gini": "analysis.measures",
    "lorenz_curve": "analysis.measures",
    "theil_index": "analysis.measures",
    "palma_ratio": "analysis.measures",
    "top_share": "analysis.measures",
    "hp_filter": "analysis.measures",
    "MOMENTS": "analysis.moments",
    "moments_table": "analysis.moments",
    "facts_table": "analysis.facts",
    "load_targets": "analysis.facts",
    "compare": "analysis.comparison",
    "Comparison": "analysis.comparison",
    "paired_difference": "analysis.paired",
    "summary_table": "analysis.summary",
    "write_figures": "analysis.figures",
    "closure_effects": "analysis.closures",
    "closures_text": "analysis.closures",
    "load_ranges": "analysis.closures",
    "closures_figure": "analysis.figures_closures",
    "preset_measures": "analysis.presets",
    "presets_table": "analysis.presets",
    "effects_table": "analysis.effects",
    "effects_text": "analysis.effects",
    "robustness": "analysis.robust_report",
    "Robustness": "analysis.robust_report",
    "sensitivity_of": "analysis.sensitivity",
    "Sensitivity": "analysis.sensitivity",
    "attribute": "analysis.attribution",
    "Attribution": "analysis.attribution",
    "shapley_values": "analysis.shapley",
    "productivity_parts": "analysis.decompositions",
    "log_mean_parts": "analysis.decompositions",
    "score_backtest": "analysis.backtest",
    "backtest_text": "analysis.backtest_text",
    "backtest_figure": "analysis.figures_backtest",
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

"""Analysis: Results in; moments, tables and figures out. It never steps a model.

The public names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module

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


def __getattr__(name: str):
    try:
        home = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}") from None
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

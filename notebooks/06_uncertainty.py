# %% [markdown]
# # 06 Uncertainty: what would change your mind?
#
# *Ninety minutes. Lesson 01 comes first: you should know what a paired difference and its interval are.*
#
# # What you will learn
#
# * that there are two kinds of uncertainty: **chance**, which more runs make smaller, and **assumptions**, which more
#   runs leave as they are;
# * to vary assumptions that no data settle, one at a time, all together, and in a sampled design (a *sweep*);
# * to say which assumption a result depends on, and what you would have to learn to change your mind.

# %% tags=["install"]
# Installs the model where it is missing, as on a hosted notebook.
import importlib.util
import os

if any(importlib.util.find_spec(name) is None for name in ("xinzhi", "SALib")):
    # %pip install -q "xinzhi[notebook]"
    pass

# %%
import tempfile

import ipywidgets as widgets
import pandas as pd

import xinzhi as xz
from xinzhi.analysis import closure_effects, closures_figure, paired_difference, sensitivity_of
from xinzhi.analysis.sensitivity.figures import tornado_figure
from xinzhi.analysis.teaching.exercises import check, check_number
from xinzhi.analysis.teaching.pictures import draw_ranges

# A class on one computer can set FAST=1: fewer simulated adults, fewer runs, fewer years.
FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 3, 2028) if FAST else (10_000, 8, 2050)
RUNS = {"workers": WORKERS, "seeds": SEEDS, "until": UNTIL}
QUARTERS = 4 * (UNTIL - 2024) + 3  # from the first quarter of 2024 to the last of the last year

# %% [markdown]
# ## The question
#
# **Does AI raise unemployment?** We take the difference between the economy with AI and its twin without AI, in the
# last year.

# %%
both = xz.compare("no_ai", "baseline", **RUNS)
both.difference("unemployment")

# %% [markdown]
# ## Predict
#
# 1. The interval comes from a few pairs of runs. If you run four times as many pairs, does it become half as wide, a
#    quarter as wide, or does it stay?
# 2. The model has to assume how much of what AI saves is passed on to customers in lower prices. Nobody has measured
#    this. If we change the assumption, will the result leave the interval?
#
# ## Run: only chance
#
# We already have several pairs. Here is the interval from the first two of them, the first three, and so on.

# %% tags=["figure"]
without_ai, with_ai = (one["unemployment"].loc[UNTIL].to_numpy() for one in both.results)
found = {n: paired_difference(with_ai[:n], without_ai[:n]) for n in range(2, SEEDS + 1)}
widths = {n: difference.high - difference.low for n, difference in found.items()}
draw_ranges(
    f"With {SEEDS} pairs of runs instead of 2: {widths[SEEDS]:.1f} points wide, not {widths[2]:.1f}",
    f"unemployment in {UNTIL}, with AI less without AI, percentage points",
    {f"{n} pairs of runs": (one.low, one.mean, one.high) for n, one in found.items()},
)

# %% [markdown]
# A grey bar with a hollow dot includes zero. Chance becomes small with the number of runs. With few runs the factor of
# Student's t is large, so that the first additional pairs help most; later the width falls with the square root: four
# times as many runs, half the width.
#
# ## Run: assumptions that no data settle
#
# The project calls such an assumption a **closure**. These are four of them, with two ends each:

# %%
FOUR = {name: xz.CLOSURES[name] for name in ("pass_through", "world_adoption", "fiscal_rule", "task_reach")}
pd.DataFrame(
    {
        "what is assumed": [closure.meaning for closure in FOUR.values()],
        "one end": [closure.ends[0].replace("_", " ") for closure in FOUR.values()],
        "other end": [closure.ends[1].replace("_", " ") for closure in FOUR.values()],
        "source": [closure.source for closure in FOUR.values()],
    },
    index=FOUR,
).style.set_properties(**{"text-align": "left", "white-space": "normal"})

# %% [markdown]
# Change one of them in both economies, and nothing else:

# %%
for level in ("full", "half"):
    changed = xz.compare("no_ai", "baseline", overrides={"closures.pass_through": level}, **RUNS)
    print(f"{level.capitalize()} pass-through: unemployment {changed.difference('unemployment')}")

# %% [markdown]
# Now all four together: every combination of the ends, which is 16 worlds, and the central one. In each world the
# economy runs with and without AI on the same random draws.

# %%
GRID_SEEDS = 2 if FAST else 3
grid = xz.run_closure_grid(WORKERS, range(1, GRID_SEEDS + 1), QUARTERS, closures=list(FOUR))
effects = closure_effects(grid.table)
effects = effects[effects["year"] == UNTIL]


def of_worlds(variable):
    """The effect of AI on an outcome in each of the 16 worlds, without the central one."""
    return effects[(effects["variable"] == variable) & (effects["corner"] != "central")]


# %% tags=["figure"]
closures_figure(effects, WORKERS, range(1, GRID_SEEDS + 1))

# %% [markdown]
# Each dot is one world. Above each panel stands the assumption on which the result depends most.
#
# ## Explain: an interval is not a range
#
# Put both beside each other, in the same unit. The upper bar is the 90 % confidence interval; the lower goes from the
# lowest to the highest of the 16 worlds, with the central one as its dot.

# %% tags=["figure"]
unemployment = effects[effects["variable"] == "unemployment_rate"].set_index("corner")["effect"]
interval = both.difference("unemployment").difference
wider = (unemployment.max() - unemployment.min()) / (interval.high - interval.low)
ends = (unemployment.min(), unemployment["central"], unemployment.max())
draw_ranges(
    f"The range across assumptions is {wider:.1f} times as wide as the interval of chance",
    f"unemployment in {UNTIL}, with AI less without AI, percentage points",
    {
        f"chance: {SEEDS} pairs of runs": both.difference("unemployment"),
        "assumptions: 16 worlds": ends,
    },
)

# %% [markdown]
# * The **confidence interval** answers: if I ran this model again with other random draws, how far could the mean
#   move? More runs make it smaller.
# * The **range** answers: how far does the result move between assumptions that I cannot tell apart with data? More
#   runs do not make it smaller. It has no probability: nobody knows how likely each world is.
#
# Each world is the mean of a few runs, so that chance moves its dot too. If the range is not much wider than the
# interval, it may be chance: then run more seeds. If it is still wide after that, it belongs to the assumptions.
#
# A report that gives only the interval speaks of chance and is silent about all else.
#
# ## What would change your mind?
#
# A minister says: *I act if AI raises unemployment by more than this many points.* Move the slider. In how many of the
# 16 worlds would the minister act, and what do these worlds have in common?


# %%
@widgets.interact(
    threshold=widgets.FloatSlider(
        value=0.0, min=-2.0, max=3.0, step=0.25, description="points", continuous_update=False
    )
)
def act(threshold):
    """Count the worlds above the threshold, by the ends of each closure."""
    worlds = of_worlds("unemployment_rate")
    above = worlds[worlds["effect"] > threshold]
    print(f"The minister acts in {len(above)} of {len(worlds)} worlds.")
    for name, closure in FOUR.items():
        counts = [f"{(above[name] == end).sum()} with {end.replace('_', ' ')}" for end in closure.ends]
        print(f"  {name.replace('_', ' ')}: {' and '.join(counts)}")


# %% [markdown]
# If all worlds above the threshold have the same end of one assumption, then this assumption is what to study before
# deciding. If they are mixed evenly, learning about it would not change the decision.
#
# ## A sweep: which assumption matters most?
#
# A grid has only the ends. A *sweep* draws values between them, here by the method of Morris (1991): it changes one
# assumption at a time, from different starting points, so that few runs are needed. The fourth line is an assumption
# about the labour market: how many of the jobless look for work in a quarter.

# %%
design = {
    "question": "Which of four assumptions matters most?",
    "scenario": "baseline",
    "sampling": {"method": "morris", "samples": 2 if FAST else 6, "seed": 1},
    "seeds": 2,
    "workers": 2_000 if FAST else 5_000,
    "until": UNTIL,
    "uncertainties": {
        "firms.ai_saving_retained": {"low": 0.0, "high": 0.5},
        "trade.world_adoption": {"low": 0.0, "high": 1.0},
        "artificial_intelligence.reinstatement": {"low": 0.0, "high": 1.0},
        "labour.search_share": {"low": 0.70, "high": 0.95},
    },
}
with tempfile.TemporaryDirectory() as folder:
    swept = xz.sweep(design, out=folder)
    sensitivity = sensitivity_of(swept, ["labour_share", "unemployment_rate"])
print(f"{len(swept.points)} worlds with 2 seeds each")

# %% tags=["figure"]
tornado_figure(sensitivity)

# %% [markdown]
# A long bar: the outcome depends on this assumption. A hollow bar inside the grey field: chance alone could do this.
#
# ## Exercises
#
# ### Exercise 1
# Compare two worlds with AI: firms pass on half of what AI saves (B) instead of all of it (A). Is the **labour share**
# (the part of income that goes to work) in the last year higher or lower in B, or is it unclear? Answer with
# `"higher"`, `"lower"` or `"unclear"`.

# %% tags=["exercise"]
sides = {"A:closures.pass_through": "full", "B:closures.pass_through": "half"}
passed = xz.compare("baseline", "baseline", overrides=sides, **RUNS)
answer = "..."
print(check(answer, passed.difference("labour_share")))

# %% [markdown]
# ### Exercise 2
# Suppose the standard deviation of a difference over the pairs is 0.4 points. How many pairs do you need for a 90 %
# interval of plus or minus 0.1 points? Use 1.65 for the factor (it is close to Student's t when there are many pairs).

# %% tags=["exercise"]
answer = None
print(check_number(answer, 40, 48, "pairs"))

# %% [markdown]
# ### Exercise 3
# In how many of the 16 worlds does AI raise **inequality** (the Gini index) in the last year? Read it from the table
# `of_worlds("gini_disposable_income")`, or guess from the figure and check.

# %% tags=["exercise"]
raised = (of_worlds("gini_disposable_income")["effect"] > 0).sum()
answer = None
print(check_number(answer, raised, raised, "worlds"))

# %% [markdown]
# ## What this leaves out
#
# * Only four closures of nine. The form of the model is an assumption too: another may leave this range.
# * The ends are judgements. A wider end gives a wider range.
# * All worlds share one path of AI adoption, which is itself a scenario and no forecast.
# * A range says nothing about how likely its worlds are.
#
# ## To discuss
#
# 1. A paper reports "plus or minus 0.2 points" after ten thousand runs. What do you know now, and what do you not
#    know?
# 2. Which of the four closures could a statistical office measure, and what would it have to ask whom?

# %% [markdown]
# # Solutions to 03 Workers
#
# The answers are read from the run, since they change with the model.

# %%
import os

import numpy as np

import xinzhi as xz
from xinzhi.analysis.teaching.exercises import check, over_runs, verdict
from xinzhi.analysis.teaching.groups import changes_by_group

FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 2, 2030) if FAST else (10_000, 8, 2050)
both = xz.compare("no_ai", "baseline", workers=WORKERS, seeds=SEEDS, until=UNTIL)

# %% [markdown]
# ### Exercise 1
# Exposure would say: hardly any change. What AI saves in plants is materials, energy and downtime more than labour.
# With higher incomes people buy more, and part of it is made in factories. What a sector sells matters as much as what
# AI can do in an occupation. Both are small here beside chance, so that a few pairs of runs may leave the answer
# unclear.

# %%
found = changes_by_group(both, "occupations", "employment", UNTIL)["Factory workers"]
print(check(verdict(found), found))

# %% [markdown]
# ### Exercise 2
# In the first years the courses move people from unemployment into class, and hardly anybody into work: the number of
# posts is set by what firms can sell. Runs that go on after this year show a higher mean wage, since trainees work in
# occupations that pay more, and still no clear difference in employment.

# %%
REFERENCE_YEAR = min(UNTIL, 2030)
retraining = xz.compare(
    "baseline", "baseline", workers=WORKERS, seeds=SEEDS, until=REFERENCE_YEAR, overrides={"B:levers.retraining": 0.006}
)
found = retraining.difference("employment", year=REFERENCE_YEAR)
print(check(verdict(found), found))

# %% [markdown]
# ### Exercise 3
# One slope for each run, then their mean and its interval. It should lie below zero. Two short runs may not show it.

# %%
with_ai = both.results[1].series
rates = with_ai[with_ai["variable"].isin(["unemployment_rate", "vacancy_rate"])].pivot_table(
    index=["seed", "quarter"], columns="variable", values="value", observed=True
)
rates = 100 * rates.dropna()
slopes = [np.polyfit(run["unemployment_rate"], run["vacancy_rate"], 1)[0] for _, run in rates.groupby("seed")]
slope = over_runs(slopes, "points of vacancies for a point of unemployment", decimals=2)
print(check(verdict(slope), slope))

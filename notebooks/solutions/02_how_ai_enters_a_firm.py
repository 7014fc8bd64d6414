# %% [markdown]
# # Solutions to 02 How AI enters a firm
#
# The answers are read from the run, since they change with the model.

# %%
import os

import numpy as np

import xinzhi as xz
from xinzhi.analysis.teaching.exercises import check, check_choice, check_number, verdict

FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 2, 2030) if FAST else (10_000, 8, 2050)

# %% [markdown]
# ### Exercise 1
# This plant is short of data, and of able staff it has nearly enough: twice of it hardly raises its capability. A plant
# with thirty times the data of a mean firm would gain from neither, since it uses AI fully after a year in any case.

# %%
saved = {
    name: -100 * xz.measure_plant(one).after_a_year.energy_change
    for name, one in {"data": xz.Plant(data=3), "staff": xz.Plant(data=0.3, literate_share=0.6)}.items()
}
print(check_choice(max(saved, key=saved.get), saved, "% less energy"))

# %% [markdown]
# ### Exercise 2
# The line for new materials falls to half of its height there. From there on half of the project's time is saved.

# %%
uses = np.linspace(0, 1, 41)
months = np.array([3 * xz.measure_research(use)[0] for use in uses])
half = float(uses[np.argmax(months <= months[0] / 2)])
print(check_number(half, half - 0.06, half + 0.06, "of full use"))

# %% [markdown]
# ### Exercise 3
# Firms whose staff is able decide for AI more often. So more firms should use it. Whether the runs can show it depends
# on their number and size: with two seeds of 2,000 adults they often cannot.

# %%
courses = xz.compare(
    "baseline", "baseline", workers=WORKERS, seeds=SEEDS, until=UNTIL, overrides={"B:levers.ai_literacy": 0.6}
)
found = courses.difference("adoption", year=UNTIL)
print(check(verdict(found), found))

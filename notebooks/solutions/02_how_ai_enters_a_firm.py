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
# The plant has data enough: ten times more hardly raises its capability. Able staff is a leg that it is short of. The
# answer would be the other one for a plant with few data.

# %%
saved = {
    name: -100 * xz.measure_plant(one).after_a_year.energy_change
    for name, one in {"data": xz.Plant(data=300), "staff": xz.Plant(literate_share=0.6)}.items()
}
print(check_choice(max(saved, key=saved.get), saved, "% less energy"))

# %% [markdown]
# ### Exercise 2
# The line for new materials crosses half of its height on the left. From there on half of the project's time is saved.

# %%
uses = np.linspace(0, 1, 41)
months = np.array([3 * xz.measure_research(use)[0] for use in uses])
half = float(uses[np.argmax(months <= months[0] / 2)])
print(check_number(half, half - 0.06, half + 0.06, "of full use"))

# %% [markdown]
# ### Exercise 3
# Able staff raises capability, and firms whose staff is able decide for AI more often. So more firms
# should use it. Whether the runs can show it depends on their number and size: with two seeds of 2,000 adults they
# often cannot.

# %%
courses = xz.compare(
    "baseline", "baseline", workers=WORKERS, seeds=SEEDS, until=UNTIL, overrides={"B:levers.ai_literacy": 0.6}
)
found = courses.difference("adoption", year=UNTIL)
print(check(verdict(found), found))

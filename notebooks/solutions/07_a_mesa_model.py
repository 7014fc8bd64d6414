# %% [markdown]
# # Solutions to 07 A Mesa model
#
# The answers are read from the run, since they change with the model.

# %%
import os

import numpy as np

import xinzhi as xz
from xinzhi.analysis.teaching.exercises import check, check_choice, check_number, over_runs, verdict

FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS = (2_000, 3) if FAST else (10_000, 8)

# %% [markdown]
# ### Exercise 1
# A firm that uses AI is in stage 1, 2 or 3.

# %%
model = xz.Model(workers=WORKERS, rng=1)
for _ in range(4):
    model.step()
firms = model.agents_by_type[xz.Firm]
answer = 100 * len(firms.select(ai_stage=[1, 2, 3])) / len(firms)
adoption = 100 * model.outcome("ai_adoption_share")
print(check_number(answer, adoption - 0.05, adoption + 0.05, "% of firms"))

# %% [markdown]
# ### Exercise 2
# The literate earn more, but they are more often computer specialists or managers, who would earn more
# without AI too. To know what AI does, compare the same economy with and without it (lesson 01).

# %%
lives = xz.Model(workers=WORKERS, rng=1)
for _ in range(80):
    lives.step()
at_work = lives.agents_by_type[xz.Worker].select(status=0)
means = {
    name: 4 * at_work.select(ai_literate=code).agg("wage", np.mean) for name, code in (("literate", 1), ("others", 0))
}
print(check_choice(max(means, key=means.get), means, "thousand yuan a year"))

# %% [markdown]
# ### Exercise 3
# Whoever turns twenty enters without a job and must find the first one, and our reporter counts those
# in courses too. Both put the young above all.


# %%
def young_without_work(model):
    """Share of the workers under 30 who are unemployed or in a course, per cent."""
    force = model.agents_by_type[xz.Worker].select(status=[0, 1, 2])
    young = force.select(force.get("age") < 30)
    return 100 * np.mean(young.get("status") > 0)


gaps = []
for seed in range(1, SEEDS + 1):
    one = xz.Model(workers=WORKERS, rng=seed)
    for _ in range(40):
        one.step()
    gaps.append(young_without_work(one) - 100 * one.outcome("unemployment_rate"))
found = over_runs(gaps, "percentage points")
print(check(verdict(found), found))

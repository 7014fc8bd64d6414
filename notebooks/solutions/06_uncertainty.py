# %% [markdown]
# # Solutions to 06 Uncertainty
#
# The answers are read from the run, since they change with the model.

# %%
import os

import xinzhi as xz
from xinzhi.analysis import closure_effects
from xinzhi.analysis.teaching.exercises import check, check_number, verdict

FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 3, 2028) if FAST else (10_000, 8, 2050)
RUNS = {"workers": WORKERS, "seeds": SEEDS, "until": UNTIL}
QUARTERS = 4 * (UNTIL - 2024) + 3

# %% [markdown]
# ### Exercise 1
# What is not passed on is profit, and profit is income from capital: the part that goes to work is smaller. How clear
# it is depends on how much AI has saved by then.

# %%
sides = {"A:closures.pass_through": "full", "B:closures.pass_through": "half"}
passed = xz.compare("baseline", "baseline", overrides=sides, **RUNS)
found = passed.difference("labour_share")
print(check(verdict(found), found))

# %% [markdown]
# ### Exercise 2
# The half width is the factor times the standard deviation over the square root of the number of pairs. Solve for the
# number: (1.65 × 0.4 / 0.1)².

# %%
print(check_number((1.65 * 0.4 / 0.1) ** 2, 40, 48, "pairs"))

# %% [markdown]
# ### Exercise 3
# If the number is 0 or 16, the sign does not depend on these assumptions, whatever the size does.

# %%
seeds = range(1, (2 if FAST else 3) + 1)
four = ["pass_through", "world_adoption", "fiscal_rule", "task_reach"]
effects = closure_effects(xz.run_closure_grid(WORKERS, seeds, QUARTERS, closures=four).table)
last = effects[(effects["year"] == UNTIL) & (effects["corner"] != "central")]
gini = last[last["variable"] == "gini_disposable_income"]["effect"]
print(f"In {(gini > 0).sum()} of {len(gini)} worlds inequality is higher with AI.")
print(f"The effect goes from {gini.min():+.2f} to {gini.max():+.2f} points.")

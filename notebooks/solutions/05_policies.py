# %% [markdown]
# # Solutions to 05 Policies
#
# The answers are read from the run, since they change with the model.

# %%
import os
from pathlib import Path

import xinzhi as xz
from xinzhi.analysis.teaching.exercises import check, check_number, verdict

FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 4, 2030) if FAST else (10_000, 8, 2050)
RUNS = {"workers": WORKERS, "seeds": SEEDS, "until": UNTIL}
SCENARIO = """extends: baseline
question: What does a small income for everybody do to inequality and growth?
levers:
  basic_income: {2027: 0.03}
"""
Path("citizen_income.yaml").write_text(SCENARIO, encoding="utf-8")

# %% [markdown]
# ### Exercise 1
# Two things move the ratio. The state borrows what it pays out, which raises debt. But demand, prices and so GDP at
# current prices rise too, which lowers the ratio of debt to GDP. The first is stronger, and interest on what was
# borrowed before adds to it, so that the ratio rises from year to year. Here it is early and late:

# %%
on_debt = xz.compare("baseline", "citizen_income.yaml", on_debt=True, **RUNS)
for year in (2028, UNTIL):
    found = on_debt.difference("debt", year=year)
    print(year, check(verdict(found), found))

# %% [markdown]
# ### Exercise 2
# Everybody pays the carbon price with what they buy; those with high incomes pay most of the income tax and so gain
# most when it falls. In the first years this raises inequality; in the long run little of it may be left. If the state
# pays the revenue to every adult alike instead (`dividend`), the poorest tenths gain. Inequality falls clearly in
# the first years. Later the revenue is a smaller part of incomes, and a few runs may not show it:

# %%
carbon = xz.compare("baseline", "carbon_price", **RUNS)
print("Tax cut: ", check(verdict(carbon.difference("gini")), carbon.difference("gini")))
dividend = {"B:levers.carbon_price": {"price": 200, "dividend": 1.0}}
shared = xz.compare("baseline", "carbon_price", overrides=dividend, **RUNS)
print("Dividend:", check(verdict(shared.difference("gini")), shared.difference("gini")))

# %% [markdown]
# ### Exercise 3
# About twice as much. Not exactly: the payment is a part of the mean wage, and the policy itself changes wages and
# prices.

# %%
found = {}
for amount in (0.03, 0.06):
    levers = {"B:levers.basic_income": {2027: amount}}
    compared = xz.compare("baseline", "citizen_income.yaml", overrides=levers, **RUNS)
    found[amount] = 1_000 * compared.difference("cost").difference.mean
print(check_number(2 * found[0.03], 0.9 * found[0.06], 1.1 * found[0.06], "billion CNY"))
print(f"In the last year the run says {found[0.06]:,.0f} billion CNY, {found[0.06] / found[0.03]:.2f} times as much.")

# %% [markdown]
# # 05 Policies: write one, find out who pays and who gains
#
# *Ninety minutes. You change a text file of a few lines; no other programming is needed.*
#
# # What you will learn
#
# * to write a policy as a **scenario**: a small text file that says what the state does, and from which year;
# * why the same policy has different effects when the income tax pays for it and when public debt pays for it;
# * to compare four economies at once: what each policy costs, what it changes, who gains and who loses.

# %% tags=["install"]
# Installs the model where it is missing, as on a hosted notebook.
import importlib.util
import os

if importlib.util.find_spec("xinzhi") is None:
    # %pip install -q "xinzhi[notebook]"
    pass

# %%
from pathlib import Path

import ipywidgets as widgets
from IPython.display import Markdown

import xinzhi as xz
from xinzhi.analysis.comparison.winners import measures_of, winners_figure
from xinzhi.analysis.teaching.exercises import check, check_number
from xinzhi.analysis.teaching.pictures import draw_ranges
from xinzhi.app.notebook import panels

# A class on one computer can set FAST=1: fewer simulated adults, fewer runs, fewer years.
FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 4, 2030) if FAST else (10_000, 8, 2050)
RUNS = {"workers": WORKERS, "seeds": SEEDS, "until": UNTIL}


def listed(lines):
    """Show sentences as a list."""
    return Markdown("\n".join(f"* {line}" for line in lines))


# %% [markdown]
# ## What a state can do
#
# A *lever* is one thing that a state can do. The baseline pulls none of them. These are the levers of the model, by
# the strategy to which they belong:

# %%
by_strategy = {}
for lever in xz.load_levers().values():
    by_strategy.setdefault(lever.strategy.value, []).append(f"{lever.title} (`{lever.name}`)")
listed([f"**{strategy}:** {', '.join(names)}" for strategy, names in by_strategy.items()])

# %% [markdown]
# Each has one or more numbers that say how strong it is. Those of the basic income:

# %%
for parameter in xz.load_levers()["basic_income"].parameters:
    print(f"{parameter.name}: {parameter.meaning}")
    print(f"Usual: {' to '.join(map(parameter.shown, parameter.usual))}")
    print(f"In the baseline: {parameter.shown(parameter.neutral)}; written as a {parameter.unit}")

# %% [markdown]
# ## Write a scenario
#
# Our policy: **from 2027 on the state pays every adult 3 % of the mean wage**, rich or poor, in work or not. The cell
# writes this into the file `citizen_income.yaml` beside the notebook. Read the file from top to bottom:
#
# * `extends: baseline`: everything is as in the baseline, except what follows;
# * `question`: what you want to know, in one sentence;
# * `levers`: which lever, from which year, how strong.

# %%
SCENARIO = """extends: baseline
question: What does a small income for everybody do to inequality and growth?
levers:
  basic_income: {2027: 0.03}
"""
Path("citizen_income.yaml").write_text(SCENARIO, encoding="utf-8")
xz.load_scenario("citizen_income.yaml").levers

# %% [markdown]
# If the file has a mistake, the program names the line and the remedy. Here is a lever that does not exist:

# %%
mistake = SCENARIO.replace("basic_income", "basic_incom")
Path("mistake.yaml").write_text(mistake, encoding="utf-8")
try:
    xz.load_scenario("mistake.yaml")
except xz.UserError as error:
    print(error)

# %% [markdown]
# ## Predict
#
# Before you run the next cell, write down for the last year, with the income against without it: is **inequality**
# (the Gini index of disposable income) higher or lower? Is **GDP** higher, lower, or is no difference to be seen?
# Which tenths of the population gain, the poorest being the first and the richest the tenth?
#
# ## Run: the income tax pays
#
# `xz.compare` lets the **income tax** pay for a policy, unless the scenario says otherwise: the tax rises by what the
# policy costs, one quarter later. Both economies have the same random draws (lesson 01).

# %%
on_tax = xz.compare("baseline", "citizen_income.yaml", **RUNS)
listed(on_tax.answer())

# %% tags=["figure"]
on_tax.plot("gini")

# %% [markdown]
# The panels of the planner's page, for this comparison. Choose a year: which outcomes change, which stay unclear?

# %%
panels(on_tax, ["gdp", "consumption", "gini", "unemployment", "wages", "debt"])

# %% [markdown]
# ## Who pays? The same policy on debt
#
# Nothing is free. If no tax rises, the state borrows, and every yuan that it pays out is spent in addition to what is
# spent anyway. The next cell runs **the same file** with `on_debt=True`.

# %%
on_debt = xz.compare("baseline", "citizen_income.yaml", on_debt=True, **RUNS)
listed(on_debt.answer())

# %% [markdown]
# GDP both ways, early and late. A bar is a 90 % confidence interval; a grey one with a hollow dot includes zero.

# %% tags=["figure"]
EARLY = 2028
rows = {
    f"GDP in {year}, {payer} pays": compared.difference("gdp", year=year)
    for year in (EARLY, UNTIL)
    for payer, compared in (("income tax", on_tax), ("debt", on_debt))
}
taxed, lent = (list(rows.values())[at].difference.mean for at in (0, 1))
draw_ranges(
    f"GDP in {EARLY}: {taxed:+.1f} % if the income tax pays, {lent:+.1f} % if debt pays",
    "per cent of GDP without the policy; bar: 90 % confidence interval",
    rows,
)

# %% tags=["figure"]
on_debt.plot("debt")

# %% [markdown]
# ## Explain
#
# * **On the tax**, the payment moves money from those with high incomes, who pay most of the tax, to those with low
#   incomes. The poor spend a larger part of a yuan than the rich, so that demand may rise a little at first.
# * **On debt**, nobody pays at once, and demand rises more. Firms hire and raise prices; the central bank raises the
#   interest rate; the debt has to be served, and those who hold it receive the interest. So the first years say little
#   about the later ones: compare GDP early and late in the figure above, and the path of debt.
# * A comparison of a policy on debt with a baseline mixes two things: the policy, and borrowing. Look at the two lists
#   again: is the effect on inequality the same?
#
# So a result without the words "who pays" is half a result. What the policy costs the state in the last year, in
# billion CNY at the prices of that year:


# %%
def billions(compared, scenario=None):
    """Cost in the last year, billion CNY: low end, mean, high end. The model counts in trillions."""
    found = compared.difference("cost", scenario=scenario).difference
    return 1_000 * found.low, 1_000 * found.mean, 1_000 * found.high


for payer, compared in (("income tax", on_tax), ("debt", on_debt)):
    low, mean, high = billions(compared)
    print(f"The {payer} pays: {mean:,.0f} [{low:,.0f} to {high:,.0f}]")

# %% [markdown]
# ## Compare four
#
# Up to four economies stand beside each other. We add two scenarios that come with the model: a **carbon price**,
# which brings revenue (so the income tax falls), and a **subsidy** for firms that adopt AI together with
# **retraining** for the jobless. In all of them the income tax pays.

# %%
four = xz.compare("baseline", "citizen_income.yaml", "carbon_price", "subsidy_with_retraining", **RUNS)
four

# %% tags=["figure"]
costs = {label: billions(four, label) for label in four.labels[1:]}
dearest = max(costs, key=lambda label: costs[label][1])
draw_ranges(
    f"{dearest} costs most: {costs[dearest][1]:,.0f} billion CNY in {UNTIL}",
    "billion CNY a year, at current prices; left of zero: revenue; bar: 90 % confidence interval",
    costs,
)

# %% [markdown]
# Who gains and who loses? Each row is a tenth of the adults, from the poorest to the richest. Each dot says how much
# more or less real income this tenth has than in the baseline.

# %% tags=["figure"]
winners_figure(four, measures_of(four, "deciles"))

# %% [markdown]
# Read it in three steps: on which side of zero is the dot, does the bar touch zero (then nothing is clear), and only
# then how far away is it.
#
# Now change the amount and the payer yourself. Each move runs the model again, with fewer simulated adults so that it
# takes seconds.


# %%
@widgets.interact(
    percent=widgets.IntSlider(value=3, min=1, max=6, description="% of wage", continuous_update=False),
    payer=["income tax", "debt"],
)
def pay(percent, payer):
    """Run the citizen income at another amount and say what it does."""
    amount = {"B:levers.basic_income": {2027: percent / 100}}
    small = {"workers": 2_000, "seeds": 4, "until": 2030}
    on_debt = payer == "debt"
    tried = xz.compare("baseline", "citizen_income.yaml", overrides=amount, on_debt=on_debt, **small)
    print(f"Cost in 2030: {billions(tried)[1]:,.0f} billion CNY")
    for outcome in ("gini", "gdp"):
        print(f"{outcome} in 2030: {tried.difference(outcome)}")
    return winners_figure(tried, measures_of(tried, "deciles"))


# %% [markdown]
# ## Exercises
#
# In the first two, answer with `"higher"`, `"lower"` or `"unclear"`; the check compares your word with the run.
#
# ### Exercise 1
# Debt pays for the citizen income. Is public debt, in per cent of GDP, higher or lower in the last year than in the
# baseline, or is it unclear?

# %% tags=["exercise"]
answer = "..."
print(check(answer, on_debt.difference("debt")))

# %% [markdown]
# ### Exercise 2
# The carbon price brings revenue, and the income tax falls by it. Is inequality in the last year higher or lower than
# in the baseline, or is it unclear? Think of who pays most income tax.

# %% tags=["exercise"]
answer = "..."
print(check(answer, four.difference("gini", scenario="carbon_price")))

# %% [markdown]
# ### Exercise 3
# The state pays 6 % of the mean wage instead of 3 %. What does this cost in the last year, in billion CNY, if the
# income tax pays? Guess first from the cost above. The check accepts 10 % more or less than what the run says.

# %% tags=["exercise"]
amount = {"B:levers.basic_income": {2027: 0.06}}
double = xz.compare("baseline", "citizen_income.yaml", overrides=amount, **RUNS)
found = billions(double)[1]
answer = None
print(check_number(answer, 0.9 * found, 1.1 * found, "billion CNY"))

# %% [markdown]
# ## What this leaves out
#
# * Nobody in the model cheats: there is no tax evasion, no fraud, and no queue at an office.
# * There are no households, only adults; what a family shares is not seen.
# * The state pays on time and does what it announced. Nobody doubts it.
# * The interval knows chance only. Whether the result holds under other assumptions is lesson 06.
#
# ## To discuss
#
# 1. Two ministries study the same subsidy. One finds growth, the other none. Which question do you ask first?
# 2. A policy raises the mean income, seven tenths gain and one loses. Who should decide whether it is a good policy,
#    and which number of this lesson would you show?

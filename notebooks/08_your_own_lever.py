# %% [markdown]
# # 08 Your own lever
#
# *Ninety minutes. You write one file of Python of about thirty lines, by changing a file that works. Lesson 05 comes
# first.*
#
# # What you will learn
#
# * to add a policy that the model does not have, in **a file of your own**, without a change to the model;
# * what such a file has to keep: the **contract**, which the program checks for you;
# * to use your lever in a scenario, to compare it with the baseline, and to say what it costs.

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
from abm.levers.instruments import INSTRUMENTS
from xinzhi.analysis.comparison.winners import measures_of, winners_figure
from xinzhi.analysis.teaching.exercises import check
from xinzhi.analysis.teaching.pictures import draw_ranges

# A class on one computer can set FAST=1: fewer simulated adults, fewer runs, fewer years.
FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 4, 2029) if FAST else (10_000, 8, 2050)
RUNS = {"workers": WORKERS, "seeds": SEEDS, "until": UNTIL}


def listed(lines):
    """Show sentences as a list."""
    return Markdown("\n".join(f"* {line}" for line in lines))


# %% [markdown]
# ## How a lever acts
#
# The model has some dozens of **instruments**: the tax rate on AI services, the places in retraining, the part of the
# distrust of AI that is overcome, and so on. The firms and workers of the model look at instruments only. A **lever**
# is a file that says: *if a planner sets my number to this, then these instruments have these values.* So you can
# write a new policy without touching the model, as long as there is an instrument through which it acts. Here are
# some:

# %%
some = ("explanation", "ai_literacy", "small_firm_subsidy", "programme_spending")
for instrument in INSTRUMENTS:
    if instrument.name in some:
        print(f"{instrument.name} ({instrument.unit}): {instrument.meaning}")

# %% [markdown]
# ## Write the file
#
# The idea: **advice centres**. The state pays advisers who show firms how an AI comes to its answers. Fewer firms
# distrust AI that runs their plants. It acts through the instrument `explanation`, and what it spends through
# `programme_spending`. A lever without a cost would be a gift from nowhere.
#
# The cell writes the text into the file `ai_advice_centres.py`. The name of the file is the name of the lever. Read it
# from the end: the function at the bottom is the policy, all else describes it for the reader.

# %%
LEVER = '''"""Centres where advisers explain artificial intelligence (AI) to firms."""

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent, programme_cost

TITLE = "AI advice centres"
STRATEGY = Strategy.INTEGRATION
SUMMARY = "Advisers show firms how AI comes to its answers, so that fewer firms distrust it."
PARAMETERS = (
    LeverParameter(
        name="reach",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="share of the distrust",
        meaning="The advisers overcome this part of the distrust of AI.",
        source="an assumption of this lesson",
        usual=(0.1, 0.8),
        step=0.1,
        display=per_cent("of the distrust"),
    ),
    programme_cost(0.001, "an assumption of this lesson"),
)
DOCUMENTED_STRENGTH = {"reach": 0.5}
SPENDS = SPENDING


def set_instruments(instruments, reach, cost):
    """Set the trust in AI, and book what the centres spend."""
    instruments.explanation = reach
    instruments.programme_spending += cost * reach
'''
Path("ai_advice_centres.py").write_text(LEVER, encoding="utf-8")
lever = xz.load_lever("ai_advice_centres.py")
for parameter in lever.parameters:
    print(f"{parameter.name}: {parameter.meaning}")

# %% [markdown]
# * `neutral` is the value at which the lever does nothing.
# * `lower` and `upper` are the bounds; `usual` and `step` are for whoever moves a slider.
# * `programme_cost` adds a second number, `cost`: what the state spends at full reach, as a share of GDP.
# * `+=` in the last line matters. Other levers may spend too, and theirs must not be lost.
#
# ## Run the contract
#
# The levers of the model keep nine clauses, and yours has to keep the same. The check runs small economies with your
# lever at full strength, at the neutral value, and before it is in force. In a terminal the command is `xinzhi
# check-lever ai_advice_centres.py`.

# %%
contract = xz.check_lever("ai_advice_centres.py")
print(contract)
print(f"\nThe contract is {'kept' if contract.met else 'broken'}.")

# %% [markdown]
# What happens if something is wrong? Two mistakes that are easily made. First, the name of an instrument:

# %%
wrong = LEVER.replace("instruments.explanation", "instruments.explanations")
Path("wrong_name.py").write_text(wrong, encoding="utf-8")
try:
    xz.load_lever("wrong_name.py")
except xz.UserError as error:
    print(error)

# %% [markdown]
# Second, a lever that acts although nobody pulls it:

# %%
always = LEVER.replace("explanation = reach", "explanation = 0.1 + reach")
Path("always_on.py").write_text(always, encoding="utf-8")
try:
    xz.load_lever("always_on.py")
except xz.UserError as error:
    print(error)

# %% [markdown]
# ## Predict
#
# Before you run the next cell: the centres overcome 80 % of the distrust from 2026 on. By how many percentage points
# is the share of firms that use AI higher in the last year? Is GDP higher? Who pays?
#
# ## Run: your lever in a scenario
#
# `levers_from` names the file of the lever, as seen from the scenario's own folder. From then on it is a lever like
# any other.

# %%
SCENARIO = """extends: baseline
question: What do centres that explain AI to firms do to its use, to growth and to jobs?
levers_from: ai_advice_centres.py
levers:
  ai_advice_centres: {reach: {2026: 0.8}}
"""
Path("advice.yaml").write_text(SCENARIO, encoding="utf-8")
both = xz.compare("baseline", "advice.yaml", **RUNS)
listed(both.answer())

# %% tags=["figure"]
both.plot("adoption")

# %% tags=["figure"]
rows = {
    f"{title} in {UNTIL}": both.difference(outcome)
    for title, outcome in (("Real GDP", "gdp"), ("Mean real wage", "wages"), ("CO2 emissions", "co2"))
}
clear = [name for name, change in rows.items() if change.difference.clear]
draw_ranges(
    f"Advice centres change {len(clear)} of these {len(rows)} outcomes clearly",
    "per cent of the level without the centres; bar: 90 % confidence interval",
    rows,
)

# %% [markdown]
# ## Explain
#
# Follow the chain, link by link: the lever sets an instrument; firms distrust AI in their plants less; more of them
# adopt it there; those that adopt save energy and material; prices, wages and demand respond; the income tax pays the
# advisers. Each link can be seen in an outcome. If a link is unclear in the run, do not build a story on what comes
# after it.

# %%
for outcome in ("adoption", "gdp", "unemployment", "gini", "cost"):
    print(f"{outcome} in {UNTIL}: {both.difference(outcome)}")

# %% tags=["figure"]
winners_figure(both, measures_of(both, "deciles"))

# %% [markdown]
# Change the reach and the cost yourself. Each move runs the model again, with fewer simulated adults.


# %%
@widgets.interact(
    reach=widgets.IntSlider(value=80, min=10, description="% reach", continuous_update=False),
    cost=widgets.FloatSlider(value=0.1, max=1.0, description="% of GDP", continuous_update=False),
)
def advise(reach, cost):
    """Run the advice centres at another reach and cost."""
    setting = {"reach": {2026: reach / 100}, "cost": {2026: cost / 100}}
    small = {"workers": 2_000, "seeds": 4, "until": 2030}
    overrides = {"B:levers.ai_advice_centres": setting}
    tried = xz.compare("baseline", "advice.yaml", overrides=overrides, **small)
    for outcome in ("adoption", "gdp", "cost"):
        print(f"{outcome} in 2030: {tried.difference(outcome)}")


# %% [markdown]
# ## Exercises
#
# In the first two, answer with `"higher"`, `"lower"` or `"unclear"`; the check compares your word with the run.
#
# ### Exercise 1
# Is the share of firms that use AI in the last year higher or lower with the centres, or is it unclear?

# %% tags=["exercise"]
answer = "..."
print(check(answer, both.difference("adoption")))

# %% [markdown]
# ### Exercise 2
# The advisers turn out to cost ten times as much, 1 % of GDP at full reach, and the income tax pays. Compared with the
# cheap centres, is the mean **real wage** in the last year higher or lower, or is it unclear? The wage is before tax.

# %% tags=["exercise"]
dear = {"B:levers.ai_advice_centres": {"reach": {2026: 0.8}, "cost": {2026: 0.01}}}
costly = xz.compare("advice.yaml", "advice.yaml", overrides=dear, **RUNS)
answer = "..."
print(check(answer, costly.difference("wages")))

# %% [markdown]
# ### Exercise 3
# Write a lever of your own: change the text so that the centres also **train staff** (the instrument `ai_literacy`, by
# a tenth of the reach). Save it as `my_centres.py`, and let the contract say whether you may use it.

# %% tags=["exercise"]
MINE = LEVER  # change it here
Path("my_centres.py").write_text(MINE, encoding="utf-8")
if MINE == LEVER:
    print("Not answered yet: change the text.")
else:
    print(xz.check_lever("my_centres.py"))

# %% [markdown]
# ## What this leaves out
#
# * The contract checks that a lever is **consistent**: its books close, and it does nothing when it is neutral. It
#   does not check that it is **true**. The numbers of the advice centres are invented.
# * A lever acts through instruments that are there. A policy that needs a new behaviour of firms or workers needs a
#   change of the model.
# * In the model the centres work at once and everywhere. In reality advisers have to be found and trained.
#
# ## To discuss
#
# 1. How would you find out, with real firms, which part of the distrust an advice centre overcomes?
# 2. Somebody gives you a lever that keeps the contract and doubles growth. Which lines of the file do you read first?

# %% [markdown]
# # 07 A Mesa model: agents, their data, and one worker's life
#
# *Ninety minutes. Lesson 01 comes first; some Python helps.*
#
# ## What you will learn
#
# * to build the model in Python, to let it go on quarter by quarter, and to ask its agents questions;
# * to work with sets of agents (select, agg, groupby, to_dataframe) and with Mesa's data collector;
# * to follow one worker through twenty years, and to see why an average is the life of nobody;
# * to run many models at once, and to stop a run and go on with the same numbers.

# %% tags=["install"]
# Installs the model where it is missing, as on a hosted notebook.
import importlib.util
import os

if importlib.util.find_spec("xinzhi") is None:
    # %pip install -q "xinzhi[notebook]"
    importlib.invalidate_caches()

# %%
import pickle

import ipywidgets as widgets
import mesa
import numpy as np
import pandas as pd

import xinzhi as xz
from xinzhi.analysis.teaching.exercises import check, check_choice, check_number, over_runs
from xinzhi.analysis.teaching.groups import group_names
from xinzhi.analysis.teaching.pictures import COLOURS, draw_bars, draw_lines, panel

# A class on one computer can set FAST=1: fewer simulated adults, fewer runs.
FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS = (2_000, 3) if FAST else (10_000, 8)

# %% [markdown]
# ## A model
#
# [Mesa](https://mesa.readthedocs.io) is a Python library for agent-based models. A Mesa model is an object. It has
# agents, and `step()` lets time go on: here by one quarter.

# %%
model = xz.Model(workers=WORKERS, rng=1)
for _ in range(4):
    model.step()

print("a Mesa model:", isinstance(model, mesa.Model))
print("quarter:", model.quarter)
for kind, agents in model.agents_by_type.items():
    print(f"{len(agents):7,} agents of the class {kind.__name__}")

# %% [markdown]
# `rng` is the *seed*: two models with the same seed are the same to the last digit. Workers and firms are rows of large
# tables. An agent is a view of one row, made when you ask for it. This is why ten thousand agents are fast.

# %%
workers = model.agents_by_type[xz.Worker]
somebody = workers.select(status=0)[100]
print(f"{somebody}: {somebody.age:.0f} years old, works in the occupation '{somebody.occupation_name}'")
print(f"earns {somebody.wage:.1f} thousand yuan a quarter in a firm of {len(somebody.employer.staff)} workers")
print(f"which belongs to the sector {somebody.employer.sector_code} and uses AI in stage {somebody.employer.ai_stage}")

# %% [markdown]
# ## Predict
#
# Write down before you run the next cell: which of the occupations earns most in this model, and how many times the
# lowest mean wage is that?
#
# ## Sets of agents
#
# `select` takes a part of a set, `agg` computes one number from an attribute, `groupby` divides the set. They work on
# whole columns and need no loop.

# %% tags=["figure"]
OCCUPATIONS = group_names("occupations")
employed = workers.select(status=0)
wages = employed.groupby("occupation").agg("wage", np.mean)
yearly = {OCCUPATIONS[code]: 4 * wage for code, wage in sorted(wages.items(), key=lambda item: -item[1])}
top, *_, bottom = yearly
draw_bars(
    f"{top} earn {yearly[top] / yearly[bottom]:.1f} times what {bottom.lower()} earn",
    "mean gross wage, thousand yuan a year",
    yearly,
    decimals=0,
)

# %% [markdown]
# `to_dataframe` gives a table for pandas. Wages are thousand yuan a quarter, deposits thousand yuan:

# %%
table = employed.to_dataframe()[["age", "wage", "deposits", "ai_literate"]]
decades = pd.cut(table["age"], [19, 30, 40, 50, 120], labels=["20 to 29", "30 to 39", "40 to 49", "50 and older"])
table.groupby(decades, observed=True)[["wage", "deposits", "ai_literate"]].mean().round(2)

# %% [markdown]
# ## The data collector
#
# After each quarter the model writes down its outcomes: GDP, unemployment and some seventy more. You can add a reporter
# of your own. It is a function that is given the model and returns a number.


# %%
def young_without_work(model):
    """Share of the workers under 30 who are unemployed or in a course, per cent."""
    young = model.agents_by_type[xz.Worker].select(lambda worker: worker.age < 30)
    force = young.select(status=[0, 1, 2])
    return 100 * len(force.select(status=[1, 2])) / len(force)


def young_without_work_fast(model):
    """The same with arrays: a mask instead of a function that is called for each agent."""
    force = model.agents_by_type[xz.Worker].select(status=[0, 1, 2])
    young = force.select(force.get("age") < 30)
    return 100 * np.mean(young.get("status") > 0)


print(f"{young_without_work(model):.2f} and {young_without_work_fast(model):.2f} per cent")

# %%
watched = xz.Model(workers=WORKERS, rng=1)
watched.datacollector.add("young_without_work", young_without_work_fast)
YEARS = 20
for _ in range(4 * YEARS):
    watched.step()
collected = watched.datacollector.get_model_vars_dataframe()
collected[["real_gdp", "unemployment_rate", "young_without_work"]].tail(3)

# %% tags=["figure"]
quarters = 2024 + collected.index / 4
young, everyone = collected["young_without_work"], 100 * collected["unemployment_rate"]
draw_lines(
    f"Under 30, {young.mean():.0f} of 100 are without work, of all {everyone.mean():.0f} are unemployed",
    "per cent of the labour force; mean of the years in the title",
    {"under 30": (quarters, young), "all": (quarters, everyone)},
)

# %% [markdown]
# The new line begins one quarter late: nobody asked for it in the first one.
#
# ## Explain: one worker's life
#
# Unemployment of a few per cent: does it mean that each worker is unemployed for a few per cent of the time? Or that
# a few workers are unemployed for long? An average cannot tell. Agents can. We run twenty years and write down, for
# everyone who is under 35 at the start, what they do and earn in each quarter.
#
# Predict: of a hundred workers under 35, how many are *never* without a job in twenty years?

# %%
lives = xz.Model(workers=WORKERS, rng=1)
people = lives.agents_by_type[xz.Worker]
followed = people.select(people.get("age") < 35).select(status=[0, 1])
rows = [worker.row for worker in followed]
states, pay, employers, occupations = [], [], [], []
for _ in range(4 * YEARS):
    lives.step()
    columns = lives.state.workers
    states.append(columns.status[rows])
    pay.append(columns.wage[rows] / lives.state.macro.consumer_price)
    employers.append(columns.employer[rows])
    occupations.append(columns.occupation[rows])
states, pay, employers, occupations = map(np.array, (states, pay, employers, occupations))

without = (states == 1) | (states == 2)
spells = without.sum(axis=0)
print(f"{len(rows)} workers; mean time without a job: {100 * without.mean():.1f} per cent")

# %% tags=["figure"]
KINDS = {
    "never": spells == 0,
    "up to a year": (spells > 0) & (spells <= 4),
    "one to three years": (spells > 4) & (spells <= 12),
    "more than three years": spells > 12,
}
of_hundred = {name: 100 * kind.mean() for name, kind in KINDS.items()}
long_part = 100 * without[:, KINDS["more than three years"]].sum() / max(without.sum(), 1)
draw_bars(
    f"{of_hundred['never']:.0f} of 100 are never without a job; "
    f"{of_hundred['more than three years']:.0f} have {long_part:.0f} % of all time without one",
    f"of 100 workers under 35: time without a job in {YEARS} years",
    of_hundred,
    decimals=0,
)

# %% [markdown]
# Now one of them. The line is the real wage. A break in the line is time without a job: orange for unemployed, green
# for a course.


# %%
def life(number):
    """The figure of one worker's twenty years."""
    states_of, pay_of = states[:, number], 4 * pay[:, number]
    quarters = 2024 + np.arange(1, len(states_of) + 1) / 4
    known = employers[:, number][employers[:, number] >= 0]
    moves = int((np.diff(known) != 0).sum())
    last = OCCUPATIONS[occupations[-1, number]]
    figure, axes = panel(
        f"Worker {rows[number]}: {spells[number] / 4:.1f} years without a job, {moves} changes of employer",
        f"real wage, thousand yuan of 2024 a year; last occupation: {last}",
        beside=0.5,
    )
    axes.plot(quarters, np.where(states_of == 0, pay_of, np.nan), color=COLOURS[0], linewidth=1.8)
    for code, colour in ((1, COLOURS[1]), (2, COLOURS[2])):
        for quarter in quarters[states_of == code]:
            axes.axvspan(quarter - 0.25, quarter, color=colour, alpha=0.5, linewidth=0)
    axes.set_xlim(2024, 2024 + YEARS)
    axes.set_xticks(range(2024, 2025 + YEARS, 4))
    axes.set_ylim(bottom=0)
    return figure


# %% tags=["figure"]
eventful = int(np.argmax((np.diff(employers, axis=0) != 0).sum(axis=0)))
life(eventful)


# %% tags=["slider"]
last = len(rows) - 1


@widgets.interact(number=widgets.IntSlider(value=0, min=0, max=last, continuous_update=False))
def another_life(number):
    """Draw the life of another worker."""
    return life(number)


# %% [markdown]
# Look at ten lives. How many look like the average?
#
# ## Many models at once
#
# `mesa.batch_run` runs every combination of parameters, as for any Mesa model. `xz.run` does the same for the seeds
# of a scenario, uses all cores, and returns tables by calendar year. Both give the same numbers.

# %%
rows_of_batch = mesa.batch_run(
    xz.Model,
    parameters={"workers": 2_000, "policy": ["no_ai", "baseline"], "rng": [1, 2]},
    max_steps=7,
    number_processes=1,
    display_progress=False,
)
batch = pd.DataFrame(rows_of_batch)[["policy", "rng", "Step", "real_gdp", "unemployment_rate"]]
batch

# %%
ours = xz.run("baseline", workers=2_000, seeds=1, quarters=7).series
ours = ours[(ours["variable"] == "real_gdp") & (ours["quarter"] == 7)]["value"].item()
theirs = batch[(batch["policy"] == "baseline") & (batch["rng"] == 1)]["real_gdp"].item()
print("the same number:", ours == theirs)

# %% [markdown]
# ## Stop and go on
#
# `pickle` turns a model into bytes and back. The copy goes on with exactly the same numbers, even on another day.
# From one such point you can go on in several ways.

# %%
kept = pickle.dumps(watched)
copy = pickle.loads(kept)
for one in (watched, copy):
    one.step()
print(f"{len(kept) / 1e6:.1f} million bytes; the same GDP:", watched.outcome("real_gdp") == copy.outcome("real_gdp"))

# %% [markdown]
# ## Exercises
#
# ### Exercise 1
# How many per cent of the firms of `model` use AI? Count with `model.agents_by_type[xz.Firm]`,
# `select` and `len`: a firm without AI has `ai_stage` 0. Write the number in place of `None`.

# %% tags=["exercise"]
answer = None
adoption = 100 * model.outcome("ai_adoption_share")
print(check_number(answer, adoption - 0.05, adoption + 0.05, "% of firms"))

# %% [markdown]
# ### Exercise 2
# Who earns more on average at the end of `lives`: workers who can work with AI (`ai_literate=1`) or the others? Write
# `"literate"` or `"others"`. Then say why this is no proof that AI raises their pay.

# %% tags=["exercise"]
answer = "..."
at_work = lives.agents_by_type[xz.Worker].select(status=0)
means = {
    name: 4 * at_work.select(ai_literate=code).agg("wage", np.mean) for name, code in (("literate", 1), ("others", 0))
}
print(check_choice(answer, means, "thousand yuan a year"))

# %% [markdown]
# ### Exercise 3
# In the last quarter of ten years, is unemployment under 30 (our reporter) higher than that of all, lower, or can these
# seeds not tell? Write `"higher"`, `"lower"` or `"unclear"`.

# %% tags=["exercise"]
gaps = []
for seed in range(1, SEEDS + 1):
    one = xz.Model(workers=WORKERS, rng=seed)
    for _ in range(40):
        one.step()
    gaps.append(young_without_work_fast(one) - 100 * one.outcome("unemployment_rate"))
answer = "..."
print(check(answer, over_runs(gaps, "percentage points")))

# %% [markdown]
# ## What this leaves out
#
# * One worker of the model stands for tens of thousands of people. A life is an example of what the rules produce, not
#   a record of anybody.
# * Dismissals and matches are drawn at random within an occupation. Real careers depend on people whom one knows, on
#   families and on places.
# * Agents do not learn strategies. They follow rules that are written down in the documentation of the model.
#
# ## To discuss
#
# 1. For which questions do you need agents, and for which is a model with one average worker enough?
# 2. Our reporter and the model's unemployment rate count trainees in different ways. How would you find such a
#    difference in someone else's study?

# %% [markdown]
# # 01 First run: read a paired difference
#
# *Ninety minutes. No knowledge of programming is needed beyond running a cell (Shift and Enter).*
#
# # What you will learn
#
# * to run China's economy to 2050 twice, with and without artificial intelligence (AI);
# * why two runs that share their random draws can be compared although each of them is full of chance;
# * to read a difference with its 90 % confidence interval, and to say "no clear difference" where it includes zero.

# %% tags=["install"]
# Installs the model where it is missing, as on a hosted notebook.
import importlib.util
import os

if importlib.util.find_spec("xinzhi") is None:
    # %pip install -q "xinzhi[notebook]"
    pass

# %%
import ipywidgets as widgets

import xinzhi as xz
from xinzhi.analysis.teaching.exercises import check
from xinzhi.app.notebook import panels

# A class on one computer can set FAST=1: fewer simulated adults, fewer runs, fewer years.
FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 2, 2030) if FAST else (10_000, 8, 2050)

# %% [markdown]
# ## One run
#
# The model starts from China's published statistics of 2024. Ten thousand simulated adults stand for all adults of the
# country. Firms decide each quarter whether to adopt AI; workers lose, find and learn jobs; a government taxes and
# spends. The word *seed* names the random draws of a run: which worker meets which vacancy, which firm has a good year.

# %%
one = xz.run("baseline", workers=WORKERS, seeds=1, quarters=4 * (UNTIL - 2024) + 3)
one["gdp"]

# %% [markdown]
# The table has a row for each calendar year. Its unit:

# %%
one["gdp"].attrs["unit"]

# %% [markdown]
# ## Predict
#
# Before you run the next cell, write down: if you repeat the run with other random draws, by how much will GDP in the
# last year differ? By 0.1 %, 1 % or 10 %? And unemployment?

# %%
several = xz.run("baseline", workers=WORKERS, seeds=SEEDS, quarters=4 * (UNTIL - 2024) + 3)
several["gdp"].tail(3)

# %%
several["unemployment"].tail(3)

# %% [markdown]
# Each column is one run. They differ by chance alone: the economy behind them is the same.
#
# ## Run: the same draws, with and without AI
#
# `xz.compare` runs two economies **on the same random draws**. The worker who is lucky in one is lucky in the other, so
# that most of the chance cancels when we subtract, run by run.

# %%
both = xz.compare("no_ai", "baseline", workers=WORKERS, seeds=SEEDS, until=UNTIL)
print("\n".join(both.answer()))

# %% tags=["figure"]
both.plot("gdp")

# %% [markdown]
# Left: the level in both economies. Right: the difference, which is the mean over the pairs of runs. The band is its
# 90 % confidence interval: if we repeated the whole exercise many times, nine of ten such intervals would contain the
# true mean difference of the model.
#
# ## Explain
#
# How much does pairing help? The next cell compares the spread of a difference between runs that share their draws with
# the spread between runs that do not.

# %%
with_ai, without_ai = both.results[1]["gdp"], both.results[0]["gdp"]
last = with_ai.index[-1]
paired = (with_ai.loc[last] - without_ai.loc[last]).std()
unpaired = (with_ai.loc[last].var() + without_ai.loc[last].var()) ** 0.5
unit = without_ai.attrs["unit"]
print(f"Standard deviation of the difference in {last}: {paired:.2f} paired, {unpaired:.2f} unpaired ({unit})")

# %% [markdown]
# The smaller the spread, the fewer runs are needed for an answer of the same precision.
#
# Look at another outcome and year. Words such as `gdp`, `unemployment`, `gini`, `co2`, `wages`, `debt` name outcomes.


# %% tags=["slider"]
@widgets.interact(
    outcome=["gdp", "unemployment", "gini", "wages", "co2", "debt"],
    year=widgets.IntSlider(value=UNTIL, min=2024, max=UNTIL, continuous_update=False),
)
def look(outcome, year):
    """Print the difference of an outcome in a year and draw its path."""
    print(f"{outcome} in {year}: {both.difference(outcome, year=year)}")
    return both.plot(outcome)


# %% [markdown]
# The panels of the planner's page show the main outcomes side by side. Move the year, and change from differences to
# levels. The dark band is the 90 % interval of the mean, the light one holds most single runs. A hollow dot marks a
# year whose interval includes zero.

# %%
panels(both)

# %% [markdown]
# ## Exercises
#
# Answer with `"higher"`, `"lower"` or `"unclear"`; the check compares your word with the run.
#
# ### Exercise 1
# Is real GDP in the last year higher or lower with AI, or is the difference unclear?

# %% tags=["exercise"]
answer = "..."
print(check(answer, both.difference("gdp", year=UNTIL)))

# %% [markdown]
# ### Exercise 2
# And public debt, in per cent of GDP? Think of what a larger economy does to a ratio.

# %% tags=["exercise"]
answer = "..."
print(check(answer, both.difference("debt", year=UNTIL)))

# %% [markdown]
# ### Exercise 3
# Take only two of the seeds. Is the difference in unemployment in the last year still as clear, or as unclear, as with
# all of them?

# %% tags=["exercise"]
few = xz.compare("no_ai", "baseline", workers=WORKERS, seeds=2, until=UNTIL)
answer = "..."
print(check(answer, few.difference("unemployment", year=UNTIL)))

# %% [markdown]
# ## What this leaves out
#
# * The path of AI adoption is a scenario that builds on surveys of European firms; it is no forecast for China.
# * A confidence interval knows the chance in the runs. It knows nothing of wrong assumptions: that is lesson 06.
# * Growth without AI is imposed. Read differences, not levels.
#
# ## To discuss
#
# 1. A newspaper reports one number from one run. What would you ask the reporter?
# 2. In reality there is no second China without AI. What takes the place of the twin in a study of real firms?

# %% [markdown]
# # 03 Workers: who is displaced, and what helps
#
# *Ninety minutes. Lesson 01 comes first.*
#
# ## What you will learn
#
# * which occupations lose jobs when firms use AI, and why it is hard to say, even with several runs;
# * what the model can say about the young, and what it cannot;
# * to read the effect of a retraining programme without being misled by the unemployment rate;
# * to read the Beveridge curve: vacancies against unemployment.

# %% tags=["install"]
# Installs the model where it is missing, as on a hosted notebook.
import importlib.util
import os

if importlib.util.find_spec("xinzhi") is None:
    # %pip install -q "xinzhi[notebook]"
    importlib.invalidate_caches()

# %%
import ipywidgets as widgets
import numpy as np

import xinzhi as xz
from xinzhi.analysis.teaching.exercises import check, over_runs
from xinzhi.analysis.teaching.groups import changes_by_group, group_names
from xinzhi.analysis.teaching.pictures import COLOURS, draw_bars, draw_changes, panel

# A class on one computer can set FAST=1: fewer simulated adults, fewer runs, fewer years.
FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 2, 2030) if FAST else (10_000, 8, 2050)

# %% [markdown]
# ## What AI can do
#
# Each worker has an occupation. An occupation is a bundle of tasks. Studies have asked, task by task, how much
# of it AI can do; the mean over the tasks is the *exposure* of the occupation.

# %% tags=["figure"]
OCCUPATIONS = group_names("occupations")
model = xz.Model(workers=2_000, rng=1)
exposure = dict(zip(OCCUPATIONS, model.economy.structure.automation_exposure, strict=True))
ordered = dict(sorted(exposure.items(), key=lambda item: -item[1]))
draw_bars(
    f"AI can do most of the tasks of {next(iter(ordered)).lower()}, fewest of {list(ordered)[-1].lower()}",
    "per cent of an occupation's tasks that AI can do",
    {name: 100 * part for name, part in ordered.items()},
    decimals=0,
)

# %% [markdown]
# ## Predict
#
# Take three occupations from the figure. Write down for each: will it have more or fewer jobs in the last year of the
# run than it would have without AI? By how many per cent?
#
# ## Run

# %%
both = xz.compare("no_ai", "baseline", workers=WORKERS, seeds=SEEDS, until=UNTIL)
jobs = changes_by_group(both, "occupations", "employment", UNTIL)

# %% tags=["figure"]
clear = {name: change for name, change in jobs.items() if change.difference.clear}
fewer = sum(change.difference.mean < 0 for change in clear.values())
draw_changes(
    f"{fewer} of {len(jobs)} occupations have clearly fewer jobs with AI in {UNTIL}, {len(clear) - fewer} clearly more",
    jobs,
)

# %% [markdown]
# Each dot is the mean over the pairs of runs, each line its 90 % confidence interval. Of 22 intervals about two exclude
# zero *by chance alone*. If no more than two do, these runs tell of no occupation for certain that AI changes its jobs:
# so do not build a story on one dot.
#
# ## Explain
#
# Does exposure explain the jobs? Each dot of the next figure is an occupation.

# %% tags=["figure"]
across = np.array([100 * exposure[name] for name in jobs])
up = np.array([change.difference.mean for change in jobs.values()])
together = np.corrcoef(across, up)[0, 1]
figure, axes = panel(
    f"Correlation of exposure and jobs: {together:.1f}; exposure is part of the story, not all of it",
    f"per cent more or fewer jobs with AI in {UNTIL}",
    "per cent of the tasks that AI can do",
    beside=1.0,
)
axes.plot(across, up, "o", color=COLOURS[0], markersize=5)
axes.axhline(0, color="#999999", linewidth=0.8)
for name in {max(jobs, key=exposure.get), list(jobs)[up.argmax()], "Factory workers", "Sales staff"}:
    at = list(jobs).index(name)
    axes.annotate(
        name, (across[at], up[at]), xytext=(6, 3 if up[at] > 0 else -11), textcoords="offset points", fontsize=8.5
    )
figure

# %% [markdown]
# Three things stand between exposure and jobs:
#
# 1. **Use.** What AI can do is not what firms do with it. It takes stages and years (lesson 02).
# 2. **Demand.** A firm that needs less labour has lower costs. It lowers its price, and sells more. Incomes that rise
#    are spent on other things: on teachers, cooks and doctors.
# 3. **New tasks.** AI creates work of its own. How much is an assumption (lesson 06).
#
# ## The young
#
# Predict: in the model, does AI raise unemployment more among the young or among older workers?

# %%
AGES = {"20 to 24": (20, 25), "25 to 34": (25, 35), "35 to 49": (35, 50), "50 and older": (50, 200)}
EMPLOYED, UNEMPLOYED, TRAINING = 0, 1, 2  # codes of what a worker does


def unemployment_by_age(scenario, seed):
    """Mean unemployment of each group in the last five years of a run, trainees included, per cent."""
    model = xz.Model(workers=WORKERS, rng=seed, policy=scenario)
    jobless, force = np.zeros(len(AGES)), np.zeros(len(AGES))
    while model.quarter < 4 * (UNTIL - 2024) + 3:
        model.step()
        if model.quarter >= 4 * (UNTIL - 2024) - 17:
            workers = model.agents_by_type[xz.Worker].select(status=[EMPLOYED, UNEMPLOYED, TRAINING])
            age, without = workers.get("age"), workers.get("status") != EMPLOYED
            for at, (first, end) in enumerate(AGES.values()):
                group = (age >= first) & (age < end)
                force[at] += group.sum()
                jobless[at] += (group & without).sum()
    return 100 * jobless / force


PAIRS = range(1, max(2, SEEDS // 2) + 1)
levels = {name: np.array([unemployment_by_age(name, seed) for seed in PAIRS]) for name in ("no_ai", "baseline")}
for name, per_cent in levels.items():
    print(f"{name:10}", {age: round(float(mean), 1) for age, mean in zip(AGES, per_cent.mean(axis=0), strict=True)})

# %% tags=["figure"]
gaps = levels["baseline"] - levels["no_ai"]
by_age = {age: over_runs(gaps[:, at], "percentage points") for at, age in enumerate(AGES)}
youngest = by_age["20 to 24"]
draw_changes(f"Unemployment at 20 to 24 with AI, against without: {youngest}", by_age, ranked=False)

# %% [markdown]
# **Read this with care.** Why are the young of the model more often without a job? Everyone who turns twenty and
# wants to work enters as unemployed and must find a first job. That holds with AI and without. With AI, firms hire
# fewer beginners in work that AI can do (the mechanism `hiring_by_experience`). But what the model has is little:
#
# * it acts on hiring alone, in proportion to a firm's departments with AI; nobody is dismissed for being young;
# * the young choose an occupation by where the jobs are today; they do not look ahead and do not study longer;
# * some studies of American payrolls find far fewer jobs for the young in exposed occupations after two years. Hold the
#   figure above against that: where it shows no clear difference, it does not refute them.
#
# A mechanism that is weak or missing in a model gives no evidence against what it would do.
#
# ## Retraining
#
# The state offers courses to those who have been without a job for half a year. Today there are places for 0.2 % of
# the labour force in each quarter. Predict: with places for 0.6 %, by how many million people does unemployment fall?
# And by how many million does employment rise?

# %%
REFERENCE_YEAR = min(UNTIL, 2030)


def people(results):
    """Million people in three states: {name: table of years by seeds}."""
    employed, in_courses, rate = results["employment"], results["trainees"], results["unemployment"] / 100
    return {"employed": employed, "in courses": in_courses, "unemployed": rate * (employed + in_courses) / (1 - rate)}


def courses(places, workers=WORKERS, seeds=SEEDS):
    """What courses with these places (share of the labour force a quarter) change, million people."""
    found = xz.compare(
        "baseline", "baseline", workers=workers, seeds=seeds, until=REFERENCE_YEAR,
        overrides={"B:levers.retraining": places},
    )  # fmt: skip
    before, now = (people(results) for results in found.results)
    changes = {
        name: over_runs((now[name] - before[name]).loc[REFERENCE_YEAR], "million people", decimals=1) for name in now
    }
    return found, changes


retraining, moved = courses(0.006)
print(f"Unemployment rate in {REFERENCE_YEAR}: {retraining.difference('unemployment', year=REFERENCE_YEAR)}")

# %% [markdown]
# A headline would be: "Retraining lowers unemployment." Where did the people go?

# %% tags=["figure"]
draw_changes(
    f"In {REFERENCE_YEAR}: in courses {moved['in courses'].difference.mean:+.1f} million, "
    f"unemployed {moved['unemployed'].difference.mean:+.1f}, employed {moved['employed'].difference.mean:+.1f}",
    moved,
)

# %% [markdown]
# A person in a course is not counted as unemployed. Where the first and the last row mirror each other, the fall of
# unemployment is people who sit in class. This does not mean that courses are useless: look at wages, and wait some
# years. It means that **unemployment alone is the wrong measure of a training programme**. Show employment and trainees
# beside it.
#
# Try other numbers of places. Do the three always add up to about zero?


# %% tags=["slider"]
@widgets.interact(
    places=widgets.FloatSlider(
        value=0.4, min=0.2, max=2.0, step=0.2, continuous_update=False, description="places, %", readout_format=".1f"
    )
)
def other_places(places):
    """Run smaller economies with other places and draw who moved where."""
    _, changes = courses(places / 100, workers=2_000, seeds=2 if FAST else 8)
    return draw_changes(f"Places for {places:.1f} % of the labour force, {REFERENCE_YEAR}", changes)


# %% [markdown]
# ## The Beveridge curve
#
# In a good year firms have many vacancies and few people are unemployed. In a bad year it is the other way round. Draw
# vacancies against unemployment, one dot for each quarter, and the dots fall from the upper left to the lower right.
# This is the Beveridge curve. Nobody put it into the model: it follows from how workers and vacancies meet.

# %% tags=["figure"]
with_ai = both.results[1].series
rates = with_ai[with_ai["variable"].isin(["unemployment_rate", "vacancy_rate"])].pivot_table(
    index=["seed", "quarter"], columns="variable", values="value", observed=True
)
rates = 100 * rates.dropna()
slopes = [np.polyfit(run["unemployment_rate"], run["vacancy_rate"], 1)[0] for _, run in rates.groupby("seed")]
slope = over_runs(slopes, "points of vacancies for a point of unemployment", decimals=2)
figure, axes = panel(
    f"A point more unemployment goes with {abs(slope.difference.mean):.2f} points "
    f"{'fewer' if slope.difference.mean < 0 else 'more'} vacancies",
    "per cent of posts vacant; grey: all runs, blue: one run",
    "unemployment, per cent of the labour force",
    beside=0.9,
)
axes.plot(rates["unemployment_rate"], rates["vacancy_rate"], "o", color="#C8C8C8", markersize=2.5)
one = rates.loc[1]
axes.plot(one["unemployment_rate"], one["vacancy_rate"], "-o", color=COLOURS[0], markersize=2.5, linewidth=0.7)
figure

# %% [markdown]
# A move *along* the curve is the business cycle. A shift of the *whole curve* outwards, with more vacancies at the same
# unemployment, says that the unemployed no longer fit the vacancies. That could happen if AI ends jobs in one
# occupation and creates them in another.
#
# ## Exercises
#
# ### Exercise 1
# AI can do few of the tasks of factory workers (first figure). Do they have more or fewer jobs with AI
# in the last year? Write `"higher"`, `"lower"` or `"unclear"`.

# %% tags=["exercise"]
answer = "..."
print(check(answer, jobs["Factory workers"]))

# %% [markdown]
# ### Exercise 2
# Is *employment* higher or lower with the courses for 0.6 % of the labour force, or is the difference unclear?

# %% tags=["exercise"]
answer = "..."
print(check(answer, retraining.difference("employment", year=REFERENCE_YEAR)))

# %% [markdown]
# ### Exercise 3
# Is the slope of the Beveridge curve above zero (`"higher"`), below zero (`"lower"`), or can these runs not tell?

# %% tags=["exercise"]
answer = "..."
print(check(answer, slope))

# %% [markdown]
# ## What this leaves out
#
# * Careers that begin in junior posts, and the choice to study: see above. No sexes, families or migrants.
# * Which tasks of an occupation AI could do is an American estimate, the same in 2024 and in 2050. Only what works of
#   it grows as AI becomes more reliable.
# * Who is in a course learns for two quarters. The model does not know good and bad courses.
# * The effect of AI on all jobs together is open: it changes its sign with assumptions that nobody has measured
#   (`xinzhi closures`, lesson 06).
#
# ## To discuss
#
# 1. A minister wants one number that says whether a training programme works. Which one do you give, and after how many
#    years?
# 2. Which data would you collect in China to find out whether AI takes the jobs of beginners?

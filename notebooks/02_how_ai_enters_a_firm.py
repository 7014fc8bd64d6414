# %% [markdown]
# # 02 How AI enters a firm
#
# *Ninety minutes. Lesson 01 comes first.*
#
# ## What you will learn
#
# * what the AI of a firm is made of: data, computing power and able staff, and why the scarcest of them sets the
#   limit;
# * how the departments of a firm go from a pilot to scaled use, and which tasks change on the way;
# * to read one chemical plant's first year with AI and the length of a research project, and to say which of these
#   numbers the model was given and which follow from it.

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
import pandas as pd

import xinzhi as xz
from xinzhi.analysis.teaching.exercises import check, check_choice, check_number
from xinzhi.analysis.teaching.pictures import draw_bars, draw_lines

# A class on one computer can set FAST=1: fewer simulated adults, fewer runs, fewer years.
FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 2, 2030) if FAST else (10_000, 8, 2050)

# %% [markdown]
# ## Three legs
#
# The AI of a firm stands on three legs. **Data**: records of what its machines, orders and customers do. **Computing
# power**: servers or services that it pays for. **Able staff**: the algorithms are the same for all firms, but a firm
# gets all out of them only if part of its staff can work with AI. The legs are *complements*: one that is short cannot
# be replaced by more of another. The result is one number from 0 to 1, the firm's *capability*.
#
# ## Predict
#
# A chemical plant has thirty times the data of a mean firm. It spends 1 % of its payroll on computing power, and 30 %
# of its staff can work with AI. Which of the three lines below would raise its capability most? Write it down.
#
# * double the data;
# * double the computing power;
# * double the part of the staff that can work with AI.

# %%
PLANT = {"data": 30.0, "compute": 0.01, "literate_share": 0.30}
NAMES = {"data": "data", "compute": "computing power", "literate_share": "able staff"}


def capability(**changed):
    """The plant's capability with some of its legs changed."""
    return xz.measure_capability(**(PLANT | changed))


def gain_by_doubling(leg, **changed):
    """By how many per cent capability rises if one leg doubles."""
    firm = PLANT | changed
    doubled = min(1.0, 2 * firm[leg]) if leg == "literate_share" else 2 * firm[leg]
    return 100 * (capability(**firm | {leg: doubled}) / capability(**firm) - 1)


print(f"Capability of the plant: {capability():.2f}")

# %% [markdown]
# ## Run

# %% tags=["figure"]
factors = np.linspace(0.1, 2.8, 60)
lines = {
    name: (factors, [capability(**{leg: factor * PLANT[leg]}) for factor in factors]) for leg, name in NAMES.items()
}
draw_lines(
    f"Twice the computing power raises capability by {gain_by_doubling('compute'):.0f} %, "
    f"twice the data by {gain_by_doubling('data'):.1f} %",
    "capability of the plant, 0 to 1",
    lines,
    "one leg, times what the plant has of it; the others stay",
)

# %% [markdown]
# ## Explain
#
# A steep line is a leg that the firm is short of. A flat line is a leg of which it has enough. Now change the plant.
# With which data does the longest bar change its place?


# %% tags=["slider"]
@widgets.interact(
    data=widgets.FloatLogSlider(value=30, min=-1, max=2, continuous_update=False, description="data"),
    compute=widgets.FloatSlider(
        value=0.01,
        min=0.002,
        max=0.1,
        step=0.002,
        readout_format=".3f",
        continuous_update=False,
        description="computing",
    ),
    staff=widgets.FloatSlider(value=0.3, min=0.05, max=1.0, step=0.05, continuous_update=False, description="staff"),
)
def legs(data, compute, staff):
    """Draw what doubling each leg would bring."""
    firm = {"data": data, "compute": compute, "literate_share": staff}
    gains = {name: gain_by_doubling(leg, **firm) for leg, name in NAMES.items()}
    scarcest = max(gains, key=gains.get)
    title = f"Capability {capability(**firm):.2f}; twice the {scarcest} would help most"
    return draw_bars(title, "per cent more capability if this leg alone doubles", gains)


# %% [markdown]
# ## Stages and tasks
#
# A firm does not use AI everywhere at once. Its **departments** decide, each for itself; a large firm has more of them.
# In each quarter some departments consider AI. They begin a **pilot** more often if AI is worth much against its cost.
# Many pilots fail. The others are **scaled**: then most of the department works with AI. Some give it up again.
# **Autonomous** is a plant that AI can run by itself, which needs AI to be more reliable than it was in 2024. The stage
# of a firm is that of its furthest department.
#
# There are two kinds. **Office AI** helps with texts, forecasts and pictures. **Process AI** runs plants and machines.
#
# Predict: how many of a hundred firms use AI in the last year of the run? And how many of these are still in the pilot
# stage?

# %% tags=["figure"]
STAGES = ("none", "pilot", "scaled", "autonomous")
model = xz.Model(workers=WORKERS, rng=1)
firms = model.agents_by_type[xz.Firm]
years, shares = [], []
while model.quarter < 4 * (UNTIL - 2024):
    model.step()
    years.append(2024 + model.quarter / 4)
    shares.append(100 * np.bincount(firms.get("ai_stage"), minlength=4) / len(firms))

use = 100 - shares[-1][0]
draw_lines(
    f"In {UNTIL}, {use:.0f} of 100 firms use AI; {shares[-1][3]:.0f} have reached the autonomous stage",
    "per cent of firms in each stage",
    {stage: (years, [share[at] for share in shares]) for at, stage in enumerate(STAGES)},
)

# %% [markdown]
# What differs between the firms of the four stages? *Tasks done by AI* is the part of the work that workers no longer
# do. *New tasks* is work that exists because of AI. *Energy* and *materials* are needed for one unit of output; 100 is
# a firm without AI. All are means over the firms of one run.

# %%
COLUMNS = {
    "capability, 0 to 1": ("ai_capability", 1),
    "staff that works with office AI, %": ("office_cover", 100),
    "plant that process AI runs, %": ("process_cover", 100),
    "tasks done by AI, %": ("displaced_share", 100),
    "new tasks, %": ("new_task_share", 100),
    "energy": ("energy_per_unit", 100),
    "materials": ("materials_per_unit", 100),
    "staff, simulated workers": ("headcount", 1),
}
groups = firms.groupby("ai_stage").groups
table = {
    STAGES[stage]: {name: factor * groups[stage].agg(column, np.mean) for name, (column, factor) in COLUMNS.items()}
    for stage in sorted(groups)
}
pd.DataFrame(table).round(2)

# %% [markdown]
# Read the table from left to right. From "none" to "scaled" more of the staff works with AI, and AI does more of the
# tasks. Firms of the stage "none" may have a little left of AI that they gave up. The autonomous stage is one of
# plants: where there are such firms, look at their plant, energy and materials. Compare the second row with the
# fourth: even where most of the staff works with AI it does a small part of the tasks, since the applications of AI
# touch only some of them. If the firms with AI are also larger, this is *no* proof that AI made them large: a large
# firm has more departments, and one that uses AI is enough to count the firm.
#
# ## One plant, one year
#
# A Chinese report describes a chemical park before and after AI: in a year the yield rose by 0.9 % and the energy for a
# unit of output fell by 6.7 %. The next cell takes one plant through that year with the equations of the model. All
# else stays as it was in 2024. Predict: how much of the change comes in the first quarter?

# %% tags=["figure"]
year = xz.measure_plant()
quarters = range(len(year.quarters))
after = year.after_a_year
plant_figure = draw_lines(
    f"After four quarters: energy {100 * after.energy_change:+.1f} %, yield {100 * after.yield_change:+.1f} %",
    "per cent against the same plant in its pilot stage; dots: what the park reports",
    {
        "energy per unit": (quarters, [100 * quarter.energy_change for quarter in year.quarters]),
        "yield": (quarters, [100 * quarter.yield_change for quarter in year.quarters]),
    },
    "quarters after the plant scales its AI up",
)
plant_figure.axes[0].plot([4, 4], [-6.7, 0.9], "o", color="black", markersize=5)
plant_figure.axes[0].set_ylim(-7.5, 1.5)
plant_figure

# %% [markdown]
# **Given or found?** What process AI saves at full use is the figure of this park. This is *calibration*, and no
# evidence. The report has no second park without AI, so that we do not know how much AI did. What *follows* from the
# mechanism is that the lines end short of the dots: the pilot has saved a part already, and the rest of the plant comes
# under AI step by step. It follows too what another plant would reach:

# %%
plants = {
    "the plant": xz.Plant(),
    "a tenth of the data": xz.Plant(data=3),
    "a hundredth of the data": xz.Plant(data=0.3),
    "half the able staff": xz.Plant(literate_share=0.15),
}
measured = {name: xz.measure_plant(one) for name, one in plants.items()}
pd.DataFrame(
    {
        name: {
            "capability": found.after_a_year.capability,
            "energy after a year, %": 100 * found.after_a_year.energy_change,
            "yield after a year, %": 100 * found.after_a_year.yield_change,
            "in the end, against no AI, %": 100 * found.settled.energy_change,
        }
        for name, found in measured.items()
    }
).T.round(2)

# %% [markdown]
# With half the able staff the plant saves as much as before: it has more of data and computing power than it needs to
# use AI fully. Without data it does not get that far. A plant saves all that AI can save, and not more.
#
# ## One research project
#
# The same source says that a new material took 36 months by trial and error and takes 12 months with design by
# computer. The model uses the two numbers as they stand, for the day when all applications of AI in research work.
# Between them a project shortens with the use of AI. In other fields a smaller gain is assumed.

# %% tags=["figure"]
uses = np.linspace(0, 1, 41)
months = np.array([[3 * quarters for quarters in xz.measure_research(use)] for use in uses])
draw_lines(
    f"Research on new materials falls from {months[0, 0]:.0f} to {months[-1, 0]:.0f} months, "
    f"elsewhere to {months[-1, 1]:.0f}",
    "months of a research project",
    {"new materials": (uses, months[:, 0]), "elsewhere": (uses, months[:, 1])},
    "use of AI, 0 to 1",
)

# %% [markdown]
# The line is flat on the right: from some use on, more AI makes no project shorter. Someone still has to mix the
# material and wait.
#
# ## Exercises
#
# ### Exercise 1
# Take the plant with a hundredth of the data. Which saves more energy in its first year: *ten times the data* or *twice
# the able staff*? Write `"data"` or `"staff"`.

# %% tags=["exercise"]
answer = "..."
saved = {
    name: -100 * xz.measure_plant(one).after_a_year.energy_change
    for name, one in {"data": xz.Plant(data=3), "staff": xz.Plant(data=0.3, literate_share=0.6)}.items()
}
print(check_choice(answer, saved, "% less energy"))

# %% [markdown]
# ### Exercise 2
# Read in the last figure: at which use of AI does a project on new materials take half as long as without AI? Write a
# number, such as `0.9`, in place of `None`.

# %% tags=["exercise"]
answer = None
half = float(uses[np.argmax(months[:, 0] <= months[0, 0] / 2)])
print(check_number(answer, half - 0.06, half + 0.06, "of full use"))

# %% [markdown]
# ### Exercise 3
# The state pays for courses in which workers learn to use AI (the lever `ai_literacy`). Do more firms
# use AI in the last year than without the courses? Write `"higher"`, `"lower"` or `"unclear"`.

# %% tags=["exercise"]
courses = xz.compare(
    "baseline", "baseline", workers=WORKERS, seeds=SEEDS, until=UNTIL, overrides={"B:levers.ai_literacy": 0.6}
)
answer = "..."
print(check(answer, courses.difference("adoption", year=UNTIL)))

# %% [markdown]
# ## What this leaves out
#
# * A department takes up office AI or process AI as a whole, not one application after the other.
# * The plant is one site before and after, without a control group. It may be the best site, and the year may have been
#   a good one for other reasons.
# * What an application saves is taken from trials, many of them abroad, and where there is none from judgement.
# * No representative survey says how many Chinese firms use AI. Office AI spreads as surveys of European firms have it;
#   that plants in China adopt process AI more readily is assumed.
#
# ## To discuss
#
# 1. A small firm has few data and nobody who knows AI. Which leg would you help it with first, and who should pay?
# 2. A park reports 6.7 % less energy. Which three questions do you ask before you use the number for all of China?

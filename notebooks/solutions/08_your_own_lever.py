# %% [markdown]
# # Solutions to 08 Your own lever
#
# The answers are read from the run, since they change with the model.

# %%
import os
from pathlib import Path

import xinzhi as xz
from xinzhi.analysis.teaching.exercises import check, verdict

FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 4, 2029) if FAST else (10_000, 8, 2050)
RUNS = {"workers": WORKERS, "seeds": SEEDS, "until": UNTIL}
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
SCENARIO = """extends: baseline
question: What do centres that explain AI to firms do to its use, to growth and to jobs?
levers_from: ai_advice_centres.py
levers:
  ai_advice_centres: {reach: {2026: 0.8}}
"""
Path("ai_advice_centres.py").write_text(LEVER, encoding="utf-8")
Path("advice.yaml").write_text(SCENARIO, encoding="utf-8")

# %% [markdown]
# ### Exercise 1
# Less distrust means that more plants are put under AI. The share of firms that use AI moves little all the same: most
# of them use it in the office, where distrust plays no part in the model, and a plant of a firm that uses AI already
# adds no firm.

# %%
both = xz.compare("baseline", "advice.yaml", **RUNS)
print(check(verdict(both.difference("adoption")), both.difference("adoption")))

# %% [markdown]
# ### Exercise 2
# The tax lowers what households spend, and the state spends the same amount on advisers, so that demand moves from
# some sectors to others. What happens to the wage before tax is small beside chance, or it is not; the run says which.

# %%
dear = {"B:levers.ai_advice_centres": {"reach": {2026: 0.8}, "cost": {2026: 0.01}}}
costly = xz.compare("advice.yaml", "advice.yaml", overrides=dear, **RUNS)
for outcome in ("wages", "gdp", "cost"):
    print(f"{outcome}: {check(verdict(costly.difference(outcome)), costly.difference(outcome))}")

# %% [markdown]
# ### Exercise 3
# One more line in the function. An instrument that is set from a parameter with `+=` leaves room for other levers.

# %%
MINE = LEVER.replace(
    "instruments.explanation = reach\n", "instruments.explanation = reach\n    instruments.ai_literacy += 0.1 * reach\n"
)
Path("my_centres.py").write_text(MINE, encoding="utf-8")
contract = xz.check_lever("my_centres.py")
print(contract)
assert contract.met

# %% [markdown]
# # Solutions to 01 First run
#
# The answers are read from the run, since they change with the model.

# %%
import os

import xinzhi as xz
from xinzhi.analysis.teaching.exercises import check, verdict

FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 2, 2030) if FAST else (10_000, 8, 2050)
both = xz.compare("no_ai", "baseline", workers=WORKERS, seeds=SEEDS, until=UNTIL)

# %% [markdown]
# ### Exercise 1
# AI saves labour, energy and material, and demand follows incomes. But it has to be integrated first, which takes staff
# and services for years. So there is little difference at first, and GDP is higher once enough firms use AI.

# %%
print(check("higher", both.difference("gdp", year=UNTIL)))

# %% [markdown]
# ### Exercise 2
# Debt is divided by GDP. Once enough firms use AI, GDP is higher, and the ratio is lower by about as many per cent. In
# the first years both differences are too small to see.

# %%
print(check(verdict(both.difference("debt", year=UNTIL)), both.difference("debt", year=UNTIL)))

# %% [markdown]
# ### Exercise 3
# With two pairs the interval is wide: Student's t for one degree of freedom is 6.3, against 1.9 for seven.

# %%
few = xz.compare("no_ai", "baseline", workers=WORKERS, seeds=2, until=UNTIL)
print(few.difference("unemployment", year=UNTIL))

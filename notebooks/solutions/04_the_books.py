# %% [markdown]
# # Solutions to 04 The books
#
# The answers are read from the run, since they change with the model.

# %%
import os
import pickle

import xinzhi as xz
from xinzhi.analysis.teaching.exercises import check, check_choice, check_number, verdict

FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 2, 2030) if FAST else (10_000, 8, 2035)
model = xz.Model(workers=2_000, rng=1)
for _ in range(8):
    model.step()
amounts = model.ledger.amounts

# %% [markdown]
# ### Exercise 1
# The two payments are all that households spend on consumption.

# %%
answer = 100 * amounts["consumption_imports"] / (amounts["consumption"] + amounts["consumption_imports"])
print(check_number(answer, answer - 0.5, answer + 0.5, "fen"))

# %% [markdown]
# ### Exercise 2
# Pensions that are paid twice and noted once leave households with money that nobody paid them. A pension in the wrong
# account leaves all households together with what they should have: books by sector cannot see it.


# %%
def next_quarter(change):
    """The gap in the books of a copy a quarter after a change, in parts of all deposits."""
    copy = pickle.loads(pickle.dumps(model))
    change(copy)
    try:
        copy.step()
    except xz.AccountingError as error:
        print(error)
    return copy.ledger.residual


def twice(copy):
    """Note half of the pensions that are paid."""
    post = copy.ledger.post
    copy.ledger.post = lambda name, amount: post(name, 0.5 * amount if name == "pensions" else amount)


def neighbour(copy):
    """Move one yuan from the richest account to another."""
    deposits = copy.state.workers.deposits
    deposits[deposits.argmax()] -= 0.001
    deposits[0] += 0.001


print(check_choice("twice", {"twice": next_quarter(twice), "neighbour": next_quarter(neighbour)}, "of deposits"))

# %% [markdown]
# ### Exercise 3
# The state borrows more, which raises the ratio. The programme and the spending raise GDP, which
# lowers it. The run says which is larger, and for how long: look at several years.

# %%
borrowed = xz.compare("baseline", "subsidy_with_retraining", workers=WORKERS, seeds=SEEDS, until=UNTIL, on_debt=True)
found = borrowed.difference("debt", year=UNTIL)
print(check(verdict(found), found))
borrowed["debt"].round(2)

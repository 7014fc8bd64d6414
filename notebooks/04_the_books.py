# %% [markdown]
# # 04 The books: follow one yuan
#
# *Ninety minutes. Lesson 01 comes first.*
#
# ## What you will learn
#
# * to read a transactions-flow matrix: who pays whom, in one table of the whole economy;
# * why every row and every column of it sums to zero, and what a surplus of one sector means for the others;
# * to break a payment on a copy of the model, and to read the error with which the books answer.

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
import numpy as np
import pandas as pd

import xinzhi as xz
from xinzhi.analysis.teaching.exercises import check, check_choice, check_number
from xinzhi.analysis.teaching.pictures import draw_bars, draw_lines

# A class on one computer can set FAST=1: fewer simulated adults, fewer runs, fewer years.
FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 2, 2030) if FAST else (10_000, 8, 2035)

# %% [markdown]
# ## One quarter
#
# The model has five sectors: households, firms, the government, one bank, and the countries abroad. In a quarter they
# make many thousand payments. Each payment has a name, a payer and a payee, and a *ledger* adds them up by name. This
# lesson uses a small economy of 2,000 simulated adults. The numbers are shown for all of China.

# %%
model = xz.Model(workers=2_000, rng=1)
for _ in range(8):
    model.step()

# Billion yuan of China for each thousand yuan of the small economy.
BILLIONS = 1_000 * model.outcome("nominal_gdp") / model.state.macro.nominal_gdp
amounts = {name: BILLIONS * amount for name, amount in model.ledger.amounts.items()}
largest = sorted(xz.FLOWS, key=lambda flow: -amounts[flow.name])[:10]
pd.DataFrame(
    [(flow.meaning, flow.payer, flow.payee, round(amounts[flow.name])) for flow in largest],
    columns=["payment", "payer", "payee", "billion yuan in the quarter"],
)

# %% [markdown]
# ## Predict
#
# A household spends one yuan in a Chinese shop. Who has this yuan after the next payment, after five payments, and
# after ten? Divide 100 fen among households, firms, government, bank and abroad, and write the five numbers down for
# each of the three times.
#
# ## Run: follow one yuan
#
# Money has no name, so we follow it by chance: whoever holds the yuan makes one of the sector's payments with it. A
# large kind of payment is more likely than a small one.


# %%
def walk(payments, number):
    """The way of one yuan from a household: who pays it to whom, and for what."""
    rng = np.random.default_rng(number)
    holder = "households"
    for step in range(1, payments + 1):
        choices = [flow for flow in xz.FLOWS if flow.payer == holder and amounts[flow.name] > 0]
        weights = np.array([amounts[flow.name] for flow in choices])
        flow = choices[rng.choice(len(choices), p=weights / weights.sum())]
        print(f"{step:2}  {flow.payer:>10} pay {flow.payee:<10}  {flow.meaning}")
        holder = flow.payee


walk(payments=12, number=1)


# %% [markdown]
# Take another yuan:


# %% tags=["slider"]
@widgets.interact(number=widgets.IntSlider(value=2, min=1, max=50, continuous_update=False, description="yuan no."))
def another(number):
    """Follow one of fifty yuan."""
    walk(payments=12, number=number)


# %% [markdown]
# One yuan shows one way. Now a hundred fen at once: after each payment they are divided among all payees, in proportion
# to what the sector pays to each of them.

# %% tags=["figure"]
SECTORS = ["households", "firms", "government", "bank", "abroad"]
passes = pd.DataFrame(0.0, index=SECTORS, columns=SECTORS)
for flow in xz.FLOWS:
    passes.loc[flow.payer, flow.payee] += amounts[flow.name]
passes = passes.div(passes.sum(axis=1), axis=0)

fen = [pd.Series({sector: 100.0 if sector == "households" else 0.0 for sector in SECTORS})]
for _ in range(12):
    fen.append(fen[-1] @ passes)

draw_lines(
    f"After ten payments firms hold {fen[10]['firms']:.0f} of 100 fen, households {fen[10]['households']:.0f}; "
    f"the sum is {fen[10].sum():.0f}",
    "fen of one yuan that a household spends",
    {sector: (range(13), [now[sector] for now in fen]) for sector in SECTORS},
    "number of payments",
)

# %% [markdown]
# The lines change, their sum does not: a payment never makes or ends a yuan. In the end the shares hardly move. Then
# they say how much of all payments goes through each sector. Most go from firm to firm, since firms buy from each
# other.
#
# ## Explain: the matrix
#
# The same payments as a table. A row is a kind of payment, a column a sector. What a sector receives is positive,
# what it pays is negative. Payments between firms cancel within their column and show as zero.

# %%
matrix = BILLIONS * pd.DataFrame(model.ledger.matrix()).T
matrix["sum"] = matrix.sum(axis=1)
matrix.loc["sum"] = matrix.sum()
shown = matrix[(matrix.abs() >= 0.5).any(axis=1) | (matrix.index == "sum")]
shown.round(0).astype(int)

# %% [markdown]
# Read one **row**: what one sector pays, another receives, so that the row sums to zero. Read one **column**: what a
# sector receives and does not spend must be somewhere. It is in the lower rows: more deposits, or fewer debts. So the
# column sums to zero as well. `xinzhi check baseline` prints the same table on the command line.

# %%
rows, columns = matrix["sum"].abs().max(), matrix.loc["sum"].abs().max()
print(f"Largest sum in billion yuan: {rows:.1e} of a row, {columns:.1e} of a column")

# %% [markdown]
# A sum that is not exactly zero is rounding: a computer keeps sixteen digits.
#
# What a sector receives less what it pays is its **balance**. Who has a surplus lends it, who has a deficit borrows.

# %% tags=["figure"]
balances = {sector: BILLIONS * amount for sector, amount in model.ledger.nets().items()}
lend, borrow = max(balances, key=balances.get), min(balances, key=balances.get)
draw_bars(
    f"Largest surplus: {lend}. Largest deficit: {borrow}. All five add up to {abs(sum(balances.values())):.0f}",
    "billion yuan in the quarter, received less paid",
    balances,
    decimals=0,
)

# %% [markdown]
# **Nobody can have a surplus unless another has a deficit.** A government that wants to end its deficit needs
# households that save less, firms that borrow more, or more exports. Remember this when a plan lets everyone save.
#
# GDP can be counted in three ways: what is produced, what is spent, what is earned. In the model they must agree too:

# %%
for way, amount in zip(("production", "spending", "income"), model.ledger.gdp, strict=True):
    print(f"GDP by {way:10} {BILLIONS * amount:14,.6f} billion yuan in the quarter")

# %% [markdown]
# ## Break a payment
#
# At the end of each quarter the model compares the payments with the money that is there. We take a *copy* of the
# model, change something behind its back, and let it go on for a quarter. Predict: which of the four changes will it
# notice?


# %%
def next_quarter(change):
    """What the books of a copy say a quarter after a change: (words, gap in parts of all deposits)."""
    copy = pickle.loads(pickle.dumps(model))
    change(copy)
    try:
        copy.step()
    except xz.AccountingError as error:
        return f"AccountingError: {error}", copy.ledger.residual
    return "the books close", copy.ledger.residual


def nothing(copy):
    """Change nothing."""


def gift(copy, yuan=1.0):
    """Write some yuan into a household's account; nobody pays them."""
    copy.state.workers.deposits[0] += yuan / 1_000


def transfer(copy):
    """Move one yuan from the richest account to another."""
    deposits = copy.state.workers.deposits
    deposits[deposits.argmax()] -= 0.001
    deposits[0] += 0.001


def forget_wages(copy):
    """Note only 99 % of the wages in the ledger."""
    post = copy.ledger.post
    copy.ledger.post = lambda name, amount: post(name, 0.99 * amount if name == "wages" else amount)


for change in (nothing, gift, transfer, forget_wages):
    print(f"{change.__doc__}\n    {next_quarter(change)[0]}")

# %% [markdown]
# A transfer is a payment that the ledger does not know. But no money appears, the sector as a whole has what it had,
# and so the books close: they watch *sectors*. A gift leaves a gap twice: the household has more than it was paid,
# and the bank owes more than it was brought. Forgotten wages leave a gap with households and with firms. The error
# names the sector with the largest gap, and the quarter. How small a gift is noticed?

# %% tags=["figure"]
gifts = np.array([0.01, 0.03, 0.1, 0.3, 1, 3, 10, 100, 1_000])
found = [next_quarter(lambda copy, yuan=yuan: gift(copy, yuan)) for yuan in gifts]
noticed = [yuan for yuan, (words, _) in zip(gifts, found, strict=True) if words.startswith("Accounting")]
deposits = model.ledger.stocks["household_deposits"] / 1_000
draw_lines(
    f"Among {deposits:,.0f} million yuan of deposits the books notice {min(noticed):g} yuan too much",
    "gap in parts of all household deposits",
    {"gap found": (gifts, [gap for _, gap in found]), "most that is allowed": (gifts, np.full(len(gifts), 1e-9))},
    "yuan given to one household that nobody pays",
    log=True,
)

# %% [markdown]
# The rule is strict: a gap of a thousand-millionth ends the run. Rounding is a million times smaller. Why so strict? A
# model in which money appears gives growth that nobody pays for. You would see a policy that works, and it would be an
# error of the program.
#
# Now choose the sum and the account yourself.


# %% tags=["slider"]
@widgets.interact(
    yuan=widgets.FloatLogSlider(value=1, min=-2, max=4, continuous_update=False, readout_format=".2f"),
    account=["household", "firm", "government debt"],
)
def present(yuan, account):
    """Create money in one place and show what the books say."""

    def change(copy):
        if account == "government debt":
            copy.state.macro.bonds += yuan / 1_000
        else:
            table = copy.state.workers if account == "household" else copy.state.firms
            table.deposits[0] += yuan / 1_000

    print(next_quarter(change)[0])


# %% [markdown]
# ## Exercises
#
# ### Exercise 1
# Of one yuan that households spend on consumption, how many fen buy imported goods? Use `amounts["consumption"]` and
# `amounts["consumption_imports"]`, and write a number in place of `None`.

# %% tags=["exercise"]
answer = None
imported = 100 * amounts["consumption_imports"] / (amounts["consumption"] + amounts["consumption_imports"])
print(check_number(answer, imported - 0.5, imported + 0.5, "fen"))

# %% [markdown]
# ### Exercise 2
# A program has an error: it pays *pensions* twice, but notes them once. Another has an error that pays
# the pension of one person to her neighbour. Which one leaves a gap? Write `"twice"` or `"neighbour"`.

# %% tags=["exercise"]
answer = "..."


def twice(copy):
    """Note half of the pensions that are paid."""
    post = copy.ledger.post
    copy.ledger.post = lambda name, amount: post(name, 0.5 * amount if name == "pensions" else amount)


print(check_choice(answer, {"twice": next_quarter(twice)[1], "neighbour": next_quarter(transfer)[1]}, "of deposits"))

# %% [markdown]
# ### Exercise 3
# The state pays for courses and for subsidies to adopt AI, and raises no tax: it borrows. The bank holds the debt. Is
# public debt, in per cent of GDP, higher or lower in the last year than without the programme, or is it unclear? Think
# of both parts of the ratio.

# %% tags=["exercise"]
borrowed = xz.compare("baseline", "subsidy_with_retraining", workers=WORKERS, seeds=SEEDS, until=UNTIL, on_debt=True)
answer = "..."
print(check(answer, borrowed.difference("debt", year=UNTIL)))

# %% [markdown]
# ## What this leaves out
#
# * One bank stands for all. There are no bank failures and no runs.
# * Books that close are necessary, and prove nothing else. A wrong rule for wages closes as well as a right one.
# * Share prices and house prices change wealth on paper without a payment. In the model they move no spending.
# * Within a sector the books do not look: a payment to the wrong household is not noticed.
#
# ## To discuss
#
# 1. A country plans that its households, its firms and its government all save more than before. What must happen
#    abroad?
# 2. Many models of AI and growth have no money at all. Which questions can they answer, and which not?

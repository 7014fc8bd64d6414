# %% [markdown]
# # 05 政策：写一项政策，弄清谁付费、谁受益
#
# *九十分钟。只需修改几行文本，不需要其他编程。*
#
# # 你将学到
#
# * 把政策写成**情景**：一个小文本文件，说明政府从哪一年起做什么；
# * 同一政策由个人所得税承担和由政府债务承担，效果为何不同；
# * 同时比较四个经济：每项政策花多少、改变什么、谁受益、谁受损。

# %% tags=["install"]
# 模型缺失时安装（例如在托管的笔记本中）。
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
from xinzhi.analysis.figures.letters import use_letters
from xinzhi.analysis.teaching.exercises import check, check_number
from xinzhi.analysis.teaching.pictures import draw_ranges
from xinzhi.app.notebook import panels

use_letters("zh")  # 图中的汉字

# 全班共用一台电脑时可设FAST=1：模拟的成年人、运行次数和年数都较少。
FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 4, 2030) if FAST else (10_000, 8, 2050)
RUNS = {"workers": WORKERS, "seeds": SEEDS, "until": UNTIL}


def listed(lines):
    """把句子显示为列表。"""
    return Markdown("\n".join(f"* {xz.translated(line, 'zh')}" for line in lines))


# %% [markdown]
# ## 政府能做什么
#
# *政策工具*是政府能做的一件事。基准情景一项也不用。下面按所属战略列出模型的政策工具：

# %%
by_strategy = {}
for lever in xz.load_levers().values():
    named = f"{xz.translated(lever.title, 'zh')}（`{lever.name}`）"
    by_strategy.setdefault(xz.translated(lever.strategy.value, "zh"), []).append(named)
listed([f"**{strategy}：** {'、'.join(names)}" for strategy, names in by_strategy.items()])

# %% [markdown]
# 每项工具有一个或几个表示力度的数。基本收入的是：

# %%
for parameter in xz.load_levers()["basic_income"].parameters:
    print(f"{parameter.name}：{xz.translated(parameter.meaning, 'zh')}")
    print(f"通常范围：{'至'.join(xz.translated(parameter.shown(value), 'zh') for value in parameter.usual)}")
    neutral = xz.translated(parameter.shown(parameter.neutral), "zh")
    print(f"基准情景：{neutral}；书写单位：{xz.translated(parameter.unit, 'zh')}")

# %% [markdown]
# ## 写一个情景
#
# 我们的政策：**从2027年起，政府向每个成年人发放平均工资的3%**，无论贫富、是否工作。单元格把它写入笔记本旁边的文件`citizen_income.yaml`。请从上往下读：
#
# * `extends: baseline`：除下面所写之外，一切与基准情景相同；
# * `question`：用一句话写你想知道什么；
# * `levers`：哪项工具，从哪一年起，力度多大。

# %%
SCENARIO = """extends: baseline
question: What does a small income for everybody do to inequality and growth?
levers:
  basic_income: {2027: 0.03}
"""
Path("citizen_income.yaml").write_text(SCENARIO, encoding="utf-8")
xz.load_scenario("citizen_income.yaml").levers

# %% [markdown]
# 文件有错时，程序指出是哪一行、如何改正。下面是一个不存在的工具：

# %%
mistake = SCENARIO.replace("basic_income", "basic_incom")
Path("mistake.yaml").write_text(mistake, encoding="utf-8")
try:
    xz.load_scenario("mistake.yaml")
except xz.UserError as error:
    print(xz.translated(error.args[0], "zh"))

# %% [markdown]
# ## 预测
#
# 运行下一个单元格之前，请写下最后一年有与没有这笔收入相比：**不平等**（可支配收入基尼系数）更高还是更低？
# **国内生产总值**更高、更低，还是看不出差异？把人口按收入分为十组，最穷的为第一组，哪几组受益？
#
# ## 运行：由所得税承担
#
# 情景没有另作说明时，`xz.compare`让**个人所得税**为政策付费：一个季度之后，所得税按政策的成本提高。两个经济使用相同的随机数（第01课）。

# %%
on_tax = xz.compare("baseline", "citizen_income.yaml", **RUNS).in_language("zh")
listed(on_tax.answer())

# %% tags=["figure"]
on_tax.plot("gini")

# %% [markdown]
# 这次比较在规划页面上的各图。选一个年份：哪些指标改变了，哪些不明显？

# %%
panels(on_tax, ["gdp", "consumption", "gini", "unemployment", "wages", "debt"])

# %% [markdown]
# ## 谁付费？同一政策由债务承担
#
# 没有什么是免费的。不加税，政府就借债，发出去的每一元都是额外的支出。下一个单元格用`on_debt=True`运行**同一个文件**。

# %%
on_debt = xz.compare("baseline", "citizen_income.yaml", on_debt=True, **RUNS).in_language("zh")
listed(on_debt.answer())

# %% [markdown]
# 两种付费方式下较早和较晚的国内生产总值。横条是90%置信区间；灰色空心的包含零。

# %% tags=["figure"]
EARLY = 2028
rows = {
    f"{year}年国内生产总值，由{payer}承担": compared.difference("gdp", year=year)
    for year in (EARLY, UNTIL)
    for payer, compared in (("所得税", on_tax), ("债务", on_debt))
}
taxed, lent = (list(rows.values())[at].difference.mean for at in (0, 1))
draw_ranges(
    f"{EARLY}年国内生产总值：由所得税承担{taxed:+.1f}%，由债务承担{lent:+.1f}%",
    "占没有该政策时国内生产总值的百分比；横条：90%置信区间",
    rows,
)

# %% tags=["figure"]
on_debt.plot("debt")

# %% [markdown]
# ## 解释
#
# * **由所得税承担**时，钱从缴税最多的高收入者转给低收入者。穷人每得一元花掉的部分比富人大，因此起初需求可能略有上升。
# * **由债务承担**时，没有人马上付钱，需求上升更多。企业雇人、涨价，央行提高利率；债务要还本付息，利息归债权人。因此头几年说明不了后来：请比较上图中较早和较晚的国内生产总值，以及债务的路径。
# * 把由债务承担的政策与基准情景比较，混合了两件事：政策和借债。再看一遍两份列表：对不平等的影响相同吗？
#
# 所以，没有说明“谁付费”的结果只是半个结果。政策在最后一年使政府花费多少（十亿元，当年价格）：


# %%
def billions(compared, scenario=None):
    """最后一年的成本，十亿元：下限、平均、上限。模型以万亿元计。"""
    found = compared.difference("cost", scenario=scenario).difference
    return 1_000 * found.low, 1_000 * found.mean, 1_000 * found.high


for payer, compared in (("所得税", on_tax), ("债务", on_debt)):
    low, mean, high = billions(compared)
    print(f"由{payer}承担：{mean:,.0f} [{low:,.0f}至{high:,.0f}]")

# %% [markdown]
# ## 比较四个
#
# 最多可以并列四个经济。我们加上模型自带的两个情景：**碳价**，它带来收入（所得税因此下降）；对采用人工智能的企业的**补贴**加上对失业者的**转岗培训**。各情景都由所得税承担。

# %%
four = xz.compare("baseline", "citizen_income.yaml", "carbon_price", "subsidy_with_retraining", **RUNS).in_language(
    "zh"
)
four

# %% tags=["figure"]
costs = {xz.translated(label, "zh"): billions(four, label) for label in four.labels[1:]}
dearest = max(costs, key=lambda label: costs[label][1])
draw_ranges(
    f"{dearest}花费最多：{UNTIL}年{costs[dearest][1]:,.0f}十亿元",
    "每年十亿元，当年价格；零左侧为收入；横条：90%置信区间",
    costs,
)

# %% [markdown]
# 谁受益，谁受损？每行是十分之一的成年人，从最穷到最富。每个点表示这一组的实际收入比基准情景多多少或少多少。

# %% tags=["figure"]
winners_figure(four, measures_of(four, "deciles"))

# %% [markdown]
# 分三步读：点在零的哪一侧；横条碰到零吗（碰到就什么也不明确）；最后才看它有多远。
#
# 现在自己改变金额和付费方式。每次移动都重新运行模型，模拟的成年人较少，因此只需几秒钟。


# %%
@widgets.interact(
    percent=widgets.IntSlider(value=3, min=1, max=6, description="工资的%", continuous_update=False),
    payer=["所得税", "债务"],
)
def pay(percent, payer):
    """用另一个金额运行，并说明结果。"""
    amount = {"B:levers.basic_income": {2027: percent / 100}}
    small = {"workers": 2_000, "seeds": 4, "until": 2030}
    on_debt = payer == "债务"
    tried = xz.compare("baseline", "citizen_income.yaml", overrides=amount, on_debt=on_debt, **small).in_language("zh")
    print(f"2030年成本：{billions(tried)[1]:,.0f}十亿元")
    for outcome in ("gini", "gdp"):
        print(f"{outcome}，2030年：{xz.translated(str(tried.difference(outcome)), 'zh')}")
    return winners_figure(tried, measures_of(tried, "deciles"))


# %% [markdown]
# ## 练习
#
# 前两题用`"更高"`、`"更低"`或`"不明显"`回答；程序把你的答案与运行结果对照。
#
# ### 练习1
# 由债务承担这笔收入。最后一年政府债务占国内生产总值的比重比基准情景更高、更低，还是不明显？

# %% tags=["exercise"]
answer = "..."
print(check(answer, on_debt.difference("debt"), language="zh"))

# %% [markdown]
# ### 练习2
# 碳价带来收入，所得税随之下降。最后一年的不平等比基准情景更高、更低，还是不明显？想一想谁缴的所得税最多。

# %% tags=["exercise"]
answer = "..."
print(check(answer, four.difference("gini", scenario="carbon_price"), language="zh"))

# %% [markdown]
# ### 练习3
# 政府发放平均工资的6%而不是3%，由所得税承担。最后一年花费多少十亿元？先根据上面的成本猜测。与运行结果相差10%以内都算对。

# %% tags=["exercise"]
amount = {"B:levers.basic_income": {2027: 0.06}}
double = xz.compare("baseline", "citizen_income.yaml", overrides=amount, **RUNS)
found = billions(double)[1]
answer = None
print(check_number(answer, 0.9 * found, 1.1 * found, "十亿元", language="zh"))

# %% [markdown]
# ## 本课没有讲的
#
# * 模型中没有人作弊：没有逃税、骗补，也没有办事排队。
# * 模型只有成年人，没有家庭；看不到家庭内部的分享。
# * 政府按时付款，说到做到，没有人怀疑。
# * 区间只反映随机性。在其他假设下结果是否成立，见第06课。
#
# ## 讨论
#
# 1. 两个部门研究同一项补贴，一个发现增长，另一个没有。你首先问什么？
# 2. 一项政策提高了平均收入，七个十分位组受益，一个受损。由谁决定它是不是好政策？你会展示本课的哪个数字？

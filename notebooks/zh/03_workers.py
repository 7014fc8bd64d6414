# %% [markdown]
# # 03 劳动者：谁被替代，什么有帮助
#
# *九十分钟。先学第01课。*
#
# ## 你将学到
#
# * 企业使用人工智能时哪些职业会减少岗位，以及为什么运行多次也难以断定；
# * 关于年轻人，模型能说什么，不能说什么；
# * 读懂培训计划的效果，不被失业率误导；
# * 读懂贝弗里奇曲线：空缺岗位与失业。

# %% tags=["install"]
# 模型缺失时安装（例如在托管的笔记本中）。
import importlib.util
import os

if importlib.util.find_spec("xinzhi") is None:
    # %pip install -q "xinzhi[notebook]"
    importlib.invalidate_caches()

# %%
import ipywidgets as widgets
import numpy as np

import xinzhi as xz
from xinzhi.analysis.figures.letters import use_letters
from xinzhi.analysis.teaching.exercises import check, over_runs
from xinzhi.analysis.teaching.groups import changes_by_group, group_names
from xinzhi.analysis.teaching.pictures import COLOURS, draw_bars, draw_changes, panel

use_letters("zh")  # 图中的汉字

# 全班共用一台电脑时可设FAST=1：模拟的成年人、运行次数和年数都较少。
FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 2, 2030) if FAST else (10_000, 8, 2050)

# %% [markdown]
# ## 人工智能能做什么
#
# 每个劳动者有一种职业，一种职业是一组任务。一些研究逐项询问人工智能能完成任务的多大部分；各项任务的平均值是该职业的*暴露度*。

# %% tags=["figure"]
OCCUPATIONS = group_names("occupations", language="zh")
model = xz.Model(workers=2_000, rng=1)
exposure = dict(zip(OCCUPATIONS, model.economy.structure.automation_exposure, strict=True))
ordered = dict(sorted(exposure.items(), key=lambda item: -item[1]))
draw_bars(
    f"人工智能能完成的任务，{next(iter(ordered))}最多，{list(ordered)[-1]}最少",
    "人工智能能完成的任务占该职业任务的百分比",
    {name: 100 * part for name, part in ordered.items()},
    decimals=0,
)

# %% [markdown]
# ## 预测
#
# 从图中选三种职业，分别写下：与没有人工智能相比，运行的最后一年该职业的岗位更多还是更少？差百分之几？
#
# ## 运行

# %%
both = xz.compare("no_ai", "baseline", workers=WORKERS, seeds=SEEDS, until=UNTIL).in_language("zh")
jobs = changes_by_group(both, "occupations", "employment", UNTIL)

# %% tags=["figure"]
clear = {name: change for name, change in jobs.items() if change.difference.clear}
fewer = sum(change.difference.mean < 0 for change in clear.values())
draw_changes(
    f"{UNTIL}年有人工智能时，{len(jobs)}种职业中{fewer}种岗位明显更少，{len(clear) - fewer}种明显更多",
    jobs,
    language="zh",
)

# %% [markdown]
# 每个点是各对运行的平均值，每条线段是它的90%置信区间。22个区间中，*仅因随机性*就约有两个不包含零。如果不多于两个，这些运行就不能断定人工智能改变了哪种职业的岗位：不要凭一个点编故事。
#
# ## 解释
#
# 暴露度能解释岗位的变化吗？下图中每个点是一种职业。

# %% tags=["figure"]
across = np.array([100 * exposure[name] for name in jobs])
up = np.array([change.difference.mean for change in jobs.values()])
together = np.corrcoef(across, up)[0, 1]
figure, axes = panel(
    f"暴露度与岗位变化的相关系数：{together:.1f}；暴露度只是原因之一",
    f"{UNTIL}年有人工智能时岗位的增减，%",
    "人工智能能完成的任务占比，%",
    beside=1.0,
)
axes.plot(across, up, "o", color=COLOURS[0], markersize=5)
axes.axhline(0, color="#999999", linewidth=0.8)
factory, sales = (xz.translated(name, "zh") for name in ("Factory workers", "Sales staff"))
for name in {max(jobs, key=exposure.get), list(jobs)[up.argmax()], factory, sales}:
    at = list(jobs).index(name)
    axes.annotate(
        name, (across[at], up[at]), xytext=(6, 3 if up[at] > 0 else -11), textcoords="offset points", fontsize=8.5
    )
figure

# %% [markdown]
# 暴露度与岗位之间隔着三件事：
#
# 1. **使用。** 人工智能能做的，不等于企业让它做的。应用要经过几个阶段、若干年（第02课）。
# 2. **需求。** 企业用工减少，成本下降，价格降低，销量增加。增加的收入会花在别处：教师、厨师和医生。
# 3. **新任务。** 人工智能也创造工作。创造多少是一个假设（第06课）。
#
# ## 年轻人
#
# 预测：在模型中，人工智能使年轻人的失业率上升得更多，还是使年长者上升得更多？

# %%
AGES = {"20至24岁": (20, 25), "25至34岁": (25, 35), "35至49岁": (35, 50), "50岁及以上": (50, 200)}
EMPLOYED, UNEMPLOYED, TRAINING = 0, 1, 2  # 劳动者状态的代码


def unemployment_by_age(scenario, seed):
    """一次运行最后五年各年龄组的平均失业率（含培训者），%。"""
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
youngest = xz.translated(str(by_age["20至24岁"]), "zh")
draw_changes(f"有人工智能时20至24岁的失业率（与没有时相比）：{youngest}", by_age, ranked=False, language="zh")

# %% [markdown]
# **请谨慎解读。** 模型中的年轻人为什么更常没有工作？凡年满20岁并愿意工作的人，都以失业者身份进入劳动力市场，必须找到第一份工作。有没有人工智能都如此。有人工智能时，企业在人工智能能做的工作上少雇新手（机制`hiring_by_experience`）。但模型所有的仅此而已：
#
# * 它只作用于雇用，强度与企业中使用人工智能的部门成比例；没有人因为年轻而被解雇；
# * 年轻人按今天岗位所在选择职业；他们不看将来，也不延长学业；
# * 一些关于美国工资记录的研究发现，两年后暴露度高的职业中年轻人的岗位少得多。请与上图对照：图中没有明显差异，并不能反驳它们。
#
# 模型中薄弱或缺失的机制，不能证明它的作用不存在。
#
# ## 转岗培训
#
# 政府为失业半年的人提供课程。目前每季度的名额为劳动力的0.2%。预测：名额增至0.6%时，失业减少多少百万人？就业增加多少百万人？

# %%
REFERENCE_YEAR = min(UNTIL, 2030)


def people(results):
    """三种状态的人数，百万人：{名称：年份×种子的表}。"""
    employed, in_courses, rate = results["employment"], results["trainees"], results["unemployment"] / 100
    return {"就业": employed, "培训": in_courses, "失业": rate * (employed + in_courses) / (1 - rate)}


def courses(places, workers=WORKERS, seeds=SEEDS):
    """这样多的名额（每季度占劳动力的比重）改变了什么，百万人。"""
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
print(
    f"{REFERENCE_YEAR}年失业率：{xz.translated(str(retraining.difference('unemployment', year=REFERENCE_YEAR)), 'zh')}"
)

# %% [markdown]
# 新闻标题会是：“培训降低了失业。”人去了哪里？

# %% tags=["figure"]
draw_changes(
    f"{REFERENCE_YEAR}年，百万人：培训{moved['培训'].difference.mean:+.1f}，"
    f"失业{moved['失业'].difference.mean:+.1f}，就业{moved['就业'].difference.mean:+.1f}",
    moved,
    language="zh",
)

# %% [markdown]
# 参加培训的人不计为失业者。第一行和最后一行互为镜像时，减少的失业者就是坐在教室里的人。这不等于课程无用：请看工资，并等几年。它说明**单看失业率来评价培训计划是错的**，应当同时列出就业和培训人数。
#
# 请试试其他名额。三者之和总是大约为零吗？


# %% tags=["slider"]
@widgets.interact(
    places=widgets.FloatSlider(
        value=0.4, min=0.2, max=2.0, step=0.2, continuous_update=False, description="名额，%", readout_format=".1f"
    )
)
def other_places(places):
    """用较小的经济运行其他名额，并画出谁去了哪里。"""
    _, changes = courses(places / 100, workers=2_000, seeds=2 if FAST else 8)
    return draw_changes(f"名额为劳动力的{places:.1f}%，{REFERENCE_YEAR}年", changes, language="zh")


# %% [markdown]
# ## 贝弗里奇曲线
#
# 好年景里企业空缺多、失业少，坏年景相反。把空缺率对失业率作图，每季度一个点，各点从左上向右下排列。这就是贝弗里奇曲线。没有人把它放进模型：它来自劳动者与空缺岗位的相遇。

# %% tags=["figure"]
with_ai = both.results[1].series
rates = with_ai[with_ai["variable"].isin(["unemployment_rate", "vacancy_rate"])].pivot_table(
    index=["seed", "quarter"], columns="variable", values="value", observed=True
)
rates = 100 * rates.dropna()
slopes = [np.polyfit(run["unemployment_rate"], run["vacancy_rate"], 1)[0] for _, run in rates.groupby("seed")]
slope = over_runs(slopes, "percentage points", decimals=2)
figure, axes = panel(
    f"失业率高1个百分点，空缺率{'低' if slope.difference.mean < 0 else '高'}{abs(slope.difference.mean):.2f}个百分点",
    "空缺岗位占比，%；灰色：所有运行，蓝色：一次运行",
    "失业率，%",
    beside=0.9,
)
axes.plot(rates["unemployment_rate"], rates["vacancy_rate"], "o", color="#C8C8C8", markersize=2.5)
one = rates.loc[1]
axes.plot(one["unemployment_rate"], one["vacancy_rate"], "-o", color=COLOURS[0], markersize=2.5, linewidth=0.7)
figure

# %% [markdown]
# *沿着*曲线移动是经济周期。*整条曲线*外移，即同样的失业率下空缺更多，说明失业者不再适合空缺的岗位。如果人工智能消灭一种职业的岗位而创造另一种，就可能如此。
#
# ## 练习
#
# ### 练习1
# 人工智能能完成的工厂工人的任务很少（第一张图）。有人工智能时，最后一年他们的岗位更多还是更少？填写`"更高"`、`"更低"`或`"不明显"`。

# %% tags=["exercise"]
answer = "..."
print(check(answer, jobs[factory], language="zh"))

# %% [markdown]
# ### 练习2
# 名额为劳动力的0.6%时，*就业*更高、更低，还是差异不明显？

# %% tags=["exercise"]
answer = "..."
print(check(answer, retraining.difference("employment", year=REFERENCE_YEAR), language="zh"))

# %% [markdown]
# ### 练习3
# 贝弗里奇曲线的斜率大于零（`"更高"`）、小于零（`"更低"`），还是这些运行不能断定？

# %% tags=["exercise"]
answer = "..."
print(check(answer, slope, language="zh"))

# %% [markdown]
# ## 本课没有讲的
#
# * 从初级岗位开始的职业生涯和求学的选择：见上文。模型没有性别、家庭和流动人口。
# * 人工智能能完成职业中哪些任务，是美国的估计，2024年和2050年相同。只有人工智能更可靠时真正可用的部分才增加。
# * 参加课程的人学习两个季度。模型不区分课程的好坏。
# * 人工智能对全部岗位的影响未有定论：它的正负取决于没有人测量过的假设（`xinzhi closures`，第06课）。
#
# ## 讨论
#
# 1. 部长想要一个能说明培训计划是否有效的数字。你给哪个，几年之后的？
# 2. 要弄清人工智能是否夺走新手的岗位，你会在中国收集哪些数据？

# %% [markdown]
# # 01 第一次运行：读懂配对差异
#
# *九十分钟。除了会运行单元格（Shift+Enter），不需要编程知识。*
#
# # 你将学到
#
# * 把中国经济运行到2050年两次：有人工智能和没有人工智能；
# * 两次运行各自充满随机性，为什么共用随机数之后就可以比较；
# * 读懂带90%置信区间的差异；区间包含零时，说“无明显差异”。

# %% tags=["install"]
# 模型缺失时安装（例如在托管的笔记本中）。
import importlib.util
import os

if importlib.util.find_spec("xinzhi") is None:
    # %pip install -q "xinzhi[notebook]"
    pass

# %%
import ipywidgets as widgets

import xinzhi as xz
from xinzhi.analysis.figures.letters import use_letters
from xinzhi.analysis.teaching.exercises import check
from xinzhi.app.notebook import panels

use_letters("zh")  # 图中的汉字

# 全班共用一台电脑时可设FAST=1：模拟的成年人、运行次数和年数都较少。
FAST = os.environ.get("FAST") == "1"
WORKERS, SEEDS, UNTIL = (2_000, 2, 2030) if FAST else (10_000, 8, 2050)

# %% [markdown]
# ## 一次运行
#
# 模型从中国2024年公布的统计数据出发。一万名模拟的成年人代表全国的成年人。企业每个季度决定是否采用人工智能；劳动者失去、寻找和学习工作；政府征税和支出。*种子*是一次运行的随机数的名称：哪个劳动者遇到哪个空缺岗位，哪家企业这一年景气。

# %%
one = xz.run("baseline", workers=WORKERS, seeds=1, quarters=4 * (UNTIL - 2024) + 3)
one["gdp"]

# %% [markdown]
# 表中每行是一个日历年。单位是：

# %%
one["gdp"].attrs["unit"]

# %% [markdown]
# ## 预测
#
# 运行下一个单元格之前请写下：换一组随机数重新运行，最后一年的国内生产总值会相差多少？0.1%、1%还是10%？失业率呢？

# %%
several = xz.run("baseline", workers=WORKERS, seeds=SEEDS, quarters=4 * (UNTIL - 2024) + 3)
several["gdp"].tail(3)

# %%
several["unemployment"].tail(3)

# %% [markdown]
# 每列是一次运行。它们只因随机性而不同，背后的经济是同一个。
#
# ## 运行：相同的随机数，有和没有人工智能
#
# `xz.compare`用**相同的随机数**运行两个经济。在一个经济中走运的劳动者在另一个经济中也走运，因此逐次相减时，大部分随机性相互抵消。

# %%
both = xz.compare("no_ai", "baseline", workers=WORKERS, seeds=SEEDS, until=UNTIL).in_language("zh")
print("\n".join(xz.translated(sentence, "zh") for sentence in both.answer()))

# %% tags=["figure"]
both.plot("gdp")

# %% [markdown]
# 左图：两个经济的水平。右图：差异，即各对运行的平均值。带子是它的90%置信区间：如果把整个实验重复许多次，十个这样的区间中有九个会包含模型的真实平均差异。
#
# ## 解释
#
# 配对有多大帮助？下一个单元格比较两种离散程度：共用随机数的运行之差，和不共用随机数的运行之差。

# %%
with_ai, without_ai = both.results[1]["gdp"], both.results[0]["gdp"]
last = with_ai.index[-1]
paired = (with_ai.loc[last] - without_ai.loc[last]).std()
unpaired = (with_ai.loc[last].var() + without_ai.loc[last].var()) ** 0.5
unit = xz.translated(without_ai.attrs["unit"], "zh")
print(f"{last}年差异的标准差：配对{paired:.2f}，不配对{unpaired:.2f}（{unit}）")

# %% [markdown]
# 离散程度越小，达到同样精度所需的运行次数就越少。
#
# 请看其他指标和年份。`gdp`、`unemployment`、`gini`、`co2`、`wages`、`debt`分别表示国内生产总值、失业率、基尼系数、二氧化碳排放、工资和政府债务率。


# %% tags=["slider"]
@widgets.interact(
    outcome=["gdp", "unemployment", "gini", "wages", "co2", "debt"],
    year=widgets.IntSlider(value=UNTIL, min=2024, max=UNTIL, continuous_update=False),
)
def look(outcome, year):
    """显示某年某项指标的差异，并画出它的路径。"""
    print(f"{outcome}，{year}年：{xz.translated(str(both.difference(outcome, year=year)), 'zh')}")
    return both.plot(outcome)


# %% [markdown]
# 下面是规划页面的各个图，并列显示主要指标。移动年份，在差异和水平之间切换。深色带是平均值的90%区间，浅色带包含大多数单次运行。空心点表示该年的区间包含零。

# %%
panels(both)

# %% [markdown]
# ## 练习
#
# 用`"更高"`、`"更低"`或`"不明显"`回答；程序把你的答案与运行结果对照。
#
# ### 练习1
# 有人工智能时，最后一年的实际国内生产总值更高还是更低，还是差异不明显？

# %% tags=["exercise"]
answer = "..."
print(check(answer, both.difference("gdp", year=UNTIL), language="zh"))

# %% [markdown]
# ### 练习2
# 政府债务占国内生产总值的比重呢？想一想更大的经济规模对一个比率有何影响。

# %% tags=["exercise"]
answer = "..."
print(check(answer, both.difference("debt", year=UNTIL), language="zh"))

# %% [markdown]
# ### 练习3
# 只取两个种子。最后一年失业率的差异还像用全部种子时那样明显（或不明显）吗？

# %% tags=["exercise"]
few = xz.compare("no_ai", "baseline", workers=WORKERS, seeds=2, until=UNTIL)
answer = "..."
print(check(answer, few.difference("unemployment", year=UNTIL), language="zh"))

# %% [markdown]
# ## 本课没有讲的
#
# * 人工智能的应用路径是以欧洲企业调查为基础的情景，不是对中国的预测。
# * 置信区间只反映运行中的随机性，对错误的假设一无所知：见第06课。
# * 没有人工智能时的增长是设定的。请看差异，不要看水平。
#
# ## 讨论
#
# 1. 报纸报道了一次运行得出的一个数字。你会问记者什么？
# 2. 现实中没有第二个没有人工智能的中国。研究真实企业时，用什么代替这个对照？

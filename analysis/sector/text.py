"""What a sector is, in plain sentences with units; and the list of the sectors of an economy."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from xinzhi.analysis.reading.text import aligned, format_number, listed, within_sentence, wrapped

if TYPE_CHECKING:
    from abm.reference.sector_profile import SectorFigure, SectorList, SectorProfile

__all__ = ["list_text", "number", "sector_text"]

SHOWN = 5  # inputs, buyers and occupations in the text
LEAST_SHARE = 1.0  # per cent, below which an occupation or a buyer is not named
INDENT = 14  # columns of the headings
JOINER = "\u2060"  # stands for a column at which no line ends
OWNERS = {
    "shareholders": "shareholders", "workers": "those who work in it", "homeowners": "the owners of dwellings",
    "state": "the state",
}  # fmt: skip
BRANCHES = {"agriculture": "as agriculture", "industry": "as industry", "services": "among the services"}
ORIGINS = (
    ("size", "value_added"), ("purchases and sales", "inputs"), ("jobs", "employment"), ("occupations", "occupation"),
    ("exposure to AI", "automation"), ("CO2", "co2"), ("electricity", "electricity"), ("firms", "firms"),
    ("use of AI", "relative_adoption"),
)  # fmt: skip


def sector_text(profile: SectorProfile) -> str:
    """Everything that ``xinzhi sector`` says of a sector."""
    label, longer = (
        profile.sector.label,
        "" if profile.name == profile.sector.label else f": {within_sentence(profile.name)}",
    )
    title = f"{label} ({profile.sector.name_zh}), {profile.sector.code}{longer}"
    place = f"{profile.economy.title['en']} ({profile.economy.title['zh']}), at the prices and levels of {profile.year}"
    parts = {
        "Size": _size(profile), "Jobs": _jobs(profile), "Pay": _pay(profile), "Inputs": _inputs(profile),
        "Buyers": _buyers(profile), "Occupations": _occupations(profile), "AI": _exposure(profile),
        "Energy": _energy(profile), "Firms": _firms(profile), "In the model": _model(profile),
        "Sources": _sources(profile),
    }  # fmt: skip
    lines = [_paragraph(heading, text) for heading, text in parts.items()]
    return "\n".join([wrapped(title, 0), place, "", *lines, "", *uses_text(profile)])


def _paragraph(heading: str, text: str) -> str:
    """A heading with its sentences; a Chinese letter takes two columns, and a number stays with its sign."""
    wide = "".join(
        f"{one}{JOINER}" if east_asian_width(one) in "WF" else one for one in text.replace(" %", f"{JOINER}%")
    )
    lines = wrapped(f"{heading:{INDENT}}{wide}", INDENT)
    return lines.replace(f"{JOINER}%", " %").replace(JOINER, "")


def uses_text(profile: SectorProfile) -> list[str]:
    """What AI does in the sector, the most valuable first, and what of it works at the opening."""
    heading = f"What AI does here: worth at full use, % of annual pay, and how much of it works in {profile.year}"
    kinds = {"Office": "office", "Processes": "process"}
    lines = [_paragraph(words, _of_kind(profile, kind)) for words, kind in kinds.items()]
    outside = [one.application for one in profile.uses if not one.application.acts]
    if outside:
        named = listed([f"{within_sentence(one.label)} {one.name_zh} ({one.channel})" for one in outside])
        lines.append(_paragraph("Not counted", f"The model has no account of what these do: {named}."))
    return [heading, *lines]


def _of_kind(profile: SectorProfile, kind: str) -> str:
    uses = [one for one in profile.uses if one.application.kind == kind and one.value > 0]
    named = [
        f"{within_sentence(one.application.label)} {one.application.name_zh} {number(one.value)} % "
        f"({100 * one.works:.0f} % of it works)"
        for one in uses
    ]
    total = sum(one.value for one in uses)
    return f"{number(total)} % of pay: {'; '.join(named)}." if named else "No application of this kind is found in it."


def list_text(found: SectorList) -> str:
    """The sectors of an economy with size and jobs, the largest first."""
    order = sorted(range(len(found.sectors)), key=lambda at: -found.value_added[at])
    rows = [["Code", "Sector", "% of GDP", "million jobs", "% of jobs", "中文"]]
    people = sum(found.employment)
    for at in order:
        code, label, name_zh = found.sectors[at]
        jobs = found.employment[at]
        share = format_number(100 * jobs / people, 1)
        rows.append([code, label, format_number(found.value_added[at], 1), format_number(jobs, 1), share, name_zh])
    title = f"{found.economy.title['en']} ({found.economy.title['zh']}), {found.year}: value added and jobs by sector"
    return f"{title}\n{aligned(rows, right=(2, 3, 4))}\n`{found.command}` says what one of them is."


def number(value: float) -> str:
    """A number with as many decimals as say something: 12,300, 17.6, 2.5, 0.85, and 0 below half a hundredth."""
    decimals = next((places for places, least in ((0, 99.95), (1, 0.95), (2, 0.005)) if abs(value) >= least), 0)
    return format_number(value, decimals)


def share(part: float, whole: float) -> str:
    """A part as per cent."""
    return f"{number(100 * part / whole if whole else 0.0)} %"


def _size(profile: SectorProfile) -> str:
    money = profile.economy.currency["code"]
    output, added, place, of = (
        profile.value(name) for name in ("output", "value_added", "value_added_rank", "sectors")
    )
    return (
        f"It makes goods and services for {number(output)} bn {money} a year. Of this {number(added)} bn is value "
        f"added, {number(profile.value('value_added_share'))} % of GDP, place {place:.0f} of {of:.0f} sectors."
    )


def _jobs(profile: SectorProfile) -> str:
    people, part = profile.value("employment"), profile.value("employment_share")
    return f"{number(people)} million people work in it, {number(part)} % of all at work."


def _pay(profile: SectorProfile) -> str:
    pay, mean = profile.value("pay"), profile.value("pay_mean")
    money, labour = profile.economy.currency["code"], profile.value("labour_share")
    own = ", and the income of the self-employed" if profile.value("mixed_income") else ""
    return (
        f"Work costs {number(pay)} thousand {money} a head and year, {number(pay / mean)} times the mean of "
        f"all sectors ({number(mean)} thousand): wages with employers' contributions{own}. It is "
        f"{number(labour)} % of value added."
    )


def _inputs(profile: SectorProfile) -> str:
    bought, imported = profile.value("inputs"), profile.value("inputs_imported")
    largest = [one for one in profile.ranked("input_from")[:SHOWN] if one.value > 0]
    suppliers = [f"{_within(one)} ({share(one.value, bought)}, {_imported(profile, one)} imported)" for one in largest]
    return (
        f"It buys inputs for {number(bought)} bn {profile.economy.currency['code']} a year, "
        f"{share(bought, profile.value('output'))} of its output; {share(imported, bought)} of them are imported. "
        f"The largest come from {listed(suppliers)}."
    )


def _imported(profile: SectorProfile, one: SectorFigure) -> str:
    """How much of an input is imported, in words."""
    part = share(profile.value("input_from_imported", one.item), one.value)
    return "none" if part == "0 %" else f"of which {part}"


def _buyers(profile: SectorProfile) -> str:
    total = profile.value("sold")
    words = {
        "firms": "firms as inputs", "households": "households", "government": "the government",
        "investment": "investment", "exports": "buyers abroad", "stocks": "stocks",
    }  # fmt: skip
    sold = sorted(((profile.value(f"sold_to_{name}"), text) for name, text in words.items()), reverse=True)
    parts = [f"{text} ({share(value, total)})" for value, text in sold if abs(value) >= LEAST_SHARE / 100 * total]
    firms = [one for one in profile.ranked("sold_to")[:3] if one.value >= LEAST_SHARE / 100 * total]
    text = f"Its products go to {listed(parts)}."
    if firms:
        buyers = listed([f"{_within(one)} ({share(one.value, total)})" for one in firms])
        text += (
            f" The sectors that buy most are {buyers}." if len(firms) > 1 else f" The sector that buys most: {buyers}."
        )
    return f"{text} Imports are {share(profile.value('imports'), total)} of what is sold of these products."


def _occupations(profile: SectorProfile) -> str:
    largest = [one for one in profile.ranked("occupation")[:SHOWN] if one.value >= LEAST_SHARE]
    return f"Its jobs are those of {listed([f'{_within(one)} ({number(one.value)} %)' for one in largest])}."


def _exposure(profile: SectorProfile) -> str:
    automation, augmentation = profile.value("automation"), profile.value("augmentation")
    return (
        f"AI can do {number(automation)} % of the tasks of its jobs (mean of all jobs "
        f"{number(profile.value('automation_mean'))} %) and can support {number(augmentation)} % (mean "
        f"{number(profile.value('augmentation_mean'))} %). Its firms use AI at the opening "
        f"{number(profile.value('relative_adoption'))} times as often as those of the mean sector."
    )


def _energy(profile: SectorProfile) -> str:
    here, mean = profile.value("co2_intensity"), profile.value("co2_intensity_mean")
    return (
        f"It emits {number(profile.value('co2'))} Mt of CO2 a year itself, {number(profile.value('co2_share'))} % "
        f"of the national total: {number(here)} tonnes a million {profile.economy.currency['code']} of value added, "
        f"against {number(mean)} in all sectors. It uses {number(profile.value('electricity'))} TWh of electricity, "
        f"{number(profile.value('electricity_share'))} % of the total."
    )


def _firms(profile: SectorProfile) -> str:
    firms, unit = profile.value("firms"), next(one.unit for one in profile.figures if one.name == "firms")
    return (
        f"The model opens with {firms:.0f} {unit}, with {number(profile.value('firm_size'))} workers on average (all "
        f"sectors: {number(profile.value('firm_size_mean'))}) and {profile.value('largest_firm'):.0f} in the largest. "
        f"A simulated worker stands for {profile.value('persons_per_worker'):,.0f} persons, so a firm stands for many: "
        "only the proportions of sizes are meant."
    )


def _model(profile: SectorProfile) -> str:
    roles = "; ".join(f"{role} ({meaning})" for role, meaning in profile.roles)
    traded = f"are {'' if profile.tradable else 'not '}imported when they are short at home,"
    stored = "can be stored" if profile.storable else "cannot be stored"
    return (
        f"It counts {BRANCHES[profile.branch]}, and its profit goes to {OWNERS[profile.owner]}. Its products {traded} "
        f"and {stored}. {f'Roles: {roles}.' if roles else 'It has no role of its own.'}"
    )


def _sources(profile: SectorProfile) -> str:
    first = {one.name: one for one in reversed(profile.figures)}
    known = [(words, first[name]) for words, name in ORIGINS if first[name].status]
    if not known:
        return "The manifest of the economy gives none; see SOURCES.md of its folder."
    return f"{'; '.join(f'{words} {_origin(one)}' for words, one in known)}. See SOURCES.md of the economy's folder."


def _origin(figure: SectorFigure) -> str:
    year = "" if figure.source_year == "none" else f"{figure.source_year}, "
    return f"({year}{figure.status})"


def _within(figure: SectorFigure) -> str:
    return f"{within_sentence(figure.label)} {figure.name_zh}"

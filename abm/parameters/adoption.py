"""Adoption of artificial intelligence by departments of firms, and what the two kinds of it cost and do."""

from __future__ import annotations

from dataclasses import dataclass

from abm.compiling.tables import Viewed
from abm.parameters.declaration import parameter

__all__ = ["Adoption", "Compute", "Integration", "OfficeAi", "ProcessAi"]


@dataclass(frozen=True)
class Adoption(Viewed):
    """Who decides on AI, how often, and what speaks for and against it."""

    departments_from: float = parameter(20.0, "persons", 1.0, 1000.0, "US 2021: use is flat below 50 persons", "staff of a firm with one department")
    departments_elasticity: float = parameter(0.35, "elasticity", 0.0, 1.0, "own; Eurostat, use by size to 2025, asks for .47, the US survey of 2021 for .38", "number of departments with respect to staff", "tuned")
    evaluation: float = parameter(0.10, "per quarter", 0.0, 1.0, "own; every two and a half years, not identified apart from the constants; range .04 to .25", "how often a department considers AI")
    office_constant: float = parameter(-1.24, "log odds", -12.0, 12.0, "fitted to Eurostat, use by size 2021 to 2025", "adoption of office AI, constant", "tuned")
    process_constant: float = parameter(-4.2, "log odds", -12.0, 12.0, "own; -5.2 for Europe, with the 17 % of its manufacturers of 2025 in view, and one log point more in China; range -5.2 to -3.2", "adoption of process AI, constant", "tuned")
    benefit_weight: float = parameter(1.0, "log odds", 0.0, 5.0, "read across activities, Eurostat 2025: .97", "adoption of office AI, weight of the log value of its applications")
    cost_weight: float = parameter(0.3, "log odds", 0.0, 3.0, "own; .1 to 1: 4 % of EU firms name cost as an obstacle", "adoption, weight of the log of what policy leaves of the cost")
    payback_quarters: float = parameter(12.0, "quarters", 1.0, 100.0, "three years", "time in which process AI should pay back")
    peers: float = parameter(0.0, "log odds", 0.0, 20.0, "not needed to fit the record; 0 to 3", "adoption, weight of the other firms of the sector that use AI")
    own_sector: float = parameter(0.0, "share", 0.0, 2.0, "own; 1 imposes the order of sectors of the US survey of 2018", "adoption, weight of what is known of the sector beside its applications")
    literacy: float = parameter(1.0, "log odds", 0.0, 20.0, "own; 7.8 % of EU firms name expertise as an obstacle", "adoption, weight of literate staff beyond the mean of the opening")
    black_box: float = parameter(1.0, "log odds", 0.0, 20.0, "Ni, section 5", "adoption of process AI, weight of distrust of what cannot be explained")
    pilot_quarters: float = parameter(4.0, "quarters", 1.0, 40.0, "2 to 8, own", "length of a pilot")
    pilot_failure: float = parameter(0.46, "share", 0.0, 1.0, "S&P Global 2025: 46 % of proofs of concept are scrapped; .25 to .6", "pilots that fail")
    abandonment: float = parameter(0.018, "per quarter", 0.0, 0.5, "fitted: use stood still from 2021 to 2023; .005 to .03", "scaled use that is given up", "tuned")
    credit: float = parameter(0.3, "share", 0.0, 1.0, "own", "part of the unused room for loans that a firm would spend on integration")
    history: float = parameter(2008.0, "year", 1950.0, 2100.0, "own; long before the record begins", "when departments first considered AI, for the users at the opening")
    holds_from: float = parameter(1950.0, "year", 1950.0, 2100.0, "own; 1950 is always", "year from which how often AI is considered, the constants, failure and abandonment are as assumed; before it departments decide as in the central case")


@dataclass(frozen=True)
class OfficeAi(Viewed):
    """AI for work at a desk or a counter: text, forecasts, images. Costs go by head, benefits by task."""

    automated_part: float = parameter(0.33, "share", 0.0, 1.0, "US Census 2026: two thirds of users only supplement tasks", "time saved by work that AI does alone; the rest helps literate staff")
    automation: float = parameter(1.0, "factor", 0.0, 20.0, "own; the sum of the applications; 2 where all exposed tasks are counted; half of it where the hard tasks are left out (Acemoglu 2025 leaves out a fifth of the effect; read); range .5 to 2", "strength of what AI does alone")
    augmentation: float = parameter(1.0, "factor", 0.0, 20.0, "own; the sum of the applications; 2 where all exposed tasks are counted; range .5 to 2", "strength of what helps literate staff")
    cover_pilot: float = parameter(0.25, "share", 0.0, 1.0, "own", "staff of a department that works with AI in a pilot")
    cover_scaled: float = parameter(0.8, "share", 0.0, 1.0, "own; .5 to 1", "staff of a department that works with AI when scaled")
    cover_speed: float = parameter(0.125, "per quarter", 0.01, 1.0, "two years", "speed at which the staff takes AI up")
    pilot_cost: float = parameter(0.11, "share of annual pay", 0.0, 5.0, "AI services and integration of .3 to .9 % of GDP in 2025; .05 to .15", "integration of a pilot in a department", "tuned")
    scaling_cost: float = parameter(3.0, "pilots", 0.0, 50.0, "own; seven to nine of ten pilots never scale, mostly for what data, security and staff cost then (consultants, read), but none says how much; range 1.5 to 6", "integration of scaling against that of a pilot")
    own_part: float = parameter(0.5, "share", 0.0, 1.0, "own", "part of the integration that own staff does; the rest is bought")
    own_quarters: float = parameter(4.0, "quarters", 1.0, 40.0, "own", "time over which own staff does its part")
    running: float = parameter(0.015, "share of pay", 0.0, 0.5, "own; .005 to .03", "AI services for staff that works with AI")


@dataclass(frozen=True)
class ProcessAi(Viewed):
    """AI that runs plants, vehicles and buildings. Costs go by the value of the plant, benefits by materials and energy."""

    gain: float = parameter(1.0, "factor", 0.0, 10.0, "Ni, figure 3: one park, before and after; IEA 2025, Energy and AI: applications that exist could save 3 % of final energy and 5 % of CO2 in 2035 where they are adopted widely, which nothing brings about yet (read in reports); 0 to 2", "strength of what process AI saves")
    automation: float = parameter(1.0, "factor", 0.0, 20.0, "the sum of the applications", "strength of the tasks that process AI does alone")
    materials_gain: float = parameter(1.0, "factor", 0.0, 10.0, "own; the sum of the applications; one park won .9 % of yield in a year, without comparison (Ni); range 0 to 2", "strength of the materials that AI saves")
    energy_gain: float = parameter(1.0, "factor", 0.0, 10.0, "IEA 2025, Energy and AI: applications that exist could save 3 % of final energy in 2035 where they are adopted widely (read in reports); one park saved 6.7 % of the energy of a unit in a year, without comparison (Ni); 1 is the sum of the applications; range 0 to 2", "strength of the energy that AI saves")
    capacity_gain: float = parameter(1.0, "factor", 0.0, 10.0, "the sum of the applications", "strength of the capacity that AI wins by less downtime")
    autonomy_gain: float = parameter(1.0, "factor", 0.0, 10.0, "Ni: 15 to 20 %, an upper bound that contains the park's gain", "what autonomous plants save beyond others, against what those save")
    autonomy_from: float = parameter(0.8, "index", 0.0, 2.0, "own; when plants run on their own is not known; from well within what the frontier reaches by 2050 to beyond it; range .6 to 1.2", "reliability at which plants run on their own")
    cover_pilot: float = parameter(0.25, "share", 0.0, 1.0, "own; one line of a plant to nearly half of it; range .1 to .4", "plant under AI in a pilot")
    cover_scaled: float = parameter(1.0, "share", 0.0, 1.0, "own", "plant under AI when scaled")
    cover_speed: float = parameter(0.25, "per quarter", 0.01, 1.0, "one year", "speed at which plants come under AI")
    plant_cost: float = parameter(0.015, "share of plant value", 0.0, 1.0, "vendors: payback of 6 to 24 months; .01 to .02", "integration of process AI")
    pilot_part: float = parameter(0.25, "share", 0.0, 1.0, "own", "part of that cost that the pilot takes")
    running: float = parameter(0.025, "per quarter", 0.0, 1.0, "own", "upkeep of process AI, share of its integration cost")


@dataclass(frozen=True)
class Integration(Viewed):
    """Work that brings AI into firms: an investment in an intangible, as software made for own use is."""

    depreciation: float = parameter(0.08, "per quarter", 0.0, 0.5, "own; software of own account: .33 a year; .05 to .12", "wear of what integrating AI has made")
    of_business: float = parameter(0.5, "share", 0.0, 1.0, "own; consultants and software firms do it", "part of the integration bought that business services do; software firms do the rest")
    queue: bool = parameter(True, "switch", None, None, "own; false: staff is always found", "whether projects of AI wait for technical staff")
    available: float = parameter(0.10, "share of staff", 0.001, 100.0, "own; the need of 2024: integration of .4 to .5 % of GDP; McKinsey 2023: a million people in China could build AI, six million are wanted by 2030, of whom a third is in sight (read); range .05 to .2", "computer and engineering staff that can integrate AI in a quarter")
    labour_part: float = parameter(0.8, "share", 0.0, 1.0, "own", "pay of technical staff in the cost of integration")
    smoothing: float = parameter(0.25, "per quarter", 0.01, 1.0, "own; orders of a year", "speed at which the need for staff is noticed")
    price_elasticity: float = parameter(0.5, "elasticity", 0.0, 4.0, "own; no study was found; range .2 to 1", "price of integration with respect to staff wanted over staff available")
    wage_weight: float = parameter(0.5, "share", 0.0, 4.0, "Bound, Braga, Golden and Khanna 2015: computer scientists in the United States would have been paid 2.8 to 3.8 % more, had there been 3.8 to 9 % fewer (abstract read), which is .4 to .7; range .2 to 1", "scarcity of technical occupations with respect to the log of that ratio")


@dataclass(frozen=True)
class Compute(Viewed):
    """Servers and chips of those who sell AI services: part of their capital, which wears out fast."""

    of_services: float = parameter(1.5, "years of sales", 0.0, 10.0, "own; capital expenditure of .3 to .5 of revenue, as sellers of cloud services report, from memory, at this wear is 1 to 2; .7 to 3", "compute over the AI services sold in a year")
    depreciation: float = parameter(0.07, "per quarter", 0.0, 0.5, "servers last four to six years: 20 to 30 % a year; .055 to .085", "wear of compute")
    speed: float = parameter(0.25, "per quarter", 0.01, 1.0, "own; a year from order to use", "speed at which compute follows the services sold")

"""Research and artificial intelligence."""

from __future__ import annotations

from dataclasses import dataclass

from abm.compiling.tables import Viewed
from abm.parameters.declaration import parameter

__all__ = ["Research", "ArtificialIntelligence"]


@dataclass(frozen=True)
class Research(Viewed):
    """Research and development, imitation and the dispersion of productivity."""

    cycle_quarters: float = parameter(12.0, "quarters", 1.0, 80.0, "Ni, figure 2: 36 months; range 8 to 20", "length of a project without AI")
    cycle_quarters_ai: float = parameter(4.0, "quarters", 1.0, 80.0, "Ni, figure 2: 12 months, new materials", "length with full AI in CHM, NMM, MET, ELE")
    cycle_quarters_ai_elsewhere: float = parameter(10.0, "quarters", 1.0, 80.0, "own; a smaller reduction elsewhere", "length with full AI in the other sectors")
    cycle_response: float = parameter(1.5, "per unit of use", 0.0, 10.0, "own; full effect at a use of a third to all of it, two thirds here; range .75 to 3", "how fast the length of projects falls with the use of AI")
    labour_part: float = parameter(0.5, "share", 0.05, 1.0, "OECD: about half of business R&D, from memory", "pay of researchers in the spending on research")
    price_elasticity: float = parameter(1.0, "elasticity", 0.0, 4.0, "Hall and Van Reenen 2000: about 1", "response of research to its cost to the firm")
    cash_elasticity: float = parameter(0.1, "elasticity", 0.0, 2.0, "own; Brown, Fazzari and Petersen 2009", "response of research to the cash of the firm")
    least_effort: float = parameter(0.5, "of usual research", 0.0, 1.0, "guard", "lower limit of a firm's research")
    most_effort: float = parameter(2.5, "of usual research", 1.0, 10.0, "guard", "upper limit of a firm's research")
    least_cash: float = parameter(0.7, "of the cash wanted", 0.0, 1.0, "guard", "lower limit of the cash that research answers to")
    most_cash: float = parameter(1.3, "of the cash wanted", 1.0, 10.0, "guard", "upper limit of the cash that research answers to")
    success_elasticity: float = parameter(0.5, "elasticity", 0.0, 2.0, "about .5, from memory", "response of the hazard of success to research")
    project_gain: float = parameter(0.01, "log points", 0.0, 0.2, "own", "mean gain of a finished project")
    fishing_out: float = parameter(3.0, "elasticity", 0.0, 20.0, "Bloom et al. 2020", "how fast ideas get harder ahead of the frontier")
    imitation: float = parameter(0.04, "per quarter", 0.0, 1.0, "own; firms are drawn to the best of their country at any distance: Bartelsman, Haskel and Martin 2008 (abstract read; the speed was not); range .015 to .1", "speed of catching up with the best of the sector")
    imitation_deviations: float = parameter(1.28, "standard deviations", 0.0, 4.0, "the best tenth of a normal distribution", "lead over the mean of the firms that others imitate")
    imitation_reach: float = parameter(0.5, "log points", 0.0, 5.0, "guard", "largest distance to the best that counts in imitation")
    idiosyncratic_deviation: float = parameter(0.012, "log points", 0.0, 0.2, "own", "standard deviation of idiosyncratic productivity shocks")


@dataclass(frozen=True)
class ArtificialIntelligence(Viewed):
    """Data, compute and algorithms; what automated and new tasks need; risks."""

    enabled: bool = parameter(True, "switch", None, None, "no_ai is its twin", "whether artificial intelligence exists")
    highest_automation: float = parameter(0.95, "share", 0.0, 0.99, "guard; some labour stays in every unit", "largest part of the tasks of a unit that AI does")
    task_capital: float = parameter(10.0, "quarters of the pay replaced", 0.0, 100.0, "own; a third of the cost of an automated task, with the services a saving of .3 in 2024 (Acemoglu 2025: .27)", "capital that does an automated task")
    task_services: float = parameter(0.375, "share of the pay replaced", 0.0, 2.0, "as above", "AI services for an automated task at the price of compute of 2024")
    task_services_elasticity: float = parameter(0.4, "elasticity", 0.0, 2.0, "own", "fall of the cost of those services with compute per yuan")
    reinstatement: float = parameter(0.5, "share", 0.0, 3.0, "Acemoglu and Restrepo 2019: half to all of displacement, 1947-2017, less in the last three decades (abstract read); 8.4 % of users in Denmark have new tasks after two years, Humlum and Vestergaard 2025 (read in reports); range 0 to 1", "new tasks that arise in the end for each task that AI does alone")
    new_task_life: float = parameter(50.0, "quarters", 4.0, 1000.0, "own", "time in which new tasks become ordinary ones")
    new_task_gain: float = parameter(0.1, "share", 0.0, 2.0, "own", "value that new tasks add over the pay for them")
    rent_share: float = parameter(0.1, "share", 0.0, 1.0, "Denmark 2023-24: 3 to 7 % of the time saved; .05 to .3", "part of the augmentation that the worker keeps")
    substitution: float = parameter(-1.0, "exponent", -20.0, 0.9, "complements", "exponent of the data-compute-algorithm triad")
    data_weight: float = parameter(0.33, "weight", 0.0, 1.0, "own; the three weights sum to one", "data in the data-compute-algorithm triad")
    compute_weight: float = parameter(0.33, "weight", 0.0, 1.0, "own; the three weights sum to one", "compute in the data-compute-algorithm triad")
    algorithm_weight: float = parameter(0.34, "weight", 0.0, 1.0, "own; the three weights sum to one", "the algorithm in the data-compute-algorithm triad")
    data_half: float = parameter(2.0, "mean firms' data", 0.01, 100.0, "own", "data at half saturation")
    data_pool: float = parameter(1.9, "sector means", 0.0, 100.0, "own", "pooled data at full openness")
    data_scale: float = parameter(0.5, "elasticity", 0.0, 2.0, "own; .3 to 1", "worth of pooled data with respect to what all firms share")
    data_distrust: float = parameter(0.5, "share", 0.0, 1.0, "own; 0 to 1", "data that owners keep back from a market where nothing protects them")
    data_decay: float = parameter(0.05, "per quarter", 0.0, 1.0, "own", "obsolescence of data")
    data_by_use: float = parameter(1.5, "share", 0.0, 10.0, "own", "more data that a firm collects where all of it is under AI")
    compute_half: float = parameter(0.03, "share of pay", 0.0001, 1.0, "own; a third to three times; no record of what spending on compute brings; range .01 to .1", "compute at half saturation")
    compute_growth: float = parameter(0.05, "per quarter", 0.0, 0.3, "Epoch 2022: what a dollar buys of graphics processors doubles in 2.1 to 3 years, 27 to 40 % a year (read); 22 % here, since servers are more than processors; range .03 to .1", "growth of compute per yuan")
    compute_growth_decay: float = parameter(0.985, "factor", 0.8, 1.0, "own", "decay of that growth")
    algorithm_opening: float = parameter(0.35, "index", 0.0, 1.0, "own", "algorithm frontier in 2024")
    algorithm_speed: float = parameter(0.032, "per quarter", 0.0, 0.5, "own; a logistic curve to an end that nobody knows; the Epoch Capabilities Index rose twice as fast after April 2024 as before (read); range .015 to .07", "logistic growth of the frontier")
    algorithm_research: float = parameter(0.3, "share", 0.0, 2.0, "own", "response of the frontier's speed to business research, relative to 2024")
    algorithm_adoption: float = parameter(0.3, "share", 0.0, 2.0, "own; more application scenarios, more data", "response of the frontier's speed to the use of AI")
    algorithm_absorption: float = parameter(0.1, "share of staff", 0.001, 1.0, "own", "literate staff at half absorption")
    algorithm_unabsorbed: float = parameter(0.3, "share", 0.0, 1.0, "own", "part of the frontier that a firm without literate staff can use")
    forecast_gain: float = parameter(1.0, "factor", 0.0, 10.0, "the sum of the applications", "strength of the inventory that better forecasts save")
    cost_fall: float = parameter(0.01, "per quarter", 0.0, 0.1, "own; a given model's answers cost a tenth each year (read), but integration is work: at the costs of 2024 only 23 % of the pay for tasks of vision was worth automating, Svanberg et al. 2024 (abstract read); how fast these costs fall has no record; range 0 to .03", "fall of integration costs")
    application_spread: float = parameter(0.15, "index", 0.001, 1.0, "own", "reliability between the easiest and the mean task of an application")
    learning_on_the_job: float = parameter(0.0025, "per quarter and stage", 0.0, 0.5, "own", "workers of adopters who become literate")
    screening_bias: float = parameter(0.25, "share", 0.0, 1.0, "own", "rejections of the protected group by automatic screening")
    breach_rate: float = parameter(0.002, "per quarter", 0.0, 0.2, "own", "hazard of a data breach per stage and unit of data")
    breach_data_limit: float = parameter(3.0, "mean firms' data", 0.0, 100.0, "own", "data beyond which the hazard of a breach rises no more")
    breach_fine: float = parameter(0.02, "annual sales", 0.0, 0.5, "own", "fine for a breach", "policy")
    services_elasticity: float = parameter(0.5, "elasticity", 0.0, 4.0, "own; cloud services, no study of China", "response of the AI services that adopters buy to their price after taxes and vouchers")
    imported_compute: float = parameter(0.5, "share", 0.0, 1.0, "own; advanced chips are mostly foreign", "part of the growth of compute that comes from abroad and that controls can withhold")
    data_fee: float = parameter(0.1, "share of AI spending", 0.0, 2.0, "own; no market price exists", "what an adopter pays for all of the sector's data")
    breach_loss: float = parameter(0.05, "log points", 0.0, 1.0, "own", "market share lost with trust")

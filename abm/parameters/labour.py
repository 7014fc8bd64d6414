"""The labour market and the population."""

from __future__ import annotations

from dataclasses import dataclass

from abm.compiling.tables import Viewed
from abm.parameters.declaration import parameter

__all__ = ["Labour", "Demography"]


@dataclass(frozen=True)
class Labour(Viewed):
    """Working lives, search, hiring, firing and wages."""

    participation: float = parameter(0.93, "share", 0.5, 1.0, "makes the adults those of the record, 1,095 million; range .88 to .96", "share of adults below the retirement age in the labour force", "tuned")
    retirement_age: float = parameter(62.0, "years", 50.0, 75.0, "own: urban employees leave at about 56, farmers at the end of their sixties", "age at which work ends, mean over men, women, town and country", "policy")
    retirement_quarters: float = parameter(63.5, "quarters", 20.0, 200.0, "own", "mean length of retirement where the population is stationary")
    efficiency_deviation: float = parameter(0.355, "log points", 0.0, 1.2, "own; tuned to the opening Gini", "dispersion of efficiency within an occupation", "tuned")
    protected_group_share: float = parameter(0.30, "share", 0.0, 1.0, "own", "share of adults in the group exposed to screening bias")
    entrant_wage: float = parameter(0.7, "mean wages", 0.0, 3.0, "own", "wage that stands for the last one of who has had none, times the premium of the occupation")
    entrant_premium: float = parameter(1.5, "factor", 0.5, 10.0, "own", "highest premium in it")
    entrant_literacy: float = parameter(1.3, "factor", 0.0, 5.0, "own", "AI literacy of entrants against the workers of the opening in their occupation")
    entrant_literacy_rise: float = parameter(0.02, "per quarter", 0.0, 0.2, "own", "rise of that factor")
    separation_rate: float = parameter(0.025, "per quarter", 0.0, 0.3, "own; turnover of staff in firms that were asked was 14 % a year in 2005 (Hewitt) and 19 % in 2011 (51job; both read), layoffs and changes of job included; range .015 to .045", "quits and other separations apart from layoffs")
    search_share: float = parameter(0.85, "share", 0.05, 1.0, "own", "share of the unemployed who search effectively in a quarter")
    search_elasticity: float = parameter(0.4, "elasticity", 0.0, 2.0, "Chetty 2008: .5; Schmieder and von Wachter 2016: .3-.5, from memory", "fall of effective search with what replaces the wage")
    search_norm: float = parameter(0.23, "share of last wage", 0.01, 2.0, "makes mean search that of search_share at the opening; range .15 to .35", "replacement at which the unemployed search as in search_share", "tuned")
    liquidity_effect: float = parameter(0.6, "share", 0.0, 1.0, "Chetty 2008: 60 % of the response to benefits, from memory", "part of a basic income that lowers search as a benefit does")
    income_effect: float = parameter(0.1, "share", 0.0, 1.0, "Imbens et al. 2001: .11; Cesarini et al. 2017: .1, from memory", "earnings given up per yuan of basic income, all through participation")
    net_wage_response: float = parameter(0.2, "semi-elasticity", 0.0, 1.0, "Chetty et al. 2013: .25; Bargain, Orsini and Peichl 2014: .1-.3, from memory; a range must be shown", "change of participation with the log of what taxes leave of the wage, against the opening's rules")
    search_net_wage: float = parameter(1.0, "share", 0.0, 1.0, "theory: what counts is what is left of the wage", "how far the wage that search is for is that after contributions and income tax")
    pension_response: float = parameter(0.03, "semi-elasticity", 0.0, 1.0, "own; studies of China's rural pension find little", "fall of participation in the last years of work with a rise of pensions")
    pension_years: float = parameter(10.0, "years", 0.0, 40.0, "own", "time before retirement in which pensions matter for work")
    review_quarters: int = parameter(16, "quarters", 1, 80, "own", "time after which each adult decides anew whether to work")
    least_reference_wage: float = parameter(0.25, "mean wages", 0.01, 1.0, "own", "last wage below which a basic income weighs no more")
    relocation_willingness: float = parameter(0.75, "share", 0.0, 1.0, "own; in large cities more than half of the skilled who look for a job have no local registration: Zheng, Zhang, Dai and Zhang 2020 (abstract read); range .5 to .95", "willingness to take a job in another region")
    occupation_switch_willingness: float = parameter(0.5, "share", 0.0, 1.0, "after del Rio-Chanona et al. 2021", "willingness to try another occupation when the own has nothing")
    mobility_sharpness: float = parameter(9.0, "per unit of similarity", 0.0, 40.0, "own; gravity kernel on activity similarity; range 5 to 14", "how strongly searchers prefer similar occupations")
    reachable_vacancy_share: float = parameter(0.85, "share", 0.1, 1.0, "own; vacancies in the United States last about a month, from memory, and differ by a factor of four between industries: Davis, Faberman and Haltiwanger 2013 (abstract read); none read for China; range .6 to 1", "share of vacancies that can be filled within the quarter")
    firing_speed: float = parameter(0.5, "per quarter", 0.0, 1.0, "own", "share of excess staff dismissed in a quarter", "tuned")
    hoarding: float = parameter(0.04, "share", 0.0, 0.5, "own", "excess staff that is kept")
    overstaffed: float = parameter(1.05, "factor", 1.0, 3.0, "own", "staff of an occupation over what is wanted of it, above which it is dismissed first")
    spared: float = parameter(0.4, "factor", 0.0, 1.0, "own", "chance of dismissal in the other occupations against those")
    wage_response: float = parameter(0.006, "per quarter", 0.0, 0.1, "Blanchflower and Oswald 1992: an elasticity of pay of -.1 on average over ten countries (abstract read), here reached after four years", "response of wage growth to log unemployment (a Phillips curve)")
    natural_unemployment: float = parameter(0.051, "share", 0.01, 0.2, "Du and Zhang 2022, triangle model, 2017-22: 5.06 % constant, 5.15 % in April 2022 (abstract read); range .046 to .056", "unemployment at which real wages follow productivity")
    own_occupation_weight: float = parameter(0.6, "share", 0.0, 1.0, "own; between one labour market for all and one for each occupation; range .3 to .9", "weight of unemployment in the own occupation in its wage growth")
    unemployment_smoothing: float = parameter(0.3, "share", 0.01, 1.0, "own", "speed at which wages take note of the unemployment of their occupation")
    lowest_unemployment: float = parameter(0.005, "share", 0.0001, 0.05, "guard", "unemployment below which wages see no further fall")
    lowest_wage_growth: float = parameter(-0.003, "per quarter", -0.05, 0.0, "downward rigidity", "floor of nominal wage growth")
    highest_wage_growth: float = parameter(0.04, "per quarter", 0.0, 0.2, "guard", "ceiling of nominal wage growth")
    own_productivity_weight: float = parameter(0.3, "share", 0.0, 1.0, "Acemoglu and Restrepo 2022 for the sign: exposed groups lost in absolute terms; from memory, the size is assumed and a range must be shown", "part of what AI changes of an occupation's revenue productivity that its wage follows")
    novice: float = parameter(1.2, "factor", 0.0, 5.0, "assumed, .8 to 1.6; Brynjolfsson, Chandar and Chen 2025: -13 to -16 % of jobs at ages 22 to 25 in exposed work, from memory", "chance that a firm that uses AI passes over an applicant of novice_age, per unit of the job's automation exposure")
    novice_age: float = parameter(23.0, "years", 18.0, 60.0, "the middle of the ages 22 to 25 in payroll records", "age at which that chance is novice times the exposure")
    novice_years: float = parameter(5.0, "years", 1.0, 40.0, "assumed; payroll records show about nothing at ages 35 to 49", "rise of age that divides that chance by e")
    tenure_pay: float = parameter(0.15, "share", 0.0, 0.5, "records of displaced workers: -5 to -25 %; Jacobson, LaLonde and Sullivan 1993, Davis and von Wachter 2011, from memory; a range of .05 to .3 must be shown", "part of pay in a job held long that is not paid when it begins")
    settling: float = parameter(0.03, "per quarter", 0.0, 0.5, "half is earned in six years; Jacobson, LaLonde and Sullivan 1993: losses of a quarter after six years, from memory", "speed at which that part is earned")
    opening_tenure: float = parameter(21.0, "quarters", 1.0, 200.0, "own; about what the model settles at; 34 months among professionals in 2014 (LinkedIn, read), whose jobs are shorter than those of others; range 10 to 30", "mean time at the opening for which a job has been held", "tuned")
    job_search: float = parameter(0.06, "per quarter", 0.0, 1.0, "assumed; no record of job-to-job moves in China is at hand, abroad 1 to 3 % of jobs a month end in one, from memory; a range of 0 to .2 must be shown", "share of those at work who try another job")
    occupation_elasticity: float = parameter(0.6, "elasticity", 0.0, 3.0, "0.5-0.7 common in CGE", "substitution between occupations")
    match_deviation: float = parameter(0.05, "log points", 0.0, 0.5, "own", "dispersion of the quality of a match")
    review_persistence: float = parameter(0.5, "per year", 0.0, 1.0, "own; makes rises of stayers deviate by 5 % and cuts the pay of 8 to 21 % of them at 7 to 4 % of mean growth; payroll records abroad: base pay of 2 % is cut, Grigsby, Hurst and Yildirmaz 2021 (abstract read), all pay of 15 to 25 % at low inflation, Elsby and Solon 2019 (abstract read); a range of .3 to .9 must be shown", "part of the quality of a match, in logs, that a yearly review of pay leaves", "tuned")
    occupation_switch_quality: float = parameter(0.92, "factor", 0.3, 1.0, "own", "quality of a match in a new occupation")
    learning: float = parameter(0.0008, "per quarter", 0.0, 0.01, "own", "growth of efficiency of the employed")
    learning_stops: float = parameter(45.0, "years", 20.0, 75.0, "own", "age at which that growth ends")
    forgetting: float = parameter(0.003, "per quarter", 0.0, 0.05, "own", "loss of efficiency of those without a job for over a quarter")
    hiring_response: float = parameter(1.5, "per share of two quarters' wage", 0.0, 10.0, "own; Card, Kluve and Weber 2018: hiring subsidies help the long-term jobless most, from memory", "chance that long-term jobless are preferred, per unit of the hiring subsidy")
    training_quarters: int = parameter(2, "quarters", 1, 12, "own", "length of a retraining course", "policy")
    training_success: float = parameter(0.75, "share", 0.0, 1.0, "own", "share of trainees who finish with a new occupation")
    training_cost: float = parameter(0.3, "mean wages per quarter", 0.0, 3.0, "own", "teaching cost of a trainee, bought from the sector that teaches", "policy")
    training_literacy: float = parameter(0.6, "share", 0.0, 1.0, "own", "trainees who become literate in AI")
    training_gain: float = parameter(0.02, "share", 0.0, 0.5, "own", "rise of efficiency by a completed course")
    training_slack: float = parameter(0.9, "factor", 0.0, 3.0, "own", "unemployment of an occupation over the mean, above which its jobless may retrain")
    training_wait: int = parameter(2, "quarters", 0, 40, "own", "time since the job was lost, after which one may retrain", "policy")
    idle_staff_deviation: float = parameter(0.02, "share", 0.0, 0.2, "own", "dispersion of idle staff between firms at the opening", "tuned")
    idle_staff_per_firm: float = parameter(0.14, "workers per firm", 0.0, 2.0, "own; without shocks output then grows as much in the first quarter as in later ones; the model settles at .24 to .29, where some firms are short of staff for what they plan; range .05 to .29", "idle staff of a firm at the opening", "tuned")
    opening_spell: float = parameter(1.6, "quarters", 0.0, 40.0, "own; gives the spells that the model settles at", "mean time for which the unemployed of the opening have been without a job", "tuned")
    idle_staff_rounding: float = parameter(0.55, "workers", 0.0, 2.0, "own; staff comes in whole heads; a device of the simulation, no record can settle it; range .3 to .8", "dispersion of idle staff of a firm, in heads, at the opening", "tuned")
    idle_staff_large_firms: float = parameter(0.25, "share of the mean", 0.0, 1.0, "own; they can dismiss whole heads", "idle share of the largest firms at the opening", "tuned")
    highest_idle_staff_share: float = parameter(0.045, "share", 0.0, 0.5, "own; binds below about 5,000 adults, where firms are few", "idle share of all staff at the opening at most", "tuned")
    employment_shrinkage: float = parameter(0.5, "share", 0.0, 1.0, "own; counts of employment by sector are weak", "how far employment by sector is moved towards what pay per worker suggests, outside agriculture")


@dataclass(frozen=True)
class Demography(Viewed):
    """How the number and the age of adults change, and who inherits."""

    stationary: bool = parameter(False, "switch", None, None, "theory", "whether everybody who dies is followed at once by an heir of 20 in the same place")
    births: float = parameter(1.0, "factor", 0.0, 3.0, "record to 2024: the UN's World Population Prospects 2024 and NBS differ by up to 10 %; later a projection; range .9 to 1.1", "persons who turn 20 against the table")
    mortality_decline: float = parameter(0.0033, "per quarter", 0.0, 0.02, "own; 1.3 % a year; World Population Prospects 2024 has 2.0 to 2.3 % at 40 to 74 and 1.2 to 1.8 % above 75 for 2020-50 (read), which asks for more; range .0025 to .006", "fall of the risk of death at every age")
    retirement_rise: float = parameter(2.0, "years", 0.0, 10.0, "reform of 2024: men +3, women +3 or +5 by 2039, for the .55 of workers whom it binds", "rise of the retirement age by the reform", "policy")
    retirement_rise_starts: float = parameter(4.0, "quarters", 0.0, 400.0, "reform of 2024: from 2025 on", "quarter from which it rises", "policy")
    retirement_rise_lasts: float = parameter(60.0, "quarters", 1.0, 400.0, "reform of 2024: fifteen years", "time in which it rises", "policy")
    generation: float = parameter(27.0, "years", 15.0, 45.0, "age of mothers at birth, from memory", "age between the dead and their heirs")
    heirs_considered: int = parameter(8, "adults", 1, 64, "own", "adults drawn by lot among whom an heir is found")
    standing_in_years: float = parameter(30.0, "years", 0.0, 300.0, "own; the wealth of parents and children goes together, Charles and Hurst 2003, from memory", "difference of age that weighs as much as that of the first and the last rank")

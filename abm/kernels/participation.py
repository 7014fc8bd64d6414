"""Who wants to work at all."""

from __future__ import annotations

import numpy as np

from abm.kernels.codes import Status
from abm.kernels.compiling import kernel

__all__ = ["review_participation"]


@kernel
def review_participation(workers, macro, instruments, labour, retirement_age, quarter):
    """Those whose turn it is leave the labour force or come back; returns how many left less how many came.

    The wish to take part is participation − income_effect × basic income / wage, since a yuan of unearned income lowers
    earnings by that much (Imbens, Rubin and Sacerdote 2001; Cesarini et al. 2017), and for those in the last
    ``pension_years`` before ``retirement_age`` less pension_response × (pension factor − 1). Who has more taste for
    leisure than that stays at home. The taste is for life, so that nothing changes as long as the wish does not.
    MODEL.md eq. 3a.
    """
    status, employer, participates, age = workers.status, workers.employer, workers.participates, workers.age
    leisure, jobless_quarters = workers.leisure, workers.jobless_quarters
    training_left, reference_wage = workers.training_left, workers.reference_wage
    participation, turns = labour.participation, labour.review_quarters
    given_up = labour.income_effect * (instruments.basic_income * macro[0].mean_wage)
    least_wage, older_from = labour.least_reference_wage * macro[0].mean_wage, retirement_age - labour.pension_years
    less_for_older = labour.pension_response * (macro[0].pension_factor - 1.0)
    begin, end = -quarter % turns, status.size
    others = np.empty((end - begin + turns - 1) // turns, np.int64)  # those of another mind than before
    found = 0
    for row in range(begin, end, turns):
        wish = participation
        if given_up > 0.0:  # the same for all rows: without a basic income no wage is looked up
            wish -= given_up / max(reference_wage[row], least_wage)
        wish -= less_for_older if np.float64(age[row]) >= older_from else 0.0
        inactive = status[row] == Status.INACTIVE
        others[found] = row
        found += (status[row] < Status.RETIRED) & (inactive == (np.float64(leisure[row]) < wish))
    left = 0
    for place in range(found):
        row = others[place]
        come = status[row] == Status.INACTIVE
        status[row] = Status.UNEMPLOYED if come else Status.INACTIVE
        participates[row] = come
        employer[row] = -1
        training_left[row] = 0
        jobless_quarters[row] = 0
        left += -1 if come else 1
    return left

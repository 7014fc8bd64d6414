/* Three kernels of the quarter once more in C, loop by loop as in abm/kernels, to see what numba costs. */

#include <stdint.h>
#include <string.h>

enum { EMPLOYED, UNEMPLOYED, TRAINING, INACTIVE, RETIRED, ABSENT };
enum { BLOCK = 256, OCCUPATIONS = 22, STAFF_SUMS = 3, HOUSEHOLD_TOTALS = 14 };

static inline uint64_t mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline uint64_t stream_key(uint64_t seed, uint64_t quarter, uint64_t stream) {
    uint64_t key = mix(seed + 0x9E3779B97F4A7C15u);
    key = mix(key ^ (quarter * 0xD1342543DE82EF95u + 0x632BE59BD9B4E019u));
    return mix(key ^ (stream * 0xA24BAED4963EE407u + 0x9FB21C651E98DF25u));
}

static inline double uniform(uint64_t key, uint64_t identity) {
    return (double)(mix(key + identity * 0x9E3779B97F4A7C15u) >> 11) * (1.0 / 9007199254740992.0);
}

static inline double larger(double one, double other) { return one > other ? one : other; }

static double benefit_of(
    uint64_t stream, int64_t quarter, uint64_t row, uint8_t insured, int64_t jobless_quarters, double age,
    double reference_wage, double rate, double take_up, double years, double longest) {
    double due = (age - 20.0) / years;
    if (!insured || jobless_quarters >= (due < longest ? due : longest)) return 0.0;
    uint64_t spell = row * 4096u + (uint64_t)(quarter + 1024 - jobless_quarters) % 4096u;
    return uniform(stream_key(0, 0, stream), spell) < take_up ? rate * reference_wage : 0.0;
}

void plan_spending(
    int64_t rows, int64_t chunks, int64_t quarter, int64_t coverage_stream, uint8_t *restrict status,
    uint8_t *restrict insured, uint16_t *restrict jobless_quarters, float *restrict age, double *restrict wage,
    double *restrict reference_wage, double *restrict property_income, double *restrict deposits,
    double *restrict dwellings, double *restrict disposable_income, double *restrict permanent_income,
    double *restrict consumption, double *restrict housing_outlay, double *restrict totals, double employee_rate,
    double pension_rate, double pension_own_weight, double pension_residents, double benefit_rate, double take_up,
    double benefit_years, double benefit_longest, double stipend, double assistance, double basic_income, double mean_wage,
    double wage_growth, double deposit_rate, double tax_rate, double threshold, double upper, double top_step,
    double expected_growth, double income_gain, double level, double low, double high, double scale,
    double mean_income, double mood, double wealth_effect, double wealth_effect_rich, double wealth_scale,
    double housing_share, double housing_mood, double cash_limit) {
    double others = (1.0 - pension_own_weight) * mean_wage;
    double steepness = 1.0 / (scale * mean_income), fullness = 1.0 / (wealth_scale * mean_income);
    double least = wealth_effect * wealth_effect_rich, extra = wealth_effect - least;
    for (int64_t chunk = 0; chunk < chunks; chunk++) {
        double transfers[BLOCK], taxes[BLOCK], sums[HOUSEHOLD_TOTALS] = {0};
        int64_t start = rows * chunk / chunks, last = rows * (chunk + 1) / chunks, empty = 0;
        for (int64_t first = start; first < last; first += BLOCK) {
            int64_t end = first + BLOCK < last ? first + BLOCK : last;
            for (int64_t row = first; row < end; row++) {
                double received = 0.0;
                uint8_t now = status[row];
                if (now == ABSENT) {
                    empty++;
                    received = -basic_income;
                } else if (now != EMPLOYED) {
                    double reference = reference_wage[row] * wage_growth;
                    wage[row] = 0.0;
                    reference_wage[row] = reference;
                    if (now == RETIRED) {
                        double own = pension_rate * (pension_own_weight * reference + others);
                        double pension = insured[row] ? own : pension_residents;
                        received = larger(pension, assistance);
                        sums[2] += pension;
                        sums[13] += received - pension;
                    } else if (now == TRAINING) {
                        received = larger(stipend * reference + stipend * mean_wage, assistance);
                        sums[3] += received;
                    } else {
                        double benefit = 0.0;
                        received = assistance;
                        if (now == UNEMPLOYED)
                            benefit = benefit_of(coverage_stream, quarter, row, insured[row], jobless_quarters[row],
                                                 age[row], reference, benefit_rate, take_up, benefit_years,
                                                 benefit_longest);
                        if (benefit > 0.0) {
                            received = larger(benefit, assistance);
                            sums[3] += received;
                        } else {
                            sums[4] += received;
                        }
                    }
                }
                transfers[row - first] = received;
            }
            for (int64_t row = first; row < end; row++) {
                double interest = deposit_rate * deposits[row];
                double taxable = wage[row] + interest + property_income[row];
                double tax = tax_rate * (larger(0.0, taxable - threshold) + top_step * larger(0.0, taxable - upper));
                double cash_income =
                    (1.0 - employee_rate) * wage[row] + transfers[row - first] + basic_income + interest - tax;
                double income = cash_income + property_income[row];
                double lasting = permanent_income[row] * (1.0 + expected_growth);
                lasting += income_gain * (income - lasting);
                double wealth = deposits[row], standing = 1.0 + larger(0.0, lasting) * steepness;
                double riches = 1.0 + wealth * fullness;
                double share = level * (high + (low - high) / standing);
                double eaten = share * lasting * mood + wealth * (least + extra / riches);
                double built = housing_share * (1.0 - share) * lasting * housing_mood;
                double cash = cash_limit * (deposits[row] + cash_income);
                double total = eaten + built;
                double fit = total > cash ? cash / total : 1.0;
                disposable_income[row] = income;
                permanent_income[row] = lasting;
                consumption[row] = eaten * fit;
                housing_outlay[row] = built * fit;
                taxes[row - first] = tax;
            }
            for (int64_t row = first; row < end; row++) {
                sums[0] += wage[row];
                sums[6] += deposits[row];
                sums[7] += taxes[row - first];
                sums[8] += consumption[row];
                sums[9] += housing_outlay[row];
                sums[10] += permanent_income[row];
                sums[11] += dwellings[row];
                sums[12] += disposable_income[row];
            }
        }
        sums[4] += sums[13];
        sums[1] = employee_rate * sums[0];
        sums[5] = basic_income * (double)(last - start - empty);
        sums[6] *= deposit_rate;
        memcpy(totals + chunk * HOUSEHOLD_TOTALS, sums, sizeof sums);
    }
}

void settle_households(
    int64_t rows, int64_t chunks, int32_t *restrict employer, double *restrict disposable_income,
    double *restrict property_income, double *restrict consumption, double *restrict housing_outlay,
    double *restrict equity_weight, double *restrict dwellings, double *restrict deposits,
    double *restrict mixed_income_per_head, double *restrict totals, double consumption_paid, double housing_paid,
    double dwellings_bought, double kept_dwellings, double shareholder_income, double rent_per_dwelling,
    double equity_paid_in) {
    for (int64_t chunk = 0; chunk < chunks; chunk++) {
        double total = 0.0, lowest = 1e300, paid_out = 0.0;
        for (int64_t row = rows * chunk / chunks; row < rows * (chunk + 1) / chunks; row++) {
            double balance = deposits[row] + disposable_income[row] - property_income[row];
            double dwelling = housing_outlay[row] * dwellings_bought;
            consumption[row] *= consumption_paid;
            housing_outlay[row] *= housing_paid;
            balance -= consumption[row] + housing_outlay[row];
            double received = shareholder_income * equity_weight[row] + rent_per_dwelling * dwellings[row];
            if (employer[row] >= 0) received += mixed_income_per_head[(uint32_t)employer[row]];
            property_income[row] = received;
            dwellings[row] = kept_dwellings * dwellings[row] + dwelling;
            balance += received - equity_paid_in * equity_weight[row];
            deposits[row] = balance;
            total += balance;
            paid_out += received;
            if (balance < lowest) lowest = balance;
        }
        totals[3 * chunk] = total;
        totals[3 * chunk + 1] = lowest;
        totals[3 * chunk + 2] = paid_out;
    }
}

void pay_wages(
    int64_t rows, int64_t firms, int64_t chunks, int64_t seed, int64_t quarter, int64_t stream,
    int32_t *restrict employer, uint8_t *restrict occupation, uint8_t *restrict literate,
    float *restrict efficiency, float *restrict match_quality, float *restrict age, double *restrict wage,
    double *restrict reference_wage, uint8_t *restrict sector, double *restrict ai_use, uint8_t *restrict stage,
    double *restrict wage_index, double *restrict premium, double *restrict augmentation_exposure,
    double *restrict sector_premium, double augmentation, double rent, double learning, double job_literacy,
    double learning_stops, double *restrict staff_sums, double *restrict occupation_pay) {
    uint64_t key = stream_key(seed, quarter, stream);
    float growth = (float)(1.0 + learning);
    for (int64_t chunk = 0; chunk < chunks; chunk++) {
        double *sums = staff_sums + chunk * firms * STAFF_SUMS;
        double *paid = occupation_pay + chunk * OCCUPATIONS;
        memset(sums, 0, firms * STAFF_SUMS * sizeof *sums);
        memset(paid, 0, OCCUPATIONS * sizeof *paid);
        for (int64_t row = rows * chunk / chunks; row < rows * (chunk + 1) / chunks; row++) {
            if (employer[row] < 0) continue;
            uint32_t firm = employer[row];
            uint8_t o = occupation[row];
            if (age[row] < learning_stops) efficiency[row] *= growth;
            double plain = premium[o] * efficiency[row], extra = 0.0;
            if (literate[row]) {
                sums[STAFF_SUMS * firm + 2] += 1.0;
                extra = plain * augmentation * ai_use[firm] * augmentation_exposure[o];
            } else if (stage[firm] > 0 && uniform(key, row) < job_literacy * stage[firm]) {
                literate[row] = 1;
            }
            double earned = wage_index[o] * (plain + rent * extra) * sector_premium[sector[firm]] * match_quality[row];
            wage[row] = earned;
            reference_wage[row] = earned;
            sums[STAFF_SUMS * firm] += plain + extra;
            sums[STAFF_SUMS * firm + 1] += earned;
            paid[o] += earned;
        }
    }
}

"""Data that firms have, share and buy: the pool of a sector, what of it a firm can use, and what trade in it pays."""

from __future__ import annotations

from abm.compiling.kernels import kernel

__all__ = ["data_pool", "data_within_reach", "trade_in_data", "trust_in_sharing"]


@kernel
def data_pool(firms, structure, represented, scale, opening_total, opening_mean, pool):
    """Data that all firms of a sector share, in mean firms' data, into ``pool`` (sectors,).

    The sum over the firms that exist, not their mean: ``represented`` is how many firms a firm in memory stands for,
    ``opening_total`` the same sum at the opening and ``opening_mean`` the mean data of a firm then. More firms, larger
    firms or more persons make the pool larger, by the elasticity ``scale``; how many are simulated does not.
    """
    sector_start, data_stock = structure.sector_start, firms.data_stock
    for s in range(pool.size):
        shared = 0.0
        for i in range(sector_start[s], sector_start[s + 1]):
            shared += data_stock[i]
        pool[s] = opening_mean[s] * (represented * shared / opening_total[s]) ** scale


@kernel
def trust_in_sharing(security, distrust):
    """Part of what could be traded whose owners let it go: with less protection of data they keep more of it back."""
    return 1.0 - distrust * (1.0 - security)


@kernel
def data_within_reach(own, pool, adopts, openness, market, trust, pooled):
    """Data that a firm can use: its own, what is open to every firm, and what it buys where it has adopted AI.

    ``openness`` and ``market`` are shares, the second of what is not open; ``trust`` says how much of that is for sale.
    ``pooled`` is what the whole pool is worth to a firm, in mean firms' data.
    """
    bought = market * trust * (1.0 - openness) if adopts else 0.0
    return own + pooled * pool * (openness + bought)


@kernel
def trade_in_data(firms, structure, market_size, artificial_intelligence):
    """What each firm receives for its data less what it pays as an adopter, into ``firms.data_income``.

    In every sector receipts and payments sum to nothing.
    """
    sector_start, stage, spending = structure.sector_start, firms.ai_stage, firms.ai_spending
    data_stock, income, fee = firms.data_stock, firms.data_income, market_size * artificial_intelligence.data_fee
    for s in range(sector_start.size - 1):
        first, last = sector_start[s], sector_start[s + 1]
        fees = 0.0
        data = 0.0
        for i in range(first, last):
            fees += fee * spending[i] if stage[i] > 0 else 0.0
            data += data_stock[i]
        for i in range(first, last):
            paid = fee * spending[i] if stage[i] > 0 else 0.0
            income[i] = data_stock[i] * (fees / data) - paid

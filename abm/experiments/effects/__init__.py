"""What each lever does: alone, at equal budgets, and under its contract."""

"""The Mesa view of the economy: workers, firms, government and bank as agents over the arrays of ``abm.state``."""

"""The adoption of AI fitted to surveys of firms, without a run of the economy."""

"""How fast this client is, and how lean, beside others: ``python -m benchmarks``."""

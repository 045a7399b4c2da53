"""How fast My Way is, beside the stock stack: the same conversation through both, in one run."""

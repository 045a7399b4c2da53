"""A plan goes out of the house: as a document, for a council's plan, for health, for a machine."""

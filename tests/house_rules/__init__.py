"""The house rules as tests: each is tried on the project, and on a fault planted to break it."""

"""The tests. They mirror the rooms; the doubles of the outside world stand beside them."""

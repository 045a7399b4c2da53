"""The caretaker: sets the house up, trains when the talk changed, runs and checks all processes."""

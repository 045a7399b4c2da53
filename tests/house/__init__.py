"""The caretaker, tested for real: programs, ports, processes and databases, not stand-ins."""

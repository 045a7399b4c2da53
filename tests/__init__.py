"""The tests: they mirror the rooms, and walk the whole house in contracts/ and journeys/."""

"""A living desk for a newcomer: invented young people in a store of their own."""

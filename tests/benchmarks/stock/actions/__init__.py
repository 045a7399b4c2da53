"""The actions package that `rasa init` makes."""

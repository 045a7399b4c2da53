"""Numbered migrations of the plan store. `HEAD` names the newest, so that branches clash there."""

"""How well the listener understands: pipelines compared on the same lines. Run by ./myway evaluate."""

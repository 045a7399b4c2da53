"""How well the listener understands: pipelines on the same lines. Run by ./myway evaluate."""

"""A browser's long name for itself, made short: enough to tell one's own sign-ins apart."""

# The first that is found counts: each names itself also as those it is like.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def name_of_browser(user_agent: str) -> str:
    """As in "Firefox, Windows"; "" where neither is known."""
    known = (
        next((name for sign, name in table if sign in user_agent), "")
        for table in (BROWSERS, MACHINES)
    )
    return ", ".join(filter(None, known))

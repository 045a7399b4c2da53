"""`.venv/bin/python -m tests.pictures`: the README's pictures, made anew into docs/pictures.

`… desk`: those of the desk, from `./myway demo`.
`… pages FOLDER`: every page and state of the chat in four dresses, to be looked at.
"""

import sys
from pathlib import Path

from tests.pictures.looking_at_every_page import look_at_every_page
from tests.pictures.making_the_pictures import make_the_pictures
from tests.pictures.showing_the_demonstration import show_the_demonstration

if __name__ == "__main__":
    if sys.argv[1:2] == ["pages"]:
        sys.exit(look_at_every_page(Path(sys.argv[2] if sys.argv[2:] else "var/pictures")))
    if sys.argv[1:2] == ["desk"]:
        sys.exit(show_the_demonstration())
    sys.exit(make_the_pictures())

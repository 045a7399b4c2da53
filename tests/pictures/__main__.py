"""`.venv/bin/python -m tests.pictures`: the README's pictures, made anew into docs/pictures."""

import sys

from tests.pictures.making_the_pictures import make_the_pictures

if __name__ == "__main__":
    sys.exit(make_the_pictures())

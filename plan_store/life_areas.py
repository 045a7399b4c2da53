"""What a plan is about: the four areas of life, the one-page profile's headings, and the dream."""

from typing import Literal, get_args

HopeArea = Literal["work_learning", "home", "friends_community", "health"]
ProfileHeading = Literal["good_now", "important_to_me", "support"]
LifeArea = Literal[
    "work_learning",
    "home",
    "friends_community",
    "health",
    "dream",
    "good_now",
    "important_to_me",
    "support",
]
HOPE_AREAS: tuple[str, ...] = get_args(HopeArea)
PROFILE_HEADINGS: tuple[str, ...] = get_args(ProfileHeading)
LIFE_AREAS: tuple[str, ...] = get_args(LifeArea)

# What an answer can become. A hope has parts; each answer of a profile chapter is its own entry.
HopePart = Literal["hope", "help", "with_whom", "when", "important", "first_step"]
HOPE_PARTS: tuple[str, ...] = get_args(HopePart)
ENTRY = "entry"
# Without this one there is nothing left of it.
MAIN_PARTS: tuple[str, ...] = ("hope", ENTRY)
CARD = "card_"
# The listener's own reading of a hope. The words stand there whole, and only they are read back.
NOT_READ_BACK = ("activity", "where")


def is_profile(life_area: str) -> bool:
    """Whether this is a heading of the one-page profile."""
    return life_area in PROFILE_HEADINGS

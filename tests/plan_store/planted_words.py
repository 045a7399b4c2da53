"""One fault for each rule of easy read, and beside it the nearest thing that is no fault.

Goes out: for each rule, the words that break it and the words that just do not.
"""

# Rule: (breaks it, just does not). Messages.
MESSAGES: dict[str, tuple[str, str]] = {
    "sentence_length": (
        "You can tell me now what you want to do with your dog and your cat.",
        "You can tell me now what you want to do with your dog and cat.",
    ),
    "long_sentence": (
        "You can tell me what you want to do with it.",
        "You can tell me what you want to do today.",
    ),
    "message_words": (
        (
            "You can tell me now what you want to do with your dog today. "
            "You can tell me now what you want to do with your cat today. "
            "You can tell me now what you want to do with your bike."
        ),
        (
            "You can tell me now what you want to do with your dog today. "
            "You can tell me now what you want to do with your cat today. "
            "You can tell me now what you want to do with it."
        ),
    ),
    "message_sentences": (
        "I am here. You are here. We can talk. We can stop.",
        "I am here. You are here. We can talk, and we can stop.",
    ),
    "one_question": (
        "What do you want? Who can help?",
        "Tell me what you want. Who can help?",
    ),
    "hard_word": ("This is your entitlement.", "This is your birthday."),
    "easier_word": ("You can discuss it.", "You can talk about it."),
    "same_word": ("This is your goal.", "This is your hope."),
    "two_ideas": (
        "You can come to see us when you like because we are here.",
        "You can come to see us all day because we are here.",
    ),
    "not_plain": ("We can touch base on Monday.", "You can touch the horse on Monday."),
    "baby_talk": ("You are a good girl.", "She is a good friend, and a girl."),
    "passive": ("Your words are kept here.", "You are tired. I have kept your words here."),
    "two_negatives": ("It is not unkind to say no to it.", "It is not kind to say it."),
    "capitals": ("Please tell me NOW.", "OK. I can tell you now."),
    "slanted": ("This is *very* good.", "This is 2 * 3 good things."),
    "short_form": ("Bring your friends, your mum etc.", "Bring your friends and your mum."),
    "percent": ("It helps 50% of people.", "It helps half of all people."),
    "reading_age": (
        (
            "International organizations communicate their significant educational opinion. "
            "Independent television personalities usually represent very traditional people. "
            "Communication is important to everybody in every community."
        ),
        "You can tell me what you want to do. I keep it here for you, every day of the week.",
    ),
    "no_longest": ("It is on {nobody_knows}.", "Hello {name}."),
}

# Labels of buttons.
LABELS: dict[str, tuple[str, str]] = {
    "label_length": ("🧭 Tell me more right now", "🧭 Tell me more again"),
    "label_picture": ("Go on", "▶️ Go on"),
    "label_words": ("👍", "👍 OK"),
}

# What stands under a message, in a file of words: labels of the answers, controls, a scale or not.
CHOICES: dict[str, tuple[tuple[int, int, bool], tuple[int, int, bool]]] = {
    "answers": ((4, 0, False), (3, 0, False)),
    "controls": ((0, 3, False), (0, 2, False)),
    "scale": ((2, 0, True), (3, 0, True)),
}

"""The check itself: a message, a button's label, the choices under a message, a turn.

Comes in: what somebody is about to say. Goes out: findings, in the order of the rules; none when
it is easy to read. Takes about a millisecond a message.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence

from plan_store.plain_words.finding import Finding
from plan_store.plain_words.reading_age import reading_age, syllables
from plan_store.plain_words.reading_the_lists import Lists
from plan_store.plain_words.splitting import Sentence, all_parts, sentences
from plan_store.plain_words.weighing_sentences import weigh_sentence
from plan_store.plain_words.weighing_words import is_explained, weigh_marks, weigh_words

# A letter and more: what a label needs beside its picture.
_WORDS = re.compile(r"[^\W\d_]{2,}|\bI\b|\d")
# Emoticons of a face, and the thumbs that do the same work.
_FACE = re.compile(
    "[\U0001f600-\U0001f64f\U0001f910-\U0001f92f\U0001f970-\U0001f97a\u2639\u263a👍👎]"
)


def check_message(
    text: str,
    lists: Lists,
    *,
    own_words: Collection[str] = (),
    names: Collection[str] = (),
    ours: bool = False,
) -> list[Finding]:
    """What is not easy to read in one message.

    `own_words`: what the person said; in quotes it is not counted. `names`: of people and places
    in it. `ours`: the chat's own words, held to more: one word for each thing, and no word let
    through because it has a capital and may be a name.
    """
    found = sentences(text, own_words, names)
    return [
        *_weigh_message(found, text, lists),
        *(finding for sentence in found for finding in weigh_sentence(sentence, lists)),
        *weigh_marks(found, lists),
        *weigh_words(found, lists, ours),
        *_weigh_reading_age(found, text, lists),
    ]


def check_label(label: str, lists: Lists, *, names: Collection[str] = ()) -> list[Finding]:
    """What is not easy about a button: its length, its picture, its words."""
    findings = []
    if len(label) > lists.most("label_length"):
        findings.append(lists.found("label_length", label, len(label)))
    if not any(_is_picture(letter) for letter in label):
        findings.append(lists.found("label_picture", label))
    if not _WORDS.search(label):
        findings.append(lists.found("label_words", label))
    found = sentences(label, (), names)
    return [*findings, *weigh_marks(found, lists), *weigh_words(found, lists, ours=True)]


def check_choices(
    answers: Sequence[str], controls: Sequence[str], lists: Lists, *, scale: bool = False
) -> list[Finding]:
    """What is wrong with the buttons under one message: too many, or a scale without 3 faces."""
    findings = []
    for rule, labels in (("answers", answers), ("controls", controls)):
        if len(labels) > lists.most(rule):
            findings.append(lists.found(rule, " · ".join(labels), len(labels)))
    if scale and len(answers) != lists.most("scale"):
        findings.append(lists.found("scale", " · ".join(answers), len(answers)))
    if scale:
        findings += [lists.found("scale_faces", each) for each in answers if not _FACE.search(each)]
    return findings


def check_turn(
    messages: Sequence[str], lists: Lists, own_words: Collection[str] = ()
) -> list[Finding]:
    """What is wrong with one turn of the chat: too many messages, or more than one question."""
    findings = []
    if len(messages) > lists.most("turn_messages"):
        findings.append(lists.found("turn_messages", " / ".join(messages), len(messages)))
    asked = sum(
        sentence.is_question for text in messages for sentence in sentences(text, own_words)
    )
    if asked > lists.most("turn_questions"):
        findings.append(lists.found("turn_questions", " / ".join(messages), asked))
    return findings


def _weigh_message(found: list[Sentence], text: str, lists: Lists) -> list[Finding]:
    counts = {
        "message_sentences": sum(not sentence.introduces for sentence in found if sentence.words),
        "message_words": sum(len(sentence.words) for sentence in found),
        "one_question": sum(sentence.bare.count("?") for sentence in found),
    }
    return [
        lists.found(rule, text, count) for rule, count in counts.items() if count > lists.most(rule)
    ]


def _weigh_reading_age(found: list[Sentence], text: str, lists: Lists) -> list[Finding]:
    # A word that is explained has been met: it counts as an easy one.
    spoken = [
        [1 if is_explained(word, lists) else syllables(word) for word in sentence.parts()]
        for sentence in found
    ]
    age = reading_age([sentence for sentence in spoken if sentence])
    if age is None or round(age) <= lists.most("reading_age"):
        return []
    long = {word.lower() for word in all_parts(found) if syllables(word) > 2}  # noqa: PLR2004
    return [lists.found("reading_age", ", ".join(sorted(long)) or text, round(age))]


def _is_picture(letter: str) -> bool:
    return unicodedata.category(letter) in {"So", "Sm"} and ord(letter) > 0x2000  # noqa: PLR2004

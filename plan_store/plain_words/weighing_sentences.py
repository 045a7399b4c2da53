"""One sentence: its length, how many ideas, who does it, and whether it says "no" twice.

Comes in: a sentence. Goes out: findings. A machine sees only the plain cases.
"""

from plan_store.plain_words.finding import Finding
from plan_store.plain_words.reading_the_lists import Lists
from plan_store.plain_words.splitting import Sentence

BE = {"am", "is", "are", "was", "were", "be", "been", "being"}
BE_OR_GET = BE | {"get", "gets", "got", "getting"}
SHORTENED = ("'s", "'re", "'m")
# "Is it kept?": who it is about stands between.
WHO = {"i", "you", "he", "she", "it", "we", "they", "this", "that", "somebody", "nobody"}
BETWEEN = {"not", "never", "always", "also", "already", "now", "just", "still", "only", "all"}
SHORTEST_ED = 4


def weigh_sentence(sentence: Sentence, lists: Lists) -> list[Finding]:
    """What is hard in one sentence."""
    findings = []
    length = len(sentence.words)
    if length > lists.most("sentence_length"):
        findings.append(lists.found("sentence_length", sentence.text, length))
    elif length > lists.most("long_sentence"):
        findings.append(lists.found("long_sentence", sentence.text, length))
        words = [word.lower() for word in sentence.words]
        if sum(word in lists.grammar.joining for word in words[1:]) > lists.most("two_ideas"):
            findings.append(lists.found("two_ideas", sentence.text))
    parts = [part.lower().replace("’", "'") for part in sentence.parts()]
    if passive := _passive(parts, lists):
        findings.append(lists.found("passive", sentence.text, passive))
    if no := _said_no_twice(sentence, parts, lists):
        findings.append(lists.found("two_negatives", sentence.text, no))
    return findings


def _passive(parts: list[str], lists: Lists) -> str | None:
    """The words that hide who does it: a form of be or get, and what was done."""
    for at, word in enumerate(parts):
        shortened = word.endswith(SHORTENED) and word != "let's"
        if not (word in BE_OR_GET or shortened):
            continue
        # In a question the one it is about comes next; after "it's" it stands already.
        rest, steps = parts[at + 1 :], 0
        while rest and steps <= 1 and (rest[0] in BETWEEN or rest[0].endswith("ly")):
            rest, steps = rest[1:], steps + 1
        if rest and rest[0] in WHO and (at == 0 or parts[at - 1] in {"what", "how", "why", "when"}):
            rest = rest[1:]
        if rest and _was_done(rest, lists):
            return " ".join(parts[at : len(parts) - len(rest) + 1])
    return None


def _was_done(rest: list[str], lists: Lists) -> bool:
    word, after = rest[0], rest[1] if len(rest) > 1 else ""
    if word in lists.grammar.feelings_and_states:
        return after == "by"
    if word in lists.grammar.done_to:
        return True
    is_form = word.endswith("ed") and len(word) > SHORTEST_ED
    # "need", "bed": only a form of a verb is meant, and that is never its own first form.
    return is_form and word not in lists.common and not word.endswith("eed")


def _said_no_twice(sentence: Sentence, parts: list[str], lists: Lists) -> str | None:
    # "No, you do not have to": the first is an answer.
    answered = sentence.words[:1] and sentence.words[0].lower() == "no" and len(parts) > 1
    said = [
        word
        for word in (parts[1:] if answered and "no," in sentence.bare.lower()[:4] else parts)
        if word in lists.grammar.negatives or word.endswith("n't")
    ]
    if said and any(word in lists.grammar.not_words for word in parts):
        said += [word for word in parts if word in lists.grammar.not_words]
    return ", ".join(said) if len(said) > 1 else None

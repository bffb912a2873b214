"""What a form's designer does to labels: small rewordings, and numbers that change their rows."""

import re
from copy import deepcopy

from tests.makers.damaged_forms import as_pandoc_leaves_it
from tests.makers.forms import EVERY_KIND, W, a_run, edited, element


def _words(change):
    """A change of one word that has some length, where there is any."""

    def reworded(label, chance):
        places = [m for m in re.finditer(r"[a-z]{4,}", label)]
        if not places:
            return f"{label}, as seen"
        place = chance.choice(places)
        return label[: place.start()] + change(place[0], chance) + label[place.end() :]

    return reworded


def _less_a_word(label, chance):
    words = label.split()
    if len(words) < 4:
        return f"{label}?"
    del words[chance.randrange(len(words))]
    return " ".join(words)


def _two_words_exchanged(label, chance):
    words = label.split()
    place = chance.randrange(max(1, len(words) - 1))
    words[place : place + 2] = reversed(words[place : place + 2])
    return " ".join(words)


def _with_one_more(label, chance):
    words = label.split()
    more = chance.choice(["always", "now", "fully", "well", "all"])
    words.insert(chance.randrange(1, len(words) + 1), more)
    return " ".join(words)


SMALL_REWORDINGS = {
    "a letter left out": _words(lambda word, chance: word[:2] + word[3:]),
    "two letters exchanged": _words(lambda word, chance: word[0] + word[2] + word[1] + word[3:]),
    "another ending": _words(lambda word, chance: word + chance.choice(["s", "ed", "ing"])),
    "a word in capitals": _words(lambda word, chance: word.upper()),
    "a word less": _less_a_word,
    "a word more": _with_one_more,
    "two words exchanged": _two_words_exchanged,
    "a stop or colon": lambda label, chance: label + chance.choice([".", ":", "?", " -"]),
    "asked as a question": lambda label, chance: f"{label.rstrip('?')}, is that so?",
    "and as a sign": lambda label, chance: label.replace(" and ", " & ").replace("; ", " - "),
}


def shifted(numbers):
    """The numbers of neighbouring rows as they stand when one row was put behind the others."""
    return [*numbers[1:], numbers[0]]


def relabelled(form, of, first, count, reword, chance, *, stop=""):
    """A form that lost fields and marks, the numbers of so many rows shifted and words changed.

    `stop` is written behind the numbers. Returns the form and the items whose rows were changed.
    """
    items = of.items[first : first + count]
    new = dict(zip((i.title for i in items), shifted([i.number for i in items]), strict=True))

    def edit(body):
        for text in body.iter(f"{W}t"):
            if text.text in new:
                words = text.text.partition(" ")[2]
                text.text = f"{new[text.text]}{stop} {reword(words, chance)}"

    return edited(as_pandoc_leaves_it(form), edit), items


def with_numbers_apart(form, *, mark="words", headings=True):
    """The numbers of all questions in a column of their own, as a designer lays a form out.

    `mark` says with which of the two the bookmark stays; without `headings` each first row goes.
    """
    titles = {item.title for item in EVERY_KIND.items}

    def edit(body):
        for row in body.iter(f"{W}tr"):
            label = row.find(f"{W}tc")
            said = [text for text in label.iter(f"{W}t") if text.text]
            if said and said[0].text in titles:
                number, _, said[0].text = said[0].text.partition(" ")
                label.addprevious(element("tc", element("p", a_run(number))))
                _moved_marks(label) if mark == "number" else None
            elif said and said[0].text in ("Question", "Standard"):
                label.addprevious(element("tc", element("p", a_run("No."))))
                row.getparent().remove(row) if not headings else None

    return edited(form, edit)


def _moved_marks(label):
    """The bookmarks of a label put into the cell before it."""
    for mark in [*label.iter(f"{W}bookmarkStart")]:
        label.getprevious()[0].append(deepcopy(mark))
        mark.getparent().remove(mark)

"""How rows are read whose numbers were exchanged and whose words were changed, all fields gone.

Run `python -m tests.exchanged_rows`: every pair of neighbouring rows of every type, each reworded
in every small way. Ends with 1 when an answer was read into the wrong row and nobody is told.
"""

import random
import sys
from collections import Counter

from auditdocs.documents.forms.word_tables import plain
from tests.makers.awkward_forms import an_awkward_blank
from tests.makers.changed_labels import SMALL_REWORDINGS, relabelled
from tests.makers.forms import KEYS, read, the_contract


def ends(of):
    """How the rows of one type came home, by what a person is told."""
    form = an_awkward_blank(of)
    given, counts = read(form, of).answers, Counter()
    for reword in SMALL_REWORDINGS.values():
        for place in range(len(of.items) - 1):
            changed, items = relabelled(form, of, place, 2, reword, random.Random(place))
            found = read(changed, of)
            counts.update(end(found, item, given) for item in items)
    return counts


def end(found, item, given):
    """How one row came home."""
    if found.unclear or found.conflicts:
        return "set aside"
    keys = [key for key in (*item.keys, item.comment_key) if key in given]
    said = [found.answers[key].text if key in found.answers else "" for key in keys]
    is_told = any(item.title[:60] in note for note in found.notes)
    is_right = [*map(plain, said)] == [plain(given[key].text) for key in keys]
    return f"{'right' if is_right else 'WRONG'}, {'told' if is_told else 'in silence'}"


if __name__ == "__main__":
    every = Counter()
    for key in (*KEYS, "accuracy-agreement"):
        counts = ends(the_contract(key))
        sys.stdout.write(f"{key:20} {dict(counts)}\n")
        every += counts
    shares = {name: f"{n / every.total():.1%}" for name, n in every.items()}
    sys.stdout.write(f"{'all':20} {shares}\n")
    sys.exit(1 if every["WRONG, in silence"] else 0)

"""A zip file of forms received: its members are put in the inbox, each a file of its own.

The zip file itself is archived. Its members are put in place when it is finished, from our own copy
and once it is out of the inbox, so that a stop in between only has them put there again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from auditdocs.documents.bundle import is_bundle, names
from auditdocs.places.archive import source_place
from auditdocs.places.file_names import safe_name
from auditdocs.places.inbox import is_ignored
from auditdocs.places.journal.returns import keep_return
from auditdocs.steps.office import Office
from auditdocs.steps.receive.arrival import Arrival, Ended, breaks


def is_zip_of_forms(office: Office, arrived: Arrival) -> bool:
    """Whether the file is a zip of files people send."""
    return arrived.document is None and is_bundle(arrived.data)


def zip_received(office: Office, arrived: Arrival) -> Ended:
    """The zip file to be unpacked. Raises FormFault for one that is not to be."""
    count = len(list(loose(office.guard.asked(names, arrived.data, fault=breaks))))
    place = source_place(office.workspace.archive, day=office.today, kind="zips", file=arrived.name)
    done = replace(
        arrived.came,
        outcome="unpacked",
        stored=office.workspace.relative(place),
        details={"Files": str(count)},
    )
    return keep_return(office.journal, done), done


def loose(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The members that count, each with the name under which it is put in the inbox."""
    for name in names:
        parts = [part for part in name.split("/") if part]
        if parts and not any(map(is_ignored, parts)):
            yield name, safe_name(" - ".join(parts))

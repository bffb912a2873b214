"""Reviews of Accuracy agreements as duties: who is told of one that is near, and of one overdue.

Source: domain.md C3 (warned four weeks before; overdue listed to TM, BSO and hos_bs).
"""

from collections.abc import Iterable, Iterator

from auditdocs.rules.accuracy.reviews import Review
from auditdocs.rules.follow_up.addressees import Addressee, Directory
from auditdocs.rules.follow_up.duties import Duty


def review_duties(reviews: Iterable[Review], directory: Directory, *, post: str) -> Iterator[Duty]:
    """A duty for each review: of the two who agree, and when it is late of the Head of Service too.

    `post` is the title of the Head of Service for Business Support, used where nobody is named.
    """
    for review in reviews:
        agreement = review.agreement
        told = "hold the review, change what is to change, and return the form signed by both"
        yield Duty(
            kind="agreement review",
            about=agreement.form_id,
            text=f"Accuracy agreement of {agreement.team}, {review.why}: {told}",
            due=review.due,
            team=agreement.team,
            to=tuple(dict.fromkeys(_told(review, directory, post))),
        )


def _told(review: Review, directory: Directory, post: str) -> Iterator[Addressee]:
    agreement = review.agreement
    team = directory.posts.staff.teams.get(agreement.team)
    manager = directory.posts.manager(agreement.team, directory.day)
    yield Addressee(agreement.team, manager or agreement.tm)
    yield Addressee(agreement.team, (team.business_support if team else "") or agreement.bso)
    if review.late:
        yield directory.business_support(post)

"""Which letters an audit leads to, to whom; and what waits for whom until when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from auditdocs.model.form import Answer
from auditdocs.model.letter import Letter
from auditdocs.model.people import Person, Staff, Team
from auditdocs.model.settings import Settings
from auditdocs.rules.follow_up.addressees import Directory
from auditdocs.rules.follow_up.answer import answer
from auditdocs.rules.follow_up.duties import Matter, duties, form_duty
from auditdocs.rules.follow_up.followed import Followed, Tracked
from auditdocs.rules.follow_up.on_acceptance import letters_on_acceptance
from auditdocs.rules.follow_up.on_standing import draw, is_moderated, letters_on_standing
from auditdocs.rules.follow_up.papers import (
    by_others,
    new_paper,
    outcomes,
    paper_values,
    said,
)
from auditdocs.rules.follow_up.sayings import after_talk
from auditdocs.rules.follow_up.slip import supervision_slip, training_needs
from auditdocs.rules.register.letters import letter_row
from auditdocs.rules.selection.posts import posts
from tests.makers.contracts import a_contract, an_item
from tests.makers.forms import EVERY_KIND, an_issued_audit
from tests.makers.records import a_recommendation, a_record

DAY = date(2026, 9, 21)
PEOPLE = (
    Person(name="Sam Worker", role="sw", teams=("North",), supervisor="Una Senior"),
    Person(name="Una Senior", role="ssw", teams=("North",), supervisor="Tess Manager"),
    Person(name="Tess Manager", role="tm", teams=("North",)),
    Person(name="Bo Pair", role="tm", teams=("South",)),
    Person(name="Hope Head", role="hos", teams=()),
    Person(name="Ida Head", role="hos", teams=()),
    Person(name="Quin Quality", role="hos_qap"),
)
NORTH = Team(name="North", manager="Tess Manager", head_of_service="Hope Head")
SOUTH = Team(name="South", manager="Bo Pair", head_of_service="Ida Head")


def a_directory(*teams, left=()):
    """Who holds which post today; those who left did so yesterday."""
    chosen = {team.name: team for team in teams or (NORTH, SOUTH)}
    yesterday = DAY - timedelta(days=1)
    people = (replace(p, active_to=yesterday) if p.name in left else p for p in PEOPLE)
    return Directory(posts(Staff(tuple(people), chosen)), DAY)


PEER = ("contact-sheet", "team-manager-feedback", "moderation")
THEMED = ("contact-sheet", "smg-discussion", "team-manager-feedback")
OWN = ("contact-sheet", "supervision-slip")


def an_audit(follow_up=PEER, *, recommendations=(), record=None, audit=None, **said):
    """An audit of a case of North by the manager of South, home since yesterday."""
    return Followed(
        audit=replace(
            an_issued_audit(),
            **{
                "status": "accepted",
                "returned": DAY - timedelta(days=1),
                "form_version": 1,
                "team": "North",
                "worker": "Sam Worker",
                "auditor": "Bo Pair",
                "auditor_team": "South",
                **(audit or {}),
            },
        ),
        contract=replace(EVERY_KIND, follow_up=follow_up),
        record=a_record(**{"overall": "G", "recommendations": (), **(record or {})}),
        said=said,
        recommendations=tuple(recommendations),
    )


def action(status="Agreed", **changes):
    """A recommendation and where it stands."""
    return Tracked(made=a_recommendation(need_type="none", **changes), status=status)


def accepted(of, directory=None):
    """Kind and person of the letters that follow from the form itself."""
    found = letters_on_acceptance(of, directory or a_directory(), today=DAY)
    return [(letter.kind, letter.person) for letter in found]


def later(of, directory=None, settings=None):
    """The same of what was said of it since."""
    chosen = settings or Settings(moderation_share=0)
    found = letters_on_standing(of, directory or a_directory(), chosen, today=DAY)
    return [(letter.kind, letter.person) for letter in found]


# To whom.


@pytest.mark.parametrize(
    ("need", "follow_up", "people"),
    [
        ("individual", PEER, ["Una Senior"]),
        ("group", PEER, ["Tess Manager"]),
        ("team", OWN, ["Tess Manager"]),
        ("individual", OWN, []),
    ],
)
def test_individual_needs_go_to_the_supervisor_and_wider_ones_to_the_team_manager(
    need, follow_up, people
):
    of = an_audit(follow_up, recommendations=[Tracked(made=a_recommendation(need_type=need))])
    assert [who for kind, who in accepted(of) if kind == "training-needs"] == people
    assert ("supervision-slip", "Una Senior") in accepted(of) or follow_up is PEER


def test_a_letter_of_needs_tells_each_only_what_is_theirs():
    of = an_audit(
        recommendations=[
            Tracked(made=a_recommendation(number=1, need_type="individual"), text="for one"),
            Tracked(made=a_recommendation(number=2, need_type="team"), text="for all"),
        ]
    )
    assert [n["text"] for n in training_needs(of, individual=True, wider=False)["needs"]] == [
        "for one"
    ]
    assert [n["text"] for n in training_needs(of, individual=False, wider=True)["needs"]] == [
        "for all"
    ]


def test_a_supervisor_who_holds_the_case_is_no_supervisor_of_it():
    of = an_audit(OWN, audit={"worker": "Una Senior"})
    assert ("supervision-slip", "Tess Manager") in accepted(of)


def test_nothing_goes_to_a_manager_who_has_left_though_the_form_names_them():
    of = an_audit(audit={"header": {"team_manager": "Tess Manager"}}, record={"safe": False})
    people = {who for _, who in accepted(of, a_directory(left=("Tess Manager",)))}
    assert "Tess Manager" not in people
    assert "Hope Head" in people
    stranger = an_audit(audit={"header": {"team_manager": "Kim Known-of-Old"}})
    nobody = Directory(posts(Staff()), DAY)
    assert ("feedback", "Kim Known-of-Old") in accepted(stranger, nobody)


def test_letters_about_a_team_that_was_renamed_since_go_to_those_who_answer_for_it_now():
    now = replace(NORTH, name="North and East", renamed_from=("NORTH",), business_support="Bea")
    of, directory = an_audit(record={"safe": False}), a_directory(now, SOUTH)
    told = accepted(of, directory)
    assert ("immediate-concern", "Tess Manager") in told
    assert ("immediate-concern", "Hope Head") in told
    assert ("contact-sheet", "Bea") in told
    assert directory.manager(of.audit).team == "North and East"


def test_a_supervisor_who_has_left_is_followed_by_the_team_manager():
    gone = a_directory(left=("Una Senior",))
    assert ("supervision-slip", "Tess Manager") in accepted(an_audit(OWN), gone)
    of = an_audit(OWN, audit={"header": {"supervisor": "Una Senior"}, "worker": "Nobody Known"})
    assert ("supervision-slip", "Tess Manager") in accepted(of, gone)


def test_a_child_who_is_not_safe_is_told_to_manager_and_head_first_of_all_letters():
    told = accepted(an_audit(record={"safe": False}))
    assert told[:2] == [("immediate-concern", "Tess Manager"), ("immediate-concern", "Hope Head")]


DISPUTE = {"discussed_date": "2026-09-18", "agreed": "no"}


def test_a_dispute_between_teams_of_two_heads_of_service_goes_to_both_and_of_one_to_one():
    assert [who for _, who in later(an_audit(**DISPUTE))] == ["Hope Head", "Ida Head"]
    same = replace(SOUTH, head_of_service="Hope Head")
    assert [who for _, who in later(an_audit(**DISPUTE), a_directory(NORTH, same))] == ["Hope Head"]


def test_a_dispute_is_not_referred_before_the_discussion_was_held():
    assert later(an_audit(agreed="no")) == []


def test_what_was_decided_is_told_to_both_with_a_contact_sheet_where_the_grade_changed():
    decided = DISPUTE | {"decided_date": "2026-09-21", "decided_by": "Hope Head and Ida Head"}
    told = later(an_audit(**decided))
    assert ("decision-made", "Tess Manager") in told
    assert ("decision-made", "Bo Pair") in told
    assert "contact-sheet" not in dict(told)
    assert ("contact-sheet", "Sam Worker") in later(an_audit(**decided, grade_final="RI"))


# Moderation.


def test_every_grade_that_settings_name_is_moderated_and_a_share_of_the_rest():
    settings = Settings(moderation_grades=("O", "I"), moderation_share=10)
    several = [
        an_audit(audit={"audit_id": f"Q-2026-09-{n:04d}"}, record={"overall": grade})
        for n in range(1, 501)
        for grade in ("O", "I", "G")
    ]
    chosen = [of for of in several if is_moderated(of, settings)]
    assert sum(of.record.overall != "G" for of in chosen) == 1000
    assert 30 <= sum(of.record.overall == "G" for of in chosen) <= 70
    assert all(is_moderated(of, settings) == (draw(of) < 10) for of in several[2::3])


def test_a_moderation_is_asked_of_the_head_of_service_and_of_no_other_type():
    of = an_audit(record={"overall": "I"})
    assert ("moderation", "Hope Head") in later(of)
    assert later(replace(of, contract=replace(EVERY_KIND, follow_up=OWN))) == []


# The service management group.


def test_a_themed_audit_is_a_paper_then_feedback_and_then_to_be_acknowledged():
    assert later(an_audit(THEMED)) == [("smg-paper", "Quin Quality")]
    talked = an_audit(THEMED, smg_discussed_date="2026-09-18", smg_outcome="amended")
    assert later(talked) == [("feedback", "Tess Manager")]
    fed_back = Letter(
        kind="feedback", about="", team="North", person="Tess Manager", wanted=DAY, made=DAY
    )
    assert kinds(talked, fed_back) == ["acknowledgement"]
    assert (
        kinds(replace(talked, said={**talked.said, "signed_tm_date": "2026-09-21"}), fed_back) == []
    )


# What waits.


def waits(of, *letters, directory=None, supervision_days=21, **matter):
    """Everything that waits because of an audit."""
    of = Matter(of=of, letters=letters, **matter)
    return [*duties(of, directory or a_directory(), supervision_days=supervision_days)]


def kinds(of, *letters, **matter):
    """The kinds of what waits."""
    return [duty.kind for duty in waits(of, *letters, **matter)]


def test_an_immediate_concern_waits_until_it_is_verified():
    of = an_audit(OWN, record={"safe": False}, supervision_date="2026-09-21")
    (duty,) = waits(of)
    assert (duty.kind, duty.urgent, duty.due) == ("immediate concern", True, of.audit.returned)
    assert kinds(of, verified=True) == []


def test_a_corrected_form_takes_no_immediate_concern_from_the_list():
    of = an_audit(OWN, record={"safe": True}, supervision_date="2026-09-21")
    told = Letter(
        kind="immediate-concern", about="v1", team="North", person="Tess Manager", wanted=DAY
    )
    (duty,) = waits(of, told)
    assert duty.urgent
    assert "safe after all" in duty.text
    assert kinds(of, told, verified=True) == []


def test_what_is_done_and_urgent_waits_for_somebody_other_than_its_owner():
    talked = {"discussed_date": "2026-09-18"}
    done = an_audit(recommendations=[action("Done", priority="high")], **talked)
    (duty,) = waits(done)
    assert (duty.kind, [each.person for each in duty.to]) == ("verification", ["Una Senior"])
    own = replace(action("Verified", priority="high"), verified_by="Archer, Ann")
    (duty,) = waits(an_audit(recommendations=[own], **talked))
    assert "verified by its own owner" in duty.text
    assert kinds(an_audit(recommendations=[action("Done", priority="standard")], **talked)) == []


def test_what_the_supervisor_was_to_do_is_verified_by_who_is_over_the_supervisor():
    def verifier(owner, **changes):
        done = action("Done", priority="high", owner_name=owner)
        of = an_audit(recommendations=[done], discussed_date="2026-09-18", **changes)
        (duty,) = waits(of)
        return [each.person for each in duty.to]

    assert verifier("Senior, Una") == ["Tess Manager"]
    assert verifier("Tess Manager", audit={"worker": "Una Senior"}) == ["Hope Head"]
    assert verifier("Sam Worker") == ["Una Senior"]


def test_what_somebody_who_has_left_was_to_do_is_told_to_the_team_manager():
    todo = an_audit(recommendations=[action(owner_name="Sam Worker")], discussed_date="2026-09-18")
    assert [each.person for each in waits(todo)[0].to] == ["Sam Worker"]
    (duty,) = waits(todo, directory=a_directory(left=("Sam Worker",)))
    assert (duty.kind, [each.person for each in duty.to]) == ("recommendation", ["Tess Manager"])


def test_a_completeness_audit_is_discussed_by_the_services_own_next_supervision():
    of = an_audit(OWN)
    (duty,) = waits(of, supervision_days=28)
    assert (duty.kind, duty.due) == ("discussion", of.audit.returned + timedelta(days=28))
    due, _ = answered("supervision-slip", of, supervision_days=28)
    assert due == DAY + timedelta(days=28)


def test_an_audit_that_was_withdrawn_is_no_second_audit_of_an_inadequate_case():
    of = an_audit(record={"overall": "I"}, discussed_date="2026-09-18")
    withdrawn = replace(an_issued_audit(), status="withdrawn")
    assert kinds(of, later=(withdrawn,)) == ["re-audit"]
    assert kinds(of, later=(withdrawn, an_issued_audit())) == []


def test_an_inadequate_case_waits_to_be_audited_again_until_it_is():
    of = an_audit(record={"overall": "I"}, discussed_date="2026-09-18")
    (duty,) = waits(of)
    assert (duty.kind, duty.due) == ("re-audit", date(2026, 12, 18))
    assert kinds(of, later=(an_issued_audit(),)) == []
    assert kinds(replace(of, said={**of.said, "grade_final": "RI"})) == []
    assert kinds(an_audit(discussed_date="2026-09-18", grade_final="I")) == ["re-audit"]


def test_a_contact_sheet_waits_until_it_is_attached_and_a_newer_one_until_it_is_too():
    of = an_audit(OWN, supervision_date="2026-09-21")
    first = Letter(kind="contact-sheet", about="1", team="North", person="Bo", wanted=DAY)
    second = replace(first, about="2", wanted=DAY + timedelta(days=9))
    assert kinds(of, first) == ["contact sheet"]
    attached = replace(of, filed=DAY - timedelta(days=2))
    assert kinds(attached, first) == []
    assert kinds(attached, first, second) == ["contact sheet"]
    assert kinds(replace(of, filed=second.wanted), first, second) == []


def test_a_form_that_stays_out_is_the_auditors_then_the_managers_too_and_then_released():
    audit = an_audit(audit={"status": "issued"}).audit

    def told(days):
        day = audit.due + timedelta(days=days)
        return form_duty(audit, a_directory(), today=day, grace=21)

    assert [each.person for each in told(7).to] == ["Bo Pair"]
    assert [each.person for each in told(8).to] == ["Bo Pair", "Tess Manager"]
    assert "released" not in told(21).text
    assert "may be issued again" in told(22).text


# What came of a letter.


def answered(kind, of, supervision_days=21, **changes):
    """Due and done of a letter of that kind, wanted today."""
    letter = Letter(kind=kind, about="", team="North", person="Bo", wanted=DAY, made=DAY)
    found = answer(letter, of, (letter,), supervision_days=supervision_days, **changes)
    return found.due, found.done


def test_each_letter_that_asks_for_something_tells_by_when_and_when_it_was_done():
    of = an_audit(discussed_date="2026-09-22", decided_date="2026-10-01")
    assert answered("feedback", of) == (date(2026, 10, 2), date(2026, 9, 22))
    assert answered("referral", of) == (date(2026, 10, 5), date(2026, 10, 1))
    assert answered("moderation", of) == (date(2026, 10, 5), None)
    assert answered("contact-sheet", of) == (date(2026, 9, 28), None)
    assert answered("immediate-concern", of) == (of.audit.returned, None)
    assert answered("immediate-concern", of, verified=DAY) == (of.audit.returned, DAY)
    assert answered("decision-made", of) == (None, None)


def test_a_letter_in_the_ledger_is_due_then_overdue_or_done():
    of = an_audit()
    letter = Letter(kind="feedback", about="", team="North", person="Bo", wanted=DAY, made=DAY)

    def standing(of, day, letter=letter):
        return letter_row(1, letter, answer(letter, of, (), supervision_days=21), today=day)[
            "Standing"
        ]

    assert standing(of, date(2026, 10, 2)) == "Due"
    assert standing(of, date(2026, 10, 3)) == "Overdue"
    assert standing(replace(of, said={"discussed_date": "2026-10-05"}), date(2026, 10, 6)) == "Done"
    assert standing(of, DAY, replace(letter, made=None)) == "Waits"
    assert (
        letter_row(1, replace(letter, kind="reminders"), today=DAY)["Standing"] == "In the outbox"
    )


# The form beside a letter.


def test_a_recommendation_without_a_row_on_the_form_is_named_under_its_last_row():
    rows = [an_item(f"r_{n}", type="choice", note=True) for n in (1, 2)]
    asks = a_contract(*rows, key="discussion", prefix="DIS")
    of = an_audit(recommendations=[action(number=n) for n in (1, 2, 3)])
    new = new_paper(of, asks, reference="DIS-2026-09-0001", today=DAY, manager="Tess Manager")
    advice = paper_values(new, of, asks, Settings())["advice"]
    first, second, third = (each.reference for each in of.recommendations)
    assert advice["r_1"].startswith(f"{first}: ")
    assert f"no row for {third}" in advice["r_2"]
    assert second not in advice["r_1"]


def test_a_question_of_the_services_own_is_no_row_of_a_recommendation():
    asks = a_contract(an_item("r_1", type="choice", note=True), an_item("r_remarks", type="text"))
    of = an_audit(recommendations=[action(number=1)])
    new = new_paper(of, asks, reference="DIS-2026-09-0001", today=DAY, manager="Tess Manager")
    assert new.printed == ("r_1", "r_remarks")
    assert paper_values(new, of, asks, Settings())["advice"]["r_remarks"] == ""
    words = replace(a_record(), answers=(Answer(item_id="r_remarks", value="All well."),))
    assert outcomes(words) == {}
    assert said(words)["r_remarks"] == "All well."


# The slip.


def test_a_slip_shows_what_is_still_open_and_what_was_done_since_the_last_one():
    earlier = [
        replace(action(number=1), text="open"),
        replace(action("Done", number=2, priority="standard"), text="lately", done=DAY),
        replace(
            action("Done", number=3, priority="standard"),
            text="before the last slip",
            done=DAY - timedelta(days=30),
        ),
    ]
    said = supervision_slip(an_audit(OWN), earlier, since=DAY - timedelta(days=21))
    assert [row["text"] for row in said["still_open"]] == ["open"]
    assert [row["text"] for row in said["done_since"]] == ["lately"]
    first = supervision_slip(an_audit(OWN), earlier, since=None)
    assert [row["text"] for row in first["done_since"]] == ["lately", "before the last slip"]


def signed_by(*names):
    """A form that came home with these names under it."""
    return a_record(fields=dict(zip(("signed_by", "signed_second"), names, strict=False)))


def test_of_two_heads_who_disagree_the_first_answer_stands_until_both_sign_one():
    first = signed_by("Hope Head")
    (reason,) = by_others(first, signed_by("Ida Head"))
    assert reason.code == "second-signature"
    assert by_others(first, signed_by("Ida Head", "Head, Hope")) == ()
    assert by_others(first, signed_by("hope head")) == ()
    assert by_others(None, first) == by_others(signed_by(), first) == ()


def test_what_one_side_rejects_stays_open_until_it_is_decided():
    talk = a_record(
        answers=(Answer(item_id="r_1", value="rejected"), Answer(item_id="agreed", value="no"))
    )
    ruling = a_record(answers=(Answer(item_id="r_1", value="falls"),))
    agreed = a_record(answers=(Answer(item_id="r_1", value="rejected"),))
    assert after_talk(1, {"discussion": talk})[0] == "Proposed"
    assert after_talk(1, {"discussion": talk, "decision": ruling})[0] == "Rejected"
    assert after_talk(1, {"discussion": agreed})[0] == "Rejected"

"""Actions of the workbench: done once, told about when they are not."""

from __future__ import annotations

import pytest
from conftest import EDITOR, LEAD, PAIRS, TRANSLATOR, document, flag

from qa.model import FlagState, Link, SegmentState
from qa.review.views import Actor, Role, SegmentFilter
from qa.ui import grouped
from qa.ui.actions import OPERATIONS, Ledger, perform


def action(segment, operation, **changes):
    return {
        "id": "a1",
        "sequence": 1,
        "segment": segment.id,
        "version": segment.version,
        "operation": operation,
        "text": segment.text,
    } | changes


def test_a_saved_text_comes_back_as_a_row(service, segment):
    result = perform(service, TRANSLATOR, action(segment, "submit", text="Autre texte."))
    assert result["ok"]
    assert (result["row"]["text"], result["row"]["state"]) == ("Autre texte.", "revised")
    assert service.segment(segment.id).text == "Autre texte."


def test_the_same_action_twice_is_done_once(service, segment):
    ledger = Ledger()
    sent = action(segment, "save-draft", text="Un.")
    first = ledger.carry_out(service, TRANSLATOR, "tab", [sent])
    again = ledger.carry_out(
        service, TRANSLATOR, "tab", [sent, action(segment, "comment", id="a2", note="Oui")]
    )
    assert again[0] is first[0]
    assert len(service.revisions(segment.id)) == 1
    assert [comment.text for comment in service.comments(segment.id)] == ["Oui"]


def test_what_somebody_else_did_in_the_same_browser_is_left_alone(service, segment):
    """The name at the desk has changed while it was on its way: it is not acknowledged, so it waits there."""
    ledger = Ledger()
    sent = action(segment, "submit", text="De Tina.", by="Tina")
    assert ledger.carry_out(service, TRANSLATOR, "tab", [sent]) == []
    assert service.segment(segment.id).text == segment.text
    assert ledger.carry_out(service, Actor("tina", Role.TRANSLATOR), "tab", [sent])[0]["ok"]


@pytest.mark.parametrize("operation", ["save-draft", "submit"])
def test_after_a_restart_a_repeated_save_is_recognised(service, segment, operation):
    sent = action(segment, operation, text="Deux.")
    assert Ledger().carry_out(service, TRANSLATOR, "tab", [sent])[0]["ok"]
    assert Ledger().carry_out(service, TRANSLATOR, "tab", [sent])[0]["ok"]
    assert len(service.revisions(segment.id)) == 1


def test_what_a_repair_has_replaced_leaves_the_typing_in_the_editor(service, segment):
    added = (Link(segment.source_index, (), 1.0), Link((), segment.target_index, 1.0))
    service.repair(EDITOR, segment.document_id, {segment.id: segment.version}, added, "unlink")
    result = perform(service, TRANSLATOR, action(segment, "submit", text="Le mien."))
    assert (result["ok"], result["row"], result.get("conflict")) == (False, None, None)
    assert "was replaced" in result["message"]


def test_a_conflict_brings_the_text_that_stands(service, segment):
    service.submit(EDITOR, segment.id, "Le leur.", segment.version)
    result = perform(service, TRANSLATOR, action(segment, "submit", text="Le mien."))
    assert not result["ok"]
    assert result["conflict"]
    assert result["row"]["text"] == "Le leur."
    assert service.segment(segment.id).text == "Le leur."


def test_a_fix_is_applied_to_what_was_typed(service, segment):
    (flag,) = segment.flags
    result = perform(
        service, TRANSLATOR, action(segment, "apply-fix", flag=flag.id, text=segment.text + " Oui.")
    )
    assert result["row"]["text"] == segment.text.replace("grèves", "frappes") + " Oui."
    assert result["row"]["flags"][0]["state"] == "accepted"


def test_a_dismissal_sent_twice_stands_once(service, segment):
    (flag,) = segment.flags
    for _ in range(2):
        result = perform(service, TRANSLATOR, action(segment, "dismiss-flag", flag=flag.id, note="Juste ici"))
        assert result["ok"]
    stored = service.segment(segment.id).flags[0]
    assert (stored.flag.state, stored.reason) == (FlagState.DISMISSED, "Juste ici")


def test_what_a_role_may_not_do_is_said_in_the_words_of_the_service(service, segment):
    result = perform(service, LEAD, action(segment, "submit", text="Non."))
    assert not result["ok"]
    assert "lead may not submit" in result["message"]
    assert service.segment(segment.id).state is SegmentState.MACHINE


def test_sending_back_and_approving(service, segment):
    revised = service.submit(TRANSLATOR, segment.id, "Trois.", segment.version)
    back = perform(service, EDITOR, action(revised, "send-back", note="Revoir"))
    assert back["row"]["state"] == "sent-back"
    again = service.submit(TRANSLATOR, segment.id, "Quatre.", back["row"]["version"])
    done = perform(service, EDITOR, action(again, "approve", note=""))
    assert (done["row"]["state"], done["row"]["approver"]) == ("approved", "Eva")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"segment": "x", "operation": "submit"},
        {"segment": 1, "operation": "nothing"},
        {"segment": 10**9, "operation": "submit"},
    ],
)
def test_nonsense_is_answered(service, segment, sent):
    result = perform(service, TRANSLATOR, sent)
    assert not result["ok"]
    assert result["message"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_operation_raises_on_hostile_text(service, segment, operation):
    text = "\x00\ud800\u202e<script>" + "x" * 1000
    result = perform(
        service, TRANSLATOR, action(segment, str(operation), text=text, note=text, flag=segment.flags[0].id)
    )
    assert "ok" in result


# -- decisions about several segments ------------------------------------------------------------------

ALIKE = [PAIRS[1], PAIRS[1], PAIRS[4], PAIRS[1]]


@pytest.fixture
def alike(service, project):
    """Three segments alike and one other, of a document of their own."""
    flags = {n: (flag(PAIRS[1][1], "grèves", "frappes"),) for n in (0, 1, 3)}
    made = service.import_document(LEAD, project.id, document(ALIKE, flags), name="alike.txt")
    return service.segments(SegmentFilter(project.id, made.id)).rows


def ask(service, actor, kind, **more):
    return grouped.proposal(
        service, actor, 1, None, {1: "port", 2: "alike"}, {"kind": kind, "serial": 7, **more}
    )


def test_a_save_tells_how_many_could_take_it_over_and_they_do(service, alike):
    done = perform(service, TRANSLATOR, action(alike[0], "submit", text="Juste.", changed=True))
    assert done["alike"] == 3  # the project has one more in its other document
    proposal = ask(service, TRANSLATOR, "propagate", segment=alike[0].id)
    assert [(row["where"], row["ticked"], row["after"]) for row in proposal["rows"]] == [
        ("port · 2", True, "Juste."),
        ("alike · 2", True, "Juste."),
        ("alike · 4", True, "Juste."),
    ]
    sent = action(alike[0], "propagate", version=proposal["version"])
    sent["chosen"] = [[row["id"], row["version"]] for row in proposal["rows"]]
    for ledger in (Ledger(), Ledger()):  # the second is of a server that was started anew
        (result,) = ledger.carry_out(service, TRANSLATOR, "tab", [sent])
        assert (result["ok"], result["group"]["changed"], result["group"]["left"]) == (True, 3, [])
    assert service.segment(alike[3].id).text == "Juste."
    assert len(service.revisions(alike[3].id)) == 1
    undo = action(alike[0], "undo-group", id="a2", project=1, group=result["group"]["group"])
    assert perform(service, TRANSLATOR, undo)["group"]["changed"] == 3
    assert service.segment(alike[3].id).text == alike[3].mt


def test_a_dismissal_is_taken_over_with_its_reason(service, alike):
    first = alike[0].flags[0].id
    assert (
        perform(service, TRANSLATOR, action(alike[0], "dismiss-flag", flag=first, note="Non"))["alike"] == 3
    )
    proposal = ask(service, LEAD, "propagate-dismissal", segment=alike[0].id, flag=first)
    assert (proposal["reason"], proposal["text"], len(proposal["rows"])) == ("Non", "grèves", 3)
    sent = action(alike[0], "propagate-dismissal", flag=first)
    sent["chosen"] = [[row["id"], row["version"]] for row in proposal["rows"][1:]]
    assert perform(service, LEAD, sent)["group"]["changed"] == 2
    assert service.segment(alike[3].id).flags[0].reason == "Non"


def test_several_are_approved_page_by_page(service, alike, monkeypatch):
    monkeypatch.setattr(grouped, "PAGE", 2)
    for view in (alike[0], alike[1], alike[3]):
        service.submit(TRANSLATOR, view.id, "Juste.", view.version)
    risk = {"severity": "neutral", "quality": 60}
    first = ask(service, EDITOR, "bulk-approve", **risk)
    rest = ask(service, EDITOR, "bulk-approve", offset=2, **risk)
    assert ([len(first["rows"]), len(rest["rows"])], len(first["seen"])) == ([2, 1], 3)
    sent = action(alike[0], "bulk-approve", project=1, chosen=first["seen"], **risk)
    assert perform(service, EDITOR, sent)["group"]["changed"] == 3
    assert service.segment(alike[3].id).state is SegmentState.APPROVED
    assert ask(service, EDITOR, "bulk-approve", **risk)["rows"] == []


@pytest.mark.parametrize("kind", ["propagate", "propagate-dismissal", "bulk-approve", "submit", "?"])
def test_a_question_that_means_nothing_is_answered(service, alike, kind):
    for more in ({}, {"segment": "x", "flag": [], "severity": "?"}, {"segment": 10**9, "flag": 10**9}):
        answer = ask(service, EDITOR, kind, **more)
        assert answer["rows"] == []
        assert answer.get("message") or kind == "bulk-approve"


def test_only_an_editor_is_shown_what_could_be_approved(service, alike):
    assert "may not bulk approve" in ask(service, TRANSLATOR, "bulk-approve")["message"]


class TestMuting:
    def sent(self, segment, operation="mute-check", **changes):
        return action(segment, operation, **({"check": "wrong-sense", "project": 1} | changes))

    def test_the_answer_names_the_check_and_the_row_is_without_its_flag(self, service, segment):
        result = perform(service, LEAD, self.sent(segment))
        assert (result["ok"], result["muted"]) == (True, {"check": "wrong-sense", "changed": 1})
        assert result["row"]["flags"] == []
        result = perform(service, LEAD, self.sent(segment, "unmute-check"))
        assert result["muted"] == {"check": "wrong-sense", "changed": 1}
        assert len(result["row"]["flags"]) == 1

    def test_repeated_after_a_restart_it_is_done_once(self, service, segment):
        for _ in range(2):
            assert Ledger().carry_out(service, LEAD, "tab", [self.sent(segment)])[0]["ok"]
        assert [event.action for event in service.events(project_id=1)].count("mute-check") == 1

    @pytest.mark.parametrize(
        ("actor", "changes", "message"),
        [
            (TRANSLATOR, {}, "the role translator may not mute check"),
            (EDITOR, {}, "the role editor may not mute check"),
            (LEAD, {"check": "\ud800"}, "unknown check"),
            (LEAD, {"project": 99}, "no project 99"),
            (LEAD, {"project": None}, "cannot be read"),
        ],
        ids=str,
    )
    def test_what_is_not_possible_is_said(self, service, segment, actor, changes, message):
        result = perform(service, actor, self.sent(segment, **changes))
        assert not result["ok"]
        assert message in result["message"]
        assert service.project(1).policy.muted_checks == frozenset()

"""Random people do random things to two segments; a model that knows the rules predicts every outcome."""

from __future__ import annotations

import dataclasses
import itertools

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from qa.errors import ConflictError, PermissionDenied, TransitionError
from qa.model import (
    CheckedDocument,
    CheckedSegment,
    Document,
    Edit,
    Flag,
    FlagState,
    Segment,
    SegmentState,
    Severity,
)
from qa.review.service import ReviewService
from qa.review.views import Actor, Role, SegmentFilter, SegmentView

MT = "les grèves ont repris"
PEOPLE = st.sampled_from(["Ann", "Ben"])
EDITORS = st.sampled_from([Role.TRANSLATOR, Role.EDITOR, Role.LEAD])
TEXTS = st.sampled_from([MT, "les frappes ont repris", "elles ont repris", ""])
WHICH = st.integers(0, 1)


@dataclasses.dataclass(frozen=True)
class Standing:
    """What the model believes of a segment."""

    text: str = MT
    state: SegmentState = SegmentState.MACHINE
    author: str = ""
    approver: str = ""
    flag: FlagState = FlagState.OPEN
    reason: str = ""


class Workflow(RuleBasedStateMachine):
    service: ReviewService
    numbers = itertools.count()

    @initialize()
    def new_project(self) -> None:
        lead = Actor("Lea", Role.LEAD)
        self.project = self.service.create_project(lead, f"p{next(self.numbers)}", "ru", "fr").id
        flag = Flag(
            "wrong-sense",
            "a/b",
            Severity.MAJOR,
            "target",
            4,
            10,
            "grèves",
            "m",
            0.9,
            (Edit(4, 10, "frappes"),),
        )
        segments = tuple(CheckedSegment(Segment(n, "удары возобновились", MT), None, (flag,)) for n in (1, 2))
        document = Document(MT, "fr")
        self.service.import_document(lead, self.project, CheckedDocument(None, document, segments), name="d")
        self.ids = [row.id for row in self.service.segments(SegmentFilter(self.project)).rows]
        self.standing = [Standing(), Standing()]
        # (who, role needed, what stood before), the newest last
        self.history: list[list[tuple[str, frozenset[Role], Standing]]] = [[], []]
        self.events = 0

    def view(self, which: int) -> SegmentView:
        return self.service.segment(self.ids[which])

    def did(self, which: int, who: str, roles: frozenset[Role], now: Standing) -> None:
        self.history[which].append((who, roles, self.standing[which]))
        self.standing[which] = now
        self.events += 1

    @rule(which=WHICH, who=PEOPLE, role=EDITORS, text=TEXTS, submits=st.booleans(), stale=st.booleans())
    def edit(self, which: int, who: str, role: Role, text: str, submits: bool, stale: bool) -> None:
        view, before = self.view(which), self.standing[which]
        call = self.service.submit if submits else self.service.save_draft
        arguments = (Actor(who, role), self.ids[which], text, view.version - stale)
        if role is Role.LEAD:
            with pytest.raises(PermissionDenied):
                call(*arguments)
            return
        if stale:
            with pytest.raises(ConflictError):
                call(*arguments)
            return
        if before.state is SegmentState.APPROVED:
            with pytest.raises(TransitionError):
                call(*arguments)
            return
        call(*arguments)
        state = SegmentState.REVISED if submits else SegmentState.IN_REVISION
        if text == before.text and state == before.state:
            return
        author = who if text != before.text or (submits and not before.author) else before.author
        after = dataclasses.replace(before, text=text, state=state, author=author)
        if submits and before.flag is FlagState.OPEN and "grèves" not in text:
            after = dataclasses.replace(after, flag=FlagState.ACCEPTED, reason="edited")
        if before.flag is FlagState.ACCEPTED and "grèves" in text and "grèves" not in before.text:
            after = dataclasses.replace(after, flag=FlagState.OPEN, reason="")
        self.did(which, who, frozenset({Role.TRANSLATOR, Role.EDITOR}), after)

    @rule(which=WHICH, who=PEOPLE, role=EDITORS)
    def fix(self, which: int, who: str, role: Role) -> None:
        view, before = self.view(which), self.standing[which]
        arguments = (Actor(who, role), self.ids[which], view.flags[0].id, view.version)
        if role is Role.LEAD:
            with pytest.raises(PermissionDenied):
                self.service.apply_fix(*arguments)
            return
        possible = before.flag is FlagState.OPEN and "grèves" in before.text
        if not possible or before.state is SegmentState.APPROVED:
            with pytest.raises(TransitionError):
                self.service.apply_fix(*arguments)
            return
        self.service.apply_fix(*arguments)
        after = Standing(
            before.text.replace("grèves", "frappes"), SegmentState.IN_REVISION, who, "", FlagState.ACCEPTED
        )
        self.did(which, who, frozenset({Role.TRANSLATOR, Role.EDITOR}), after)

    @rule(which=WHICH, who=PEOPLE, role=EDITORS)
    def approve(self, which: int, who: str, role: Role) -> None:
        view, before = self.view(which), self.standing[which]
        arguments = (Actor(who, role), self.ids[which], view.version)
        if role is not Role.EDITOR or (before.state is SegmentState.REVISED and before.author == who):
            with pytest.raises(PermissionDenied):
                self.service.approve(*arguments)
            return
        if before.state is not SegmentState.REVISED:
            with pytest.raises(TransitionError):
                self.service.approve(*arguments)
            return
        self.service.approve(*arguments)
        after = dataclasses.replace(before, state=SegmentState.APPROVED, approver=who)
        if before.flag is FlagState.OPEN and "grèves" not in before.text:
            after = dataclasses.replace(after, flag=FlagState.ACCEPTED, reason="edited")
        self.did(which, who, frozenset({Role.EDITOR}), after)

    @rule(which=WHICH, who=PEOPLE, role=EDITORS)
    def send_back(self, which: int, who: str, role: Role) -> None:
        view, before = self.view(which), self.standing[which]
        arguments = (Actor(who, role), self.ids[which], view.version, "look again")
        if role is not Role.EDITOR:
            with pytest.raises(PermissionDenied):
                self.service.send_back(*arguments)
            return
        if before.state not in (SegmentState.REVISED, SegmentState.APPROVED):
            with pytest.raises(TransitionError):
                self.service.send_back(*arguments)
            return
        self.service.send_back(*arguments)
        after = dataclasses.replace(before, state=SegmentState.SENT_BACK, approver="")
        self.did(which, who, frozenset({Role.EDITOR}), after)

    @rule(which=WHICH, who=PEOPLE, role=EDITORS, dismisses=st.booleans())
    def decide(self, which: int, who: str, role: Role, dismisses: bool) -> None:
        flag, before, actor = self.view(which).flags[0].id, self.standing[which], Actor(who, role)
        if dismisses == (before.flag is not FlagState.OPEN):
            with pytest.raises(TransitionError):
                _ = (
                    self.service.dismiss_flag(actor, flag, "no")
                    if dismisses
                    else self.service.reopen_flag(actor, flag)
                )
            return
        if dismisses:
            self.service.dismiss_flag(actor, flag, "no")
            after = dataclasses.replace(before, flag=FlagState.DISMISSED, reason="no")
        else:
            self.service.reopen_flag(actor, flag)
            after = dataclasses.replace(before, flag=FlagState.OPEN, reason="")
        self.did(which, who, frozenset(Role), after)

    @rule(which=WHICH, who=PEOPLE, role=EDITORS)
    def undo(self, which: int, who: str, role: Role) -> None:
        view, history = self.view(which), self.history[which]
        arguments = (Actor(who, role), self.ids[which], view.version)
        if not history or history[-1][0] != who:
            with pytest.raises(TransitionError):
                self.service.undo(*arguments)
            return
        if role not in history[-1][1]:
            with pytest.raises(PermissionDenied):
                self.service.undo(*arguments)
            return
        self.service.undo(*arguments)
        self.standing[which] = history.pop()[2]
        self.events += 1

    @invariant()
    def the_store_agrees(self) -> None:
        for which in (0, 1) if hasattr(self, "ids") else ():
            view, model = self.view(which), self.standing[which]
            assert view.mt == MT
            assert (view.text, view.state, view.author, view.approver) == (
                model.text,
                model.state,
                model.author,
                model.approver,
            )
            assert (view.flags[0].flag.state, view.flags[0].reason) == (model.flag, model.reason)
            assert (view.flags[0].span is None) == ("grèves" not in model.text)

    @invariant()
    def lists_agree_with_rows(self) -> None:
        if not hasattr(self, "ids"):
            return
        is_open = [s.flag is FlagState.OPEN for s in self.standing]
        found = self.service.segments(SegmentFilter(self.project, open_flags_only=True))
        assert [row.id for row in found.rows] == [
            id for id, wanted in zip(self.ids, is_open, strict=True) if wanted
        ]
        assert len(self.service.events(self.project, limit=None)) == self.events + 2


def test_the_workflow(url: str) -> None:
    Workflow.service = ReviewService.open(url)
    limits = settings(max_examples=25, stateful_step_count=25, deadline=None)
    try:
        run_state_machine_as_test(Workflow, settings=limits)
    finally:
        Workflow.service.close()

"""Checks as a whole: what people decided about their flags, and muting those that do not earn their keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qa.errors import UnknownNameError
from qa.model import FlagState
from qa.review import inputs
from qa.review.changes import EDITED_AWAY
from qa.review.record import Record, muted_checks
from qa.review.roles import Action
from qa.review.views import Actor
from qa.store import schema, tallies
from qa.store.repository import Records

__all__ = ["CheckTally", "Muting"]


@dataclass(frozen=True, slots=True)
class CheckTally:
    """What became of the flags that one check has raised: numbers of flags.

    Flags dismissed together with alike ones count one by one.
    """

    check: str
    open: int
    accepted: int
    edited: int
    """Those of the accepted whose place was corrected by hand rather than with a fix or by agreeing."""
    dismissed: int
    reasons: Mapping[str, int]
    """Of the dismissed; the most frequent first."""
    muted: bool

    @property
    def decided(self) -> int:
        return self.accepted + self.dismissed

    @property
    def flags(self) -> int:
        return self.decided + self.open


class Muting(Record):
    """What is done with checks."""

    def tallies(self, project_id: int, document_id: int | None = None) -> list[CheckTally]:
        """Every check that has flagged something in a project, or in one document of it, or that is muted, by
        name. What people marked by hand belongs to no check."""
        with self._database.read() as records:
            muted = muted_checks(records.get(schema.Project, project_id))
            return _tallies(tallies.tallies(records, project_id, document_id), muted)

    def mute_check(self, actor: Actor, project_id: int, check: str, reason: str = "") -> int:
        """Leave a check's open flags out of the project's lists, counts and figures, those to come included;
        what is decided stays. Returns how many open flags that are. A check that is muted stays so, and
        nothing is recorded. Raises UnknownNameError for a check that is neither installed nor in the project.
        """
        return self._mute(actor, Action.MUTE_CHECK, project_id, check, reason)

    def unmute_check(self, actor: Actor, project_id: int, check: str, reason: str = "") -> int:
        """Take a muting back; returns how many open flags are back."""
        return self._mute(actor, Action.UNMUTE_CHECK, project_id, check, reason)

    def _mute(self, actor: Actor, action: Action, project_id: int, check: str, reason: str) -> int:
        reason = inputs.note(reason)
        with self._database.write() as records:
            actor = self._acting(records, actor, action)
            project = tallies.lock_project(records, project_id)
            before = muted_checks(project)
            after = before | {check} if action is Action.MUTE_CHECK else before - {check}
            number = tallies.open_flags(records, project.id, check)
            if after == before:
                return number
            if action is Action.MUTE_CHECK:
                _require_known(records, project.id, check)
            project.policy = {**project.policy, "muted_checks": sorted(after)}
            records.recount(after, tallies.flagged_by(project.id, check))
            data = {"check": check, "open": number, **({"reason": reason} if reason else {})}
            self._record(records, actor, action, project_id=project.id, data=data)
            return number


def _tallies(counted: Iterable[tallies.Tally], muted: frozenset[str]) -> list[CheckTally]:
    by_check: dict[str, list[tallies.Tally]] = {check: [] for check in muted}
    for tally in counted:
        by_check.setdefault(tally.check, []).append(tally)
    return [_tally(check, rows, check in muted) for check, rows in sorted(by_check.items())]


def _tally(check: str, rows: Iterable[tallies.Tally], muted: bool) -> CheckTally:
    totals = dict.fromkeys(FlagState, 0)
    edited = 0
    reasons: dict[str, int] = {}
    for row in rows:
        totals[FlagState(row.state)] += row.number
        if row.state == FlagState.ACCEPTED and row.reason == EDITED_AWAY:
            edited += row.number
        elif row.state == FlagState.DISMISSED:
            reasons[row.reason] = row.number
    return CheckTally(
        check=check,
        open=totals[FlagState.OPEN],
        accepted=totals[FlagState.ACCEPTED],
        edited=edited,
        dismissed=totals[FlagState.DISMISSED],
        reasons=dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
        muted=muted,
    )


def _require_known(records: Records, project_id: int, check: str) -> None:
    from qa.checks import CHECKS

    # An estimator brings flags of its own, and a plug-in may be gone while its flags are still here.
    known = {tally.check for tally in tallies.tallies(records, project_id, None)} | set(CHECKS.names())
    if check not in known:
        raise UnknownNameError("check", check, known)

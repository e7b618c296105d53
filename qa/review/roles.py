"""Who may do what: one table of roles and actions, after ISO 18587 and ISO 17100.

The translator post-edits; the editor is the second person who revises, approves and sends back; the QA
lead imports, sets the rules, assigns, evaluates and exports. The lead does not edit or approve: ISO 17100
keeps revising apart from managing, and evaluation must not judge its own work. A lead who revises does so
in the role of an editor.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from qa.errors import PermissionDenied
from qa.review.views import Role

__all__ = ["PERMISSIONS", "Action", "allowed", "require"]


class Action(StrEnum):
    """Everything that changes the record, and reading its trail. The values are the ``action`` of events;
    reading leaves none."""

    SAVE_DRAFT = "save-draft"
    SUBMIT = "submit"
    APPLY_FIX = "apply-fix"
    APPROVE = "approve"
    SEND_BACK = "send-back"
    REOPEN = "reopen"
    UNDO = "undo"
    ADD_FLAG = "add-flag"
    ACCEPT_FLAG = "accept-flag"
    DISMISS_FLAG = "dismiss-flag"
    REOPEN_FLAG = "reopen-flag"
    COMMENT = "comment"
    REPAIR = "repair"
    CONFIRM_LINK = "confirm-link"
    UNDO_REPAIR = "undo-repair"
    RECHECK = "recheck"
    PROPAGATE = "propagate"
    PROPAGATE_DISMISSAL = "propagate-dismissal"
    BULK_APPROVE = "bulk-approve"
    UNDO_GROUP = "undo-group"
    CREATE_PROJECT = "create-project"
    SET_POLICY = "set-policy"
    MUTE_CHECK = "mute-check"
    UNMUTE_CHECK = "unmute-check"
    ADD_TERM = "add-term"
    REMOVE_TERM = "remove-term"
    IMPORT = "import"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    RESCORE = "rescore"
    ASSIGN = "assign"
    EXPORT = "export"
    ADD_PERSON = "add-person"
    SET_ROLES = "set-roles"
    INVITE = "invite"
    WITHDRAW_INVITATION = "withdraw-invitation"
    READ_TRAIL = "read-trail"


_EVERYBODY = frozenset(
    {
        Action.UNDO,
        Action.ADD_FLAG,
        Action.ACCEPT_FLAG,
        Action.DISMISS_FLAG,
        Action.REOPEN_FLAG,
        Action.COMMENT,
        Action.PROPAGATE_DISMISSAL,
        Action.UNDO_GROUP,
        Action.ADD_TERM,
        Action.REMOVE_TERM,
    }
)
_EDITING = frozenset(
    {
        Action.SAVE_DRAFT,
        Action.SUBMIT,
        Action.APPLY_FIX,
        Action.REPAIR,
        Action.CONFIRM_LINK,
        Action.UNDO_REPAIR,
        Action.RECHECK,
        Action.PROPAGATE,
    }
)

PERMISSIONS: Mapping[Role, frozenset[Action]] = {
    Role.TRANSLATOR: _EVERYBODY | _EDITING,
    Role.EDITOR: _EVERYBODY
    | _EDITING
    | {Action.APPROVE, Action.BULK_APPROVE, Action.SEND_BACK, Action.REOPEN},
    Role.LEAD: _EVERYBODY
    | {
        Action.REOPEN,
        Action.CREATE_PROJECT,
        Action.SET_POLICY,
        Action.MUTE_CHECK,
        Action.UNMUTE_CHECK,
        Action.IMPORT,
        Action.WITHDRAW,
        Action.RESTORE,
        Action.RESCORE,
        Action.ASSIGN,
        Action.EXPORT,
        Action.ADD_PERSON,
        Action.SET_ROLES,
        Action.INVITE,
        Action.WITHDRAW_INVITATION,
        Action.READ_TRAIL,
    },
}


def allowed(role: Role, action: Action) -> bool:
    """May somebody in ``role`` do ``action`` at all?"""
    return action in PERMISSIONS[role]


def require(role: Role, action: Action) -> None:
    """Raises PermissionDenied, naming the roles that may, when ``role`` may not do ``action``."""
    if not allowed(role, action):
        able = " or ".join(str(other) for other in Role if allowed(other, action))
        raise PermissionDenied(f"the role {role} may not {action.replace('-', ' ')}; ask: {able}")

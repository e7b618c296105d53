"""Assignments on the Documents page: who has what, how far they are, and giving and taking back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from qa.errors import QAError, UsageError
from qa.model import SegmentState
from qa.review.roles import Action, allowed
from qa.review.views import Actor, Assigned, DocumentView, Part, ProjectView
from qa.ui.session import Desk
from qa.ui.text import about, bar_html, counted, escape, notice_html, plain

__all__ = ["section", "who_html"]

_SAID = "assigning:said"
_SHOWN = 25
_NAMED = 3


def who_html(mine: Sequence[Assigned]) -> str:
    """Whose turn a document is, in one line; empty where it is nobody's."""
    named = " · ".join(f"{escape(each.name)}: {each.done} of {each.segments}" for each in mine[:_NAMED])
    more = f" · {len(mine) - _NAMED} more" if len(mine) > _NAMED else ""
    return f'<p class="rl-quiet">Done by {named}{more}</p>' if mine else ""


def section(
    desk: Desk, project: ProjectView, documents: Sequence[DocumentView], given: Sequence[Assigned]
) -> None:
    """The form and the list, for whoever may assign."""
    if desk.actor is None or not desk.may(Action.ASSIGN) or not documents:
        return
    said = st.session_state.pop(_SAID, None)
    with st.expander("Who works on what", expanded=said is not None, key=f"assigning:{project.id}"):
        if said:
            st.html(notice_html(said, "good"))
        _form(desk, desk.actor, documents, given)
        _list(desk, desk.actor, documents, given)


def _form(desk: Desk, actor: Actor, documents: Sequence[DocumentView], given: Sequence[Assigned]) -> None:
    names = {document.id: plain(document.name) for document in documents}
    with st.form("assigning", clear_on_submit=False):
        left, right = st.columns([3, 2])
        chosen = left.multiselect(
            "Documents", list(names), format_func=names.__getitem__, placeholder="At least one"
        )
        who = right.selectbox(
            "Person",
            _people(desk, given),
            index=None,
            placeholder="A name" if desk.person is None else "Somebody who edits",
            format_func=plain,
            accept_new_options=desk.person is None,
        )
        one, two, last = st.columns([2, 2, 1], vertical_alignment="bottom")
        start = one.number_input("From segment", 1, value=None, step=1, placeholder="the first")
        end = two.number_input("To segment", 1, value=None, step=1, placeholder="the last")
        if last.form_submit_button("Assign", type="primary", width="stretch"):
            _do(desk, actor, _parts(chosen, who, start, end), who or "")


def _parts(chosen: Sequence[int], who: str | None, start: int | None, end: int | None) -> list[Part] | str:
    """What to give; in words, what is missing."""
    if not chosen or not (who or "").strip():
        return "choose the documents to give, and who gets them"
    if len(chosen) > 1 and (start is not None or end is not None):
        return "a range of segments is of one document; choose one, or leave the range empty"
    return [Part(document, start or 1, end) for document in chosen]


def _people(desk: Desk, given: Sequence[Assigned]) -> list[str]:
    """Who may be chosen; at a local desk whoever has worked here or has something, and any new name."""
    if desk.person is None:
        return sorted({each.name for each in desk.service.work()} | {each.name for each in given})
    return [
        person.name
        for person in desk.service.people()
        if any(allowed(role, Action.SUBMIT) for role in person.roles)
    ]


def _list(desk: Desk, actor: Actor, documents: Sequence[DocumentView], given: Sequence[Assigned]) -> None:
    """Progress by person and document, with what nobody has at the end."""
    names = {document.id: document.name for document in documents}
    lengths = {document.id: document.segments for document in documents}
    ordered = sorted(given, key=lambda each: (each.name.casefold(), each.document_id))
    pages = max(1, -(-len(ordered) // _SHOWN))
    number = st.pagination(pages, key="assigning:page") if pages > 1 else 1
    shown = ordered[(number - 1) * _SHOWN : number * _SHOWN]
    for at, each in enumerate(shown):
        if at == 0 or shown[at - 1].name != each.name:
            st.html(_person_html([other for other in ordered if other.name == each.name]))
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.html(_row_html(each, names[each.document_id], lengths[each.document_id]), width="stretch")
            key = f"take-back:{each.document_id}:{each.name}"
            taken = about("Take back", f"{names[each.document_id]}, {each.name}")
            if st.button(taken, key=key, type="tertiary"):
                _do(desk, actor, list(each.parts), "")
    left = {id: length for id, length in lengths.items() if length}
    for each in given:
        left[each.document_id] -= each.segments
    _nobodys(names, {id: number for id, number in left.items() if number > 0})


def _person_html(mine: Sequence[Assigned]) -> str:
    total, done = sum(each.segments for each in mine), sum(each.done for each in mine)
    return (
        f'<p class="rl-person"><b>{escape(mine[0].name)}</b><span class="rl-quiet">'
        f"{done:,} of {counted(total, 'segment', 'segments')} handed in or approved, "
        f"in {counted(len(mine), 'document', 'documents')}</span></p>"
    )


def _row_html(each: Assigned, document: str, length: int) -> str:
    approved = each.states.get(SegmentState.APPROVED, 0)
    progress = f"{each.done:,} of {each.segments:,} handed in, {approved:,} approved"
    stretches = ", ".join(_stretch(part) for part in each.parts[:6])
    more = f" and {len(each.parts) - 6} more stretches" if len(each.parts) > 6 else ""
    where = "the whole document" if each.segments == length else f"segments {stretches}{more}"
    return (
        f'<div class="rl-doc"><div><h4 dir="auto">{escape(document)}</h4>'
        f'<p class="rl-quiet">{where}</p></div><div>{bar_html(each.states, each.segments, progress)}'
        f'<p class="rl-quiet">{progress}</p></div></div>'
    )


def _stretch(part: Part) -> str:
    return str(part.first) if part.first == part.last else f"{part.first}–{part.last}"


def _nobodys(names: Mapping[int, str], left: Mapping[int, int]) -> None:
    if not left:
        return
    some = "; ".join(f"{escape(names[id])}: {number:,}" for id, number in list(left.items())[:_SHOWN])
    more = f" and {len(left) - _SHOWN} more documents" if len(left) > _SHOWN else ""
    st.html(f'<p class="rl-quiet">Segments that nobody has: {some}{more}</p>')


def _do(desk: Desk, actor: Actor, parts: list[Part] | str, name: str) -> None:
    """Give or take back, and draw the page anew; or say why not."""
    try:
        if isinstance(parts, str):
            raise UsageError(parts)
        number = desk.service.assign(actor, parts, name)
    except QAError as error:
        st.html(notice_html(str(error), "error"))
        return
    what = counted(number, "segment", "segments")
    verb = "is" if number == 1 else "are"
    if not number:
        st.session_state[_SAID] = f"All of this was {name}'s already."
    else:
        st.session_state[_SAID] = (
            f"{what} {verb} {name}'s turn now." if name else f"{what} {verb} free again."
        )
    st.rerun()

"""Review and approval with native widgets alone: for when the workbench cannot load.

One segment at a time in a form. The form sends text and button together, so nothing typed can be left
behind; keyboard shortcuts are not offered, because native ones fire before typing is committed. What is typed
and not sent is kept in the browser, where the workbench finds it too, unless components do not load.
"""

from __future__ import annotations

from typing import Literal

import streamlit as st

from qa.errors import ConflictError, NotFoundError, QAError, UsageError, WithdrawnError
from qa.model import FlagState, SegmentState
from qa.review.roles import Action
from qa.review.views import Actor, FlagView, ProjectView, SegmentFilter, SegmentView
from qa.ui import keeper, live, missing, several
from qa.ui.bench import Mode, permissions
from qa.ui.filters import STATE_NAMES
from qa.ui.payload import fix_label, language_payload, marks, returned_payload
from qa.ui.session import Desk, Param, write_address
from qa.ui.text import Mark, diff_html, direction, escape, marked_html, notice_html, text_html

__all__ = ["show", "wanted"]

PLAIN: Param[bool] = Param("plain", False, lambda text: text == "1", lambda _: "1", scope="desk")


_EVENTS = 50
"""How far back the reason is looked for, as in the workbench."""
_OPENED = "plain-opened"
"""In the session's state: the segment as its form was opened."""
_TYPED = "plain-typed"
"""What the browser has kept of the segment on the page."""
_FORMS = "plain-forms"
"""The number of the form: a field that has once been drawn ignores another initial value."""
_FORM = "plain-form"
"""The name of the form on the page."""
_LEFT = "plain-left"
"""The form that has been handed in or left, and what the browser may forget of it."""


def wanted() -> bool:
    """Has somebody asked for the simple form, by its switch or by ``?plain=1``?"""
    return PLAIN.put(
        st.sidebar.toggle(
            "Simple form",
            key=PLAIN.take(),
            persist_state="session",
            help="One segment at a time without the workbench, for browsers in which it does not load.",
        )
    )


def show(desk: Desk, project: ProjectView, chosen: SegmentFilter, mode: Mode) -> None:
    """The segment at the place of the number field, with everything that can be done about it."""
    total = desk.service.segments(chosen, limit=1).total
    several.offer(desk, project)
    if mode == "approve":
        several.approval(desk, project, chosen.document_id)
    opened: SegmentView | None = st.session_state.get(_OPENED)
    missing.look(desk, opened.id if opened else None)
    missing.show(desk, project)
    if not total:
        st.html(notice_html("No segment matches these filters."))
        return
    place = f"plain:{mode}"
    if st.session_state.pop("window", None) is not None or place not in st.session_state:
        # Where the workbench was, or where a link leads.
        st.session_state[place] = _addressed(desk, chosen) or st.session_state.get(place, 1)
    last = st.session_state.pop("plain-last", None)
    number = min(max(1, st.session_state[place]), total)
    if last is not None:
        # Forward, unless the segment has left the list and the next one has moved up into its place.
        (here,) = desk.service.segments(chosen, offset=number - 1, limit=1).rows
        number = min(number + (here.id == last), total)
    if st.session_state[place] != number:  # what is set here takes the place of a number typed meanwhile
        st.session_state[place] = number
    number = int(st.number_input(f"Segment, 1 to {total}", 1, total, key=place, width=220))
    # Before the segment is read: what comes in between is said once too often and never missed.
    news = live.News(desk.feeds.of(project.id).look().number)
    (now,) = desk.service.segments(chosen, offset=number - 1, limit=1).rows
    view = _as_opened(now)
    _address(view)
    kept = _kept(view)
    _returned(desk, view)
    _texts(view, project, desk.document_names(project.id).get(view.document_id, ""))
    if view.text != view.mt:
        st.html(
            '<p class="rl-quiet">Against the machine translation</p>'
            + diff_html(view.mt, view.text, project.target_lang)
        )
    _others(desk, project, view, now, news)
    _form(desk, project, view, mode, kept)
    keeper.mount(
        {
            "store": desk.store_key(project),
            "actor": desk.actor.name if desk.actor else "",
            "segment": view.id,
            "saved": view.text,
            "form": st.session_state[_FORM],
            "text": kept.text if kept else view.text,
            "note": kept.note if kept else "",
            "left": st.session_state.get(_LEFT),
        }
    )


def _addressed(desk: Desk, chosen: SegmentFilter) -> int | None:
    """The place, from 1, of the address's segment in the list; None where it is not in it."""
    text = st.query_params.get("segment", "")
    if not text.isdecimal() or len(text) > 15:
        return None
    try:
        place = desk.service.place(chosen, int(text))
    except NotFoundError:
        return None
    found = desk.service.segments(chosen, offset=place, limit=1).rows
    return place + 1 if found and found[0].id == int(text) else None


def _address(view: SegmentView) -> None:
    """Keep the address on the segment of the form, for a reload and for the workbench."""
    write_address({"segment": str(view.id), "offset": None})


def _returned(desk: Desk, view: SegmentView) -> None:
    """Why the segment came back, until it is handed in again."""
    if view.state not in (SegmentState.SENT_BACK, SegmentState.IN_REVISION):
        return
    why = returned_payload(desk.service.events(segment_id=view.id, limit=_EVENTS))
    if why is not None:
        st.html(
            notice_html(f"{why['by']} {why['did']}{': ' if why['note'] else '.'}{why['note']}", "warning")
        )


def _kept(view: SegmentView) -> keeper.Typed | None:
    """What the browser has brought back of the segment on the page, said above its form."""
    news = keeper.typed()
    if news is not None and news.segment == view.id:
        st.session_state[_TYPED] = news
        st.session_state[_FORMS] = st.session_state.get(_FORMS, 0) + 1
    kept: keeper.Typed | None = st.session_state.get(_TYPED)
    if kept is None or kept.segment != view.id:
        st.session_state.pop(_TYPED, None)
        return None
    if kept.text != view.text and kept.base != view.text:
        said = (
            "Your unsaved text, kept in this browser. The saved text has changed since: compare both first."
        )
        st.html(notice_html(said, "warning"))
    elif kept.text != view.text:
        st.html(notice_html("Your unsaved text, kept in this browser."))
    return kept


def _as_opened(now: SegmentView) -> SegmentView:
    """The segment as it was when its form was opened, where somebody has changed it since: a form of another
    version would be another form, without what has been typed and without the button that was pressed."""
    opened: SegmentView | None = st.session_state.get(_OPENED)
    if opened is None or opened.id != now.id or opened.version == now.version:
        st.session_state[_OPENED] = opened = now
    return opened


def _let_go(*kinds: str) -> None:
    """Open the form anew with what stands now; the browser forgets these ``kinds`` of its typing."""
    for name in (_OPENED, _TYPED):
        st.session_state.pop(name, None)
    st.session_state[_LEFT] = {"form": st.session_state.get(_FORM), "kinds": list(kinds)}
    st.session_state[_FORMS] = st.session_state.get(_FORMS, 0) + 1


@st.fragment(run_every=live.SECONDS)
def _others(desk: Desk, project: ProjectView, opened: SegmentView, now: SegmentView, news: live.News) -> None:
    """Who else is on the segment, and that somebody has changed it since its form was ``opened``. The form is
    not drawn anew: it holds what is being typed. ``now`` is the segment when the page was drawn."""
    feed = desk.feeds.of(project.id)
    try:
        look = feed.look()
        changed = feed.since(news.number)
        if changed is None or now.id in changed:
            now = desk.service.segment(now.id)
    except WithdrawnError as error:
        st.html(notice_html(f"{error}. What you have typed here is kept in this browser.", "warning"))
        return
    except QAError:
        return  # The next action says what is wrong; a look behind the scenes has nothing to add.
    if now.retired:
        st.html(notice_html("This segment has been replaced: its alignment was repaired.", "warning"))
    elif now.text != opened.text:
        who = now.author or "Somebody"
        _overtaken(f"{who} has saved this segment meanwhile. Saving yours overwrites nothing: it shows both.")
    elif now.version != opened.version:
        _overtaken(f"This segment has changed meanwhile; it is {STATE_NAMES[now.state].lower()} now.")
    here = sorted(
        {each.name for each in look.editing if each.segment_id == now.id and live.is_other(desk, each)}
    )
    if here:
        who = f"{escape(', '.join(here))} {'is' if len(here) == 1 else 'are'}"
        st.html(
            f'<p class="rl-quiet">✎ {who} editing this segment. You can save all the same: whoever comes '
            "second sees both texts.</p>"
        )


def _overtaken(said: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(notice_html(said, "warning"), width="stretch")
        if st.button("Leave mine, show what stands now", key="plain:now", on_click=_let_go, args=("draft",)):
            st.rerun(scope="app")


def _texts(view: SegmentView, project: ProjectView, document: str) -> None:
    st.html(
        f'<p class="rl-quiet"><bdi>{escape(document)}</bdi>, segment {view.position} · '
        f"{escape(STATE_NAMES[view.state])}"
        + (f" · by {escape(view.author)}" if view.author else "")
        + (f" · estimated quality {view.quality:.0f}" if view.quality is not None else "")
        + "</p>"
    )
    left, right = st.columns(2)
    left.html(_side(view.source, project.source_lang, marks(view, "source")))
    right.html(_side(view.text, project.target_lang, marks(view, "target")))


def _side(text: str, tag: str, marked: tuple[Mark, ...]) -> str:
    """One text under the name of its language."""
    language = language_payload(tag)
    name = f'<p class="rl-quiet rl-side" dir="{language["dir"]}">{escape(language["name"])}</p>'
    return name + marked_html(text, tag, marked)


def _form(desk: Desk, project: ProjectView, view: SegmentView, mode: Mode, kept: keeper.Typed | None) -> None:
    can = permissions(desk, project)
    pressed: tuple[Action, FlagView | None] | None = None
    st.session_state[_FORM] = form = f"segment-{view.id}-{view.version}-{st.session_state.get(_FORMS, 0)}"
    with st.form(form, enter_to_submit=False):
        with st.container(key=f"plain-text-{direction(project.target_lang)}"):
            stands = kept.text if kept else view.text
            text = st.text_area("Translation", stands, height=140, disabled=not can["edit"])
        with st.container(key="plain-note"):
            said = kept.note if kept else ""
            note = st.text_input("Comment, reason, or what should change", said, max_chars=2000)
        with st.container(horizontal=True):
            for action, label, allowed in (
                (Action.SUBMIT, "Save & next", can["edit"]),
                (Action.SAVE_DRAFT, "Save draft", can["edit"]),
                (Action.APPROVE, "Approve & next", can["approve"]),
                (Action.SEND_BACK, "Send back", can["send_back"]),
                (Action.COMMENT, "Comment", can["comment"]),
                (Action.UNDO, "Undo", can["undo"]),
            ):
                first = action is (Action.APPROVE if mode == "approve" else Action.SUBMIT)
                kind: Literal["primary", "secondary"] = "primary" if first else "secondary"
                if st.form_submit_button(label, type=kind, disabled=not allowed):
                    pressed = (action, None)
        for number, flag in enumerate(view.flags, 1):
            chosen = _flag(view, flag, number, can)
            pressed = (chosen, flag) if chosen else pressed
    if pressed is not None and desk.actor is not None:
        _do(desk, desk.actor, view, pressed, text or "", note or "", project)


def _flag(view: SegmentView, flag: FlagView, number: int, can: dict[str, bool]) -> Action | None:
    """One flag inside the form, so that its buttons send what was typed as well."""
    found, fix = flag.flag, fix_label(view, flag)
    is_open = found.state is FlagState.OPEN
    decided = "" if is_open else f" · {found.state} by {flag.decided_by} {flag.reason}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(
            f"<p><b>{number}</b> {escape(found.message)}"
            + (f" · Fix: <code>{escape(fix)}</code>" if fix else "")
            + f"</p><p class='rl-quiet'>{escape(found.severity)} · {escape(found.category)} · "
            f"{escape(found.check)} · {found.confidence:.0%} sure{escape(decided)}</p>",
            width="stretch",
        )
        if not is_open:
            return None
        placed = fix and flag.span is not None
        # Together, so that a narrow page puts all of them on the next line.
        with st.container(horizontal=True, width="content"):
            if fix and st.form_submit_button(f"Apply fix {number}", disabled=not (placed and can["edit"])):
                return Action.APPLY_FIX
            if st.form_submit_button(f"Dismiss {number}", disabled=not can["decide"]):
                return Action.DISMISS_FLAG
            if can["mute"] and st.form_submit_button(f"Mute check {number}"):
                return Action.MUTE_CHECK
    return None


def _do(
    desk: Desk,
    actor: Actor,
    view: SegmentView,
    pressed: tuple[Action, FlagView | None],
    typed: str,
    note: str,
    project: ProjectView,
) -> None:
    service, (action, flag) = desk.service, pressed
    changed = typed.replace("\r\n", "\n") != view.text.replace("\r\n", "\n")
    text, version = (typed if changed else view.text), view.version
    try:
        if changed and action in (Action.COMMENT, Action.DISMISS_FLAG, Action.SEND_BACK):
            version = service.save_draft(actor, view.id, text, version).version
        match action:
            case Action.SUBMIT:
                service.submit(actor, view.id, text, version)
            case Action.SAVE_DRAFT:
                service.save_draft(actor, view.id, text, version)
            case Action.APPROVE:
                service.approve(actor, view.id, version, text=text if changed else None, comment=note)
            case Action.SEND_BACK:
                service.send_back(actor, view.id, version, note)
            case Action.UNDO if changed:
                raise UsageError("there is typing that is not saved; save it or take it out, then undo")
            case Action.UNDO:
                service.undo(actor, view.id, version)
            case Action.APPLY_FIX if flag:
                service.apply_fix(actor, view.id, flag.id, version, text=text)
            case Action.DISMISS_FLAG if flag:
                service.dismiss_flag(actor, flag.id, note)
            case Action.MUTE_CHECK if flag:
                service.mute_check(actor, project.id, flag.flag.check, note)
            case _:
                service.comment(actor, view.id, note)
    except ConflictError as error:
        # Nothing is redrawn: the form still holds what was typed, beside what stands now.
        st.html(notice_html(f"{error}. What stands now:", "error"))
        st.html(text_html(error.theirs, project.target_lang))
        st.html(notice_html("What you typed, to copy:"))
        st.html(text_html(text, project.target_lang))
        return
    except QAError as error:
        st.html(notice_html(str(error), "error"))
        return
    if action is Action.MUTE_CHECK:
        st.session_state.pop(_OPENED, None)  # the form stays: nothing typed into it has been saved
    else:
        said = action in (Action.COMMENT, Action.APPROVE, Action.SEND_BACK, Action.DISMISS_FLAG)
        _let_go("draft", *(["note"] if said else []))
    st.session_state[several.SAID] = ("Saved.", "good")
    if action is Action.SUBMIT and service.count_alike(view.id):
        st.session_state[several.OFFER] = view.id
    if action in (Action.SUBMIT, Action.APPROVE, Action.SEND_BACK):
        st.session_state["plain-last"] = view.id
    st.rerun()

"""Documents: what is in the project and how far it is; import and export."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qa.lang import UNDETERMINED
from qa.lang import name as language_name
from qa.model import SegmentState, Severity
from qa.review.views import Assigned, DocumentView, ProjectView
from qa.ui import adding, assigning, exporting, withdrawing
from qa.ui.filters import DOCUMENT
from qa.ui.importing import Import
from qa.ui.screens import alignment
from qa.ui.session import Desk, Param
from qa.ui.text import about, bar_html, escape, notice_html

VIEWS = ("Overview", "Import", "Export")
"""The tabs, by their labels, as Streamlit keeps the open one."""
OVERVIEW, _, EXPORT = VIEWS


def _view(text: str) -> str:
    view = text.capitalize()
    if view not in VIEWS:
        raise ValueError(text)
    return view


VIEW: Param[str] = Param("view", OVERVIEW, _view, str.lower, scope="documents")
_NEXT = "documents:next"
"""In the session's state: the tab that the next run opens; once tabs are drawn they cannot be turned."""
_SHOWN = 25


def page(desk: Desk) -> None:
    project = desk.project
    running(desk)
    key = VIEW.take()
    if (following := st.session_state.pop(_NEXT, None)) is not None:
        st.session_state[key] = following
    if project is None or not project.documents:
        _beginning(desk, project, VIEW.put(st.session_state[key]))
        return
    st.title("Documents")
    documents = desk.service.documents(project.id)
    _summary(project, documents)
    # All three are drawn, whichever is open: files that are chosen would be forgotten with their fields.
    overview, taking, giving = st.tabs(VIEWS, key=key, on_change="rerun")
    VIEW.put(st.session_state[key])
    with overview:
        _documents(desk, project, documents)
    with taking:
        begun = adding.section(desk, project)
    with giving:
        exporting.section(desk, project, documents)
    if begun:
        _show_progress()


def _beginning(desk: Desk, project: ProjectView | None, view: str) -> None:
    """Where there is no document there is one thing to do."""
    if project is None:
        _welcome()
    else:
        st.title("Documents")
        withdrawing.offer(desk, project)
        st.html(f'<p class="rl-quiet">{escape(_languages(project))} · no documents yet</p>')
    if view == EXPORT:
        st.html(notice_html("There is nothing to export yet: add a document first."))
    st.subheader("Add a document")
    if adding.section(desk, project):
        _show_progress()
    if project is not None:
        withdrawing.section(desk, project)


def _show_progress() -> None:
    """Draw the page anew with the import that has begun, and the list into which it goes."""
    st.session_state[_NEXT] = OVERVIEW
    st.rerun()


def _welcome() -> None:
    st.title("Review a translation")
    st.html(
        '<p class="rl-lede">Relecture aligns a text with its machine translation, estimates the quality '
        "of every sentence, and marks what looks wrong, with the reason and often the correction.</p>"
        '<ol class="rl-steps"><li><b>Add a document</b>Upload the source and its translation, or one '
        "bilingual file. Languages are recognised.</li><li><b>Correct it</b>On Review, go through the "
        "flagged sentences; most corrections are one key.</li><li><b>Approve and export</b>A second person "
        "approves; a QA lead exports the text and the figures.</li></ol>"
    )


def _summary(project: ProjectView, documents: Sequence[DocumentView]) -> None:
    approved = sum(document.states[SegmentState.APPROVED] for document in documents)
    share = f"{approved} of {sum(document.segments for document in documents)} segments approved"
    open_flags = sum(sum(document.open_flags.values()) for document in documents)
    st.html(
        f'<p class="rl-quiet">{escape(_languages(project))} · {len(documents)} '
        f"document{'s' * (len(documents) != 1)} · {share} · {open_flags} open flags</p>"
    )


def _documents(desk: Desk, project: ProjectView, documents: Sequence[DocumentView]) -> None:
    withdrawing.offer(desk, project)
    given = desk.service.assignments(project.id)
    pages = max(1, -(-len(documents) // _SHOWN))
    number = st.pagination(pages, key=f"documents:{project.id}") if pages > 1 else 1
    for document in documents[(number - 1) * _SHOWN : number * _SHOWN]:
        row = f"document-{document.id}"
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=row):
            mine = [each for each in given if each.document_id == document.id]
            st.html(_row(document, mine), width="stretch")
            # Together, so that a narrow page puts all of them on the next line.
            with st.container(horizontal=True, width="content"):
                _way(document, "review", "Review", ":material/edit_note:", DOCUMENT)
                _way(document, "alignment", "Links", ":material/link:", alignment.DOCUMENT)
                withdrawing.button(desk, document)
    assigning.section(desk, project, documents, given)
    withdrawing.section(desk, project)


def _way(document: DocumentView, page: str, label: str, icon: str, chosen: Param[int]) -> None:
    """A button to a page that shows this document."""
    key = f"{label.lower()}-{document.id}"
    if st.button(about(label, document.name), key=key, icon=icon, type="tertiary"):
        st.session_state[chosen.key] = document.id
        st.switch_page(st.session_state["pages"][page])


def _languages(project: ProjectView) -> str:
    source = "translation only" if project.source_lang == UNDETERMINED else language_name(project.source_lang)
    return f"{source} → {language_name(project.target_lang)}"


def _row(document: DocumentView, given: Sequence[Assigned]) -> str:
    approved = document.states.get(SegmentState.APPROVED, 0)
    done = approved + document.states.get(SegmentState.REVISED, 0)
    progress = f"{done} of {document.segments} revised, {approved} approved"
    flags = [(severity, document.open_flags.get(severity, 0)) for severity in reversed(Severity)]
    counts = "".join(f"<span><b>{count}</b> {severity}</span>" for severity, count in flags if count)
    quality = (
        ""
        if document.mean_quality is None
        else f"<span>mean quality <b>{document.mean_quality:.0f}</b></span>"
    )
    system = f" · {escape(document.mt_system)}" if document.mt_system else ""
    notices = "".join(f'<p class="rl-quiet">{escape(notice)}</p>' for notice in document.notices[:3])
    return (
        f'<div class="rl-doc"><div><h4 dir="auto">{escape(document.name)}</h4>'
        f'<p class="rl-quiet">{document.created:%d %b %Y}{system}</p>{notices}</div>'
        f"<div>{bar_html(document.states, document.segments, progress)}"
        f'<p class="rl-quiet">{progress}</p>{assigning.who_html(given)}</div>'
        f'<div class="rl-counts">{counts or "<span>no open flags</span>"}{quality}</div></div>'
    )


def running(desk: Desk) -> None:
    """The imports in progress, looked at twice a second while there are any."""
    if any(job.active for job in desk.imports.all()):
        st.fragment(_jobs, run_every=0.5)(desk)
    else:
        _jobs(desk)


def _jobs(desk: Desk) -> None:
    for job in desk.imports.shown_to(desk.actor.name if desk.actor else ""):
        _job(desk, job)
    jobs = desk.imports.all()
    watched: set[int] = st.session_state.setdefault("importing", set())
    finished = {job.id for job in jobs if not job.active} & watched
    if finished:
        # The list of documents has changed: draw the whole page once more.
        watched -= finished
        done = [job for job in jobs if job.id in finished and job.project_id is not None]
        if done:
            desk.choose(done[-1].project_id)
        st.rerun(scope="app")


def _job(desk: Desk, job: Import) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if job.active:
            share = job.done / job.total if job.total else 0.0
            counted = f" {job.done:,} of {job.total:,}" if job.total else ""
            st.html(f"<p><b>{escape(job.order.name)}</b> {escape(job.stage)}{counted}…</p>", width=340)
            st.progress(min(1.0, share), width="stretch")
            return
        if job.state == "done":
            extra = f" {' '.join(job.notices)}" if job.notices else ""
            st.html(
                notice_html(f"{job.order.name} is ready, in {job.seconds:.0f} s.{extra}", "good"),
                width="stretch",
            )
        else:
            st.html(notice_html(f"{job.order.name} was not imported: {job.error}", "error"), width="stretch")
        st.button("Close", key=f"forget-{job.id}", on_click=desk.imports.forget, args=(job.id,))

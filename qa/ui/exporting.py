"""Export on the Documents page: a file of segments, flags and figures, or the corrected text itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from qa.errors import QAError
from qa.model import SegmentState
from qa.report.exports import EXPORTS, export
from qa.review.roles import Action
from qa.review.views import DocumentView, ProjectView, Role
from qa.ui.session import Desk, ask_for
from qa.ui.text import escape, notice_html, plain

__all__ = ["section"]

_WHAT = {
    "xlsx": "A workbook: a sheet each for summary, segments, flags and comments. Formulas are neutralised.",
    "csv": "One line a flag, comments in the last column, for any spreadsheet. Formulas are neutralised.",
    "jsonl": "One JSON object a segment: what qa check prints, with the review and its comments.",
    "html": "A report in one file that opens anywhere: figures, charts, every flagged segment.",
    "txt": "The corrected text of one document, rebuilt with its paragraphs.",
    "tmx": "A translation memory of the segments, for other tools.",
    "xliff": "XLIFF 1.2 with states, comments and flags (ITS 2.0), for translation tools. "
    "What was imported as XLIFF keeps its ids and inline codes.",
    "po": "A gettext catalogue of one document; what nobody has approved is fuzzy. "
    "What was imported as PO keeps its contexts and plural forms.",
    "srt": "The corrected subtitles of one document that was imported from SRT, with its times.",
    "vtt": "The corrected subtitles of one document that was imported from WebVTT, with its times.",
}


def section(desk: Desk, project: ProjectView, documents: Sequence[DocumentView]) -> None:
    """Choose a format and what goes out, have the file made, take it; for whoever may export."""
    if not desk.may(Action.EXPORT):
        ask_for(desk, Role.LEAD, "Exporting is for a QA lead.", "export-as-lead")
        return
    names = {document.id: plain(document.name) for document in documents}
    formats = EXPORTS.names()
    chosen = st.segmented_control(
        "Format", formats, default=formats[0], required=True, format_func=str.upper, key="format"
    )
    format = chosen or formats[0]
    st.html(f'<p class="rl-lede">{escape(_WHAT.get(format, EXPORTS.get(format).title))}</p>')
    single = EXPORTS.get(format).single
    document_id: int | None = st.selectbox(
        "Document",
        list(names) if single else [0, *names],
        format_func=lambda id: names.get(id, "All documents"),
        key=f"export:{project.id}:{single}",
        width=420,
    )
    document_id = document_id or None
    chosen_ones = [each for each in documents if document_id in (None, each.id)]
    total = sum(each.segments for each in chosen_ones)
    left = total - sum(each.states.get(SegmentState.APPROVED, 0) for each in chosen_ones)
    if left:
        st.html(notice_html(f"{left} of {total} segments are not approved; they go out as they stand."))
    if st.button("Prepare the file", key="prepare"):
        _prepare(desk, project, format, document_id)
    ready = st.session_state.get("export")
    if ready and ready.get("for") == (project.id, format, document_id):
        st.download_button(
            f"Download {format.upper()}",
            ready["bytes"],
            file_name=ready["name"],
            mime=EXPORTS.get(format).media_type,
            type="primary",
            key="download",
            on_click="ignore",
        )


def _prepare(desk: Desk, project: ProjectView, format: str, document_id: int | None) -> None:
    if desk.actor is None:
        return
    chosen = EXPORTS.get(format)
    # Taken before the work: a click meanwhile ends this run at its next Streamlit call, and the file must
    # be there for the run that follows.
    ready: dict[str, object] = st.session_state.setdefault("export", {})
    try:
        desk.service.record_export(desk.actor, project.id, format)
        with TemporaryDirectory(prefix="relecture-") as folder:
            path = Path(folder) / f"export{chosen.suffix}"
            export(desk.service, project.id, format, path, document_id=document_id)
            content = path.read_bytes()
    except QAError as error:
        st.html(notice_html(str(error), "error"))
        return
    safe = "".join(c if c.isalnum() or c in "-_." else "-" for c in project.name)
    ready.update(
        {"for": (project.id, format, document_id), "bytes": content, "name": f"{safe}{chosen.suffix}"}
    )

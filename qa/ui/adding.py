"""Import on the Documents page: two files, one bilingual file, or pasted text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from qa import lang
from qa.errors import QAError, UsageError
from qa.formats import DOCUMENT_FORMATS
from qa.formats.registry import for_path
from qa.model import Document
from qa.review.roles import Action
from qa.review.views import ProjectView, Role
from qa.ui.importing import Order, read_bilingual, read_one
from qa.ui.session import Desk, ask_for
from qa.ui.text import notice_html, plain

if TYPE_CHECKING:
    from qa.formats import PairTable

__all__ = ["section"]

Way = Literal["Two files", "One bilingual file", "Paste text"]
WAYS: tuple[Way, ...] = ("Two files", "One bilingual file", "Paste text")

LANGUAGES = [
    "ar",
    "bg",
    "bn",
    "bs",
    "ca",
    "cs",
    "cy",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fr",
    "ga",
    "gl",
    "gu",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "is",
    "it",
    "ja",
    "ka",
    "kk",
    "km",
    "kn",
    "ko",
    "ky",
    "lt",
    "lv",
    "mk",
    "ml",
    "mn",
    "mr",
    "ms",
    "my",
    "nb",
    "ne",
    "nl",
    "pa",
    "pl",
    "pt",
    "pt-BR",
    "ro",
    "ru",
    "si",
    "sk",
    "sl",
    "sq",
    "sr",
    "sv",
    "sw",
    "ta",
    "te",
    "th",
    "tl",
    "tr",
    "uk",
    "ur",
    "uz",
    "vi",
    "zh",
    "zh-Hant",
]


@dataclass(frozen=True, slots=True)
class Given:
    """What has been given so far; ``source`` is None for a translation alone."""

    name: str = ""
    source: str | Document | None = None
    target: str | Document = ""
    pairs: tuple[tuple[str, str], ...] | None = None
    source_lang: str | None = None
    target_lang: str | None = None
    """Languages the file itself names."""
    notices: tuple[str, ...] = ()
    original: bytes | None = None
    original_name: str = ""
    """The translation's file, where it can be written back."""

    @property
    def complete(self) -> bool:
        return bool(_text(self.target).strip() or self.pairs)

    def samples(self) -> tuple[str, str]:
        """Enough of each side to recognise its language."""
        if self.pairs is None:
            return _text(self.source or "")[:4000], _text(self.target)[:4000]
        some = self.pairs[:60]
        return " ".join(s for s, _ in some)[:4000], " ".join(t for _, t in some)[:4000]


def _text(given: str | Document) -> str:
    return given.text if isinstance(given, Document) else given


def section(desk: Desk, project: ProjectView | None) -> bool:
    """Ask for texts, languages and a project, for whoever may import. Has an import begun?"""
    if not desk.may(Action.IMPORT):
        ask_for(desk, Role.LEAD, "Adding documents is for a QA lead.", "import-as-lead")
        return False
    way = st.segmented_control(
        "How do you have it?", WAYS, default=WAYS[0], required=True, key="way", label_visibility="collapsed"
    )
    try:
        given = {WAYS[0]: _two_files, WAYS[1]: _bilingual, WAYS[2]: _pasted}[way]()
    except QAError as error:
        st.html(notice_html(str(error), "error"))
        return False
    for notice in given.notices[:5]:
        st.html(notice_html(notice, "warning"))
    target_project = _project(desk, project)
    source_lang, target_lang = _languages(given, target_project)
    left, right = st.columns(2)
    name = left.text_input("Name of the document", plain(given.name), key=f"name-{given.name}", max_chars=200)
    system = right.text_input("Machine translation system (optional)", key="mt-system", max_chars=80)
    project_name = ""
    if target_project is None:
        project_name = st.text_input(
            "Name of the new project", key="project-name", max_chars=200, placeholder=name or ""
        )
    pressed = st.button("Align, score and check", type="primary", disabled=not given.complete, key="start")
    return pressed and _start(
        desk, given, target_project, source_lang, target_lang, name, system, project_name or name
    )


def _start(
    desk: Desk,
    given: Given,
    project: ProjectView | None,
    source_lang: str | None,
    target_lang: str | None,
    name: str,
    system: str,
    project_name: str,
) -> bool:
    actor = desk.actor
    if actor is None:
        return False
    try:
        if target_lang is None or (source_lang is None and given.source is not None):
            raise UsageError("choose both languages; they could not be recognised")
        if project is None and any(
            p.name.casefold() == project_name.strip().casefold() for p in desk.service.uncounted_projects()
        ):
            raise UsageError(
                f"there is a project called {project_name!r} already; choose it above or another name"
            )
        order = Order(
            name=name.strip() or "Untitled",
            source_lang=lang.normalise(source_lang) if source_lang else lang.UNDETERMINED,
            target_lang=lang.normalise(target_lang),
            source=given.source,
            target=given.target,
            pairs=given.pairs,
            project_id=project.id if project else None,
            project_name=project_name.strip() or "Untitled",
            mt_system=system.strip(),
            original=given.original,
            original_name=given.original_name,
        )
    except QAError as error:
        st.html(notice_html(str(error), "error"))
        return False
    watched: set[int] = st.session_state.setdefault("importing", set())
    watched.add(desk.imports.start(actor, order).id)
    return True


def _two_files() -> Given:
    left, right = st.columns(2)
    extensions = ["txt", "md", "text", *(e[1:] for known in DOCUMENT_FORMATS for e in known.extensions)]
    source = left.file_uploader("Source text", type=extensions, key="source-file")
    target = right.file_uploader("Its translation", type=extensions, key="target-file")
    _read_types(extensions)
    alone = st.checkbox("There is no source, only a translation", key="target-only")
    if target is None or (source is None and not alone):
        return Given(name=_stem(target or source))
    translation = read_one(target.name, target.getvalue())
    return Given(
        name=_stem(target),
        source=None if alone or source is None else read_one(source.name, source.getvalue()),
        target=translation,
        # Units of its own: a format that is written back with them.
        original=target.getvalue() if translation.sentences else None,
        original_name=_stem(target) if translation.sentences else "",
    )


def _bilingual() -> Given:
    extensions = ["tsv", "csv", "xlsx", "jsonl", "xlf", "xliff", "tmx", "po"]
    file = st.file_uploader(
        "Bilingual file: TSV, CSV, XLSX, JSONL, XLIFF, TMX or PO", type=extensions, key="pairs-file"
    )
    _read_types(extensions)
    with st.popover("Columns"):
        columns = [
            st.text_input(f"Column of the {side}", key=f"{side}-column", placeholder="found by its name")
            for side in ("source", "translation")
        ]
    if file is None:
        return Given()
    table: PairTable = read_bilingual(
        file.name, file.getvalue(), source_column=columns[0] or None, target_column=columns[1] or None
    )
    kept = for_path(Path(file.name)).written_back
    return Given(
        name=_stem(file),
        original=file.getvalue() if kept else None,
        original_name=_stem(file) if kept else "",
        pairs=tuple((pair.source, pair.target) for pair in table.pairs),
        source_lang=table.source_lang,
        target_lang=table.target_lang,
        notices=table.notices,
    )


def _read_types(extensions: Sequence[str]) -> None:
    """Streamlit only turns a file of another type red, and says why nowhere that one would look."""
    listed = ", ".join(f".{extension}" for extension in extensions)
    st.html(f'<p class="rl-quiet">Read here: {listed}. A file of another type turns red and is not read.</p>')


def _pasted() -> Given:
    left, right = st.columns(2)
    source = left.text_area("Source text", height=180, key="source-text")
    target = right.text_area("Its translation", height=180, key="target-text")
    return Given(name="", source=source if source.strip() else None, target=target)


def _stem(file: Any) -> str:
    return "" if file is None else str(file.name).rsplit("/", 1)[-1]


def _project(desk: Desk, project: ProjectView | None) -> ProjectView | None:
    projects = desk.projects
    if not projects:
        return None
    chosen = st.selectbox(
        "Project",
        [*projects, 0],
        index=list(projects).index(project.id) if project else 0,
        format_func=lambda id: plain(projects[id].name) if id else "A new project",
        key=f"into:{project.id if project else 0}",
    )
    return projects.get(chosen)


def _languages(given: Given, project: ProjectView | None) -> tuple[str | None, str | None]:
    """The languages of both sides: the project's, else chosen, with what was recognised as the proposal."""
    source_text, target_text = given.samples()
    if project is not None:
        for side, text, tag in (
            ("source", source_text, project.source_lang),
            ("translation", target_text, project.target_lang),
        ):
            found = lang.detect(text)
            if found and tag != lang.UNDETERMINED and found != lang.base(tag):
                st.html(
                    notice_html(
                        f"The {side} looks like {lang.name(found)}, but the project is for {lang.name(tag)}.",
                        "warning",
                    )
                )
        return (
            None if project.source_lang == lang.UNDETERMINED else project.source_lang
        ), project.target_lang
    left, right = st.columns(2)
    with left:
        source = None
        if given.source is not None or given.pairs is not None or not given.complete:
            source = _language(
                "Source language", given.source_lang or lang.detect(source_text), "source-lang"
            )
    with right:
        target = _language(
            "Language of the translation", given.target_lang or lang.detect(target_text), "target-lang"
        )
    return source, target


def _language(label: str, found: str | None, key: str) -> str | None:
    # What was recognised is part of the key, so that another file brings its own proposal.
    tags = sorted({*LANGUAGES, *([found] if found else [])}, key=lang.name)
    return st.selectbox(
        label,
        tags,
        index=tags.index(found) if found else None,
        format_func=lambda tag: f"{lang.name(tag)} ({tag})" if tag in tags else tag,
        key=f"{key}-{found}",
        placeholder="Recognised from the text",
        accept_new_options=True,
    )

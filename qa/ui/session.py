"""One person's sitting: the shared service, who they are, which project, and what the address bar says.

What a link should open again lives in the query string. Streamlit's own binding writes labels there, and
labels of ours may be names of documents; so values are written here.
"""

from __future__ import annotations

import gc
import hashlib
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import streamlit as st

from qa.review.roles import Action, allowed
from qa.review.views import Actor, PersonView, ProjectView, Role
from qa.ui import signin
from qa.ui.text import escape, notice_html, plain

if TYPE_CHECKING:
    from qa.pipeline import Pipeline
    from qa.review.service import ReviewService
    from qa.ui.actions import Ledger
    from qa.ui.importing import Imports
    from qa.ui.live import Feeds
    from qa.ui.rechecking import Rechecks

__all__ = [
    "NAMELESS",
    "ROLE_NAMES",
    "Desk",
    "Param",
    "ask_for",
    "identify",
    "open_desk",
    "pipeline",
    "put_right",
    "send_address",
    "settle",
    "write_address",
]

T = TypeVar("T")

ROLE_NAMES = {Role.TRANSLATOR: "Translator", Role.EDITOR: "Editor", Role.LEAD: "QA lead"}
NAMELESS = "Say who you are in the sidebar: every change is recorded under a name."
_CAPTIONS = {
    Role.TRANSLATOR: "corrects",
    Role.EDITOR: "approves or sends back",
    Role.LEAD: "imports, decides, exports",
}


@dataclass(frozen=True, slots=True)
class Param(Generic[T]):
    """A widget whose value stands in the query string as ``name``, unless it is the default.

    ``read`` may raise ValueError for a value that means nothing; it is then ignored.
    """

    name: str
    default: T
    read: Callable[[str], T]
    write: Callable[[T], str] = str
    scope: str = ""
    """Pages that share a name but not a value."""

    @property
    def key(self) -> str:
        """The widget's key."""
        return f"{self.scope}:{self.name}"

    def take(self) -> str:
        """Bring the widget's state up to the query string; call before the widget. Returns its key."""
        text = st.query_params.get(self.name)
        # A quick browser sends the address of a moment ago: what we wrote ourselves is no news.
        if text is not None and text not in self._written():
            try:
                st.session_state[self.key] = self.read(text)
            except ValueError:
                write_address({self.name: None})
        if self.key not in st.session_state:
            st.session_state[self.key] = self.default
        return self.key

    def put(self, value: T) -> T:
        """Write the widget's ``value`` into the query string; call after the widget."""
        text = None if value == self.default else self.write(value)
        if text is not None:
            self._written().add(text)
        write_address({self.name: text})
        return value

    def _written(self) -> set[str]:
        written: set[str] = st.session_state.setdefault("_query", {}).setdefault(self.key, set())
        return written


_WAITING = "address"
"""In the session's state: what this run writes into the query string."""


def write_address(changes: Mapping[str, str | None]) -> None:
    """Write parameters into the query string, or take them out (None), with the next ``send_address``."""
    st.session_state.setdefault(_WAITING, {}).update(changes)


def send_address() -> None:
    """Send what has been written, at once: for the browser, every sending is a page to go back to.

    Called where a run ends, also that of a fragment.
    """
    here = st.query_params.to_dict()
    written = here | st.session_state.pop(_WAITING, {})
    there = {name: value for name, value in written.items() if value is not None}
    if there != here:
        st.query_params.from_dict(there)


NAME = Param("as", "", str, scope="desk")
ROLE = Param("role", Role.TRANSLATOR, Role, scope="desk")
PROJECT: Param[int | None] = Param("project", None, int, scope="desk")


class Desk:
    """What every page works with. ``actor`` is None until somebody has given a name.

    ``person`` is who has signed in; None at a local desk, where names and roles are chosen.
    """

    def __init__(
        self,
        service: ReviewService,
        ledger: Ledger,
        imports: Imports,
        rechecks: Rechecks,
        feeds: Feeds,
        person: PersonView | None = None,
    ) -> None:
        self.service = service
        self.ledger = ledger
        self.imports = imports
        self.rechecks = rechecks
        self.feeds = feeds
        self.person = person
        self._names: dict[int, dict[int, str]] = {}

    @property
    def roles(self) -> list[Role]:
        """The roles that the person at the desk may choose from."""
        return [role for role in Role if self.person is None or role in self.person.roles]

    @property
    def role(self) -> Role:
        role = Role(st.session_state.get(ROLE.key, ROLE.default))
        return role if role in self.roles else self.roles[0]

    @property
    def actor(self) -> Actor | None:
        if self.person is not None:
            return Actor(self.person.name, self.role)
        name = " ".join(str(st.session_state.get(NAME.key, "")).split())
        return Actor(name, self.role) if name else None

    @cached_property
    def projects(self) -> dict[int, ProjectView]:
        """All projects by number, read once a run; not counted, which no page needs of all of them."""
        return {project.id: project for project in self.service.uncounted_projects()}

    @property
    def project(self) -> ProjectView | None:
        """The chosen project."""
        return self.projects.get(st.session_state.get(PROJECT.key) or 0)

    def document_names(self, project_id: int) -> dict[int, str]:
        """Names of a project's documents by number, fit to be shown, read once a run."""
        if project_id not in self._names:
            names = self.service.document_names(project_id)
            self._names[project_id] = {id: plain(name) for id, name in names.items()}
        return self._names[project_id]

    def look_again(self) -> None:
        """Forget what was read once a run: a part of a page that is drawn alone may be drawn much later."""
        self._names.clear()
        self.__dict__.pop("projects", None)

    def choose(self, project_id: int | None) -> None:
        """Go to a project; takes effect with the next run, before its widget is drawn."""
        st.session_state["_chosen"] = project_id

    def may(self, action: Action) -> bool:
        """May the person at the desk do ``action``, as far as the role goes?"""
        return self.actor is not None and allowed(self.role, action)

    def store_key(self, project: ProjectView) -> str:
        """Tells this project from every other that one browser may see under the same address."""
        text = f"{self.service.database}|{project.id}|{project.created.isoformat()}"
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


@st.cache_resource(show_spinner=False)
def _service(url: str | None) -> ReviewService:
    from qa.review.service import ReviewService

    return ReviewService.open(url, local=signin.is_local())


@st.cache_resource(show_spinner=False)
def _ledger(url: str | None) -> Ledger:
    from qa.ui.actions import Ledger

    return Ledger()


@st.cache_resource(show_spinner=False)
def _imports(url: str | None) -> Imports:
    from qa.ui.importing import Imports

    return Imports(_service(url), pipeline)


@st.cache_resource(show_spinner=False)
def _rechecks(url: str | None) -> Rechecks:
    from qa.ui.rechecking import Rechecks

    return Rechecks(_service(url), pipeline)


@st.cache_resource(show_spinner=False)
def _feeds(url: str | None) -> Feeds:
    from qa.ui.live import Feeds

    return Feeds(_service(url))


@st.cache_resource(show_spinner=False)
def pipeline() -> Pipeline:
    """The one pipeline of this server; its models are loaded when it is first used."""
    from qa.pipeline import Pipeline

    return Pipeline()


_settled = 0


def settle() -> None:
    """Set what has been loaded for good apart from the garbage collector.

    Streamlit collects all generations after every run, which took 80 of the 90 ms of a click; modules never
    become garbage, so they need not be looked through. Called at the end of a run; acts when it loaded more.
    """
    global _settled
    if len(sys.modules) > _settled:
        _settled = len(sys.modules)
        gc.collect()
        gc.freeze()


def open_desk() -> Desk | None:
    """The desk of this sitting; None where somebody must sign in or be invited first, and has been told so.

    Raises StoreError, in one line, when the database cannot be opened, and UsageError where the server
    listens to more than it should.
    """
    signin.require_safe_address()
    url = os.environ.get("RELECTURE_DATABASE") or None
    person = None
    if not signin.is_local():
        person = signin.admitted(_service(url))
        if person is None:
            return None
    return Desk(_service(url), _ledger(url), _imports(url), _rechecks(url), _feeds(url), person)


def identify(desk: Desk) -> None:
    """The sidebar: project, name, role."""
    st.session_state.pop(_WAITING, None)  # left behind by a run that another one cut short
    st.html('<p class="rl-brand">Relecture</p>')
    projects = desk.projects
    if projects:
        key = PROJECT.take()
        wanted = st.session_state.pop("_chosen", st.session_state[key])
        put_right(key, wanted if wanted in projects else max(projects))
        chosen: Any = st.selectbox(
            "Project",
            list(projects),
            format_func=lambda id: plain(projects[id].name),
            key=key,
            persist_state="session",
        )
        PROJECT.put(chosen)
    if desk.person is None:
        NAME.put(
            st.text_input(
                "Your name",
                key=NAME.take(),
                placeholder="Who is working?",
                persist_state="session",
                max_chars=80,
            )
            or ""
        )
    else:
        st.html(
            f'<p class="rl-person"><b>{escape(desk.person.name)}</b>'
            f'<span class="rl-quiet">{escape(desk.person.email)}</span></p>'
        )
    key = ROLE.take()
    put_right(key, desk.role)  # an address may name a role that is not held
    ROLE.put(
        Role(
            st.radio(
                "Your role",
                desk.roles,
                format_func=ROLE_NAMES.__getitem__,
                key=key,
                persist_state="session",
                captions=[_CAPTIONS[role] for role in desk.roles],
            )
            or desk.role
        )
    )
    if desk.person is not None:
        signin.sign_out_button()


def put_right(key: str, value: object) -> None:
    """Give a widget another value. What is set is sent back to the browser, where it takes the place of what
    somebody has chosen in the meantime: so nothing is set that stands there already."""
    if st.session_state[key] != value:
        st.session_state[key] = value


def become(role: Role) -> None:
    """Change the role; a callback for buttons that offer it."""
    st.session_state[ROLE.key] = role


def ask_for(desk: Desk, role: Role, why: str, key: str) -> None:
    """Say what is missing to act here: a name, or another role, which is offered to whoever may take it
    (on a local desk anybody may)."""
    if desk.actor is None:
        st.html(notice_html(f"{why} {NAMELESS}", "warning"))
        return
    if role not in desk.roles:
        st.html(notice_html(f"{why} You do not hold that role; a QA lead can give it to you."))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(notice_html(why), width="stretch")
        st.button(f"Continue as {ROLE_NAMES[role]}", key=key, on_click=become, args=(role,))

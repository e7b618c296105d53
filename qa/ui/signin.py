"""Who is at the desk where a provider says so: the gate before every page, and the way out.

Name and address come from the provider's token alone, roles from the store alone. Streamlit keeps the claims
in a signed cookie; what it does and does not guard against is in docs/decisions.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st

from qa.errors import PermissionDenied, QAError
from qa.review.access import Auth, chosen, require_loopback
from qa.review.service import ReviewService
from qa.review.views import PersonView
from qa.ui.text import escape, notice_html

__all__ = ["admitted", "is_local", "require_safe_address", "sign_out_button"]

_NAME_CLAIMS = ("name", "preferred_username")


def require_safe_address() -> None:
    """Raises UsageError when names are chosen freely and the server listens beyond this machine, however it
    was started."""
    require_loopback(chosen(), st.get_option("server.address"))


def admitted(service: ReviewService) -> PersonView | None:
    """The person who has signed in and holds a role; for anybody else draws what to do, and returns None."""
    if not st.user.get("is_logged_in"):
        _ask_to_sign_in()
        return None
    try:
        person = _person(service, st.user.to_dict())
    except QAError as error:
        _closed("You cannot come in", notice_html(str(error), "error"), "Try again")
        return None
    if person.roles:
        return person
    _closed(
        "You have no role here yet",
        f'<p class="rl-lede">You are signed in as <b>{escape(person.name)}</b> ({escape(person.email)}), '
        "and nobody has given you a role. Ask a QA lead to invite this address, then look again.</p>",
        "Look again",
    )
    return None


def sign_out_button() -> None:
    """Ends the sitting here; the provider is asked to end its own."""
    if st.button("Sign out", key="sign-out", icon=":material/logout:"):
        st.logout()


def _person(service: ReviewService, claims: Mapping[str, object]) -> PersonView:
    email = claims.get("email")
    if not isinstance(email, str) or not email.strip():
        raise PermissionDenied(
            "your sign-in provider gave no e-mail address, and people are known by it here; let it give the "
            "claims email and email_verified"
        )
    name = next((str(claims[key]) for key in _NAME_CLAIMS if claims.get(key)), email)
    # Some providers write the truth value as a text. No value at all is no promise.
    verified = claims.get("email_verified") in (True, "true")
    return service.sign_in(name, email, verified=verified)


def _ask_to_sign_in() -> None:
    from streamlit.errors import StreamlitAuthError

    st.html('<p class="rl-brand">Relecture</p>')
    st.title("Sign in to review")
    st.html('<p class="rl-lede">Your organisation says who you are; a QA lead says what you may do here.</p>')
    if address := _elsewhere():
        st.html(notice_html(f"Open {address} to sign in: your provider sends people back there, not here."))
        return
    if st.button("Sign in", type="primary", key="sign-in", icon=":material/login:"):
        try:
            st.login()
        except StreamlitAuthError:
            message = (
                "nobody can sign in: the provider is not set up; start the server with qa serve --auth oidc"
            )
            st.html(notice_html(message, "error"))


def _elsewhere() -> str | None:
    """The address people sign in at, where this is another: what begins here could not be finished there."""
    try:
        back = urlsplit(str(st.secrets["auth"]["redirect_uri"]))
    except (FileNotFoundError, KeyError):
        return None
    here = urlsplit(st.context.url or "")
    if not here.netloc or (here.scheme, here.netloc) == (back.scheme, back.netloc):
        return None
    return f"{back.scheme}://{back.netloc}"


def _closed(title: str, body: str, again: str) -> None:
    st.html('<p class="rl-brand">Relecture</p>')
    st.title(title)
    st.html(body)
    with st.container(horizontal=True):
        # Drawing the page once more asks the store anew.
        st.button(again, type="primary", key="again")
        sign_out_button()


def is_local() -> bool:
    """Are names chosen freely? Raises UsageError when the environment says neither yes nor no."""
    return chosen() is Auth.LOCAL

"""The components' scripts at addresses of their own, and what browsers are told to fetch early."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import uvicorn
from browsing import browser_tests, tab
from conftest import TRANSLATOR
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.web.server.starlette import starlette_server
from test_layout import go
from test_ui_pages import elements, opened

from qa.ui import beside, bundle, direct, early, workbench
from qa.ui.screens import ADDRESSES


@pytest.fixture
def client(monkeypatch):
    for module in (bundle, direct):  # both remember that a server has asked for their routes
        monkeypatch.setattr(module, "_served", module._served)
    monkeypatch.setattr(bundle, "_published", {})

    async def page(request):
        return HTMLResponse("<title>T</title><p>page</p>", headers={"etag": "file"})

    async def parts(request):
        return StreamingResponse(iter(["<title>T</title>", "<p>page</p>"]), media_type="text/html")

    async def health(request):
        return PlainTextResponse("ok")

    ours = [route for route in beside.routes() if "scripts" in getattr(route, "path", "")]
    plain = [
        Route("/review", page),
        Route("/parts", parts),
        Route("/old.html", page),
        Route("/health", health),
    ]
    packed = [*beside.middleware(), Middleware(GZipMiddleware, minimum_size=10)]
    return TestClient(Starlette(routes=[*ours, *plain], middleware=packed))


def test_a_script_has_an_address_that_changes_with_it_and_is_kept(client):
    one = bundle.Component("one", "export default function () { return 1; }", ".a { color: red }")
    other = bundle.Component("one", one.script, ".a { color: blue }")
    one.publish()
    (address,) = bundle.published()
    answer = client.get(address)
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert one.script in answer.text
    assert json.dumps(one.style) in answer.text
    assert other.name != one.name
    assert client.get(f"/relecture/scripts/{other.name}").status_code == 404


def test_pages_and_nothing_else_say_what_to_fetch_early(client):
    workbench.component().publish()
    links = client.get("/review").headers["link"]
    assert f"</relecture/scripts/{workbench.component().name}>; rel=modulepreload" in links
    assert "/static/js/BidiComponent." in links
    assert "link" not in client.get("/old.html").headers
    assert "link" not in client.get("/health").headers
    assert "link" not in client.get("/nowhere").headers


@pytest.mark.parametrize("address", ["/review", "/parts"])
def test_a_page_says_where_its_server_is(client, address):
    page = client.get(address)
    before, told, after = page.text.partition("<script>window.__streamlit ??= {BACKEND_BASE_URL: ")
    assert before == "<title>T</title>"
    assert told
    assert after.endswith("</script><p>page</p>")
    assert f"({'|'.join(ADDRESSES)})" in after
    assert "export" in ADDRESSES  # once a page, still an address
    assert int(page.headers["content-length"]) == len(page.content)
    assert "etag" not in page.headers  # of the file, which this is not


def test_files_that_never_change_are_asked_for_once():
    asked: list[str] = []

    def answer(cache: str, **more: str):
        async def endpoint(request):
            asked.append(request.url.path)
            return PlainTextResponse("whole", headers={"cache-control": cache, **more})

        return endpoint

    forever = "public, immutable, max-age=31536000"
    routes = [
        Route("/static/js/kept.js", answer(forever)),
        Route("/static/js/new.js", answer("no-cache")),
        Route("/static/js/packed.js", answer(forever, vary="Accept-Encoding")),
        Route("/media/other.js", answer(forever)),
    ]
    client = TestClient(Starlette(routes=routes, middleware=beside.middleware()))
    for path in [route.path for route in routes]:
        first, again = client.get(path), client.get(path)
        assert (again.text, again.headers) == (first.text, first.headers)
    assert [path for path in dict.fromkeys(asked) if asked.count(path) == 1] == ["/static/js/kept.js"]
    assert client.get("/static/js/kept.js", headers={"range": "bytes=0-1"}).status_code == 200
    client.head("/static/js/kept.js")
    assert asked.count("/static/js/kept.js") == 3  # a part of a file and its head are not ours to answer
    for _ in range(2):
        assert client.get("/static/js/nowhere.js").status_code == 404


def test_what_elements_import_is_followed_and_what_the_page_asks_for_is_left_out(tmp_path: Path):
    scripts = tmp_path / "static" / "js"
    scripts.mkdir(parents=True)
    (tmp_path / "index.html").write_text('<script src="./static/js/core.1.js"></script>')
    (scripts / "Html.2.js").write_text('import"./core.1.js";import{a}from"./deep.3.js";import(`./late.4.js`)')
    (scripts / "deep.3.js").write_text('import{t as e}from "./Html.2.js";export{x}from"./deeper.5.js"')
    (scripts / "deeper.5.js").write_text("")
    assert sorted(early.scripts(tmp_path)) == ["Html.2.js", "deep.3.js", "deeper.5.js"]


def test_without_the_files_nothing_is_fetched_early(tmp_path: Path):
    assert early.scripts(tmp_path / "nowhere") == ()


@pytest.mark.parametrize("served", [False, True])
def test_where_nobody_serves_the_script_it_travels_with_the_page(app, project, monkeypatch, served):
    monkeypatch.setattr(bundle, "_served", served)
    opened(app, "review", TRANSLATOR)
    (component,) = [
        node
        for node in elements(app.main)
        if node.type == "bidi_component" and node.proto.component_name.endswith(workbench.KEY)
    ]
    inline = workbench.script() in component.proto.js_content
    assert inline is not served
    assert (workbench.component().name in component.proto.js_content) is served


class TestInTheBrowser:
    pytestmark = browser_tests

    def test_a_script_that_does_not_come_is_reported_with_a_way_out(self, browser, server, project):
        with tab(browser) as page:
            page.route("**/relecture/scripts/workbench.*", lambda route: route.abort())
            go(page, server, TRANSLATOR, "review")
            alert = page.get_by_role("alert").filter(has_text="could not be loaded")
            alert.wait_for()
            page.get_by_text("Simple form", exact=True).click()
            page.get_by_role("button", name="Save & next").wait_for()

    def test_the_server_is_asked_where_it_is(self, browser, server, project):
        with tab(browser) as page:
            answers = []
            page.on("response", lambda answer: answers.append((answer.status, answer.url)))
            go(page, server, TRANSLATOR, "review")
            page.locator(".card-head h3").wait_for()
            asked = [each for each in answers if "/_stcore/" in each[1]]
            assert asked
            assert [each for each in asked if each[0] >= 400 or "/review/" in each[1]] == []

    def test_another_filter_leaves_the_rest_of_the_page_alone(self, browser, server, project):
        with tab(browser) as page:
            go(page, server, TRANSLATOR, "review")
            page.locator(".card-head h3").wait_for()
            page.evaluate("document.querySelector('[data-testid=stSidebar] .rl-brand').dataset.seen = 1")
            page.get_by_text("Open flags only").click()
            page.wait_for_url("**flags=open**")
            page.locator(".card-head h3").wait_for()
            assert page.locator(".rl-brand").get_attribute("data-seen") == "1"


@pytest.mark.skipif(sys.platform == "win32", reason="uvloop is not for Windows")
def test_small_answers_leave_the_server_at_once() -> None:
    """Streamlit's sockets keep a small answer back until the one before is acknowledged, 40 ms at worst."""
    seen: list[int] = []

    class Look(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            accepted = transport.get_extra_info("socket")
            seen.append(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    async def connect() -> None:
        listening = starlette_server._bind_socket("127.0.0.1", 0, 1)
        server = await asyncio.get_running_loop().create_server(Look, sock=listening)
        _, writer = await asyncio.open_connection(*listening.getsockname())
        while not seen:
            await asyncio.sleep(0.01)
        writer.close()
        server.close()

    def run() -> None:
        factory = uvicorn.Config("").get_loop_factory()  # what `streamlit run` runs on
        with asyncio.Runner(loop_factory=factory) as runner:
            runner.run(connect())

    with ThreadPoolExecutor() as pool:  # the tests' own thread has a loop: the browser's
        pool.submit(run).result()
    assert seen[0] != 0

"""The interface in a real browser: a person's way through it, and what must never be lost."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from browsing import ROOT, Server, browser_tests, tab, until
from conftest import EDITOR, LEAD, TRANSLATOR, document, flag

from qa.model import Flag, SegmentState, Severity
from qa.review.service import ReviewService
from qa.review.views import Role, SegmentFilter, SegmentView
from qa.ui.session import ROLE_NAMES

CORPUS = ROOT / "corpora" / "ru-fr-news"

pytestmark = browser_tests


def review(page, server: Server, actor, path: str = "review", **params: str) -> None:
    query = "&".join(f"{k}={v}" for k, v in {"as": actor.name, "role": actor.role, **params}.items())
    page.goto(f"{server.url}/{path}?{query}")
    page.locator(".card-head h3").wait_for()


def segments(service: ReviewService) -> list[SegmentView]:
    return list(service.all_segments(1))


def saved(page) -> None:
    page.locator(".status.good").wait_for()


def choose_role(page, name: str, role: str) -> None:
    field = page.get_by_label("Your name")
    field.fill(name)
    field.press("Enter")
    page.get_by_text(role, exact=True).click()
    # On a busy machine a page that is opened before the server has both is opened by who was here before.
    page.wait_for_url(lambda url: desk(url) == (name, role))


def desk(url: str) -> tuple[str, str]:
    """Who is at the desk, by the address; a translator's role is not written there."""
    query = parse_qs(urlsplit(url).query)
    return query.get("as", [""])[0], ROLE_NAMES[Role(query.get("role", [Role.TRANSLATOR])[0])]


def test_a_translation_from_upload_to_export(browser, server, service, tmp_path):
    """Two files are uploaded, «grèves» is corrected with one key, approved by another, and exported."""
    import pandas

    with tab(browser) as page:
        page.goto(server.url)
        choose_role(page, "Lea", "QA lead")
        uploads = page.locator("input[type=file]")
        uploads.first.wait_for(state="attached")
        uploads.nth(0).set_input_files(CORPUS / "source.ru.txt")
        uploads.nth(1).set_input_files(CORPUS / "mt.fr.txt")
        page.get_by_label("Name of the new project").fill("Talks")
        page.get_by_role("button", name="Align, score and check").click()
        page.get_by_text("is ready").wait_for(timeout=120_000)
        assert service.projects()[0].source_lang == "ru"

        choose_role(page, "Theo", "Translator")
        page.get_by_role("button", name="Review").first.click()
        wrong = next(s for s in segments(service) if any(f.flag.text == "grèves" for f in s.flags))
        row = page.locator(f"[data-segment='{wrong.id}']")
        row.click()
        mark = page.locator("mark.flag", has_text="grèves").first
        # The neighbours come a moment later and move the mark away from under the mouse.
        page.locator(".line.near").first.wait_for()
        mark.hover()
        page.locator(".tooltip", has_text="frappes").wait_for()
        number = next(n for n, f in enumerate(wrong.flags, 1) if f.flag.text == "grèves")
        page.locator("textarea.editor").click()
        page.keyboard.press(f"Alt+{number}")
        page.locator("ins", has_text="frappes").wait_for()
        page.keyboard.press("Control+Enter")
        until(lambda: service.segment(wrong.id).state is SegmentState.REVISED, "the save")
        assert "frappes" in service.segment(wrong.id).text

        choose_role(page, "Eva", "Editor")
        page.get_by_role("link", name="Approve").click()
        page.locator("del", has_text="grèves").first.wait_for()
        page.locator("[data-do=approve]").click()
        until(lambda: service.segment(wrong.id).state is SegmentState.APPROVED, "the approval")
        assert service.segment(wrong.id).approver == "Eva"

        choose_role(page, "Lea", "QA lead")
        page.get_by_role("link", name="Documents").click()
        page.get_by_role("tab", name="Export").click()
        page.get_by_role("button", name="Prepare the file").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Download XLSX").click()
        sheets = pandas.read_excel(BytesIO(Path(download.value.path()).read_bytes()), sheet_name=None)
        cells = [str(cell) for sheet in sheets.values() for cell in sheet.to_numpy().ravel()]
        assert service.segment(wrong.id).text in cells
        assert "approved" in {cell.casefold() for cell in cells}


def test_every_key_typed_before_a_shortcut_is_saved(browser, server, service, project):
    """Typing, a fix and the shortcut that saves follow each other without waiting for anything."""
    second, third = segments(service)[1:3]
    with tab(browser) as page:
        review(page, server, TRANSLATOR, segment=str(second.id))
        page.locator("textarea.editor").click()
        page.keyboard.press("Control+End")
        page.keyboard.type(" Cr ?rc")
        page.keyboard.press("Alt+1")
        page.keyboard.type(" fin")
        page.keyboard.press("Control+Enter")
        page.keyboard.press("Control+End")
        page.keyboard.type(" suite")
        page.keyboard.press("Control+Enter")
        until(lambda: service.segment(third.id).state is SegmentState.REVISED, "the second save")
        until(lambda: service.segment(second.id).state is SegmentState.REVISED, "the first save")
        assert service.segment(second.id).text == second.mt.replace("grèves", "frappes") + " Cr ?rc fin"
        assert service.segment(third.id).text == third.mt + " suite"
        # The focus has stayed in the editor, now of the fourth segment.
        page.keyboard.type("x")
        assert "x" in page.locator("textarea.editor").input_value()


def test_a_fix_leaves_the_caret_where_it_was_and_can_be_taken_back(browser, server, service, project):
    second = segments(service)[1]
    fixed = second.mt.replace("grèves", "frappes")
    with tab(browser) as page:
        review(page, server, TRANSLATOR, segment=str(second.id))
        editor = page.locator("textarea.editor")
        editor.click()
        page.keyboard.press("Control+Home")
        for _ in range(2):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Alt+1")
        page.locator("ins", has_text="frappes").wait_for()
        page.keyboard.type("XY")
        assert editor.input_value() == fixed[:2] + "XY" + fixed[2:]
        page.keyboard.press("Control+z")
        page.keyboard.press("Control+z")
        assert editor.input_value() in (second.mt, fixed)


def test_quick_moves_and_saves_never_go_back(browser, server, service, project):
    """The browser's address lags behind a quick person; the list must not follow it."""
    everything = segments(service)
    with tab(browser) as page:
        review(page, server, TRANSLATOR)
        page.locator("textarea.editor").click()
        for segment in everything:
            page.locator(".card-head h3", has_text=f"Segment {segment.position}").wait_for()
            page.keyboard.press("Control+End")
            page.keyboard.type("!")
            page.keyboard.press("Control+s" if segment.position % 2 else "Control+Enter")
            if segment.position % 2:
                page.keyboard.press("Alt+ArrowDown")
        until(lambda: all(s.text == s.mt + "!" for s in segments(service)), "all saves")
        page.wait_for_url(lambda url: f"segment={everything[-1].id}" in url)
        assert page.locator(".card-head h3").inner_text() == "Segment 5"
        for segment in everything:
            assert len(service.revisions(segment.id)) == 1


def test_undo_dismissal_comment_and_history(browser, server, service, project):
    second = segments(service)[1]
    with tab(browser) as page:
        review(page, server, TRANSLATOR, segment=str(second.id))
        page.locator("textarea.editor").click()
        page.keyboard.press("Alt+d")
        page.keyboard.press("2")
        page.locator(".flagcard.dismissed", has_text="Right in this context").wait_for()
        page.keyboard.press("Alt+u")
        page.locator(".flagcard.open").wait_for()
        page.keyboard.press("Alt+m")
        page.keyboard.type("Voir le glossaire")
        page.keyboard.press("Control+Enter")
        page.locator(".comments", has_text="Voir le glossaire").wait_for()
        page.locator(".history", has_text="took back").wait_for()
        assert [c.text for c in service.comments(second.id)] == ["Voir le glossaire"]


def test_unsaved_typing_survives_a_reload(browser, server, service, project):
    first = segments(service)[0]
    with tab(browser) as page:
        review(page, server, TRANSLATOR, segment=str(first.id))
        page.locator("textarea.editor").fill("Pas encore enregistré")
        page.reload()
        page.locator(".card-head h3").wait_for()
        assert page.locator("textarea.editor").input_value() == "Pas encore enregistré"
        assert service.segment(first.id).text == first.mt
        page.locator("[data-do=submit]").click()
        until(lambda: service.segment(first.id).text == "Pas encore enregistré", "the save")


def test_two_people_on_one_segment_see_both_texts(browser, server, service, project):
    first = segments(service)[0]
    with tab(browser) as page:
        review(page, server, TRANSLATOR, segment=str(first.id))
        page.locator("textarea.editor").fill("Le mien")
        service.submit(EDITOR, first.id, "Le leur", first.version)
        page.keyboard.press("Control+s")
        page.locator(".conflict").wait_for()
        page.locator(".conflict", has_text="Le leur").locator("text=Le mien").wait_for()
        assert service.segment(first.id).text == "Le leur"
        page.locator("[data-choose=mine]").click()
        assert page.locator("textarea.editor").input_value() == "Le mien"
        page.keyboard.press("Control+Enter")
        until(lambda: service.segment(first.id).text == "Le mien", "the chosen text")
        assert [r.text for r in service.revisions(first.id)] == ["Le leur", "Le mien"]


def test_a_killed_server_loses_nothing(browser, server, service, project):
    """SIGKILL between two saves: the first is in the database, the second arrives after the restart."""
    first, second = segments(service)[:2]
    with tab(browser) as page:
        review(page, server, TRANSLATOR, segment=str(first.id))
        page.locator("textarea.editor").fill("Avant la panne")
        page.keyboard.press("Control+Enter")
        saved(page)
        server.kill()
        assert service.segment(first.id).text == "Avant la panne"
        page.locator("textarea.editor").fill("Pendant la panne")
        page.keyboard.press("Control+Enter")
        server.start()
        until(
            lambda: service.segment(second.id).state is SegmentState.REVISED, "the save after the restart", 90
        )
        assert service.segment(first.id).text == "Avant la panne"
        assert service.segment(second.id).text == "Pendant la panne"
        for segment in (first, second):
            assert len(service.revisions(segment.id)) == 1
            assert [e.action for e in service.events(segment_id=segment.id)] == ["submit"]


def test_a_save_whose_answer_was_lost_is_no_conflict_after_a_reload(browser, server, service, project):
    """What was saved, what waited behind it, and what was only typed: each is where it belongs."""
    first = segments(service)[0]
    with tab(browser) as page:
        silent = False

        def through(socket) -> None:
            onward = socket.connect_to_server()
            onward.on_message(lambda message: None if silent else socket.send(message))

        def stands(text: str) -> bool:
            page.wait_for_timeout(20)  # what goes through the route only goes on while the page is waited for
            return service.segment(first.id).text == text

        def direct(route) -> None:
            if silent:
                route.fetch()
                route.abort()
            else:
                route.continue_()

        page.route_web_socket("**/_stcore/stream", through)
        page.route("**/relecture/actions", direct)
        review(page, server, TRANSLATOR, segment=str(first.id))
        editor = page.locator("textarea.editor")
        silent = True
        for text in ("Une", "Deux"):
            editor.fill(text)
            page.keyboard.press("Control+s")
        until(lambda: stands("Une"), "the save that is never answered")
        editor.fill("Trois")
        silent = False
        page.reload()
        until(lambda: stands("Deux"), "the save behind it")
        saved(page)
        assert editor.input_value() == "Trois"
        assert page.locator(".conflict, .overtaken").count() == 0
        assert [r.text for r in service.revisions(first.id)] == ["Une", "Deux"]


HOSTILE = (
    "<script>document.title='hacked'</script>"
    "<iframe srcdoc='<script>parent.document.title=\"hacked\"</script>'></iframe>"
    "<img src=x onerror=\"document.title='hacked'\"> :red[x] ![i](x) \u202eabc\u202c {{7*7}} </textarea>"
)


def test_hostile_text_is_text(browser, server, service, project):
    mine: Flag = flag(HOSTILE, "onerror", "<b>fix</b>", message=HOSTILE, severity=Severity.CRITICAL)
    pairs = [(HOSTILE, HOSTILE)] * 3
    made = service.import_document(LEAD, project.id, document(pairs, {0: (mine,)}), name=HOSTILE[:190])
    (target, *_) = service.segments(SegmentFilter(project.id, document_id=made.id)).rows
    service.comment(TRANSLATOR, target.id, HOSTILE)
    service.submit(TRANSLATOR, target.id, HOSTILE + "!", target.version)
    with tab(browser) as page:
        for path in ("review", "approve"):
            review(page, server, EDITOR, path, segment=str(target.id))
            page.locator(".comments", has_text="</textarea>").wait_for()
            assert page.locator(".rl iframe, .rl img, .rl script").count() == 0
            assert page.locator(".line.active .control", has_text="RLO").count() >= 1
            assert page.locator("textarea.editor").input_value() == HOSTILE + "!"
            assert "hacked" not in page.title()
        for path in ("", "?view=import", "insights", "export", "rules", "review?plain=1"):
            join = "&" if "?" in path else "?"
            page.goto(f"{server.url}/{path}{join}as=Lea&role=lead&segment={target.id}")
            page.locator("[data-testid=stMain] [data-testid=stElementContainer]").nth(1).wait_for()
            assert page.locator("iframe, [data-testid=stMain] img").count() == 0
            assert "hacked" not in page.title()


def test_a_link_opens_the_same_view(browser, server, service, project):
    third = segments(service)[2]
    with tab(browser) as page:
        review(page, server, TRANSLATOR, flags="open")
        assert page.locator(".row").count() == 2
        page.locator(f"[data-segment='{third.id}']").click()
        page.wait_for_url(lambda url: f"segment={third.id}" in url)
        link = page.url
    with tab(browser) as page:
        page.goto(link)
        page.locator(".card-head h3", has_text="Segment 3").wait_for()
        assert page.locator(".row").count() == 2
        assert page.get_by_label("Your name").input_value() == "Theo"

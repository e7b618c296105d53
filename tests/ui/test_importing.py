"""Imports: what is read from an upload, and what the queue says of success and failure."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest
from conftest import LEAD, PAIRS, TRANSLATOR, sample
from streamlit.testing.v1 import AppTest

from qa.errors import InputError, QAError
from qa.ui import importing
from qa.ui.importing import Imports, Order, read_bilingual, read_one


class FakePipeline:
    """Stands for the models: returns the sample, or fails as it is told."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.go = threading.Event()
        self.go.set()
        self.given: tuple[object, ...] = ()

    def with_glossary(self, terms):
        self.terms = terms
        return self

    def check_texts(self, *given, progress, **_):
        progress("Aligning", 3, 7)
        self.given = given
        self.go.wait(10)
        if self.error:
            raise self.error
        return sample()

    def check_pairs(self, pairs, *given, progress, **_):
        self.given = (pairs, *given)
        return sample()


ORDER = Order("port.txt", "ru", "fr", target="Bonjour", source="Привет", project_name="Port")


def finished(imports: Imports, job):
    deadline = time.monotonic() + 10
    while job.active and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not job.active
    return job


def test_a_document_goes_into_a_new_project(service):
    pipeline = FakePipeline()
    imports = Imports(service, lambda: pipeline)
    job = finished(imports, imports.start(LEAD, ORDER))
    assert (job.state, job.error) == ("done", "")
    project = service.project(job.project_id)
    assert (project.name, project.segments) == ("Port", 5)
    assert pipeline.given == ("Привет", "Bonjour", "ru", "fr")


def test_a_translation_alone_has_no_source_language(service):
    pipeline = FakePipeline()
    imports = Imports(service, lambda: pipeline)
    order = Order("a.txt", "und", "fr", target="Bonjour", project_name="Alone")
    job = finished(imports, imports.start(LEAD, order))
    assert job.error == ""
    assert pipeline.given[0] is None
    assert service.project(job.project_id).source_lang == "und"


def test_pairs_go_the_short_way(service, project):
    pipeline = FakePipeline()
    imports = Imports(service, lambda: pipeline)
    order = Order("a.tsv", "ru", "fr", pairs=(("a", "b"),), project_id=project.id)
    assert finished(imports, imports.start(LEAD, order)).state == "done"
    assert pipeline.given == ((("a", "b"),), "ru", "fr")
    assert service.project(project.id).documents == 2


def test_progress_can_be_watched(service):
    pipeline = FakePipeline()
    pipeline.go.clear()
    imports = Imports(service, lambda: pipeline)
    job = imports.start(LEAD, ORDER)
    deadline = time.monotonic() + 10
    while job.total == 0 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert (job.stage, job.done, job.total, job.active) == ("Aligning", 3, 7, True)
    pipeline.go.set()
    finished(imports, job)
    imports.forget(job.id)
    assert imports.all() == []


def test_the_end_of_an_import_is_news_for_whoever_began_it_and_for_some_minutes(service, monkeypatch):
    imports = Imports(service, FakePipeline)
    good = finished(imports, imports.start(LEAD, ORDER))
    bad = finished(imports, imports.start(TRANSLATOR, ORDER))
    assert imports.shown_to(LEAD.name) == [good]
    assert imports.shown_to(TRANSLATOR.name) == [bad]
    assert imports.shown_to("Eva") == []
    monkeypatch.setattr(importing, "_NEWS", 0)
    assert imports.shown_to(LEAD.name) == []
    assert imports.shown_to(TRANSLATOR.name) == [bad]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (InputError("the source text is empty"), "the source text is empty"),
        (RuntimeError("boom"), "internal error (RuntimeError); nothing was imported"),
    ],
)
def test_a_failure_is_one_line_and_leaves_nothing(service, error, said):
    imports = Imports(service, lambda: FakePipeline(error))
    job = finished(imports, imports.start(LEAD, ORDER))
    assert (job.state, job.error) == ("failed", said)
    assert service.projects() == []


def test_who_may_not_import_is_told_so(service):
    imports = Imports(service, FakePipeline)
    job = finished(imports, imports.start(TRANSLATOR, ORDER))
    assert "translator may not create project" in job.error


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff\xfe\x00" * 50, b"   \n"])
def test_an_unusable_file_is_named_as_the_person_knows_it(content):
    with pytest.raises(QAError) as raised:
        read_one("мой файл.txt", content)
    assert "мой файл.txt" in str(raised.value)
    assert "relecture-" not in str(raised.value)


def test_a_bilingual_file_is_read():
    table = read_bilingual("pairs.tsv", "source\ttarget\nПривет\tBonjour\n".encode())
    assert [(pair.source, pair.target) for pair in table.pairs] == [("Привет", "Bonjour")]


def test_a_path_in_a_file_name_reaches_no_file(tmp_path):
    assert read_one("../../etc/pass\x00wd.txt", "Bonjour à tous".encode()).text == "Bonjour à tous"


def test_subtitles_come_with_their_cues():
    document = read_one("film.SRT", b"1\n00:00:01,000 --> 00:00:02,500\nHello,\nAnna.\n")
    assert [(s.text, s.time) for s in document.sentences] == [("Hello, Anna.", (1.0, 2.5))]


def test_a_file_that_can_be_written_back_is_kept(service):
    order = replace(ORDER, original=b"1\n", original_name="film.srt")
    imports = Imports(service, FakePipeline)
    job = finished(imports, imports.start(LEAD, order))
    assert service.document_original(job.document_id) == (b"1\n", "film.srt")


def test_pasted_text_is_offered_with_its_languages(app: AppTest):
    app.query_params.update({"as": "Lea", "role": "lead"})
    app.run()
    app.segmented_control[0].set_value("Paste text").run()
    app.text_area(key="source-text").input(" ".join(source for source, _ in PAIRS))
    app.text_area(key="target-text").input(" ".join(target for _, target in PAIRS))
    app.run()
    assert not app.exception
    chosen = {box.label: box.value for box in app.selectbox}
    assert (chosen["Source language"], chosen["Language of the translation"]) == ("ru", "fr")
    assert not app.button(key="start").disabled

"""The chat judge against a server in this process: one that behaves, and several that do not."""

import http.client
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import ModelError, UsageError
from qa.estimate import load
from qa.estimate.chat import MAX_REPLY, Endpoint, NoAnswer, Price
from qa.estimate.judge import AT_ONCE, JudgeEstimator, read_verdict
from qa.model import Severity

KEY = "sk-very-secret"
PAIR = ("Удары по городу.", "Les grèves sur la ville, les grèves.")
ERROR = {
    "quote": "grèves", "side": "target", "category": "accuracy/mistranslation", "severity": "major",
    "explanation": "Strikes of another\nkind.",
}  # fmt: skip


def completion(content, prompt=100, completion=20):
    usage = {"prompt_tokens": prompt, "completion_tokens": completion}
    return {"choices": [{"message": {"role": "assistant", "content": content}}], "usage": usage}


def verdict(*errors):
    return json.dumps({"errors": list(errors)})


class Server:
    """``answers`` are given one after the other, the last one for ever: (status, body, headers)."""

    def __init__(self):
        self.answers = []
        self.asked = []
        self.at_once = self.most = 0
        self.delay = 0.0
        lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with lock:
                    outer.asked.append((self.path, dict(self.headers), body))
                    outer.at_once += 1
                    outer.most = max(outer.most, outer.at_once)
                    answer = outer.answers.pop(0) if len(outer.answers) > 1 else outer.answers[0]
                time.sleep(outer.delay)
                with lock:
                    outer.at_once -= 1
                status, found, headers = (*answer, {})[:3]
                data = found if isinstance(found, bytes) else json.dumps(found).encode()
                try:
                    self.send_response(status)
                    for name, value in {"Content-Length": str(len(data)), **headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    pass  # the client had enough

            def log_message(self, *_):
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"

    def close(self):
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def server(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    running = Server()
    monkeypatch.setenv("OPENAI_BASE_URL", running.url)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("RELECTURE_CACHE", "off")
    yield running
    running.close()


def judge(server, **changed):
    options = {"timeout": 5.0, "attempts": 3, "pause": 0.01, **changed}
    return JudgeEstimator("tiny", Endpoint(server.url, KEY, **options))


def one(server, pair=PAIR, **changed):
    return judge(server, **changed).estimate([pair], "ru", "fr")[0]


def test_texts_stay_here_without_consent(server) -> None:
    with pytest.raises(UsageError, match=r"would send the texts to 127\.0\.0\.1.*--send-texts"):
        load("openai:tiny")
    assert server.asked == []
    assert isinstance(load("openai:tiny", send_texts=True), JudgeEstimator)
    assert server.asked == []


def test_what_is_asked(server) -> None:
    server.answers = [(200, completion(verdict()))]
    load("openai:tiny", send_texts=True).estimate([PAIR], "ru", "fr")
    ((path, headers, body),) = server.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert body["model"] == "tiny"
    assert body["response_format"]["json_schema"]["strict"] is True
    system, user = body["messages"]
    assert PAIR[0] not in system["content"]
    material = json.loads(user["content"])
    assert (material["source"], material["translation"]) == PAIR
    assert material["target_language"] == "French"


def test_quotes_become_places(server) -> None:
    server.answers = [(200, completion(verdict(ERROR, {**ERROR, "severity": "minor"})))]
    found = one(server)
    assert [(f.start, f.end, f.severity) for f in found.flags] == [
        (4, 10, Severity.MAJOR),
        (29, 35, Severity.MINOR),
    ]
    assert all(PAIR[1][f.start : f.end] == f.text == "grèves" for f in found.flags)
    assert found.flags[0].message == "tiny: Strikes of another kind."
    assert found.flags[0].found_by == "model"
    assert found.quality.value == 76.0  # 6 of 25 points
    assert (found.quality.low, found.failure) == (None, "")
    assert "model:tiny|" in found.quality.signature
    assert found.quality.signature.endswith("|scale:mqm 25..0")


def test_penalties_stop_at_the_scale(server) -> None:
    server.answers = [(200, completion(verdict(*[{**ERROR, "severity": "critical"}] * 2)))]
    assert one(server).quality.value == 0.0


def test_busy_then_fine(server) -> None:
    server.answers = [
        (429, {"error": {"message": "slow down"}}, {"Retry-After": "0.01"}),
        (503, b"<html>"),
        (200, completion(verdict())),
    ]
    assert one(server).quality.value == 100.0
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((429, {"error": {"message": "slow\ndown"}}), "HTTP 429 slow down"),
        ((400, {"error": {"message": f"no {KEY} please"}}), "HTTP 400 no … please"),
        ((200, b"not json"), "no chat completion"),
        ((200, b"[" * 100_000), "no chat completion"),
        ((200, {"choices": []}), "no chat completion"),
        ((200, completion(None)), "without a text"),
        ((200, b"x" * (MAX_REPLY + 1)), "more than"),
        ((200, completion("I refuse.")), "not JSON"),
        ((200, completion('{"errors": {}}')), "list of errors"),
        ((200, completion('{"errors": [], "score": 100}')), "list of errors"),
        ((200, completion(verdict({**ERROR, "severity": "fatal"}))), "invalid severity"),
        ((200, completion(verdict({**ERROR, "start": 4}))), "fields"),
        ((200, completion(verdict({**ERROR, "quote": "frappes"}))), "not in the target"),
        ((200, completion(verdict({**ERROR, "quote": "  "}))), "quotes nothing"),
        ((200, completion(verdict(*[ERROR] * 41))), "more than 40"),
    ],
)
def test_bad_answers_fail_their_segment_alone(server, answer, said) -> None:
    server.answers = [answer]
    found = one(server)
    assert said in found.failure
    assert KEY not in found.failure
    assert "\n" not in found.failure
    assert isnan(found.quality.value)
    assert found.flags == ()


def test_an_invalid_judgement_is_asked_for_once_more(server) -> None:
    server.answers = [(200, completion("Sure!")), (200, completion(verdict()))]
    assert one(server).quality.value == 100.0


def test_slow_server(server) -> None:
    server.answers, server.delay = [(200, completion(verdict()))], 0.5
    found = one(server, timeout=0.05, attempts=2)
    assert "no answer within 0.05 s" in found.failure
    assert len(server.asked) == 2


@pytest.mark.parametrize("status", [401, 403, 404])
def test_what_no_segment_could_survive_ends_the_run(server, status) -> None:
    server.answers = [(status, {"error": {"message": f"key {KEY}"}})]
    with pytest.raises(ModelError, match=f"refuses the request: HTTP {status}") as caught:
        one(server)
    assert KEY not in str(caught.value)


def test_redirects_are_not_followed(server) -> None:
    server.answers = [(302, b"", {"Location": server.url + "/elsewhere"})]
    with pytest.raises(ModelError, match="HTTP 302"):
        one(server)
    assert len(server.asked) == 1


def test_a_reply_that_is_no_http(server, monkeypatch) -> None:
    def broken(*_, **__):
        raise http.client.BadStatusLine("SSH-2.0")

    endpoint = Endpoint(server.url, attempts=2, pause=0.01)
    monkeypatch.setattr("urllib.request.OpenerDirector.open", broken)
    with pytest.raises(NoAnswer, match="no HTTP"):
        endpoint.complete({})


def test_nobody_there(server) -> None:
    server.close()
    with pytest.raises(ModelError, match="cannot reach 127"):
        one(server)


def test_requests_at_once_are_bounded_and_order_is_kept(server) -> None:
    server.answers, server.delay = [(200, completion(verdict()))], 0.05
    done = []
    pairs = [(f"s{i}", "t" * (1 + i % 5)) for i in range(20)]
    found = judge(server).estimate(pairs, "en", "fr", progress=lambda *seen: done.append(seen))
    assert 1 < server.most <= AT_ONCE
    assert len(found) == 20
    assert done == [(16, 20), (20, 20)]


def test_blank_and_endless_texts_are_not_sent(server) -> None:
    server.answers = [(200, completion(verdict()))]
    found = judge(server).estimate([("", "x"), ("x", " "), ("x", "y" * 30_000)], "en", "fr")
    assert server.asked == []
    assert [e.quality.value for e in found[:2]] == [0.0, 0.0]
    assert "longer than" in found[2].failure


def test_tokens_and_cost(server) -> None:
    server.answers = [(200, completion(verdict(), prompt=1_000_000, completion=500_000))]
    estimator = judge(server)
    estimator.estimate([PAIR], "ru", "fr")
    assert "1 requests, 1,000,000 tokens in, 500,000 out; --price" in estimator.spent()
    assert estimator.spent(Price.read("0.15,0.60")).endswith("$0.4500")


@pytest.mark.parametrize("usage", [None, [], {"prompt_tokens": "many"}, {"prompt_tokens": -5}])
def test_odd_token_counts_are_no_tokens(server, usage) -> None:
    server.answers = [(200, {**completion(verdict()), "usage": usage})]
    estimator = judge(server)
    assert estimator.estimate([PAIR], "ru", "fr")[0].failure == ""
    assert "0 tokens in, 0 out" in estimator.spent()


def test_judgements_are_remembered_and_failures_are_not(server, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("RELECTURE_CACHE", str(tmp_path))
    server.answers = [
        (200, completion("no")),
        (200, completion("no")),
        (200, completion(verdict(ERROR))),
    ]
    estimator = load("openai:tiny", send_texts=True)
    assert estimator.estimate([PAIR], "ru", "fr")[0].failure
    made = estimator.estimate([PAIR], "ru", "fr")
    assert len(server.asked) == 3
    again = load("openai:tiny", send_texts=True).estimate([PAIR], "ru", "fr")
    assert again == made
    assert again[0].flags
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("OPENAI_BASE_URL", "file:///etc", "http or https"),
        ("OPENAI_BASE_URL", "http://me:pass@host/v1", "http or https"),
        ("OPENAI_API_KEY", "a\r\nX: b", "characters that no key has"),
    ],
)
def test_environment(server, monkeypatch, name, value, said) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=said):
        load("openai:tiny", send_texts=True)
    monkeypatch.delenv("OPENAI_BASE_URL")
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(UsageError, match="OPENAI_API_KEY is not set"):
        load("openai:tiny", send_texts=True)
    with pytest.raises(ModelError, match="openai:MODEL"):
        load("openai", send_texts=True)


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "a,b", "-1,2", "nan,1", "inf,1"])
def test_prices(text) -> None:
    with pytest.raises(UsageError, match="not a price"):
        Price.read(text)


def test_a_reply_in_drops_is_cut_off(server, monkeypatch) -> None:
    endpoint = Endpoint(server.url, timeout=0.2, attempts=1)

    class Drops:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def read1(self, _):
            time.sleep(0.02)
            return b" "

    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *_, **__: Drops())
    with pytest.raises(NoAnswer, match=r"within 0\.2 s"):
        endpoint.complete({})


@given(st.text(max_size=30), st.lists(st.text(max_size=3), max_size=5))
def test_every_flag_is_where_its_words_are(target, quotes) -> None:
    reply = verdict(*({**ERROR, "quote": quote} for quote in quotes))
    if all(quote.strip() and quote.strip() in target for quote in quotes):
        flags = read_verdict(reply, "", target, model="m")
        assert len(flags) == len(quotes)
        assert all(target[f.start : f.end] == f.text for f in flags)
    else:
        with pytest.raises(ValueError, match="quotes"):
            read_verdict(reply, "", target, model="m")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text(f"src\tmt\n{PAIR[0]}\t{PAIR[1]}\nДа.\tOui.\n", encoding="utf-8")
    return path


def answer_by_text(server, monkeypatch):
    """The first segment gets a judgement, the second a reply that is none."""
    original = Endpoint.complete

    def complete(self, body):
        reply = original(self, body)
        return reply if PAIR[1] in body["messages"][1]["content"] else reply + "!"

    monkeypatch.setattr(Endpoint, "complete", complete)
    server.answers = [(200, completion(verdict(ERROR)))]


LANGUAGES = ("--from", "ru", "--to", "fr", "--estimator", "openai:tiny")


def test_command_scores(run, server, table, monkeypatch) -> None:
    status, out, err = run("score", table, *LANGUAGES)
    assert (status, out) == (2, "")
    assert "--send-texts" in err
    assert server.asked == []
    answer_by_text(server, monkeypatch)
    status, out, err = run("score", table, *LANGUAGES, "--send-texts", "--price", "1,2")
    assert status == 0
    first, second = map(json.loads, out.splitlines())
    assert first["quality"] == 80.0
    assert second["quality"] is None
    assert "not JSON" in second["failure"]
    assert "qa: segment 2 has no score: tiny gave no valid judgement: it is not JSON" in err
    assert "3 requests, 300 tokens in, 60 out, $0.0004" in err
    status, out, err = run("score", table, *LANGUAGES, "--send-texts", "--price", "free")
    assert status == 2
    assert "not a price" in err


def test_command_checks(run, server, table, monkeypatch) -> None:
    answer_by_text(server, monkeypatch)
    # Where no rule looks: beside «grèves» the judge's flag would merge with that of wrong-sense.
    server.answers = [(200, completion(verdict({**ERROR, "quote": "la ville"})))]
    options = (*LANGUAGES, "--send-texts", "--format", "jsonl")
    status, out, err = run("check", table, *options, "--fail-under", "10")
    first, second = map(json.loads, out.splitlines())
    assert "openai" in [flag["check"] for flag in first["flags"]]
    assert first["score"]["quality"] == 80.0
    assert second["score"] is None
    assert "segment 2 has no score" in err
    # What could not be judged does not pass a gate.
    assert status == 1
    assert "gate failed: 1 segment(s) could not be scored" in err
    _, out, _ = run("check", table, *options, "--only", "numbers")
    assert [json.loads(line)["flags"] for line in out.splitlines()] == [[], []]

"""Every page, in both languages and in every form; what is not there; hostile words; decisions."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

PAGES = (
    "/",
    "/?q=企业",
    "/?q=企&resource=funding",
    "/documents",
    "/provinces",
    "/compare",
    "/compare?words=认定奖励",
    "/precedents",
    "/precedents?q=建议设立科技成果转化引导基金，支持中小企业",
    "/flows",
    "/flows?resource=funding",
    "/network",
    "/network?q=企业&depth=2",
    "/questions",
    "/question/joint-issuers?ask=1",
    "/basket",
    "/console",
)
FOUND = {
    "search": "/search.{}?q=企业",
    "documents": "/documents.{}",
    "provinces": "/provinces.{}",
    "compare": "/compare.{}?words=认定奖励",
    "precedents": "/precedents.{}?q=设立科技成果转化引导基金",
    "flows": "/flows.{}?resource=funding",
    "network": "/network.{}",
    "questions": "/questions.{}",
    "question": "/question/joint-issuers.{}",
}


def state(client: Any) -> Any:
    return client.app.state.served.state


def a_claim(client: Any, kind: str = "measure") -> Any:
    return next(c for c in state(client).claim_by_id.values() if c.type == kind)


def hostile_document(client: Any) -> str:
    return next(d.id for d in state(client).documents.values() if "<script>" in d.text)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ("zh", "en"))
def test_a_page_is_shown_in_both_languages(client: Any, path: str, language: str) -> None:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}language={language}")
    assert answer.status_code == 200, answer.text[-400:]
    assert f'lang="{"zh-CN" if language == "zh" else "en"}"' in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.text.count("<h1>") == 1
    assert not re.search(r"<script>|\son\w+=|\sstyle=", answer.text), "no inline script, handler or style"


def test_pages_of_things_are_shown(client: Any) -> None:
    claim = a_claim(client)
    province = state(client).provinces[0]
    for path in (f"/document/{claim.doc}", f"/claim/{claim.id}", f"/province/{province}", f"/precedents?q={claim.id}",
                 f"/basket?claims={claim.id}", f"/document/{claim.doc}?claim={claim.id}&type=measure"):  # fmt: skip
        for language in ("zh", "en"):
            answer = client.get(path, params={"language": language} if "?" not in path else None)
            assert answer.status_code == 200, path
            assert "built-in method" not in answer.text, "a text named like a method of dict"


@pytest.mark.parametrize("name", FOUND)
def test_files_hold_the_same_rows(client: Any, name: str) -> None:
    answer = client.get(FOUND[name].format("json"))
    assert answer.status_code == 200
    said = json.loads(answer.text)
    assert said
    table = list(csv.reader(io.StringIO(client.get(FOUND[name].format("csv")).content.decode("utf-8-sig"))))
    if isinstance(said, list):
        assert len(table) == len(said) + 1 and table[0] == list(said[0])


def test_every_page_is_there_as_json_csv_and_workbook(client: Any) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    claim = a_claim(client)
    node = min(n for n, data in state(client).network.nodes(data=True) if data["cls"] == "Platform")
    pages = {
        **{path: "" for path in ("/search", "/documents", "/claims", "/provinces", "/flows", "/network", "/questions", "/console")},
        **{f"/document/{claim.doc}": "", f"/claim/{claim.id}": "", "/province/浙江省": "?show=gaps", "/question/joint-issuers": ""},
        **{"/compare": "?words=认定奖励", "/precedents": f"?q={claim.id}", "/basket": f"?claims={claim.id}", "/thing": f"?node={quote(node)}"},
    }
    for path, asked in pages.items():
        answers = {ending: client.get(f"{path}.{ending}{asked}") for ending in ("json", "csv", "xlsx")}
        assert {a.status_code for a in answers.values()} == {200}, path
        assert answers["json"].json() is not None and answers["json"].headers["content-type"] == "application/json"
        rows = list(csv.reader(io.StringIO(answers["csv"].content.decode("utf-8-sig"))))
        assert rows and {len(row) for row in rows} == {len(rows[0])}, path
        sheet = openpyxl.load_workbook(io.BytesIO(answers["xlsx"].content)).worksheets[0]
        assert sheet.max_row >= len(rows) - 1, path


def test_every_place_of_the_list_has_its_page(client: Any) -> None:
    page = client.get("/provinces").text
    links = re.findall(r'href="(/province/[^"]+)"', page)
    assert len(links) > 5 and f"/province/{quote('全国')}" in links
    for link in links:
        assert client.get(link).status_code == 200, link
    assert client.get("/claims.json?province=全国").json(), "the nation is a place too"


def test_numbers_lead_to_the_claims_they_count(client: Any) -> None:
    for row in client.get("/provinces.json").json():
        listed = client.get("/claims.json", params={"counted": "1", "province": row["province"]}).json()
        assert len(listed) == row["measures"], row["province"]
    policies = client.get("/province/浙江省.json", params={"show": "policies"}).json()
    shown = client.get("/province/浙江省").text
    for row in policies[:4]:
        listed = client.get("/claims.json", params={"counted": "1", "province": "浙江省", "policy": row["policy"]}).json()
        assert len(listed) == row["measures"]
        assert f'policy={quote(row["policy"])}"' in shown.replace("&amp;", "&"), "the number is a link"
    for row in client.get("/documents.json").json()[:5]:
        assert len(client.get("/claims.json", params={"document": row["id"]}).json()) == row["claims"]


def test_the_workbook_of_a_comparison_is_read_by_openpyxl(client: Any) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    answer = client.get("/compare.xlsx?words=认定奖励")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet.max_row > 1 and "attachment" in answer.headers["content-disposition"]


@pytest.mark.parametrize("path", ("/nowhere", "/document/d-0", "/claim/c-0", "/claim/c-0.json", "/province/火星", "/question/none",
                                  "/network?node=x", "/document/..%2F..%2Fetc", "/network.gexf?node=x"))  # fmt: skip
def test_what_is_not_there_is_said_not_to_be(client: Any, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ("/?language=fr", "/flows?resource=gold", "/network?depth=x", "/?page=-1", "/compare?by=moon",
                                  "/question/claim-evidence?claim=x", "/basket.docx", "/?q=" + "长" * 4001))  # fmt: skip
def test_what_cannot_be_answered_is_refused_with_a_reason(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400 and 'class="message"' in answer.text


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.mark.parametrize("path", ("/?q={}", "/compare?words={}", "/precedents?q={}", "/flows?policy={}", "/network?q={}",
                                  "/question/nickname-to-title?name={}", "/basket?claims={}", "/claim/{}", "/province/{}",
                                  "/flows?resource={}", "/documents?province={}", "/?resource={}"))  # fmt: skip
def test_hostile_words_stay_text(client: Any, path: str) -> None:
    answer = client.get(path.format(HOSTILE))
    assert answer.status_code in (200, 400, 404)
    assert "<script>alert" not in answer.text and "<img" not in answer.text


def test_hostile_documents_stay_text_everywhere(client: Any) -> None:
    doc = hostile_document(client)
    claims = [c.id for c in state(client).claims[doc]]
    assert claims
    paths = [f"/document/{doc}", "/documents", "/?q=alert", "/network.picture", "/flows.picture", "/network.svg"]
    network = state(client).network
    nodes = [n for n, data in network.nodes(data=True) if "<" in data["label"] or any(e.claim in claims for e in data["evidence"])]
    assert nodes
    paths += [f"/claims?document={doc}", *(f"/thing?node={quote(n)}" for n in nodes), *(f"/network.picture?node={quote(n)}" for n in nodes)]
    for path in (*paths, *(f"/claim/{c}" for c in claims), f"/basket?claims={','.join(claims)}"):
        text = client.get(path).text
        assert "<script>alert" not in text and "<img src=x" not in text and "<b>创" not in text, path
    assert "&lt;script&gt;alert(1)" in client.get(f"/document/{doc}").text


def test_the_text_of_a_document_is_whole_with_its_claims_marked(client: Any) -> None:
    from kg.serve.passages import segments

    for doc, claims in list(state(client).claims.items())[:5]:
        text = state(client).documents[doc].text
        pieces = segments(text, claims, 0, len(text))
        assert "".join(p.text for p in pieces) == text
        marked = {c.id for p in pieces for c in p.claims}
        assert marked == {c.id for c in claims}
        for claim in claims:
            assert "".join(p.text for p in pieces if claim in p.claims) == claim.quote


def test_pictures_run_their_own_scripts_only(client: Any) -> None:
    policy = client.get("/network.picture").headers["content-security-policy"]
    scripts = policy.split("script-src")[1].split(";")[0]
    assert "unsafe-inline" not in scripts and scripts.count("sha256-") == 2


def test_a_network_has_no_more_nodes_than_asked_for_and_is_read_back(client: Any) -> None:
    import networkx as nx

    assert len(client.get("/network.json?most=25").json()["nodes"]) == 25
    whole = client.get("/network.gexf?most=25")
    graph = nx.read_gexf(io.BytesIO(whole.content))
    assert graph.number_of_nodes() == 25
    assert nx.read_graphml(io.BytesIO(client.get("/network.graphml?most=25").content)).number_of_nodes() == 25
    drawn = client.get("/network.svg?most=25")
    assert drawn.headers["content-type"] == "image/svg+xml" and "attachment" in drawn.headers["content-disposition"]
    assert "25 个节点" in drawn.text and drawn.text.startswith("<svg ")
    only = client.get("/network.json?class=Policy").json()["nodes"]
    assert only and {row["class"] for row in only} == {"政策"}


def test_a_basket_becomes_memo_and_references(client: Any) -> None:
    docx = pytest.importorskip("docx")
    claim = a_claim(client)
    memo = docx.Document(io.BytesIO(client.get(f"/basket.docx?claims={claim.id}").content))
    words = "".join(p.text for p in memo.paragraphs)
    assert "".join(claim.quote.split())[:20] in "".join(words.split())
    assert client.get(f"/basket.bib?claims={claim.id}").text.startswith("@")
    assert json.loads(client.get(f"/basket.csl?claims={claim.id}").content)


def test_nothing_is_written_without_curate(client: Any) -> None:
    claim = a_claim(client)
    assert 'name="decision"' not in client.get(f"/claim/{claim.id}").text
    assert client.post(f"/claim/{claim.id}/decide", data={"decision": "reject"}).status_code in (403, 404, 405)


def test_a_curator_decides_and_the_ledger_tells(built: Path, tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    from kg.ledger import read
    from kg.serve.app import create_app

    ledger = tmp_path / "ledger.jsonl"
    client = TestClient(create_app(built, curate=True, ledger=ledger), base_url="http://127.0.0.1:8765")
    claim = a_claim(client)
    page = client.get(f"/claim/{claim.id}").text
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token
    form = {"csrf": token[1], "decision": "correct", "who": "审校人", "why": "地区有误", "becomes": '{"area": "浙江省"}'}
    origin = {"origin": "http://127.0.0.1:8765"}
    done = client.post(f"/claim/{claim.id}/decide", data=form, headers=origin)
    assert done.status_code == 200 and "地区有误" in done.text
    (decision,) = read(ledger).decisions
    assert (decision.decision, decision.claim["id"], decision.becomes) == ("correct", claim.id, {"area": "浙江省"})
    assert client.post(f"/claim/{claim.id}/decide", data=form | {"csrf": "x"}, headers=origin).status_code == 403
    assert client.post(f"/claim/{claim.id}/decide", data=form | {"becomes": "no"}, headers=origin).status_code == 409
    plain = form | {"becomes": "", "set_area": "湖北省", "set_assertion": "planned"}
    assert client.post(f"/claim/{claim.id}/decide", data=plain | {"set_assertion": "perhaps"}, headers=origin).status_code == 409
    client.post(f"/claim/{claim.id}/decide", data=plain, headers=origin)
    assert read(ledger).decisions[-1].becomes == {"area": "湖北省", "assertion": "planned"}
    assert len(read(ledger).decisions) == 2

"""Seeded mutation over everything that takes what strangers hand over; a case that breaks an invariant raises.

Each fuzzer is a function of a `random.Random`: one case. `RUNS` names them with their share of all cases.
"""

from __future__ import annotations

import io
import json
import random
import string
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kg.build import build
from kg.config import Limits
from kg.errors import KgError, LedgerError, QueryError, ReadError
from kg.extract import extract
from kg.graph.store import OxigraphStore, open_store
from kg.ledger import append, apply, decision_on, read
from kg.link.link import link
from kg.model import Claim, Document, Source
from kg.query.bind import bind
from kg.query.library import Query, load_library
from kg.read import decode
from kg.read.documents import read_bytes
from kg.resources import data_dir
from kg.text.dates import find_periods
from kg.text.quantities import find_quantities
from kg.text.structure import outline
from kg.text.unwrap import unwrap

Case = Callable[[random.Random], None]

_ODD = "\0\x0b\x0c\x1c\x85\u2028\u3000\ufeff\ufffd\u200b⺠㈠①Ａ％‰〔〕《》“”\U00020000"
_PIECES = (
    *("《", "》", "第一条", "\n", "　", "万元", "最高", "100", "3.5%", "至", "—", "2021年", "〔2021〕29号", "省", "企业"),
    *("（一）", "不超过", "给予", "奖励", "建设", "重点实验室", "居全国第", "位", "；", "。", "、", "|", "亿元", "10万元/年"),
)


@cache
def texts() -> tuple[str, ...]:
    """The project's own documents and gold texts."""
    folder = data_dir("sources") / "documents"
    return tuple(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt")) + sorted(folder.rglob("*.md")))


def passage(chance: random.Random, most: int = 600) -> str:
    """A stretch of a text of ours with pieces cut, doubled, exchanged and put in."""
    own = chance.choice(texts())
    start = chance.randrange(len(own))
    found = list(own[start : start + chance.randrange(1, most)])
    for _ in range(chance.randrange(8)):
        at = chance.randrange(len(found) + 1)
        act = chance.randrange(4)
        if act == 0:
            del found[at : at + chance.randrange(1, 9)]
        elif act == 1:
            found[at:at] = chance.choice(_PIECES) * chance.choice((1, 1, 2, 30))
        elif act == 2:
            found[at:at] = chance.choice(_ODD)
        else:
            found[at:at] = found[at : at + chance.randrange(20)]
    return "".join(found)


def bent(chance: random.Random, data: bytes) -> bytes:
    """Bytes with some flipped, cut out, doubled or put in."""
    out = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        at, act = chance.randrange(len(out) + 1), chance.randrange(5)
        if act == 0 and out:
            out[min(at, len(out) - 1)] ^= 1 << chance.randrange(8)
        elif act == 1:
            del out[at : at + chance.choice((1, 4, 64, 1000))]
        elif act == 2:
            out[at:at] = chance.randbytes(chance.choice((1, 3, 40)))
        elif act == 3:
            out[at:at] = out[at : at + chance.choice((4, 100))] * chance.choice((1, 20))
        else:
            del out[at:]
    return bytes(out)


# --- text


def text_case(chance: random.Random) -> None:
    """Folding and unwrapping keep every place; finders stay within the text; the same text gives the same."""
    written = passage(chance, 1500)
    shadow = unwrap(written)
    assert len(shadow.text) == len(shadow.plain)
    before = 0
    for _ in range(5):
        if shadow.text:
            start = chance.randrange(len(shadow.text))
            end = chance.randrange(start, len(shadow.text)) + 1
            a, b = shadow.to_source(start, end)
            assert 0 <= a < b <= len(written), (a, b)
    for start in range(0, len(shadow.text), 50):
        a, _ = shadow.to_source(start, start + 1)
        assert a >= before
        before = a
    found = outline(shadow)
    for sentence in found.sentences:
        assert 0 <= sentence.start <= sentence.end <= len(shadow.text)
    for item in (*find_quantities(shadow.text), *find_periods(shadow.text)):
        assert 0 <= item.start < item.end <= len(shadow.text)
    again = unwrap(written)
    assert (again.text, again.plain) == (shadow.text, shadow.plain)


# --- extraction and linking


def extraction_case(chance: random.Random) -> None:
    """Quotes are slices of the text, claims survive their JSON, the same text gives the same claims and links."""
    written = passage(chance, 400)
    document = Document("d-" + "0" * 12, written, Source("d-" + "0" * 12, path="x.txt"))
    claims = extract(document)
    for claim in claims:
        assert written[claim.start : claim.end] == claim.quote
        row = json.loads(json.dumps(claim.to_dict(), ensure_ascii=False))
        assert Claim.from_dict(row).id == claim.id and Claim.from_dict(row).to_dict() == claim.to_dict()
    if chance.randrange(4) == 0:
        assert [c.to_dict() for c in extract(document)] == [c.to_dict() for c in claims]
        linked = link([document], {document.id: claims})
        assert linked == link([document], {document.id: list(reversed(claims))})


# --- readers


@cache
def files() -> tuple[tuple[str, bytes], ...]:
    """A file of each kind that can be made here."""
    own = texts()[0][:3000]
    page = "<html><head><title>x</title></head><body><article>" + "".join(f"<p>{line}</p>" for line in own.split("\n")) + "</article></body></html>"
    mail = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=xx\n\n--xx\nContent-Type: text/html; charset=utf-8\n\n" + page + "\n--xx--\n"
    found = [
        ("a.txt", own.encode()),
        ("b.txt", own.encode("gb18030")),
        ("c.txt", own.encode("utf-16")),
        ("d.html", page.encode()),
        ("e.mhtml", mail.encode()),
        ("f.md", own.encode("utf-8-sig")),
    ]
    import docx

    word, packed = io.BytesIO(), io.BytesIO()
    made = docx.Document()
    for line in own.split("\n")[:40]:
        made.add_paragraph("".join(c for c in line if c.isprintable()))
    made.add_table(2, 2).cell(0, 0).text = "指标"
    made.save(word)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("一.txt", own)
        archive.writestr("../out.txt", own)
    return (*found, ("g.docx", word.getvalue()), ("h.zip", packed.getvalue()))


@cache
def pdf() -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for number, line in enumerate(texts()[0].split("\n")[:12]):
        canvas.setFont("STSong-Light", 11)
        canvas.drawString(50, 780 - 20 * number, line[:40])
    canvas.save()
    return out.getvalue()


SMALL = Limits(max_megabytes=2, unpacked_megabytes=4, archive_files=50, max_pages=20, convert_seconds=5)


def _read(data: bytes, name: str) -> Document | None:
    try:
        return read_bytes(data, name, name, limits=SMALL)[0]
    except ReadError as error:
        assert str(error).startswith(name), error
        return None


def reader_case(chance: random.Random) -> None:
    """Any bytes are a document or a `ReadError`; what a document says of itself stands where it says."""
    name, data = chance.choice(files())
    data = bent(chance, data) if chance.randrange(10) else chance.randbytes(chance.randrange(1, 400))
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or data[:5] == b"{\\rtf":
        return  # for LibreOffice, which has seconds of its own
    document = _read(data, name)
    if document is None:
        return
    for detail in document.details:
        assert detail.span is None or 0 <= detail.span[0] < detail.span[1] <= len(document.text), detail
    for start, end in document.references:
        assert 0 <= start <= end <= len(document.text)
    json.dumps(document.text).encode("utf-8")
    if chance.randrange(4) == 0:
        assert _read(data, name) == document


def pdf_case(chance: random.Random) -> None:
    """As `reader_case`, of PDFs, which are read in a process of their own."""
    document = _read(bent(chance, pdf()), "x.pdf")
    assert document is None or document.text.strip()


def archive_case(chance: random.Random) -> None:
    """A folder with a bent archive: nothing is written anywhere, every file has its outcome."""
    from kg.read import collect

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "in"
        place.mkdir()
        (place / "a.zip").write_bytes(bent(chance, dict(files())["h.zip"]))
        (place / "b.txt").write_text(texts()[1][:500], encoding="utf-8")
        found = collect([place], limits=SMALL)
        assert [p.name for p in Path(folder).iterdir()] == ["in"]
        assert len(found.documents) >= 1 and found == collect([place], limits=SMALL)


def encoding_case(chance: random.Random) -> None:
    """Bytes in any encoding, bent, are text or a `ReadError`, and the same each time."""
    data = bent(chance, passage(chance).encode(chance.choice(("utf-8", "gb18030", "utf-16", "utf-16-be", "big5")), "ignore"))
    with suppress(ReadError):
        assert decode(data, "x") == decode(data, "x")


# --- questions


@cache
def library() -> tuple[Query, ...]:
    return tuple(load_library().values())


@cache
def world() -> tuple[Path, OxigraphStore]:
    """A small build and its graph in memory."""
    folder = Path(tempfile.mkdtemp(prefix="kg-fuzz-"))
    build([p for p in sorted((data_dir("sources") / "documents").rglob("*")) if p.is_file()][:4], folder / "build", workers=1)
    return folder / "build", open_store(folder / "build" / "graph.trig", often=True)


_INJECTIONS = (
    *('" } INSERT DATA { <x> <y> <z> } #', '" } SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } #', "\\", '"', "\n", "'''", '"""', "} UNION {"),
    *("<x>", "https://e.x/a> } #", "?x", "UNDEF", "#@param x", "$", "@zh", '"^^xsd:integer', "\u0000", "\ud800", "%22", "浙江", "PI006"),
)


def binding_case(chance: random.Random) -> None:
    """Any value is a `QueryError` or stays a value: the query keeps its form, and asks for nothing else."""
    question = chance.choice(library())
    if not question.params:
        return
    param = chance.choice(question.params)
    value: Any = "".join(chance.choice((*_INJECTIONS, *_PIECES)) for _ in range(chance.randrange(1, 4)))
    if chance.randrange(6) == 0:
        value = [value, chance.choice(_INJECTIONS)]
    if chance.randrange(12) == 0:
        value = chance.choice((1, -1, 1e300, float("nan"), True, b"x", {"a": 1}, (), 10**40))
    try:
        bound = bind(question, {param.name: value})
    except QueryError:
        return
    assert _form(bound) == _form(bind(question, {}))
    if chance.randrange(5) == 0:
        try:
            next(iter(world()[1].query(bound)), None)
        except SyntaxError as error:
            raise AssertionError(f"{question.id} {param.name}={value!r}: {error}") from error


def _form(query: str) -> list[str]:
    """The query without what stands in VALUES lines with a slot, and in strings and IRIs of them."""
    return [line if "#@" not in line else line.rpartition("#@")[2] for line in query.split("\n")]


# --- the ledger


def ledger_case(chance: random.Random) -> None:
    """A ledger that was changed anywhere is refused or has another head; decisions never break a build."""
    document = Document("d-1", passage(chance, 300) + "对高新技术企业给予奖励20万元。", Source("d-1", path="x.txt"))
    claim = Claim("gap", "d-1", len(document.text) - 5, len(document.text), document.text[-5:], "r", values={"topic": "talent"})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.jsonl"
        for number in range(chance.randrange(1, 4)):
            append(path, decision_on(claim, document, chance.choice(("accept", "reject")), who=f"甲{number}", why=passage(chance, 20).strip() or "x"))
        whole = read(path)
        data = path.read_bytes()
        other = bent(chance, data)
        path.write_bytes(other)
        try:
            found = read(path)
        except LedgerError:
            found = None
        assert other == data or found is None or found.head != whole.head
        applied = apply((found or whole).decisions, [document], {"d-1": [claim]})
        for kept in applied.claims["d-1"]:
            assert document.text[kept.start : kept.end] == kept.quote


# --- pages


@cache
def client() -> Any:
    from starlette.testclient import TestClient

    from kg.serve.app import create_app

    app = create_app(world()[0], curate=True, ledger=world()[0].parent / "ledger.jsonl")
    return TestClient(app, base_url="http://127.0.0.1:8765", raise_server_exceptions=False)


_PATHS = (
    *("/", "/documents", "/provinces", "/compare", "/precedents", "/flows", "/network", "/questions", "/basket", "/console"),
    *("/search.json", "/search.csv", "/search.xlsx", "/compare.csv", "/network.gexf", "/flows.picture", "/basket.csl"),
    *("/document/x", "/claim/c-1", "/province/浙江省", "/question/who-gets-what", "/static/../app.py", "/claim/x/decide", "/nowhere"),
)
_FIELDS = ("q", "words", "text", "area", "by", "language", "page", "claims", "resource", "layer", "limit", "from", "home", "written", "format")


def http_case(chance: random.Random) -> None:
    """No request makes the server fail; no answer carries what was asked as markup, or goes without its headers."""
    path = chance.choice(_PATHS)
    if chance.randrange(5) == 0:
        path = "/" + quote("".join(chance.choice((*_INJECTIONS, "..", "/", "a")) for _ in range(4)).encode("utf-8", "replace"))
    mark = "<script>alert(7)</script>"
    values = (mark, '"><img src=x onerror=alert(7)>', "=1+1", *_INJECTIONS, *_PIECES, "9" * 50, "-1", "x" * 3000)
    fields = "&".join(
        f"{chance.choice(_FIELDS)}={quote(chance.choice(values).encode('utf-8', 'replace'))}" for _ in range(chance.randrange(4))
    )
    headers = {}
    if chance.randrange(8) == 0:
        headers["host"] = chance.choice(("evil.example", "127.0.0.1:8765", "[::1]", "localhost.evil.example"))
    if chance.randrange(8) == 0:
        headers["accept"] = "".join(chance.choice(string.printable.strip()) for _ in range(20))
    method = chance.choice(("GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE"))
    answer = client().request(method, f"{path}?{fields}", headers=headers, follow_redirects=False)
    assert answer.status_code < 500, (method, path, fields, headers, answer.text[:300])
    assert answer.headers["x-content-type-options"] == "nosniff"
    if "evil" in headers.get("host", ""):
        assert answer.status_code in (400, 403, 421), answer.status_code
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert mark not in answer.text and "<img src=x" not in answer.text, (path, fields)
        assert "default-src" in answer.headers["content-security-policy"]


#: name → (a case, its share of all cases)
RUNS: dict[str, tuple[Case, float]] = {
    "text": (text_case, 0.24),
    "extraction": (extraction_case, 0.18),
    "readers": (reader_case, 0.14),
    "encodings": (encoding_case, 0.08),
    "archives": (archive_case, 0.02),
    "PDF": (pdf_case, 0.005),
    "questions": (binding_case, 0.15),
    "ledger": (ledger_case, 0.10),
    "HTTP": (http_case, 0.085),
}


def run(name: str, number: int, seed: int = 0) -> tuple[int, list[str]]:
    """Run so many cases; how many were run and what failed, each with the seed that shows it again."""
    case, _ = RUNS[name]
    failures = []
    for step in range(number):
        try:
            case(random.Random(f"{name}-{seed}-{step}"))
        except KgError as error:
            failures.append(f"{name}-{seed}-{step}: {type(error).__name__}: {error}")
        except Exception as error:
            failures.append(f"{name}-{seed}-{step}: {type(error).__name__}: {str(error)[:300]}")
    return number, failures

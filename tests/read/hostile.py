"""Damaged and hostile files, the same on every run: `cases()` gives (name, bytes)."""

from __future__ import annotations

import base64
import io
import itertools
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

from pages import STYLES

TITLE = "某省支持科技型企业创新发展的若干措施"
LINES = [f"第{n}条 对首次认定的高新技术企业，给予最高{n}0万元奖励，支持企业组建创新联合体。" for n in "一二三四五六七八九"]
TEXT = "\n".join([TITLE, *LINES])
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, **parts: str) -> bytes:
    """A Word file with that body; other parts by name (numbering=…)."""
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {_W}><w:body>{body}</w:body></w:document>'
    return packed({"word/document.xml": document.encode(), **{f"word/{k}.xml": v.encode() for k, v in parts.items()}})


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2022, 1, 1, 0, 0, 0)), data, method)
    return out.getvalue()


def pdf() -> bytes:
    """A one-page PDF with a correct table of contents of its objects."""
    stream = b"BT /F1 12 Tf 72 720 Td (High-tech enterprises: 500000 yuan) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    return assembled(*objects)


def assembled(*objects: bytes) -> bytes:
    """A PDF of those objects, numbered from 1; the first is the catalogue."""
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table, len(objects) + 1, len(out))


def mhtml(page: bytes) -> bytes:
    return (
        b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b0"\r\n\r\n--b0\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(page)
        + b"\r\n--b0--\r\n"
    )


def sound() -> dict[str, bytes]:
    """A sound file of each format, by ending."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in (TITLE, *LINES))
    page = STYLES["central"](TITLE, LINES).encode()
    return {
        "txt": TEXT.encode(),
        "gbk.txt": TEXT.encode("gbk"),
        "utf16.txt": TEXT.encode("utf-16"),
        "html": page,
        "gbk.html": STYLES["department"](TITLE, LINES).encode("gb18030"),
        "mhtml": mhtml(page),
        "docx": docx(paragraphs),
        "zip": packed({"a.txt": TEXT.encode(), "b.html": page}),
        "rtf": b"{\\rtf1\\ansi\\ansicpg936 \\u25903?\\u25345?\\par}",
        "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(2000),
    }


def cases(seed: int = 4) -> Iterator[tuple[str, bytes]]:
    """Every kind of damage to every format, then files made to do harm."""
    chance = random.Random(seed)
    for ending, data in (*sound().items(), ("pdf", pdf())):
        rounds = 3 if ending == "pdf" else 5  # a PDF is read in a process of its own
        for n in range(rounds):
            yield f"cut-{n}.{ending}", data[: chance.randrange(1, len(data))]
            yield f"bits-{n}.{ending}", _flipped(data, chance, 1 + 8 ** n)
            yield f"hole-{n}.{ending}", _hole(data, chance)
            yield f"tail-{n}.{ending}", data + chance.randbytes(10 ** (n + 1) % 100_000)
        yield f"noise.{ending}", chance.randbytes(3000)
        yield f"noise-behind-head.{ending}", data[:8] + chance.randbytes(3000)
        yield f"empty.{ending}", b""
        yield f"nul.{ending}", bytes(5000)
    endings = ("txt", "md", "html", "mhtml", "docx", "zip", "doc", "rtf", "odt")
    for ending, other in zip(endings, (*endings[4:], *endings[:4]), strict=True):
        data = sound().get(ending, TEXT.encode())
        yield f"really-{ending}.{other}", data
    yield from _texts()
    yield from _pages()
    yield from _word()
    yield from _archives()
    yield from _loops()


def _flipped(data: bytes, chance: random.Random, count: int) -> bytes:
    out = bytearray(data)
    for _ in range(min(count, len(out))):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def _hole(data: bytes, chance: random.Random) -> bytes:
    a, b = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:a] + chance.randbytes(min(b - a, 50)) + data[b:]


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "one-line.txt", "支持高新技术企业，给予奖励。".encode() * 30_000
    yield "one-line-no-end.txt", ("支持" * 300_000).encode()
    yield "spaces.txt", b"a" + b" " * 2_000_000 + b"b"
    yield "blank-lines.txt", "甲\n".encode() + b"\n" * 1_000_000
    yield "brackets.txt", ("《" * 60_000).encode()
    yield "commas.txt", ("、" * 300_000).encode()
    yield "addressees.txt", ("各市、" * 50_000 + "：\n" + "各部门" * 5000).encode()
    yield "attachments.txt", ("附件：" * 20_000).encode()
    yield "numbers.txt", ("1.2.3.4.5、" * 30_000).encode()
    yield "combining.txt", ("支" + "\u0301" * 100_000).encode()
    yield "surrogate.txt", b"\xff\xfe" + struct.pack("<H", 0xD800) * 100
    yield "control.txt", bytes(range(1, 32)) * 100
    yield "bidi.txt", ("\u202e支持企业\u202c\u200b" * 1000).encode()
    yield "abstract.txt", ("摘要：" + "\n" * 50_000 + "关键词：" + "；" * 50_000).encode()
    yield "references.txt", ("参考文献\n" + "[1] 甲. 乙[J].\n" * 20_000).encode()
    yield "blank-references.txt", ("参考文献\n" + "\n" * 300_000 + "[1] 甲").encode()
    yield "hashes.txt", ("#\n" * 100_000).encode()
    yield "blank-head.txt", ("题目\n" + " " * 200_000 + "\n甲\n摘要：" + "支持企业创新发展的政策。" * 5).encode()
    yield "validity.txt", ("本办法自印发之日" * 20_000).encode()
    yield "repeals.txt", ("《甲" * 60_000 + "》废止").encode()


def _pages() -> Iterator[tuple[str, bytes]]:
    head, tail = "<html><body>", "</body></html>"
    yield "deep.html", (head + "<div>" * 100_000 + "支持企业，给予奖励。").encode()
    yield "deep-tables.html", (head + "<table><tr><td>" * 5000 + "支持企业，给予奖励。").encode()
    yield "deep-lists.html", (head + "<ul><li>" * 20_000 + "支持企业，给予奖励。").encode()
    yield "wide-table.html", (head + "<table>" + ("<tr>" + "<td>1</td>" * 3000 + "</tr>") * 30 + "</table>" + tail).encode()
    yield "spans.html", (head + "<table>" + "<tr><td colspan=99999 rowspan=99999>甲</td></tr>" * 3000 + "</table>" + tail).encode()
    yield "long-table.html", (head + "<table>" + "<tr><td>甲</td><td>1</td></tr>" * 15_000 + "</table>" + tail).encode()
    yield "unclosed.html", (head + "<p>支持<b><i><a href=x>" * 8000).encode()
    yield "attributes.html", (head + f"<p class='{'nav ' * 100_000}'>支持企业，给予奖励。</p>" + tail).encode()
    yield "entities.html", (head + "&amp;&lt;&#25903;" * 50_000 + "&#x110000;&#0;&#xD800;" + tail).encode()
    yield "comments.html", (b"<!--" * 50_000) + b"<html>"
    yield "laughs.html", b'<?xml version="1.0"?><!DOCTYPE html [' + _entities() + b"]><html><body>&i;</body></html>"
    yield "charset.html", "<html><meta charset=utf-7><body>+ADw-支持企业+AD4-，给予奖励。</body></html>".encode()
    yield "charset-lie.html", b"<html><meta charset=utf-16><body>plain text of a page, in ascii</body></html>"
    yield "meta.html", (b"<meta " + b"x=y " * 100_000 + b"charset=gbk><p>a</p>")
    yield "facts.html", (head + "<p>" + "来源：" * 90 + "</p>" + "<div>索引号：" * 10_000 + tail).encode()
    yield "served.html", (head + f"<p>{'打印 ' * 60}x</p><p>{'【打印】' * 60}。</p><p>支持企业，给予奖励。</p>" + tail).encode()
    yield "blocks.html", (head + "<p>支持企业，给予奖励。</p>" * 12_000 + tail).encode()
    yield "script-only.html", b"<html><script>" + b"x" * 100_000 + b"</script></html>"
    yield "doctype.html", b"<!DOCTYPE html SYSTEM 'file:///etc/passwd'><html><body><p>a text that is long enough, of a page.</p></body></html>"
    yield "parts.mhtml", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n" + b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * 3000
    yield "messages.mhtml", (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n--a\r\nContent-Type: message/rfc822\r\n\r\n") * 2000
    yield "frame-of-itself.mhtml", mhtml(b'<html><frameset><frame src="cid:x"></frameset></html>').replace(b"Content-Transfer", b"Content-ID: <x>\r\nContent-Transfer")
    yield "no-page.mhtml", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n--a\r\n\r\nx\r\n--a--"
    yield "encoding.mhtml", mhtml(b"x").replace(b"base64", b"quoted-printable\r\nContent-Type: text/html; charset=no-such")


def _entities() -> bytes:
    """The billion laughs."""
    names = "abcdefghi"
    out = b'<!ENTITY a "ha ha ha ha">'
    for before, name in itertools.pairwise(names):
        out += f'<!ENTITY {name} "{f"&{before};" * 10}">'.encode()
    return out


def _word() -> Iterator[tuple[str, bytes]]:
    p = "<w:p><w:r><w:t>支持企业。</w:t></w:r></w:p>"
    laughs = b'<?xml version="1.0"?><!DOCTYPE d [' + _entities() + f"]><w:document {_W}><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>".encode()
    yield "laughs.docx", packed({"word/document.xml": laughs})
    yield "outside.docx", packed({"word/document.xml": laughs.replace(_entities(), b'<!ENTITY i SYSTEM "file:///etc/passwd">')})
    yield "deep-tables.docx", docx("<w:tbl><w:tr><w:tc>" * 3000 + p + "</w:tc></w:tr></w:tbl>" * 3000)
    yield "nested-tables.docx", docx("<w:tbl><w:tr><w:tc>" * 50 + p + "</w:tc></w:tr></w:tbl>" * 50)
    yield "two-in-each.docx", docx("".join("<w:tbl><w:tr><w:tc>" for _ in range(60)) + (p * 2 + "</w:tc></w:tr></w:tbl>") * 60)
    yield "deep-runs.docx", docx("<w:p>" + "<w:ins>" * 240 + "<w:r><w:t>支持</w:t></w:r>" + "</w:ins>" * 240 + "</w:p>")
    yield "wide.docx", docx("<w:tbl>" + ("<w:tr>" + '<w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr>' + p + "</w:tc>") * 1 + "</w:tr></w:tbl>")
    yield "bad-spans.docx", docx('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="-5"/><w:vMerge/></w:tcPr>' + p + "</w:tc></w:tr></w:tbl>")
    loop = f'<w:styles {_W}><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    yield "style-loop.docx", docx('<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>支持</w:t></w:r></w:p>', styles=loop)
    lists = f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="x"><w:start w:val="-7"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1%9%0%"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    item = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>支持</w:t></w:r></w:p>'
    yield "bad-numbers.docx", docx(item * 3, numbering=lists)
    yield "many-numbers.docx", docx(item * 8_000, numbering=lists.replace("-7", "99990").replace('"x"', '"0"'))
    yield "excel.docx", packed({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"})
    yield "slides.docx", packed({"[Content_Types].xml": b"<a/>", "ppt/presentation.xml": b"<a/>"})
    yield "million-paragraphs.docx", docx("<w:p><w:r><w:t>甲</w:t></w:r></w:p>" * 1_000_000)
    yield "no-body.docx", packed({"word/document.xml": f"<w:document {_W}/>".encode()})
    yield "not-xml.docx", packed({"word/document.xml": b"\x00\x01\x02"})
    yield "bomb.docx", packed({"word/document.xml": b" " * 30_000_000})
    yield "long-paragraph.docx", docx("<w:p>" + "<w:r><w:t>支持企业，给予奖励。</w:t></w:r>" * 20_000 + "</w:p>")
    yield "many-paragraphs.docx", docx(p * 10_000)


def _archives() -> Iterator[tuple[str, bytes]]:
    yield "bomb.zip", packed({"a.txt": b"0" * 30_000_000})
    inner = packed({"a.txt": b"1" * 1_000_000})
    for _ in range(12):
        inner = packed({"a.zip": inner})
    yield "nested.zip", inner
    yield "many.zip", packed({f"{n}.txt": b"x" for n in range(3000)}, zipfile.ZIP_STORED)
    yield "traversal.zip", packed({"../../../tmp/evil.txt": TEXT.encode(), "/etc/evil.txt": TEXT.encode(), "C:\\evil.txt": TEXT.encode()})
    yield "names.zip", packed({"a\n\x1b[31m.txt": TEXT.encode(), "": b"x", "x" * 5000 + ".txt": TEXT.encode()})
    lying = bytearray(packed({"a.txt": b"2" * 4_000_000}))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        where = lying.find(signature) + at
        lying[where : where + 4] = struct.pack("<I", 10)
    yield "lying.zip", bytes(lying)
    locked = bytearray(packed({"a.txt": TEXT.encode()}))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(signature) + at] |= 1
    yield "locked.zip", bytes(locked)
    whole = packed({"a.txt": TEXT.encode()})
    at = whole.rfind(b"PK\x05\x06")
    yield "list-too-long.zip", whole[: at + 12] + struct.pack("<I", 0x7FFFFFFF) + whole[at + 16 :]
    yield "list-elsewhere.zip", whole[: at + 16] + struct.pack("<I", 0x7FFFFFF0) + whole[at + 20 :]
    yield "self.zip", whole + whole
    yield "unknown-method.zip", whole.replace(b"\x08\x00", b"\x63\x00", 2)


def _loops() -> Iterator[tuple[str, bytes]]:
    """PDFs whose pages hold themselves, and pictures that say they are huge."""
    catalogue, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
    draw = b"<</Length 33>>stream\nq 500 0 0 500 0 0 cm /I Do Q     \nendstream"
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</XObject<</I 5 0 R>>>>/Length 6>>stream\n/I Do \nendstream"
    yield "tree-of-itself.pdf", assembled(catalogue, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>")
    yield "tree-in-a-circle.pdf", assembled(catalogue, pages, b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>")
    yield "form-in-itself.pdf", assembled(catalogue, pages, page, draw, form)
    for coding in (b"JBIG2Decode", b"JPXDecode"):
        image = b"<</Type/XObject/Subtype/Image/Width 65535/Height 65535/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/%s/Length 31>>stream\n%s\nendstream"
        yield f"huge-{coding.decode()}.pdf", assembled(catalogue, pages, page, draw, image % (coding, bytes(4) + b"\x30\x00\x01" + bytes(24)))
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    yield "huge.png", b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))

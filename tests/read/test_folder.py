"""Folders and archives: each document once, what was not read named, nothing let out of its limits."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from pages import STYLES

from kg.config import Limits
from kg.read import collect
from kg.read.archive import is_safe
from kg.read.folder import SKIPPED

TITLE = "某省科学技术厅关于支持科技型企业创新发展的若干措施"
LINES = [
    "各市州科技局，各有关单位：",
    "第一条 对首次认定的高新技术企业，给予最高50万元奖励，由省级财政和市级财政各承担一半，在认定的次年兑现。",
    "第二条 支持企业牵头组建创新联合体，按研发投入的20%给予补助，单个联合体每年最高200万元，连续支持三年。",
    "第三条 鼓励高校院所的科研人员到企业兼职，所得报酬归个人，兼职期间的成果由双方约定归属。",
    "第四条 支持科技型中小企业申领科技创新券，用于购买检验检测、研究开发等服务，每家每年最高10万元。",
    "第五条 本措施自2022年4月1日起施行，有效期3年。",
]


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def text(n: int) -> bytes:
    return f"第{n}号文件：支持科技型中小企业。\n".encode()


def test_a_zip_is_read_with_the_paths_of_its_members(tmp_path: Path) -> None:
    inner = zipped({"丙.txt": text(3)})
    (tmp_path / "文件.zip").write_bytes(zipped({"甲.txt": text(1), "夹/乙.md": text(2), "更多.zip": inner, "__MACOSX/._甲.txt": b"\0"}))
    found = collect([tmp_path])
    assert [d.source.path for d in found.documents] == ["文件.zip/夹/乙.md", "文件.zip/更多.zip/丙.txt", "文件.zip/甲.txt"]
    assert not found.errors


def test_names_from_chinese_windows_are_read(tmp_path: Path) -> None:
    data = zipped({"aaaaaaaa.txt": text(1)}).replace(b"aaaaaaaa", "若干措施".encode("gbk"))
    (tmp_path / "a.zip").write_bytes(data)
    assert collect([tmp_path]).documents[0].source.path == "a.zip/若干措施.txt"


@pytest.mark.parametrize(
    ("members", "limits", "says"),
    [
        ({f"{n}.txt": text(n) for n in range(20)}, Limits(archive_files=10), "20 files are over the limit of 10"),
        ({"bomb.txt": b"\0" * 20_000_000}, Limits(), "only a zip bomb"),
        ({"big.txt": bytes(range(256)) * 8000}, Limits(max_megabytes=1), "over the limit of 1 MB"),
        ({f"{n}.txt": text(n) * 20_000 for n in range(4)}, Limits(unpacked_megabytes=2), "over the limit of 2 MB"),
        ({"../../etc/evil.txt": text(1)}, Limits(), "leads out of the archive"),
        ({"a.zip": zipped({"b.zip": zipped({"c.zip": zipped({"d.txt": text(1)})})})}, Limits(), "nested more than 2 deep"),
        ({}, Limits(), "no document in this archive"),
    ],
)
def test_archives_keep_to_their_limits(tmp_path: Path, members: dict[str, bytes], limits: Limits, says: str) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(members))
    (tmp_path / "b.txt").write_bytes(text(99))
    found = collect([tmp_path], limits=limits)
    assert any(says in e for e in found.errors), found.errors
    assert all(e.startswith(str(tmp_path / "a.zip")) and "\n" not in e for e in found.errors)
    assert any(d.source.path == "b.txt" for d in found.documents), "the others go on"


@pytest.mark.parametrize(("name", "safe"), [("a/b.txt", True), ("..\\x.txt", False), ("/etc/x", False), ("C:x.txt", False), ("a\n.txt", False), ("a..b/c.txt", True)])
def test_names_that_lead_out(name: str, safe: bool) -> None:
    assert is_safe(name) is safe


def test_the_same_notice_of_two_sites_is_read_once_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "1.html").write_text(STYLES["central"](TITLE, LINES), encoding="utf-8")
    (tmp_path / "2.html").write_text(STYLES["department"](TITLE, LINES), encoding="utf-8")
    (tmp_path / "3.txt").write_text("\r\n\r\n".join([TITLE, "2022-03-05", *LINES]), encoding="utf-16")
    found = collect([tmp_path])
    assert [d.source.path for d in found.documents] == ["1.html"]
    assert [d.value for d in found.documents[0].details if d.key == "also_published"] == ["2.html", "3.txt"]
    assert len(found.notes) == 2 and all("the same text as" in n for n in found.notes)
    assert [o.result for o in found.outcomes] == ["read", "same", "same"]


@pytest.mark.parametrize(
    "other",
    [
        [*LINES[:1], LINES[1].replace("50万元", "60万元"), *LINES[2:]],
        [*LINES[:1], LINES[1].replace("50万元", "5.0万元"), *LINES[2:]],
        [*LINES[:3], *LINES[4:]],
        [*LINES, "第六条 对获得国家奖励的企业，再给予一次性奖励30万元。"],
    ],
    ids=["another sum", "a decimal point", "a missing article", "an added article"],
)
def test_a_text_that_says_something_else_is_a_document_of_its_own(tmp_path: Path, other: list[str]) -> None:
    """A longer edition replaces a shorter one only where the shorter adds nothing; other sums keep both."""
    (tmp_path / "1.html").write_text(STYLES["central"](TITLE, LINES), encoding="utf-8")
    (tmp_path / "2.html").write_text(STYLES["department"](TITLE, other), encoding="utf-8")
    kept = " ".join(d.text for d in collect([tmp_path]).documents)
    assert all(line in kept for line in (*LINES, *other))


def test_a_build_that_lies_among_the_texts_is_not_read_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(text(1))
    page = tmp_path / "build" / "views" / "flows.html"
    page.parent.mkdir(parents=True)
    page.write_text(STYLES["central"](TITLE, LINES), encoding="utf-8")
    assert len(collect([tmp_path]).documents) == 2
    for name in ("graph.trig", "documents.jsonl"):
        (tmp_path / "build" / name).write_text("", encoding="utf-8")
    found = collect([tmp_path])
    assert [document.source.path for document in found.documents] == ["a.txt"]
    assert [(Path(o.where).name, o.why) for o in found.outcomes if o.result == SKIPPED] == [("build", "a build of kg; not read")]


def test_what_is_no_document_is_skipped_in_a_folder_and_an_error_when_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(text(1))
    (tmp_path / "b.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    (tmp_path / "d.docx").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    found = collect([tmp_path])
    assert [(Path(o.where).name, o.result) for o in found.outcomes] == [("a.txt", "read"), ("b.csv", "skipped"), ("c.png", "skipped"), ("d.docx", "failed")]
    assert len(found.errors) == 1 and "d.docx: this is a PNG picture" in found.errors[0]
    assert collect([tmp_path / "c.png"]).errors
    assert collect([tmp_path / "b.csv"]).documents, "a text that is named is read whatever its ending"


def test_the_frames_and_pictures_a_browser_saves_beside_a_page_are_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "通知.html").write_text(STYLES["news"](TITLE, LINES), encoding="utf-8")
    (tmp_path / "通知_files").mkdir()
    (tmp_path / "通知_files" / "frame.html").write_text("<html><body><p>广告框架里的一句话，不是文件。</p></body></html>", encoding="utf-8")
    (tmp_path / "其他_files").mkdir()
    (tmp_path / "其他_files" / "a.txt").write_bytes(text(1))
    assert [d.source.path for d in collect([tmp_path]).documents] == ["其他_files/a.txt", "通知.html"]


def test_pipes_links_and_names_in_gbk_neither_hang_nor_vanish(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes on this system")
    (tmp_path / "a.txt").write_text("支持企业创新，给予奖励50万元。", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.txt")
    os.symlink("/dev/zero", tmp_path / "device.txt")
    os.symlink("nowhere.txt", tmp_path / "lost.txt")
    os.symlink("self.txt", tmp_path / "self.txt")
    (tmp_path / "below").mkdir()
    os.symlink("..", tmp_path / "below" / "up")
    try:
        name = os.fsencode(tmp_path) + b"/" + "意见.txt".encode("gbk")
        Path(os.fsdecode(name)).write_text("省科技厅支持企业。", encoding="utf-8")
    except OSError:
        pytest.skip("this system has names in UTF-8 alone")
    found = collect([tmp_path])
    assert [d.source.path for d in found.documents] == ["a.txt", "意见.txt"]
    skipped = {Path(o.where).name: o.why.partition(";")[0] for o in found.outcomes if o.result == SKIPPED}
    assert skipped == {
        **dict.fromkeys(("lost.txt", "self.txt"), "a link that leads nowhere"),
        **dict.fromkeys(("pipe.txt", "device.txt"), "a pipe or device"),
        "up": "a link to a folder",
    }
    assert not found.errors


def test_a_file_that_vanishes_before_it_is_read_is_one_error(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"支持企业创新，给予奖励50万元。{name}", encoding="utf-8")
    found = collect([tmp_path], progress=lambda done, of: (tmp_path / "b.txt").unlink(missing_ok=True))
    assert len(found.documents) == 2
    assert len(found.errors) == 1 and "b.txt: no such file" in found.errors[0]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("支持企业。", encoding="utf-8")
    (tmp_path / "secret").mkdir()
    (tmp_path / "b.txt").write_text("支持企业创新。", encoding="utf-8")
    (tmp_path / "b.txt").chmod(0)
    (tmp_path / "secret").chmod(0)
    found = collect([tmp_path])
    (tmp_path / "secret").chmod(0o700)
    assert len(found.documents) == 1 and len(found.errors) == 2

"""References for reference managers: BibTeX, RIS and CSL-JSON (Zotero, EndNote, NoteExpress, JabRef)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from kg.export.references import Work

_TEX = {**{c: "\\" + c for c in "&%$#_{}"}, "\\": r"\textbackslash{}", "~": r"\~{}", "^": r"\^{}"}
_BIBTEX = {"article": "article", "report": "techreport"}
_RIS = {"article": "JOUR", "report": "RPRT", "policy": "GOVDOC", "page": "ELEC"}
_CSL = {"article": "article-journal", "report": "report", "policy": "legislation", "page": "webpage"}


def _unique(works: Iterable[Work]) -> list[Work]:
    return list({work.key: work for work in works}.values())


def _note(work: Work) -> str:
    return f"据摘编《{work.digest}》（{work.digest_licence}）" if work.digest else ""


def _is_person(name: str) -> bool:
    """LI Xiao, Li Xiao: two Latin words; offices and Chinese names are kept in one piece."""
    return re.fullmatch(r"[A-Za-z][\w'-]*(?: [A-Z][\w.'-]*){1,2}", name) is not None


def bibtex(works: Iterable[Work]) -> str:
    """BibTeX entries, UTF-8, in the order given, each work once."""
    out = []
    for work in _unique(works):
        fields = {
            "author": " and ".join(n if _is_person(n) else f"{{{_tex(n)}}}" for n in work.authors),
            "title": f"{{{_tex(work.title)}}}",
            "journal": _tex(work.journal),
            "year": work.year,
            "date": work.date if work.date != work.year else "",
            "volume": work.volume,
            "number": _tex(work.issue or work.number),
            "pages": work.pages.replace("-", "--"),
            "institution": _tex("、".join(work.authors)) if work.kind == "report" else "",
            "url": work.address,
            "note": _tex(_note(work)),
        }
        body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        out.append(f"@{_BIBTEX.get(work.kind, 'misc')}{{{work.key},\n{body}}}\n")
    return "\n".join(out)


def _tex(text: str) -> str:
    return "".join(_TEX.get(c, c) for c in text)


def ris(works: Iterable[Work]) -> str:
    """RIS records with CR LF line ends, in the order given, each work once."""
    out = []
    for work in _unique(works):
        start, _, end = work.pages.partition("-")
        y, m, d = [*work.date.split("-"), "", ""][:3]
        fields: Sequence[tuple[str, str]] = (
            ("TY", _RIS.get(work.kind, "GEN")),
            *(("AU", _ris_name(name)) for name in work.authors),
            ("TI", work.title),
            ("T2", work.journal),
            ("PY", work.year),
            ("DA", f"{y}/{m}/{d}/" if work.date else ""),
            ("VL", work.volume),
            ("IS", work.issue),
            ("M1", work.number),
            ("SP", start),
            ("EP", end),
            ("UR", work.address),
            ("N1", _note(work)),
            ("ID", work.key),
        )
        lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
        out.append("\r\n".join([*lines, "ER  - "]) + "\r\n")
    return "\r\n".join(out)


def _ris_name(name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{first.capitalize() if first.isupper() else first}, {rest}" if _is_person(name) else name


def csl_json(works: Iterable[Work]) -> str:
    """A CSL-JSON array, in the order given, each work once."""
    items = []
    for work in _unique(works):
        item: dict[str, Any] = {
            "id": work.key,
            "type": _CSL.get(work.kind, "document"),
            "language": "zh-CN",
            "title": work.title,
            "author": [_csl_name(name) for name in work.authors],
            "container-title": work.journal,
            "volume": work.volume,
            "issue": work.issue,
            "page": work.pages,
            "number": work.number,
            "issued": {"date-parts": [[int(part) for part in work.date.split("-")]]} if work.date else None,
            "URL": work.address,
            "note": _note(work),
        }
        items.append({name: value for name, value in item.items() if value})
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _csl_name(name: str) -> dict[str, str]:
    if not _is_person(name):
        return {"literal": name}
    first, _, rest = name.partition(" ")
    return {"family": first.capitalize() if first.isupper() else first, "given": rest}

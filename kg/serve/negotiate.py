"""Which of the formats on offer a request wants: HTTP's Accept with weights, or a name in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: other names that clients give formats: in `?format=`, and as media types
_NAMES = {
    "application/json": ("json", "jsonld"),
    "text/json": ("json", "jsonld"),
    "application/xml": ("xml", "rdfxml"),
    "text/xml": ("xml", "rdfxml"),
    "text/plain": ("csv", "ntriples"),
    "sparql-results+json": ("json",),
    "sparql-results+xml": ("xml",),
    "json": ("json", "jsonld"),
    "xml": ("xml", "rdfxml"),
    "rdf": ("rdfxml",),
    "rdf+xml": ("rdfxml",),
    "rdf/xml": ("rdfxml",),
    "json-ld": ("jsonld",),
    "ttl": ("turtle",),
    "nt": ("ntriples",),
    "n-triples": ("ntriples",),
    "n3": ("turtle",),  # every Turtle text is N3
    "text/rdf+n3": ("turtle",),
    "text/n3": ("turtle",),
    "application/x-turtle": ("turtle",),
}


def by_name(name: str, offered: Mapping[str, str]) -> str | None:
    """The format of `offered` (name → media type) that `?format=` means by name or media type; None without."""
    name = name.strip().lower().replace(" ", "+")  # an unescaped + in an address is a blank
    for known, media_type in offered.items():
        if name in (known, media_type):
            return known
    return next((known for known in _NAMES.get(name, ()) if known in offered), None)


def by_accept(header: str | None, offered: Mapping[str, str]) -> str | None:
    """The format with the highest weight, the first on offer among equals; None where none is acceptable.

    Without a header the first on offer. A part of the header that is not of the form is passed over.
    """
    if header is None or not header.strip():
        return next(iter(offered))
    ranges = list(_ranges(header.split(",")))
    best: tuple[float, int, str] | None = None
    for place, (name, media_type) in enumerate(offered.items()):
        weight = _weight(name, media_type, ranges)
        if weight > 0 and (best is None or (-weight, place) < best[:2]):
            best = (-weight, place, name)
    return best[2] if best else None


def _ranges(parts: Sequence[str]) -> list[tuple[str, float]]:
    out = []
    for part in parts:
        media_range, *parameters = (piece.strip() for piece in part.lower().split(";"))
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    weight = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    weight = 0.0
        if "/" in media_range:
            out.append((media_range, weight if weight == weight else 0.0))  # NaN
    return out


def _weight(name: str, media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The weight of the most specific range that covers the type; 0 where none does."""
    found = (0, 0.0)
    for media_range, weight in ranges:
        if media_range == media_type:
            rank = 4
        elif name in _NAMES.get(media_range, ()):
            rank = 3
        elif media_range == media_type.split("/")[0] + "/*":
            rank = 2
        elif media_range == "*/*":
            rank = 1
        else:
            continue
        if (rank, weight) > found:
            found = (rank, weight)
    return found[1]

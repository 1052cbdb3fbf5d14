"""What follows from the facts together."""

from kg import ids, vocab
from kg.graph.closure import higher_tiers, roll_ups, times_in_force
from kg.graph.turtle import date, iri
from kg.text.areas import load_areas

NEXT, HIGHER = iri(vocab.HAS_NEXT_TIER), iri(vocab.HAS_HIGHER_TIER)
FROM, UNTIL = iri(vocab.IN_FORCE_FROM), iri(vocab.IN_FORCE_UNTIL)


def test_a_ladder_is_closed_and_a_circle_does_not_lead_to_itself():
    found = set(higher_tiers([("a", NEXT, "b"), ("b", NEXT, "c"), ("c", NEXT, "a")]))
    assert found == {(s, HIGHER, o) for s in "abc" for o in "abc" if s != o}


def test_a_policy_is_in_force_from_the_day_it_gives_else_from_its_date():
    triples = [
        ("p", iri(vocab.ELI_DATE_DOCUMENT), date("2021-03")),
        ("q", iri(vocab.ELI_DATE_DOCUMENT), date("2021")),
        ("q", iri(vocab.VALID_FROM), date("2021-05-02")),
        ("q", iri(vocab.VALID_UNTIL), date("2024")),
    ]
    assert set(times_in_force(triples)) == {
        ("p", FROM, date("2021-03-01")),
        ("q", FROM, date("2021-05-02")),
        ("q", UNTIL, date("2024-12-31")),
    }


def test_a_repealed_policy_ends_the_day_before_the_one_that_repeals_it():
    triples = [
        ("old", iri(vocab.VALID_UNTIL), date("2025-12-31")),
        ("new", iri(vocab.VALID_FROM), date("2023-03-01")),
        ("new", iri(vocab.ELI + "repeals"), "old"),
        ("undated", iri(vocab.ELI + "repeals"), "old"),
    ]
    assert ("old", UNTIL, date("2023-02-28")) in set(times_in_force(triples))


def test_what_a_validity_note_says_is_not_derived_again_and_counts_for_what_it_repeals():
    triples = [
        ("new", FROM, date("2022-06-01")),
        ("new", iri(vocab.ELI_DATE_DOCUMENT), date("2022-05-20")),
        ("new", iri(vocab.ELI + "repeals"), "old"),
    ]
    assert list(times_in_force(triples)) == [("old", UNTIL, date("2022-05-31"))]


def test_a_date_that_no_calendar_has_gives_nothing():
    assert list(times_in_force([("p", iri(vocab.ELI_DATE_DOCUMENT), '"2021-02-30"')])) == []


def test_a_place_rolls_up_to_province_nation_and_regions_and_names_its_successor():
    areas = load_areas()
    found = set(roll_ups([areas.resolve("杭州市"), areas.resolve("莱芜市")]))
    hangzhou, laiwu = (iri(ids.area(c)) for c in ("330100", "371200"))
    for code in ("330000", "000000", "yangtze-river-delta"):
        assert (hangzhou, iri(vocab.IS_WITHIN), iri(ids.area(code))) in found
    assert (laiwu, iri(vocab.IS_SUCCEEDED_BY), iri(ids.area("370100"))) in found

"""The teaching editions come close to the originals, and what ships of the originals is short and true."""

import io
import re

import pandas as pd
import pytest

import kit

from .fidelity import (
    MOST_WORDS,
    ORIGINALS,
    WORD,
    WORDING_KINDS,
    both_editions,
    concordance,
    figures,
    naming,
    wording,
)

pytestmark = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="needs ../shared/documents")


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    return both_editions(tmp_path_factory.mktemp("originals"))


def test_every_name_is_as_frequent_in_each_voice_in_the_edition_as_in_the_original(editions):
    table = naming(*editions)
    assert len(table) == 2 * 4 * len({(r, label) for r, label in zip(table["referent"], table["label"], strict=True)})
    assert table[~table["same"]].empty


def test_what_was_read_is_as_frequent_in_the_edition_as_in_the_original(editions):
    table = figures(*editions)
    read = table[table["original_read"].notna()]
    assert set(read["what"]) > {"attributions", "attributions: direct", "attributions: military"}
    assert set(read.loc[~read["same"], "what"]) <= {"hedges"}
    links = table[table["what"] == "links"]
    assert links["same"].all()
    violence = table[table["what"].str.startswith("nouns of violence")].groupby("document")
    assert (violence["original_count"].sum() == violence["edition_count"].sum()).all()


def test_the_table_of_figures_that_ships_is_what_is_measured_now(editions):
    shipped = kit.reference("aleppo-2016", "fidelity-figures")
    now = pd.read_csv(io.StringIO(figures(*editions).to_csv(index=False)), keep_default_na=False)
    pd.testing.assert_frame_equal(shipped, now)


def test_an_edition_without_its_wording_table_is_told_so(monkeypatch, tmp_path, refusal):
    monkeypatch.setattr("tests.validation.fidelity.shipped", lambda folder: tmp_path / folder)
    refusal(wording, "fidelity-wording.csv", "python -m tests.validation fidelity")


def test_the_table_that_ships_is_what_is_measured_now(editions):
    shipped = kit.reference("aleppo-2016", "fidelity")
    pd.testing.assert_frame_equal(shipped, naming(*editions), check_dtype=False)


def test_the_concordance_that_ships_is_that_of_the_originals(editions):
    _, original = editions
    shipped = kit.reference("aleppo-2016", "concordance")
    pd.testing.assert_frame_equal(shipped, concordance(original), check_dtype=False)
    for name, start, end, text in shipped[["document", "start", "end", "text"]].itertuples(index=False):
        assert original[name].text[start:end] == text


def test_a_line_of_the_concordance_is_a_short_quotation():
    lines = kit.reference("aleppo-2016", "concordance")[["left", "text", "right"]].agg(" ".join, axis=1)
    assert max(len(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", line)) for line in lines) <= MOST_WORDS


def test_an_edition_has_the_length_of_an_article(editions):
    assert all(0.9 <= ours.word_count / theirs.word_count <= 1.1 for ours, theirs in zip(*editions, strict=True))


def test_deeds_are_told_in_nouns_and_passives_about_as_often_as_in_the_original(editions):
    edition, original = (kit.agency(corpus) for corpus in editions)
    for name in ("global-research", "alwaght"):
        ours, theirs = (found[found["document"] == name] for found in (edition, original))
        assert (ours["kind"] == "noun").sum() == (theirs["kind"] == "noun").sum()
        for told in (True, False):
            passives = [((f["kind"] == "passive") & (f["has_agent"] == told)).sum() for f in (ours, theirs)]
            assert abs(passives[0] - passives[1]) <= 1


def test_the_table_of_wording_tells_what_stands_in_both_texts_in_short_fragments(editions):
    edition, original = editions
    table = wording()
    assert set(table["kind"]) == set(WORDING_KINDS)
    assert set(table["verdict"]) <= {"kept", "weaker", "stronger", "lost", "added"}
    assert (table.loc[table["verdict"] != "kept", "note"] != "").all()
    for row in table.to_dict("records"):
        for which, corpus in (("original", original), ("edition", edition)):
            text = " ".join(corpus[row["document"]].text.split())
            parts = [part.strip() for part in row[which].split("…") if part.strip()]
            assert all(part in text for part in parts), row
            assert len(WORD.findall(row[which])) <= MOST_WORDS, row


def test_a_careful_readers_count_of_terror_in_the_originals(editions):
    _, original = editions
    found = kit.mentions(original)
    words = found[found["text"].str.contains("terror", case=False)]
    assert words.groupby("document").size().to_dict() == {"alwaght": 14, "global-research": 3}
    assert (words.query("document == 'alwaght'")["position"] == "heading").sum() == 2
    first, second = (words[words["document"] == name] for name in ("global-research", "alwaght"))
    # A denial of what the U.S. believes, a quotation, and a block that only a colon introduces.
    assert (first["voice"] == "author").sum() <= 1
    assert (first["voice"] == "quoted").sum() == 2
    # Put into a diplomat's mouth; everything else is the outlet's own.
    assert list(second.loc[second["voice"] != "author", "text"]) == ["anti-terror operations"]


def test_the_originals_are_read_alike_by_name_and_as_plain_files(editions):
    _, original = editions
    by_file = kit.load(sorted(ORIGINALS.glob("*.txt")))
    for named, plain in zip(original, by_file, strict=True):
        assert named.text == plain.text
        ours, theirs = (kit.mentions(d, "aleppo-2016").drop(columns="document") for d in (named, plain))
        pd.testing.assert_frame_equal(ours, theirs)
        assert abs(named.word_count - plain.word_count) <= 5

"""What lessons, model answers and plans state in words about the accounts of Aleppo is what is measured in them.

Numbers that a cell prints are held by nbval; these stand in the text around the cells.
"""

import re

import pytest

import kit
from kit.folders import shipped

from .attributions import annotation

CORPUS = "aleppo-2016"
FIRST, SECOND = "global-research", "alwaght"


@pytest.fixture(scope="module")
def corpus():
    return kit.load(CORPUS, edition="teaching")


@pytest.fixture(scope="module")
def named(corpus):
    found = kit.mentions(corpus)
    return found[found["referent"] == "armed groups"]


def says(file, words):
    """Tell whether a file of the project says something, wherever its lines break."""
    folder, _, rest = file.partition("/")
    text = (shipped(folder) / rest).read_text(encoding="utf-8").replace('\\n",', " ").replace('"', " ")
    return words in re.sub(r"\s+", " ", text)


def test_lesson_03_tells_how_many_attributions_reading_found_in_its_two_paragraphs(corpus):
    assert says("notebooks/03-who-says-so.ipynb", "Five in paragraph 1 of Aleppo")
    assert says("notebooks/03-who-says-so.ipynb", "Three in paragraph 2")
    counts = []
    for words in corpus.about["focus"]["passages"]:
        document = next(d for d in corpus if words in d.text)
        start, end = next((p.start, p.end) for p in document.paragraphs if words in document.text[p.start : p.end])
        gold = annotation(CORPUS)
        counts.append(((gold["document"] == document.name) & gold["start"].between(start, end)).sum())
    assert counts == [5, 3]


def test_lesson_05_tells_how_often_the_passes_differ_on_a_whole_text():
    assert says("notebooks/05-what-is-the-story.ipynb", "In eight places our two passes said different things")
    tables = (kit.reference(name, "reference/frames-decisions") for name in (CORPUS, "harbour-strike"))
    assert sum(int((table["end"] == 0).sum()) for table in tables) == 8


def test_lesson_06_tells_how_many_hints_are_the_word_government(corpus):
    assert says("notebooks/06-what-can-a-machine-see.ipynb", "Twelve of its 15 hints are the word *government*")
    found = kit.hints(corpus, kit.read_codebook("generic-frames"))
    found = found[(found["document"] == FIRST) & (found["code"] == "responsibility-can")]
    assert (len(found), (found["term"] == "government*").sum()) == (15, 12)


def test_exercise_02_6_tells_rates_of_names(named):
    file = "exercises/sources/02_naming.py"
    assert says(file, "says “terrorist” twelve times in a thousand words, each time in its own voice")
    assert says(file, "“al-Qaeda”, nine to ten times in a thousand words, and “insurgents”, seven times")
    rates = kit.rates(named, referent="armed groups")
    assert round(rates.loc["terrorist", SECOND]) == 12
    assert round(rates.loc["terrorist", FIRST]) == 2
    assert 9 < rates.loc["al-Qaeda", FIRST] < 10
    assert round(rates.loc["insurgent", FIRST]) == 7


def test_exercise_03_6_tells_measures_of_sourcing(corpus):
    file = "exercises/sources/03_who_says_so.py"
    assert says(file, "about 14 times in a thousand words, the first about 10 times. The kit may err by 2.6")
    assert says(file, "ten of thirteen sources in the one and ten of thirteen in the other")
    assert says(file, "there are 17 links")
    found = kit.attributions(corpus)
    density = kit.sourcing_measures(found).loc["attributions per 1,000 words"]
    assert (round(density[SECOND]), round(density[FIRST]), round(density["error"], 1)) == (14, 10, 2.6)
    for name in (FIRST, SECOND):
        own = found[found["document"] == name]
        assert (len(own), own["named"].sum()) == (13, 10)
    assert len(kit.links(corpus[FIRST])) == 17


def test_exercise_04_6_tells_in_whose_voice_the_word_stands(named):
    assert says("exercises/sources/04_whose_voice.py", "prints “terrorist” eleven times, the first three times. All")
    voices = kit.counts(named[named["label"] == "terrorist"], by="voice")
    assert dict(voices[FIRST]) == {"author": 1, "quoted": 2, "reported": 0, "scare": 0}
    assert dict(voices[SECOND]) == {"author": 11, "quoted": 0, "reported": 0, "scare": 0}


def test_the_plan_tells_how_long_the_reading_is(corpus):
    assert says("exercises/for-teachers/plan-90-minutes.md", "about 1,270 and 920 words")
    assert [round(corpus[name].word_count, -1) for name in (FIRST, SECOND)] == [1270, 920]

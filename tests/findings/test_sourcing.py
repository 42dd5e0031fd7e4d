"""Sourcing: who is presented as saying what, in every order of a sentence, and what is not counted and why."""

import warnings

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import kit
from kit.documents.corpus import Region
from kit.documents.readers import markdown_document, plain_document
from kit.english.source_types import SOURCE_TYPES
from kit.findings.sourcing import KINDS, NOT_ENGLISH, PLACES, SCARE, STANCES

OPENING = "This paragraph only stands here so that nothing below it could be the first line.\n\n"


def bug(*values, reason):
    """Mark a plain sentence that is not yet read rightly."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=reason))


def table(text, make=plain_document, rejected=False, opening=OPENING):
    return kit.attributions(make(opening + text, "d"), rejected=rejected)


def bare(text):
    """A part without the space, stop or comma at its edges, which belong to nobody."""
    return text.strip(" \n.,:\u202c")


def parts(text, make=plain_document):
    """Source, cue and content of what is counted; places that are apart are divided by three dots."""
    found = table(text, make)
    contents = [" … ".join(bare(piece) for piece in content.split(" … ")) for content in found["content"]]
    return list(zip(found["source"].map(bare), found["cue"], contents, strict=True))


def the(column, text, make=plain_document):
    """What one column says of the only attribution."""
    (value,) = table(text, make)[column]
    return value


def refused(text, make=plain_document):
    """What was not counted, with the reason."""
    found = table(text, make, rejected=True)
    return dict(zip(found["cue"], found["reason"], strict=True))


# Who, that it is said, and what --------------------------------------------------------------------------------------

QUOTE = "“The bridge is closed”"
SAYS = [
    ("The mayor said the bridge is closed.", "The mayor", "said", "the bridge is closed"),
    ("The mayor said that the bridge is closed.", "The mayor", "said", "the bridge is closed"),
    ("The mayor told reporters that the bridge is closed.", "The mayor", "told", "the bridge is closed"),
    ("The mayor said on Monday that the bridge is closed.", "The mayor", "said", "the bridge is closed"),
    ("The mayor said in a statement that the bridge is closed.", "The mayor", "said", "the bridge is closed"),
    ("On Monday the mayor said that the bridge is closed.", "the mayor", "said", "the bridge is closed"),
    ("The bridge is closed, the mayor said.", "the mayor", "said", "The bridge is closed"),
    ("Rebels fled, the mayor said.", "the mayor", "said", "Rebels fled"),
    ("The bridge is closed, the mayor said on Monday.", "the mayor", "said", "The bridge is closed"),
    ("The bridge is closed, according to the mayor.", "the mayor", "according to", "The bridge is closed"),
    ("According to the mayor, the bridge is closed.", "the mayor", "According to", "the bridge is closed"),
    ("The bridge, the mayor said, is closed.", "the mayor", "said", "The bridge … is closed"),
    ("The bridge, according to the mayor, is closed.", "the mayor", "according to", "The bridge … is closed"),
    ("The mayor said: “The bridge is closed.”", "The mayor", "said", "“The bridge is closed.”"),
    ("The mayor said, “The bridge is closed.”", "The mayor", "said", "“The bridge is closed.”"),
    ("Said the mayor: “The bridge is closed.”", "the mayor", "Said", "“The bridge is closed.”"),
    ("“The bridge is closed,” the mayor said.", "the mayor", "said", "“The bridge is closed,”"),
    ("“The bridge is closed,” said the mayor.", "the mayor", "said", "“The bridge is closed,”"),
    ("“The bridge is closed”, said the mayor.", "the mayor", "said", "“The bridge is closed”"),
    ("“The bridge is closed,” Lina Saab, the mayor, said.", "Lina Saab, the mayor", "said", "“The bridge is closed,”"),
    ("“The bridge is closed,” said Lina Saab, the mayor.", "Lina Saab, the mayor", "said", "“The bridge is closed,”"),
    ("“The bridge is closed,” the mayor told reporters.", "the mayor", "told", "“The bridge is closed,”"),
    ("“The bridge,” the mayor said, “is closed.”", "the mayor", "said", "“The bridge,” … “is closed.”"),
    ("“The bridge,” said the mayor, “is closed.”", "the mayor", "said", "“The bridge,” … “is closed.”"),
    ("The mayor’s claim that the bridge is closed.", "The mayor", "claim", "the bridge is closed"),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), SAYS, ids=str)
def test_source_cue_and_content_are_found_in_every_order(text, source, cue, content):
    assert parts(text) == [(source, cue, content)]


def test_whom_somebody_asks_is_no_part_of_the_question():
    assert parts("Journalists asked the envoy whether the siege would end.") == [
        ("Journalists", "asked", "whether the siege would end")
    ]


def test_an_allegation_by_somebody_is_theirs():
    (found,) = parts("Allegations by former detainees that guards beat them are under review.")
    assert found[:2] == ("former detainees", "Allegations")


@pytest.mark.parametrize("marks", ["“”", '""', "‘’", "«»", "„“"])
def test_any_marks_enclose_what_is_said(marks):
    quote = f"{marks[0]}The bridge is closed{marks[1]}"
    assert parts(f"The mayor said: {quote}.") == [("The mayor", "said", quote)]


def test_two_sayings_of_one_source_are_two():
    found = parts("The mayor said the bridge was closed and added that the road was shut.")
    assert [(cue, content) for _, cue, content in found] == [
        ("said", "the bridge was closed"),
        ("added", "the road was shut"),
    ]
    assert {source for source, _, _ in found} == {"The mayor"}


# Long speech ---------------------------------------------------------------------------------------------------------


def test_several_sentences_of_one_quotation_are_one_attribution():
    quote = "“The bridge is closed. Nobody may cross it. We are sorry,”"
    assert parts(f"{quote} the mayor said.") == [("the mayor", "said", quote)]
    quote = "“The bridge is closed. Nobody may cross it.”"
    assert parts(f"The mayor said: {quote}") == [("The mayor", "said", quote)]


def test_a_quotation_that_goes_on_after_the_cue_is_the_same_one():
    found = parts("“The bridge is closed,” the mayor said. “Nobody may cross it. We are sorry.”")
    assert found == [("the mayor", "said", "“The bridge is closed,” … “Nobody may cross it. We are sorry.”")]


def test_a_quotation_over_paragraphs_behind_its_cue_is_one_attribution():
    text = "The mayor said: “The bridge is closed.\n\n“Nobody may cross it.\n\n“We are sorry.”\n\nThe people left."
    assert parts(text) == [
        ("The mayor", "said", "“The bridge is closed … “Nobody may cross it … “We are sorry.”"),
    ]


def test_a_quotation_over_paragraphs_before_its_cue_is_one_attribution():
    text = "“The bridge is closed.\n\n“Nobody may cross it,” the mayor said.\n\nThe people left."
    assert parts(text) == [("the mayor", "said", "“The bridge is closed … “Nobody may cross it,”")]


BLOCK = "The bridge is closed until further notice. Nobody may cross it before the end of May, when it will be mended."


def test_a_paragraph_behind_a_colon_is_what_is_said_without_any_marks():
    found = table(f"The mayor wrote to the town:\n\n{BLOCK}\n\nThe people left.")
    assert list(found["cue"]) == ["wrote"]
    assert found["content"].iloc[0].endswith(BLOCK)
    assert "The people" not in found["content"].iloc[0]


def test_a_marked_block_quotation_behind_a_colon_is_direct_speech():
    text = f"The mayor said:\n\n> {BLOCK}\n\nThe people left."
    assert parts(text, markdown_document) == [("The mayor", "said", bare(BLOCK))]
    assert the("kind", text, markdown_document) == "direct"


def test_a_colon_that_nobody_speaks_before_gives_nobody_the_word():
    assert parts(f"Two things are known:\n\n{BLOCK}") == []


# Sayings inside sayings ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who",
    [
        "The agency",
        "The newspaper",
        "The letter",
        "Reuters",
        "The state news agency",
        "The army’s website",
        "Al Jazeera",
    ],
)
def test_what_a_medium_or_document_relays_is_two_attributions_and_the_inner_one_is_marked(who):
    found = table(f"{who} reported that the envoy had said the bridge was closed.")
    assert list(found["source"]) == [who, "the envoy"]
    assert list(found["nested"]) == [False, True]
    assert found["content"].iloc[0] == "the envoy had said the bridge was closed."
    assert found["content"].iloc[1] == "the bridge was closed."


def test_who_relays_may_be_told_behind_what_is_relayed():
    found = table("Talks would resume on Monday, the envoy said, according to the state news agency.")
    assert list(zip(found["cue"], found["nested"], strict=True)) == [("said", True), ("according to", False)]


def test_whoever_is_said_to_speak_inside_a_block_stands_inside_anothers_words():
    block = "Every day there is less to sell. The customers complain that it costs too much, and I agree."
    text = f"Lina Saab, a pharmacist, wrote:\n\n{block}\n\nThe people left."
    assert list(table(text)["cue"]) == ["wrote"]
    assert "another" in refused(text)["complain"]


def test_a_paragraph_behind_a_colon_in_which_somebody_is_quoted_is_the_authors():
    block = "On Monday the owners spoke. “The port is closed,” the manager said, and nobody moved."
    text = f"The mayor said that two things had changed the day:\n\n{block}"
    assert list(table(text)["cue"]) == ["said", "said"]


def test_a_saying_inside_what_a_person_says_is_part_of_it():
    text = "The mayor said that the envoy had said the bridge was closed."
    assert parts(text) == [("The mayor", "said", "the envoy had said the bridge was closed")]
    assert "another" in refused(text)["said"]


def test_a_saying_inside_quotation_marks_belongs_to_the_speaker():
    text = "The mayor told reporters: “The envoy said the bridge was closed.”"
    assert parts(text) == [("The mayor", "told", "“The envoy said the bridge was closed.”")]
    assert "quotation" in refused(text)["said"]


# Nobody in particular ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("It was reported that the bridge was closed.", "reported"),
        ("It is claimed that the bridge was closed.", "claimed"),
        ("It is alleged that the company closed the bridge.", "alleged"),
        ("The bridge was reported to be closed.", "reported"),
        ("The bridge is said to be closed.", "said"),
        ("The company was accused of closing the bridge.", "accused"),
    ],
)
def test_a_passive_without_an_agent_is_unnamed(text, cue):
    (row,) = table(text).to_dict("records")
    assert (row["source"], row["cue"], row["speaker"]) == ("", cue, "")
    assert (row["source_type"], row["named"]) == ("unnamed", False)
    assert row["source_at"] == ()


def test_a_passive_with_an_agent_has_a_source():
    assert the("source", "The company was accused by the mayor of closing the bridge.") == "the mayor"


@pytest.mark.parametrize("tense", ["accuse", "accused"])
def test_both_sides_accuse_each_other(tense):
    (row,) = table(f"Both sides {tense} each other of breaking the truce.").to_dict("records")
    assert row["cue"] == tense
    assert "sides" in row["source"]
    assert "breaking the truce" in row["content"]
    assert (row["source_type"], row["named"], row["stance"]) == ("unnamed", False, "forceful")


# What is not counted -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The mayor did not say that the bridge was closed.",
        "The mayor didn’t say that the bridge was closed.",
        "The mayor never said that the bridge was closed.",
        "The mayor did not say whether the bridge was closed.",
        "The army has not claimed that it took the hill.",
        "Nobody said that the bridge was closed.",
        "No one said that the bridge was closed.",
    ],
)
def test_what_was_not_said_is_not_counted(text):
    assert parts(text) == []
    assert "not said" in refused(text).values()


@pytest.mark.parametrize("verb", ["believes", "thinks", "hopes", "fears", "expects", "suspects", "knows", "doubts"])
def test_what_somebody_believes_is_not_counted(verb):
    text = f"The mayor {verb} that the bridge is closed."
    assert parts(text) == []
    assert refused(text)[verb] == "belief"


@pytest.mark.parametrize(
    "text",
    [
        "The mayor wants to say that the bridge is closed.",
        "The mayor plans to say that the bridge is closed.",
        "The mayor declined to say that the bridge is closed.",
    ],
)
def test_what_somebody_intends_to_say_is_not_counted(text):
    assert parts(text) == []
    assert refused(text)["say"] in ("an intention", "not said")


@pytest.mark.parametrize("text", ["The mayor wants the bridge closed.", "The mayor intends to close the bridge."])
def test_what_somebody_wants_or_means_to_do_is_not_counted(text):
    assert parts(text) == []
    assert set(refused(text).values()) == {"belief"}


@pytest.mark.parametrize("who", ["I", "We"])
def test_what_the_author_says_is_no_attribution(who):
    text = f"{who} said that the bridge was closed."
    assert parts(text) == []
    assert "author" in refused(text)["said"]


@pytest.mark.parametrize("text", ["The mayor issued a statement.", "The mayor read the report."])
def test_a_word_that_is_only_a_noun_is_not_counted(text):
    assert parts(text) == []
    assert "a noun" in refused(text).values()


def test_a_phrase_in_marks_without_a_speaker_is_nobodys_and_listed_among_the_rejected():
    text = "The mayor said that the “army” came. The so-called “safe bridge” was closed."
    assert len(parts(text)) == 1
    assert refused(text)["“safe bridge”"] == SCARE
    assert "“army”" not in refused(text)


def test_boilerplate_is_rejected_for_that_reason():
    text = f"{OPENING}The mayor said that the bridge was closed. The mayor will announce more, he said."
    menu = text.index("The mayor will")
    document = kit.Document("d", text, {}, (Region("boilerplate", menu, len(text), "a menu"),))
    assert list(kit.attributions(document)["cue"]) == ["said"]
    rejected = kit.attributions(document, rejected=True)
    assert len(rejected)
    assert set(rejected["reason"]) == {"boilerplate"}


def test_a_candidate_is_counted_or_rejected_and_never_both():
    text = "The mayor said he did not say it. “We left,” he said. He believes it. They read the report."
    places = [set(table(text, rejected=rejected)["cue_at"]) for rejected in (False, True)]
    assert places[0]
    assert places[1]
    assert not places[0] & places[1]


# Questions, headings, lists ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("“Is the bridge closed?” the mayor asked.", "“Is the bridge closed?”"),
        ("The mayor asked: “Is the bridge closed?”", "“Is the bridge closed?”"),
        ("The mayor asked whether the bridge was closed.", "whether the bridge was closed"),
    ],
)
def test_a_question_that_somebody_asks_is_reported_speech(text, content):
    ((source, cue, asked),) = parts(text)
    assert (source.lower(), cue, asked) == ("the mayor", "asked", content)


def test_whether_somebody_said_something_is_a_question_and_no_attribution():
    assert parts("Did the mayor say that the bridge was closed?") == []


@pytest.mark.parametrize(
    ("heading", "source", "content"),
    [
        ("Bridge is closed, mayor says", "mayor", "Bridge is closed"),
        ("Mayor says bridge is closed", "Mayor", "bridge is closed"),
        ("Bridge is closed, says mayor", "mayor", "Bridge is closed"),
        ("Mayor: bridge is closed", "Mayor", "bridge is closed"),
        ("Bridge is closed – mayor", "mayor", "Bridge is closed"),
        ("Rebels leave the town – state TV", "state TV", "Rebels leave the town"),
    ],
)
def test_headings_count(heading, source, content):
    document = markdown_document(f"# {heading}\n\nIt rained all day.", "d")
    (row,) = kit.attributions(document).to_dict("records")
    assert (row["source"], bare(row["content"])) == (source, content)
    assert document.position(row["start"], row["end"]) == "heading"


def test_no_attribution_runs_from_a_heading_into_the_text():
    found = kit.attributions(markdown_document("# What the mayor said\n\nThe bridge was closed all day.", "d"))
    assert not found["text"].str.contains("bridge").any()


@pytest.mark.parametrize("bullet", ["* ", "- ", "1. "])
@pytest.mark.parametrize("make", [plain_document, markdown_document])
def test_each_item_of_a_list_is_read_for_itself(make, bullet):
    items = ["The mayor said that the bridge was closed.", "The governor denied that it was closed.", "It rained."]
    found = parts("\n".join(bullet + item for item in items), make)
    assert found == [("The mayor", "said", "the bridge was closed"), ("The governor", "denied", "it was closed")]


# What kind of speech -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The mayor said: “The bridge is closed.”", "direct"),
        ("“The bridge,” the mayor said, “is closed.”", "direct"),
        ("The mayor said the bridge was closed.", "indirect"),
        ("The bridge is closed, the mayor said.", "indirect"),
        ("The mayor said the bridge was “a ruin”.", "mixed"),
        ("The mayor called the bridge “a ruin”.", "mixed"),
    ],
)
def test_speech_is_direct_indirect_or_mixed(text, kind):
    assert the("kind", text) == kind


@pytest.mark.parametrize(
    ("cue", "stance"),
    [
        *((cue, "neutral") for cue in ("said", "announced", "added", "wrote")),
        *((cue, "distancing") for cue in ("claimed", "alleged", "insisted", "suggested")),
        *((cue, "endorsing") for cue in ("admitted", "revealed", "pointed out", "noted", "confirmed")),
        *((cue, "forceful") for cue in ("warned", "demanded", "denied", "vowed")),
    ],
)
def test_the_cue_tells_the_stance(cue, stance):
    assert the("stance", f"The mayor {cue} that the bridge was closed.") == stance


def test_a_long_block_is_indirect_speech_only_without_marks():
    assert the("kind", f"The mayor wrote to the town:\n\n{BLOCK}") == "indirect"
    assert the("kind", f"The mayor wrote:\n\n“{BLOCK}”") == "direct"


def test_every_attribution_says_why_it_was_found():
    found = table("The mayor said it. “We left,” he said. According to the mayor, it is so. It was said to be so.")
    assert len(found) == 4
    assert all(found["rule"])


def test_the_table_has_the_columns_that_it_promises():
    text = "The mayor said the bridge was closed. He believes it."
    columns = [
        *("document", "start", "end", "text", "source", "cue", "content", "speaker", "kind", "stance"),
        *("source_type", "named", "rule", "nested", "note", "source_at", "cue_at", "content_at"),
    ]
    assert list(table(text).columns) == columns
    assert list(table(text, rejected=True).columns) == [*columns, "reason"]
    assert list(table("").columns) == columns


# Links ---------------------------------------------------------------------------------------------------------------

PAGE = (
    "The mayor [said](https://www.gazette.example/a) the [bridge](/b) was [closed](https://news.gazette.example/c) "
    "on [Monday](http://other.example/gazette.example) or [later](#), and [nobody](#part) [knows]().\n"
)


def link_types(text, url=""):
    found = kit.links(markdown_document(text, "d", {"url": url} if url else {}))
    return dict(zip(found["text"], found["link_type"], strict=True))


def test_links_are_told_apart_by_where_they_lead():
    found = link_types(PAGE, "https://gazette.example/today")
    assert {text: found[text] for text in ("said", "bridge", "closed", "Monday", "later", "nobody")} == {
        "said": "own site",
        "bridge": "own site",
        "closed": "own site",
        "Monday": "other site",
        "later": "target not preserved",
        "nobody": "target not preserved",
    }


@pytest.mark.parametrize("target", ["https://notgazette.example/x", "https://gazette.example.evil.example/x"])
def test_a_site_with_a_similar_name_is_another_site(target):
    assert link_types(f"The [bridge]({target}).", "https://gazette.example") == {"bridge": "other site"}


def test_a_document_that_does_not_know_its_own_site_calls_every_site_another():
    assert link_types("The [bridge](https://gazette.example/x).") == {"bridge": "other site"}


@pytest.mark.parametrize("target", ["http://[oops/x", "http://", "", "#", "#part", "javascript:void(0)"])
def test_a_target_that_leads_nowhere_was_not_preserved(target):
    document = kit.Document("d", "The bridge.", {"url": target}, (Region("link", 4, 10, target),))
    assert list(kit.links(document)["link_type"]) == ["target not preserved"]


def test_links_are_never_mixed_with_attributions():
    linked = markdown_document(PAGE, "d")
    bare_of_links = plain_document(linked.text, "d")
    assert list(kit.attributions(linked)["cue"]) == list(kit.attributions(bare_of_links)["cue"]) == ["said"]
    assert "link_type" not in kit.attributions(linked).columns
    assert "cue" not in kit.links(linked).columns
    assert len(kit.links(linked)) >= 6
    kit.documents.spans.verify(kit.links(linked))


def test_a_link_in_a_menu_is_not_counted():
    text = "The bridge was closed. Home"
    regions = (Region("link", 4, 10, "#"), Region("boilerplate", 23, 27, "menu"), Region("link", 23, 27, "/"))
    assert list(kit.links(kit.Document("d", text, {}, regions))["text"]) == ["bridge"]


# Bad input -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\n",
        "word " * 50,
        "“”",
        "“” ‘’ \"\" ''",
        "““““",
        "””””",
        '"',
        "“\n\n“\n\n“",
        "?!.,;:",
        ":\n\n:",
        "((((",
    ],
)
def test_a_text_without_anything_said_has_no_attributions(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", kit.KitWarning)
        for rejected in (False, True):
            assert table(text, rejected=rejected, opening="").empty
        assert kit.links(plain_document(text, "d")).empty


@pytest.mark.parametrize("documents", [[], kit.Corpus([])])
def test_no_documents_have_no_attributions(documents):
    assert kit.attributions(documents).empty
    assert kit.attributions(documents, rejected=True).empty
    assert kit.links(documents).empty


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said: “The bridge is closed.",
        "The mayor said: “The bridge is closed.\n\nThe people left.",
        'The mayor said: "The bridge is closed.”',
        'The mayor said: “The bridge is closed".',
        "The mayor said: “The ‘bridge is closed.”",
        "The mayor said: «The bridge is closed.”",
        "” The mayor said: “The bridge is closed.”",
    ],
)
def test_unbalanced_and_mixed_marks_hide_nobody(text):
    (row,) = table(text).to_dict("records")
    assert (row["source"], row["cue"]) == ("The mayor", "said")
    assert "bridge is closed" in row["content"]
    assert "people" not in row["content"]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The mayor said: “الجسر مغلق”.", "The mayor", "“الجسر مغلق”"),
        ("\u202bThe mayor said: “הגשר סגור”.\u202c", "The mayor", "“הגשר סגור”"),
        (
            "Jose\u0301 Marti\u0301n said that the cafe\u0301 was closed.",
            "Jose\u0301 Marti\u0301n",
            "the cafe\u0301 was closed"),
        ("Łukasz Żuk said that the café was closed 👩🏽‍🚒.", "Łukasz Żuk", "the café was closed 👩🏽‍🚒"),
    ],
    ids=["Arabic", "Hebrew", "combining", "emoji"],
)  # fmt: skip
def test_right_to_left_and_combining_characters_keep_their_places(text, source, content):
    found = table(text)
    kit.documents.spans.verify(found)
    assert parts(text) == [(source, "said", content)]


FRENCH = "Le maire a dit que le pont était fermé. « Personne ne passe », a déclaré le maire devant la presse. " * 5


@pytest.mark.parametrize("rejected", [False, True])
def test_a_text_in_another_language_warns_and_its_rows_are_marked(rejected):
    text = FRENCH + "Mayor said bridge closed. Il ne believe pas."
    with pytest.warns(kit.KitWarning, match=r"pont\.txt does not seem to be English"):
        found = kit.attributions(plain_document(text, "pont.txt"), rejected=rejected)
    assert len(found)
    assert set(found["note"]) == {NOT_ENGLISH} == {"not English"}


def test_only_the_text_in_another_language_is_marked():
    documents = [plain_document("The mayor said that the bridge was closed. It was late.", "a")]
    documents += [plain_document(FRENCH + "Mayor said bridge closed.", "b")]
    with pytest.warns(kit.KitWarning, match="^b does"):
        found = kit.attributions(documents)
    assert dict(zip(found["document"], found["note"], strict=True)) == {"a": "", "b": NOT_ENGLISH}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "size"),
    [("The mayor said that the bridge was closed. ", 1_000_000), ("word ", 5_000_000)],
    ids=["a megabyte of sayings", "five of one sentence"],
)
def test_megabytes_in_one_paragraph_come_to_an_end(part, size):
    number = size // len(part)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", kit.KitWarning)
        found = kit.attributions(plain_document(part * number, "d"))
    assert len(found) == (number if "said" in part else 0)


# Whatever the text ---------------------------------------------------------------------------------------------------

PIECES = [
    *("The mayor", "He", "it", "Lina Saab", "Reuters", "the company", "both sides", "nobody", "I", "who", "'s", "’s"),
    *(" said", " says", " told", " claimed that", " according to", "According to ", " reported that", " was said"),
    *(" believes", " did not say", " a statement", " added", " citing", " asked", " and", " that", " to", " by"),
    *(" the bridge was closed", " rebels", ", ", ". ", "; ", ": ", "? ", "! ", " – ", "\n", "\n\n", ":\n\n"),
    *("“", "”", '"', "'", "‘", "’", "«", "»", "(", ")", "* ", "# ", "> ", "[a](#)", "\u0301", "ش", "\u202e", "…"),
]  # fmt: skip
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@pytest.mark.filterwarnings("ignore::kit.errors.KitWarning")
@settings(max_examples=300, deadline=None)
@given(text=TEXTS, make=st.sampled_from([plain_document, markdown_document]))
@example(text="According to , he left.", make=plain_document)
def test_any_text_keeps_the_contract_of_spans(text, make):
    document = make(text, "d")
    for rejected in (False, True):
        found = kit.attributions(document, rejected=rejected)
        kit.documents.spans.verify(found)
        for row in found.to_dict("records"):
            (cue,) = row["cue_at"]
            assert document.text[slice(*cue)] == row["cue"]
            assert row["cue"].strip()
            for column in PLACES:
                places = row[column]
                assert all(0 <= row["start"] <= start <= end <= row["end"] for start, end in places)
                inside = [document.text[start:end] for start, end in places]
                assert " … ".join(inside) == row[column.removesuffix("_at")]
            if rejected:
                assert row["reason"]
            else:
                assert row["kind"] in KINDS
                assert row["stance"] in STANCES
                assert row["source_type"] in SOURCE_TYPES
                assert isinstance(row["named"], bool)
                assert row["speaker"] or not row["named"]


@pytest.mark.filterwarnings("ignore::kit.errors.KitWarning")
@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_the_same_text_gives_the_same_rows(text):
    first, second = (kit.attributions(plain_document(text, "d")) for _ in range(2))
    assert first.equals(second)

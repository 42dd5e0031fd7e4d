"""Who acts: passives with and without an agent, violence as a noun, and what a by-phrase is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.documents import spans
from kit.documents.corpus import Document, Region
from kit.documents.readers import plain_document
from kit.findings.agency import AGENCY_COLUMNS, AGENCY_KINDS, agency

OPENING = "This paragraph only stands here so that nothing below it could be the first line.\n\n"


def rows(text):
    return list(agency(plain_document(OPENING + text, "d")).itertuples())


def found(text, kind="passive"):
    """The text of every row of a kind."""
    return [row.text for row in rows(text) if row.kind == kind]


def agents(text):
    """The agent of every row that is no noun."""
    return [row.agent for row in rows(text) if row.kind != "noun"]


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("The bridge was destroyed.", "was destroyed"),
        ("The bridge has not yet been rebuilt.", "has not yet been rebuilt"),
        ("Aid may still be sent today.", "may still be sent"),
        ("The road isn’t closed.", "isn’t closed"),
        ("He’s been shot.", "’s been shot"),
        ("It's called a truce.", "'s called"),
        ("The post was, in the end, given up.", "was, in the end, given"),
        ("They got hit by a lorry.", "got hit"),
        ("Why were the men held?", "were the men held"),
        ("Nor was he told of it.", "was he told"),
        ("The driver who was stopped wept.", "was stopped"),
        ("Smith, a farmer from Idlib, was detained.", "was detained"),
        ("They waited for the road to be cleared.", "to be cleared"),
        ("Dozens Were Wounded in the Old Town.", "Were Wounded"),
    ],
)
def test_a_clause_with_an_auxiliary_and_a_participle_is_passive(text, passive):
    assert found(text) == [passive]


@pytest.mark.parametrize(
    "text",
    [
        "She was interested in it.",
        "She was very tired.",
        "She was unhurt, untrained and unarmed.",
        "She is done.",
        "He was used to the noise.",
        "There were wounded men.",
        "These were elected officials.",
        "It's informed my work.",
        "He has killed a man, and had wounded another.",
        "The house was red.",
        "This was Mohammed.",
        "The minister was in the hundred halls of Fred.",
        "The rebels advanced and the army retreated.",
        "He will be in May.",
    ],
)
def test_a_description_or_an_active_clause_is_not(text):
    assert rows(text) == []


def test_an_agent_makes_a_description_a_passive():
    assert agents("She was worried by the news.") == ["the news"]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("He was caught and was killed.", ["was killed"]),
        ("He was caught and beaten.", ["beaten"]),
        ("He was born here, and in 1683 was made a general.", ["was made"]),
        ("He was caught in May, was held for a week and then was freed.", ["was held", "was freed"]),
        ("They hope to be freed.", ["to be freed"]),
        ("It was reported that they left.", ["was reported"]),
        ("After being hit the ship sank.", ["being hit"]),
        ("They spoke of what was lost.", ["was lost"]),
    ],
)
def test_a_passive_without_a_subject_of_its_own_is_apart(text, clauses):
    assert found(text, "subjectless") == clauses


def test_a_count_behind_and_shares_the_auxiliary():
    both = rows("Twenty people were killed and 30 wounded in the raid.")
    assert [(row.text, row.subject) for row in both if row.kind == "passive"] == [
        ("were killed", "Twenty people"),
        ("wounded", "30"),
    ]


@pytest.mark.parametrize(
    ("heading", "passives"),
    [
        ("Two men arrested after raid", ["arrested"]),
        ("Rebels advanced in the north", []),
        ("Army seeks way out for men trapped in town", []),
        ("Army hit by losses", []),
    ],
)
def test_a_heading_may_leave_out_the_auxiliary(heading, passives):
    table = agency(plain_document(f"{heading}\n\nThis is what they say about it.", "d"))
    assert list(table.loc[table["kind"] == "passive", "text"]) == passives


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("It was shelled by the army.", "the army"),
        ("It was shelled by the army on Monday.", "the army"),
        ("It was shelled by gunmen Tuesday.", "gunmen"),
        ("It was shelled on Monday, reportedly by the army.", "the army"),
        ("It was hit at dawn by shells.", "shells"),
        ("It was destroyed by shelling.", "shelling"),
        ("It was shelled by an estimated 200 rebels.", "an estimated 200 rebels"),
        ("It was rejected by 64 % of voters.", "64 % of voters"),
        ("It was read by 15 to 20 people.", "15 to 20 people"),
        ("He was asked to leave by the mayor.", "the mayor"),
        ("He was caught and beaten by police.", "police"),
        ("He was taken to Homs by the army.", "the army"),
        ("He was met by Mr. Green of the U.N. mission.", "Mr. Green of the U.N. mission"),
        ("It was built by the men themselves.", "the men themselves"),
        ("The man by whom it was built left.", "whom"),
    ],
)
def test_a_by_phrase_that_names_who_or_what_did_it_is_an_agent(text, agent):
    assert agents(text)[0] == agent


@pytest.mark.parametrize(
    "text",
    [
        "It was finished by Monday.",
        "It was finished by March 2016.",
        "It was finished by the end of the year.",
        "It was finished by then.",
        "It was cut by 10 %.",
        "It was cut by 10 percent.",
        "It was cut by half.",
        "It was won by a margin of 10 votes.",
        "It was found by the river.",
        "It was reached by crossing the hills.",
        "It was dropped by mistake.",
        "It was built by itself.",
        "They were counted one by one.",
        "She was hurt in an attack by militants.",
        "It was held by",
    ],
)
def test_any_other_by_phrase_is_none(text):
    assert not any(agents(text))


def test_a_participle_alone_counts_with_its_agent():
    reduced = rows("A town held by rebels is near a road built in 1990. The news passed by the village.")
    assert [(row.kind, row.text, row.agent) for row in reduced] == [("reduced", "held", "rebels")]


@pytest.mark.parametrize(
    ("text", "victim", "doer"),
    [
        ("The killing of two men shocked him.", "two men", ""),
        ("The killing of two men by soldiers shocked him.", "two men", "soldiers"),
        ("The army's bombing of schools shocked him.", "schools", "The army"),
        ("They condemned air strikes on schools.", "schools", ""),
        ("They condemned shelling by the army.", "", "the army"),
        ("The massacre shocked him.", "", ""),
    ],
)
def test_violence_as_a_noun_says_who_suffers_it_and_who_does_it(text, victim, doer):
    assert [(row.subject, row.agent) for row in rows(text) if row.kind == "noun"] == [(victim, doer)]


@pytest.mark.parametrize(
    "text", ["He saw them killing two men.", "The army that attacks towns.", "They attack at dawn."]
)
def test_a_verb_of_violence_is_no_noun(text):
    assert found(text, "noun") == []


def test_violence_is_told_by_the_word_list():
    table = rows("Three were killed. Three were elected. They were gunned down. The siege was lifted.")
    assert [(row.verb, row.violence) for row in table] == [
        ("killed", True),
        ("elected", False),
        ("gunned", True),
        ("besiege", True),
        ("lifted", False),
    ]


def test_every_row_knows_its_voice_and_place():
    table = agency(plain_document("Two men held by police\n\nShe said: “The bridge was hit.” It was closed.", "d"))
    assert list(table["voice"]) == ["author", "quoted", "author"]
    assert list(table["position"]) == ["heading", "body", "body"]


def test_boilerplate_is_passed_over():
    text = "It was hit. All rights are reserved."
    document = Document("d", text, regions=(Region("boilerplate", 12, len(text), "a rights line"),))
    assert list(agency(document)["text"]) == ["was hit"]


def test_the_table_has_its_columns_also_when_nothing_is_found():
    table = agency(Document("d", ""))
    assert list(table.columns) == [*spans.COLUMNS, *AGENCY_COLUMNS]
    assert table.empty


WORDS = st.sampled_from(
    "was were be been being got has to by by the The a of and that who for not , . ( ) [ ] “ ” ' 's — : ; killed shot "
    "held interested attack killing's bombing army Monday 10 % in used there it It's what what's don’t May U.S.".split()
)


@given(st.text() | st.lists(WORDS, max_size=40).map(" ".join) | st.lists(WORDS, max_size=40).map("".join))
def test_any_text_gives_a_span_table(text):
    document = Document("d", text)
    table = spans.verify(agency(document))
    assert set(table["kind"]) <= set(AGENCY_KINDS)
    assert all(subject in text for subject in table["subject"])
    assert all(agent in text for agent in table["agent"])
    assert (table["has_agent"] == (table["agent"] != "")).all()


# Size ----------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("piece", ['"', "x", "("])
def test_a_megabyte_of_one_thing_is_read(piece):
    agency(Document("d", piece * 2**20))

"""What kind of source a phrase or a name makes."""

import pytest

from kit.english.source_types import SOURCE_TYPES, kind_of, type_of, type_of_name, type_of_named
from kit.words import word_table


@pytest.mark.parametrize(
    ("phrase", "source_type"),
    [
        # The head of a compound decides.
        ("the Ports Protection Agency Administrator", "official"),
        ("the palace press secretary", "official"),
        ("the defence ministry", "military"),
        ("the ministry of defence", "military"),
        ("the Wetland Defence Fund", "organisation"),
        ("a professor at the Harbour Law School", "person"),
        ("state television", "media"),
        ("a police report", "document"),
        ("government forces", "military"),
        ("the head of the General Staff", "military"),
        # A role is told by the body that it stands in.
        ("an army spokesman", "military"),
        ("a spokesman for the hospital", "organisation"),
        ("the director of the hospital", "organisation"),
        ("the union president", "group"),
        ("the president of the union", "group"),
        ("the president", "official"),
        ("a rebel commander", "group"),
        ("a commander", "military"),
        ("the opposition leader", "group"),
        ("a spokesman for Moscow", "official"),
        ("an aid official", "organisation"),
        # Of one of many it does not matter where they live or whom they criticise.
        ("residents of the army camp", "public"),
        ("critics of the government", "unnamed"),
        ("sources close to the army", "unnamed"),
        ("sources in the army", "military"),
        ("military sources", "military"),
        # A body of many kinds is told by what it is a body of.
        ("the council", "official"),
        ("the army council", "military"),
        ("the news agency", "media"),
        ("a monitoring group", "organisation"),
        ("the armed group", "group"),
        ("the U.S.-led coalition", "military"),
        ("the US-led coalition", "military"),
        ("the Saudi-led military coalition", "military"),
        ("the coalition", "group"),
        # Appositions
        ("the man, a mayor", "official"),
        ("the sloop", ""),
        ("", ""),
    ],
)
def test_a_phrase_is_told_by_its_head(phrase, source_type):
    assert type_of(phrase) == source_type


@pytest.mark.parametrize(
    ("name", "source_type"),
    [
        ("Ports Protection Agency", "official"),
        ("Harbour News Agency", "media"),
        ("Syrian Observatory for Human Rights", "organisation"),
        ("Human Rights Watch", "organisation"),
        ("Evening Post", "media"),
        ("Free Syrian Army", "group"),
        ("Syrian Army", "military"),
        ("Moscow", "official"),
        ("South Korea", "official"),
        ("Jim Jordan", ""),  # no state
        ("Bill Clinton", ""),
        ("Sign Saab", ""),
        ("Lina Saab", ""),
        ("", ""),
    ],
)
def test_a_name_tells_by_itself_what_body_it_is_of(name, source_type):
    assert type_of_name(name) == source_type


def test_capitals_tell_a_name_from_a_common_noun():
    assert kind_of("Post").source_type == "media"
    assert not kind_of("post").source_type
    assert kind_of("agency").source_type == "media"
    assert kind_of("Agency").source_type == kind_of("Minister").source_type == "official"


def test_a_name_is_told_by_what_stands_beside_it_before_what_the_text_says_elsewhere():
    assert type_of_named("Lina Saab", "the mayor ", ["a baker"]) == "official"
    assert type_of_named("Lina Saab", "", ["the director of the hospital"]) == "organisation"
    assert type_of_named("Harbour Hospital", "", []) == "organisation"
    assert type_of_named("Lina Saab", "a resident", []) == ""
    assert type_of_named("Lina Saab", "", ["the peace agreement"]) == ""


def test_every_word_of_the_table_stands_there_once_and_has_a_known_type():
    rows = word_table("sources")
    words = [word for row in rows for word in row["words"].split()]
    assert {word for word in words if words.count(word) > 1} == set()
    assert {row["type"] for row in rows} <= set(SOURCE_TYPES)
    assert {row["strength"] for row in rows} == {"strong", "weak", "alone"}
    assert {row["who"] for row in rows} == {"body", "somebody"}

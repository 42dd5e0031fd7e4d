"""Who says what: each construction with its source, cue and content; each reason not to count; any text at all."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kit.documents.corpus import Document
from kit.documents.readers import plain_document
from kit.english import reporting
from kit.words import word_table

BEFORE = "A first paragraph stands here, with a full stop, and keeps headings away.\n\n"


def found(text):
    """The clauses of a text as texts: source, cue, content, rule."""
    document = plain_document(BEFORE + text, "d")

    def texts(spans):
        return tuple(document.text[slice(*span)] for span in spans)

    clauses, _ = reporting.clauses(document)
    return [(texts(c.source), texts([c.cue]), texts(c.content), c.rule) for c in clauses]


def only(text):
    """Source, cue and content of a text's only clause, and its rule."""
    [(source, [cue], content, rule)] = found(text)
    return "".join(source), cue, content, rule


def reasons(text):
    """{rejected word: reason} of a text, and nothing counted."""
    document = plain_document(BEFORE + text, "d")
    counted, rejected = reporting.clauses(document)
    assert not counted
    return {document.text[r.start : r.end]: r.reason for r in rejected}


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "rule"),
    [
        ("The mayor said the bridge was safe.", "The mayor", "said", "the bridge was safe.", "verb"),
        ("The mayor said that it was safe.", "The mayor", "said", "it was safe.", "verb"),
        ("“It is safe,” the mayor said.", "the mayor", "said", "“It is safe,”", "verb"),
        (
            "“It is safe,” said the mayor, a baker.",
            "the mayor, a baker",
            "said",
            "“It is safe,”",
            "verb before its source",
        ),
        ("The bridge was safe, the mayor said.", "the mayor", "said", "The bridge was safe", "verb"),
        ("She said: “It is safe. We saw it.”", "She", "said", "“It is safe. We saw it.”", "verb"),
        ("Said Lind: “We stay.”", "Lind", "Said", "“We stay.”", "verb before its source"),
        ("Lind told reporters that it was over.", "Lind", "told", "it was over.", "verb"),
        ("Lind told the Harbour News the strike was over.", "Lind", "told", "the strike was over.", "verb"),
        ("“Go,” he told her.", "he", "told", "“Go,”", "verb"),
        ("Lind said in a letter on Monday that it was over.", "Lind", "said", "it was over.", "verb"),
        (
            "According to residents, the road was closed.",
            "residents",
            "According to",
            "the road was closed.",
            "according to",
        ),
        (
            "The road was closed, according to two men.",
            "two men",
            "according to",
            "The road was closed",
            "according to",
        ),
        (
            "In the words of one docker, it was over.",
            "one docker",
            "In the words of",
            "it was over.",
            "in the words of",
        ),
        ("It was reported that the road was closed.", "", "reported", "the road was closed.", "passive"),
        ("The plan was announced by the mayor.", "the mayor", "announced", None, "passive"),
        ("The army's claim that it won was false.", "The army", "claim", "it won was false.", "noun"),
        ("Asked about the strike, Lind smiled.", "", "Asked", "about the strike", "asked"),
        ("The council condemned the attack.", "The council", "condemned", "the attack.", "verb"),
        ("The port called for calm.", "The port", "called", "calm.", "verb"),
        ("He went on to say that it would end.", "He", "say", "it would end.", "verb"),
        ("The bridge, the mayor said, is closed.", "the mayor", "said", None, "verb"),
        ("Lind was accused by the port of lying.", "the port", "accused", "lying.", "passive"),
        ("Both sides accuse each other of theft.", "Both sides", "accuse", "each other of theft.", "verb"),
        ("Some say the road was closed.", "Some", "say", "the road was closed.", "verb"),
        ("64 percent said it was closed.", "64 percent", "said", "it was closed.", "verb"),
        ("21,000 people said it was closed.", "21,000 people", "said", "it was closed.", "verb"),
        ("Why did Lind say it was over?", "Lind", "say", "it was over?", "verb"),
        ("The notice reads: “All cranes stop.”", "The notice", "reads", "“All cranes stop.”", "verb"),
        ("The army claims the town has fallen.", "The army", "claims", "the town has fallen.", "verb"),
    ],
)
def test_each_construction_has_its_source_cue_and_content(text, source, cue, content, rule):
    result = only(text)
    assert (result[0], result[1], result[3]) == (source, cue, rule)
    assert content is None or result[2] == (content,)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A spokesman for the Russian foreign ministry said so.", "A spokesman for the Russian foreign ministry"),
        ("A man who follows the war said so.", "A man who follows the war"),
        ("Sergei Lavrov, the Russian foreign minister, said so.", "Sergei Lavrov, the Russian foreign minister"),
        ("Ron Lind, who drives a crane, said so.", "Ron Lind"),
        ("Ron “Red” Lind said so.", "Ron “Red” Lind"),
        ("Senator Ann Berg (R-Ohio) said so.", "Senator Ann Berg (R-Ohio)"),
        ("Lind on Tuesday said so.", "Lind"),
        ("In Ohio Lind said so.", "Lind"),
        ("On Monday, the mayor of the town said so.", "the mayor of the town"),
        ("Lind, speaking on the quay, said so.", "Lind"),
        ("Anna Berg and Ron Lind said so.", "Anna Berg and Ron Lind"),
        ("Another said so.", "Another"),
        ("Since April Syria’s ministry has warned of a siege.", "Syria’s ministry"),
        ("Since March 2016 Lind has said it was over.", "Lind"),
    ],
)
def test_a_source_is_the_whole_noun_phrase_and_no_more(text, source):
    assert only(text)[0] == source


def test_a_quotation_around_its_cue_has_two_stretches():
    assert only("“The bridge,” said the mayor, “is safe.”")[2] == ("“The bridge,”", "“is safe.”")
    assert only("“The bridge,” she said on Monday, “is safe.”")[2] == ("“The bridge,”", "“is safe.”")


def test_a_speaker_goes_on_until_somebody_else_speaks():
    text = "“We came at dawn,” she said. “We saw smoke.” Then it rained. “Nobody came to help us.”"
    assert only(text)[2] == ("“We came at dawn,”", "“We saw smoke.”", "“Nobody came to help us.”")
    text = "“We came at dawn.” It rained then. “We saw smoke,” she said."
    assert only(text)[2] == ("“We came at dawn.”", "“We saw smoke,”")
    text = "“We came at dawn.\n\n“We saw smoke,” she said."
    assert only(text)[2] == ("“We came at dawn.", "“We saw smoke,”")
    text = "“We came at dawn,” she said. “We waited for hours.\n\n“Then the boat came.”"
    assert only(text)[2] == ("“We came at dawn,”", "“We waited for hours.", "“Then the boat came.”")
    first, second = found("“We came at dawn,” she said. “No,” he said. “Nobody came to the quay.”")
    assert first[2] == ("“We came at dawn,”",)
    assert second[2] == ("“No,”", "“Nobody came to the quay.”")


def test_a_colon_alone_can_introduce_a_quotation():
    assert only("It was her message to them all: “We stay here until the end.”")[1:] == (
        ":",
        ("“We stay here until the end.”",),
        "colon",
    )
    assert only("Lind said of the plan:\n\n“We stay here until the end.”")[1] == "said"


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Lind gave a short answer: “We are not going to move it.”", "Lind", "gave a short answer:"),
        ("The chances are slim: “We are not going to move it.”", "", ":"),
        ("NO MOVE IN SIGHT - Ana Lind: “We are not going to move it.”", "Ana Lind", ":"),
        ("“No Move in Sight,” by Ana Lind: “We are not going to move it.”", "Ana Lind", ":"),
    ],
)
def test_who_does_anything_before_a_colon_speaks(text, source, cue):
    assert only(text)[:2] == (source, cue)


@pytest.mark.parametrize("dash", ["—", "–", "―", "-", "--"])
@pytest.mark.parametrize("between", [" ", "\n\n"])
@pytest.mark.parametrize(("line", "name"), [("Ana Lind", "Ana Lind"), ("J. Lind, at the pier.", "J. Lind")])
def test_a_name_behind_a_quotation_and_a_dash_is_who_says_it(dash, between, line, name):
    source, _, content, rule = only(f"“We are not going to move it at all.”{between}{dash} {line}")
    assert (source, content) == (name, ("“We are not going to move it at all.”",))
    assert rule in ("credit", "headline dash")


TRANSCRIPT = "{0}: The port is closed.\n\n{1}: Who said that it was closed?\n\n{0}: The mayor said so on Monday."


@pytest.mark.parametrize(("one", "other"), [("LIND", "ANA PRICE"), ("Ana Lind", "Omar Price"), ("“LIND", "“PRICE")])
def test_the_turns_of_a_transcript_are_sayings(one, other):
    rows = found(TRANSCRIPT.format(one, other))
    turns = [(source, cue, content) for source, cue, content, rule in rows if rule == "turn"]
    who = [(name.strip("“"),) for name in (one, other, one)]
    assert [source for source, *_ in turns] == who
    assert turns[0][1:] == ((":",), ("The port is closed.",))
    clauses, _ = reporting.clauses(plain_document(BEFORE + TRANSCRIPT.format(one, other), "d"))
    assert all(c.nested for c in clauses if c.rule != "turn")


@pytest.mark.parametrize("labels", [("MONDAY", "FRIDAY"), ("LIVE UPDATES", "ANALYSIS"), ("In Brief", "In Full")])
def test_labels_take_no_turns(labels):
    assert "turn" not in {rule for *_, rule in found(TRANSCRIPT.format(*labels))}


def test_two_names_before_colons_make_no_transcript():
    assert "turn" not in {rule for *_, rule in found("LIND: The port is closed.\n\nPRICE: It is open.")}


@pytest.mark.parametrize(
    "text",
    [
        "“We are not going to move it at all” — and then they moved it.",
        "“We are not going to move it at all” — Lind said so on Monday.",
        "“We are not going to move it at all” — Lind and all the others were to stay for the whole of the week.",
    ],
)
def test_what_goes_on_behind_a_dash_is_no_name(text):
    assert "credit" not in {rule for *_, rule in found(text)}


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Lind attacked the plan as “a gift to the owners”.", "attacked"),
        ("Lind defended his deputy as “a very decent man”.", "defended"),
        ("Lind grumbled to the crew that the plan was “a gift to the owners”.", "grumbled"),
    ],
)
def test_words_within_what_a_verb_is_about_are_somebodys(text, cue):
    assert only(text)[1] == cue


@pytest.mark.parametrize(
    "text",
    [
        "Lind attacked the camp at night.",
        "Lind defended the hill and called it quits.",
        "Lind attacked “The Long War”.",
    ],
)
def test_without_such_words_the_verb_tells_what_is_done(text):
    assert not {"attacked", "defended"} & {cue for _, (cue,), *_ in found(text)}


def test_somebody_quoted_as_saying_speaks_inside_what_quotes():
    outer, inner = found("The paper quoted a nurse as saying that the road was mined.")
    assert (outer[:2], inner[:3]) == (
        ((("The paper",), ("quoted",))),
        (("a nurse",), ("saying",), ("the road was mined.",)),
    )


def test_what_is_believed_far_from_a_quotation_parts_nothing():
    text = "Critics argue that the club saw the rain, but found no answer to the “dreadful” storm."
    assert only(text)[2] == ("the club saw the rain, but found no answer to the “dreadful” storm.",)


NO_COMMAS = "It rained on the port and the ships lay still under a grey sky. " * 9


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The blast killed nine in the east of the town harbour director Ana Lind said.", "director Ana Lind"),
        ("The fire spread fast in the old town of Syria Ana Lind said.", "Ana Lind"),
        ("The fire burnt for days at the pier the Harbour Watch for Ships said.", "the Harbour Watch for Ships"),
        ("It was a storm that cost the town many lives a monitoring group said.", "a monitoring group"),
        ("The ship was lost in the storm said the Harbour Watch.", "the Harbour Watch"),
        ("According to the agency they were late.", "the agency"),
        ("It was over according to Reuters citing the mayor.", "Reuters"),
    ],
)
def test_texts_without_commas_have_sources_too(text, source):
    document = Document("d", NO_COMMAS + text)
    clauses, _ = reporting.clauses(document)
    assert [document.text[slice(*span)] for span in clauses[0].source] == [source]


def test_adding_goes_on_without_a_comma_where_there_are_none():
    text = "Lind told the paper the pier was shut adding that it was late."
    document = Document("d", NO_COMMAS + text)
    assert [document.text[slice(*c.cue)] for c in reporting.clauses(document)[0]] == ["told", "adding"]
    assert [row[1] for row in found(text)] == [("told",)]
    assert [row[2] for row in found("Lind said they were wrong in citing the old report.")] == [
        ("they were wrong in citing the old report.",)
    ]


@pytest.mark.parametrize("toll", ["the death toll at 400", "their losses at up to 1,000", "the number of dead at 9"])
def test_who_puts_a_figure_at_something_says_so(toll):
    assert only(f"The mayor has put {toll}.") == ("The mayor", "put", (f"{toll}.",), "verb")


@pytest.mark.parametrize(
    "done",
    [
        "the number on the wall",
        "the boxes at the door",
        "the ship at risk",
        "the damage right at once",
        "the dead to rest at the cemetery on Monday",
        "the cost of the bridge to a vote at the meeting",
    ],
)
def test_who_puts_something_somewhere_says_nothing(done):
    assert not found(f"The mayor put {done}.")


def test_a_colon_belongs_to_the_verb_next_to_it():
    assert [row[1] for row in found("Lind supports it and says all the same: “It is a very bad idea.”")] == [("says",)]


def test_a_second_verb_shares_the_source():
    first, second = found("The union accused the port of lying and called for a strike.")
    assert first[:3] == (("The union",), ("accused",), ("the port of lying",))
    assert second == (("The union",), ("called",), ("a strike.",), "coordinated verb")
    _, second = found("The union met the port, saying it lied, and warned that it would strike.")
    assert second[:2] == (("The union",), ("warned",)) or second[3] == "coordinated verb"


def test_a_comma_before_a_participle_ends_nothing_that_leads_in():
    text = "In early May the mayor sent a letter to his colleague Omar Price, calling the town a gem."
    assert only(text)[:2] == ("the mayor", "calling")


def test_a_participle_shares_the_source():
    first, second = found("Lind attacked no one, he said, adding that it was over.")
    assert first[1] == ("said",)
    assert second == (("he",), ("adding",), ("it was over.",), "participle")


def test_an_aside_does_not_part_a_verb_from_its_source():
    first, second = found("The group, which calls itself the Union of Cranes, said it had won.")
    assert first[0] == ("The group", "which")
    assert second[:3] == (("The group",), ("said",), ("it had won.",))
    first, second = found("The paper, citing two dockers, reported that it was over.")
    assert (first[1], second[0], second[1]) == (("citing",), ("The paper",), ("reported",))


def test_who_says_what_another_says_is_nested_once():
    document = Document("d", "The agency reported that the envoy had said Lind denied it was over.")
    clauses, rejected = reporting.clauses(document)
    assert [(c.lemma, c.nested, c.host) for c in clauses] == [("report", False, -1), ("say", True, 0)]
    assert [r.reason for r in rejected] == ["inside another's words"]
    clauses, _ = reporting.clauses(Document("d", "The truce was over, the envoy said, the agency reported."))
    assert [(c.lemma, c.nested, c.host) for c in clauses] == [("say", True, 1), ("report", False, -1)]
    clauses, _ = reporting.clauses(Document("d", "According to the agency, the envoy said it was over."))
    assert [(c.rule, c.nested, c.host) for c in clauses] == [("according to", False, -1), ("verb", True, 0)]


def test_two_clauses_side_by_side_are_two():
    assert [c[0] for c in found("The army said it won, while rebels said they had stayed.")] == [
        ("The army",),
        ("rebels",),
    ]
    assert [c[0] for c in found("The rebels say they won; the army denies it.")] == [("The rebels",), ("the army",)]
    assert [c[1] for c in found("After Lind said it was over, Berg argued it was not.")] == [("said",), ("argued",)]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Syria Says Rebels Retreat", "Syria", "Says"),
        ("Kremlin: no ceasefire before winter", "Kremlin", ":"),
        ("Port Denies Wage Cuts", "Port", "Denies"),
    ],
)
def test_headings_report_too(text, source, cue):
    clauses, _ = reporting.clauses(plain_document(f"{text}\n\nIt rained all day on the port.", "d"))
    assert [(text[slice(*c.source[0])], text[slice(*c.cue)]) for c in clauses] == [(source, cue)]


def test_a_label_before_the_colon_of_a_heading_says_nothing():
    assert not reporting.clauses(plain_document("Live updates: Storm nears the port\n\nIt rained.", "d"))[0]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("As Lind put it, “it is over.”", "Lind", "put", "“it is over.”"),
        ("Lind fired back: “It is over.”", "Lind", "fired", "“It is over.”"),
        ("Lind responded with a smile: “It is over.”", "Lind", "responded", "“It is over.”"),
        ("Lind made it clear that it was over.", "Lind", "made", "it was over."),
        ("Her answer was that it was over.", "Her", "answer", "it was over."),
        ("The advertisement mocks Lind for his hat.", "The advertisement", "mocks", "Lind for his hat."),
        ("Opponents in the U.S. cite a rule.", "Opponents in the U.S.", "cite", "a rule."),
        ("Somebody tore down a poster that mocks the mayor.", "a poster that", "mocks", "the mayor."),
        ("While Will acknowledged it, Berg left.", "Will", "acknowledged", "it"),
        ("“The strike is over,” the letter reads.", "the letter", "reads", "“The strike is over,”"),
        ("The port, say workers, is closed.", "workers", "say", "The port"),
    ],
)
def test_forms_that_could_be_something_else_report_here(text, source, cue, content):
    [(whose, [word], told, _)] = found(text)
    assert (" ".join(whose) if whose else "", word) == (source, cue)
    assert told
    assert told[0].rstrip(",") == content.rstrip(",")


def test_a_verb_that_is_a_cue_only_with_another_word_is_no_candidate_without_it():
    assert not reasons("Lind made tea and put the cup on the table.")


def test_what_leads_up_to_a_clause_is_not_its_content():
    asked, said = found("Asked about the strike, Lind said: “It is over,” and smiled.")
    assert (asked[1], said[1]) == (("Asked",), ("said",))
    said, announced = found("“It is over,” Lind said in May after the port announced a sale.")
    assert (said[1], said[2], announced[0]) == (("said",), ("“It is over,”",), ("the port",))


@pytest.mark.parametrize(
    ("text", "word", "reason"),
    [
        ("Lind believes that it is over.", "believes", "belief"),
        ("Lind hopes to say more.", "say", "an intention"),
        ("Lind did not say whether it was over.", "say", "not said"),
        ("Lind declined to say more.", "say", "not said"),
        ("Lind refused to comment.", "refused", "not said"),
        ("Nobody said that it was over.", "said", "not said"),
        ("As the strike was theirs no humanitarian organisation lamented its end.", "lamented", "not said"),
        ("So far no “western” ministry said that it was over.", "said", "not said"),
        ("Did Lind say that it was over?", "say", "a question"),
        ("The claims were many.", "claims", "a noun"),
        ("The alleged attack hurt nobody.", "alleged", "a participle before a noun"),
        ("“He said so” stood on a wall.", "said", "inside a quotation"),
        ("The crowd laughed at him.", "laughed", "nothing is said"),
        ("The crowd laughed for long.", "laughed", "no words are quoted"),
        ("The crowd applauded.", "applauded", "nothing is said"),
        ("A group called Nusra left.", "called", "a name"),
        ("That said, the port was open again.", "said", "a turn of phrase"),
        ("It snowed in the two states that had voted first.", "states", "a noun"),
        ("He lives in the United States this year.", "States", "a noun"),
        ("The most telling sign was the silence.", "telling", "a participle before a noun"),
        ("The crowd applauded loudly.", "applauded", "nothing is said"),
        ("It is too soon to say how it ends.", "say", "an intention"),
        ("There is no way to tell who did it.", "tell", "an intention"),
        ("It is worth noting that the port is closed.", "noting", "not said"),
        ("They decided against recommending that it be closed.", "recommending", "not said"),
        ("The witnesses told the truth.", "told", "nothing is said"),
        ("The army moved north to counter the rebels.", "counter", "nothing is said"),
        ("The reports that had come were old.", "reports", "a noun"),
    ],
)
def test_what_is_not_counted_has_a_reason(text, word, reason):
    assert reasons(text)[word] == reason


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        # Nothing but a stop or an occasion follows the cue: what is said stands before it.
        (
            "On Sunday smugglers left the bay, the coastguard said.",
            "the coastguard",
            "said",
            "On Sunday smugglers left the bay",
        ),
        ("The wall fell at noon, the harbour office said.", "the harbour office", "said", "The wall fell at noon"),
        ("At least six boats were lost, the union said.", "the union", "said", "At least six boats were lost"),
        (
            "If the wind turns, the pier will break, divers warned.",
            "divers",
            "warned",
            "If the wind turns, the pier will break",
        ),
        (
            "By noon the quay was empty, dockers told the paper by telephone.",
            "dockers",
            "told",
            "By noon the quay was empty",
        ),
        ("In a statement, Lind said on Monday that it was over.", "Lind", "said", "it was over."),
        ("The cost, clerks said on Friday, could double.", "clerks", "said", "The cost … could double."),
        ("The cost, a clerk told the paper, could double.", "a clerk", "told", "The cost … could double."),
        # Phrases
        ("Per the harbour office, six boats sank.", "the harbour office", "Per", "six boats sank."),
        ("Six boats sank, per a coastguard officer.", "a coastguard officer", "per", "Six boats sank"),
        (
            "According to the old Tide Watch bulletin these boats sank in May.",
            "the old Tide Watch bulletin",
            "According to",
            "these boats sank in May.",
        ),
        # What a noun tells ends where the sentence goes on.
        ("The port’s claim that the pier was safe could not be checked.", "The port", "claim", "the pier was safe"),
        ("Reports of more boats have not been verified.", "", "Reports", "more boats"),
        ("Lind’s “very dry town” remark fits.", "Lind", "remark", "“very dry town”"),
        # Passives
        ("The woman, described by colleagues as careful, was hired.", "colleagues", "described", "as careful"),
        ("The crews broke the truce announced by Berg and sailed to the port.", "Berg", "announced", "the truce"),
        ("The mayor was quoted as saying that the pier was safe.", "The mayor", "quoted", "the pier was safe."),
        ("As was announced in May, the pier will close.", "", "announced", "the pier will close."),
        ("A docker said by phone that it was over.", "A docker", "said", "it was over."),
        # Sources
        (
            "The harbour office continues to pay them and opines that it is enough.",
            "The harbour office",
            "opines",
            "it is enough.",
        ),
        (
            "Even when a storm sinks a boat at sea the harbour office continues to wait and opines that all is well.",
            "the harbour office",
            "opines",
            "all is well.",
        ),
        (
            "However, the islanders once more like in June have called for a ferry.",
            "the islanders",
            "called",
            "a ferry.",
        ),
        (
            "It was met with replies of the sailors who say that the sea is theirs.",
            "the sailors who",
            "say",
            "the sea is theirs.",
        ),
        ("The queen sent a card to her cousin Berg, calling the bay a gem.", "The queen", "calling", "the bay a gem."),
        ("Berg took to the quay to say that it was over.", "Berg", "say", "it was over."),
        ("So said the captain.", "the captain", "said", ""),
        # Forms
        ("The captain concurred: “It was our fault.”", "The captain", "concurred", "“It was our fault.”"),
        ("“It was awful,” shrugged the cook.", "the cook", "shrugged", "“It was awful,”"),
        ("The boy purported to have seen the ship.", "The boy", "purported", "to have seen the ship."),
    ],
)
def test_who_says_what_ends_where_it_ends(text, source, cue, content):
    [(whose, [word], told, _)] = found(text)
    assert (" ".join(whose), word, " … ".join(told)) == (source, cue, content)


def test_who_is_cited_and_who_cites():
    citing, said = found("Citing two crews, the paper said the pier was closed.")
    assert citing[:3] == (("the paper",), ("Citing",), ("two crews",))
    assert said[:3] == (("the paper",), ("said",), ("the pier was closed.",))
    reported, citing = found("At least six boats sank, the paper reported, citing crews.")
    assert (reported[2], citing[2]) == (("At least six boats sank",), ("crews.",))
    hoping, said = found("Hoping that “it rains,” Lind said the town would drink.")
    assert (hoping[0], said[0]) == (("Lind",), ("Lind",))


@pytest.mark.parametrize(
    "text",
    [
        "Lind refused to say when.",
        "The two ports agreed a truce.",
        "The storm claimed forty lives.",
        "She claimed the prize in May.",
        "The firm hailed a taxi.",
        "Neither the port nor the union said who had paid.",
        "Neither the paper nor the station has so far reported on it.",
        "Not once has the port admitted that it was wrong.",
        "Nothing was said about the crew.",
        "The captain said nothing about the crew.",
        "Without saying who had paid, the captain left.",
        "The port stopped short of saying that the pier was unsafe.",
        "They sorted the ropes according to size.",
        "The offer was rejected without much comment.",
        "Such a situation demands a new pier.",
        "Who said that the pier was safe?",
        "It is not clear who said the pier was safe.",
        "Dockers plan to announce a strike.",
        "It costs ten crowns per barrel, up from nine.",
    ],
)
def test_what_is_done_or_not_said_is_not_counted(text):
    assert not found(text)


@pytest.mark.parametrize(
    ("heading", "source", "content"),
    [
        ("Rebels claim downing of jet", "Rebels", "downing of jet"),
        ("Hill taken, army claims", "army", "Hill taken"),
        ("Hundreds stranded on pier, say police", "police", "Hundreds stranded on pier"),
        ("Lind: Berg lied about pier", "Lind", "Berg lied about pier"),
        ("Harbour strike: what we know", None, None),
        ("Aleppo: the last road", None, None),
        ("Port war: Crews break blockade", None, None),
    ],
)
def test_a_topic_of_a_heading_does_not_speak(heading, source, content):
    clauses, _ = reporting.clauses(plain_document(f"{heading}\n\nIt rained all day on the port.", "d"))
    texts = [(heading[slice(*c.source[0])], heading[slice(*c.content[0])]) for c in clauses]
    assert texts == ([(source, content)] if source else [])


def test_clauses_and_rejected_stand_in_order():
    text = "Lind said it was over. The claims were many. Berg denied it. The alleged thief left."
    clauses, rejected = reporting.clauses(Document("d", text))
    assert [c.cue for c in clauses] == sorted(c.cue for c in clauses)
    assert list(rejected) == sorted(rejected)


def test_every_row_of_the_cue_table_is_known_and_complete():
    rows = word_table("cues")
    assert {row["frame"] for row in rows} <= {
        "say",
        "tell",
        "act",
        "that",
        "quote",
        "words",
        "belief",
        "noun",
        "preposition",
        "adverb",
    }
    assert {row["stance"] for row in rows} <= {"neutral", "distancing", "endorsing", "forceful", ""}
    assert all(row["stance"] or row["frame"] == "belief" for row in rows)
    keys = [(row["lemma"], row["frame"]) for row in rows]
    assert len(keys) == len(set(keys))


WORDS = "said says told claim according to that who and he Lind the by of asked not saying 12"
PIECES = st.sampled_from([*WORDS.split(), *', . : ; “ ” " ( ) — - ’s \n\n'.split(" ")])


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)))
@example("")
@example("“" * 50)
@example("said " * 600)
@example("(" * 300 + " said " + ")" * 300)
def test_any_text_is_read_and_every_span_lies_in_it(text):
    for make in (plain_document, lambda t, n: Document(n, t)):
        document = make(text, "d")
        clauses, rejected = reporting.clauses(document)
        size = len(document.text)
        for c in clauses:
            assert document.text[slice(*c.cue)].strip()
            assert all(0 <= start < end <= size for start, end in (*c.source, c.cue, *c.content))
            assert c.nested == (c.host >= 0)
            assert c.host < len(clauses)
        assert all(0 <= r.start < r.end <= size for r in rejected)
        assert not {c.cue[0] for c in clauses} & {r.start for r in rejected if r.reason != "belief"}


@pytest.mark.parametrize("who", ["A man of no importance", "The No. 2 Republican", "An officer, no friend of theirs,"])
def test_a_no_inside_a_speaker_that_denies_nobody(who):
    assert len(found(f"{who} said that the port was shut.")) == 1

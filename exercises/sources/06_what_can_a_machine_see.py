"""Exercise 06: what can a machine see. A list beside a reader, passives with a doer, and a paragraph to rewrite."""

from contextlib import redirect_stdout
from io import StringIO
from typing import NamedTuple

import pandas as pd

import kit
from kit.findings.sourcing import STANCES
from kit.learning.tasks import Computed, Exercise, NotApplicableError, Open, Passage, Rewrite

exercise = Exercise(
    "06",
    "What can a machine see",
    intro="""
        How good is a list of words? Does a passive hide who did it? And what moves if you change one word of a text? Do
        lesson 06 first.

        Tasks 06-3 to 06-5 are a **rewrite lab**. You change a paragraph, and the kit shows what it counted before and
        after.
        """,
    setup="""
        import pandas as pd

        from kit.learning import marking

        ours = kit.documents.with_reference(corpus, "reference/frames")
        reading = kit.reference(ours.name, "reference/frames").query("codebook == 'entman'")
        paragraph = marking.find("06-3").expected(corpus)
        """,
)

# ---- 06-1 --------------------------------------------------------------------------------------------------------


class Counted(NamedTuple):
    """Sentences: pointed at by the list and marked by us, pointed at, marked, and all."""

    both: int
    listed: int
    marked: int
    all: int


def counted(corpus):
    """Count the sentences of the list for the remedy beside those of our reading."""
    with redirect_stdout(StringIO()):  # the notebook has said already which texts these are
        ours = kit.documents.with_reference(corpus, "reference/frames")
    reading = kit.reference(ours.name, "reference/frames").query("codebook == 'entman'")
    listed = kit.hints(ours, "entman").assign(coder="list", codebook="entman", value="present", note="")
    codes = kit.remember(pd.concat([reading, listed]), ours)
    sides = kit.metrics.ratings(codes, "entman", "remedy", by="sentence") == "present"
    both = sides["our reading"] & sides["list"]
    return Counted(int(both.sum()), int(sides["list"].sum()), int(sides["our reading"].sum()), len(sides))


def shares(precision, recall, always):
    """The three shares by the names that the task gives them."""
    return {"precision": precision, "recall": recall, "always yes": always}


@exercise.add
@Computed(
    "06-1",
    "Judge the list",
    minutes=9,
    digits=2,
    ask="""
        The codebook of lesson 05 has a list of words for one function, the **remedy**: *should*, *must*, *plan* and
        others. The next cell shows every place that it points at. Read them, and decide for each on paper: is this a
        way out, or not? How many of ten would you have guessed?

        Above the sentences stands a small table, as in lesson 05. It counts the sentences of all accounts. Rows are our
        reading, columns are the list. Write three shares, such as `3 / 8`, in place of the dots:

        * `precision`: of the sentences that the list points at, the share that we had marked too;
        * `recall`: of the sentences that we had marked, the share that the list found;
        * `always yes`: the precision of a machine that says *remedy* to every sentence.

        (*F1*, which you know, is made of the first two.)
        """,
    given="""
        hints = kit.hints(ours, "entman")
        listed = hints.assign(coder="list", codebook="entman", value="present", note="")
        codes = kit.remember(pd.concat([reading, listed]), ours)
        sides = kit.metrics.ratings(codes, "entman", "remedy", by="sentence")
        table = kit.metrics.confusion(sides.fillna("absent")[["our reading", "list"]], ["absent", "present"])
        print(table.rename_axis(index="we", columns="list"))
        kit.show(kit.evidence(hints)[["document", "term", "sentence"]])
        """,
    starter="""
        answer_1 = {"precision": ..., "recall": ..., "always yes": ...}
        """,
    solution="""
        hits, marked = table.loc["present", "present"], table.loc["present"].sum()
        answer_1 = {"precision": hits / table["present"].sum(), "recall": hits / marked}
        answer_1["always yes"] = marked / len(sides)
        """,
    hints=(
        "Find the one field in which both say *present*. These are the hits. You need them twice.",
        "For the precision divide the hits by the whole right-hand column; for the recall by the whole lower row.",
        "A machine that always says yes points at every sentence. Right are those of the lower row, out of all four "
        "fields together.",
    ),
)
def three_shares(corpus):
    c = counted(corpus)
    return shares(c.both / c.listed, c.both / c.marked, c.marked / c.all)


@three_shares.mistake(
    "You have changed places: precision looks at what the list points at, a column. Recall looks at what we marked,"
    " a row."
)
def swapped(corpus):
    c = counted(corpus)
    return shares(c.both / c.marked, c.both / c.listed, c.marked / c.all)


@three_shares.mistake(
    "The first two are right. A machine that always says yes misses nothing: 1 is its recall. How many of its yeses"
    " are right?"
)
def recall_of_always_yes(corpus):
    c = counted(corpus)
    return shares(c.both / c.listed, c.both / c.marked, 1.0)


@three_shares.mistake(
    "The first two are right. The third is what *always no* would get right. Which sentences are right for *always "
    "yes*?"
)
def always_no(corpus):
    c = counted(corpus)
    return shares(c.both / c.listed, c.both / c.marked, 1 - c.marked / c.all)


@three_shares.mistake(
    "You divided the hits by all sentences. Precision asks only of those that the list points at, and recall only of "
    "those that we marked."
)
def of_all_sentences(corpus):
    c = counted(corpus)
    return shares(c.both / c.all, c.both / c.all, c.marked / c.all)


@three_shares.mistake(
    "These are numbers of 100. Write shares between 0 and 1: leave them as one number divided by another."
)
def of_a_hundred(corpus):
    c = counted(corpus)
    return shares(round(100 * c.both / c.listed), round(100 * c.both / c.marked), round(100 * c.marked / c.all))


# ---- 06-2 --------------------------------------------------------------------------------------------------------


def sentences_by_agency(corpus):
    """Sentences with what the kit sees in them: passives, a doer named with a passive or a noun, nouns of violence."""
    acts, sentences = kit.agency(corpus), kit.sentences(corpus)
    acts = acts.assign(named=acts["has_agent"] & ~acts["agent"].str.lower().isin(["which", "whom", "that"]))

    def holds(rows):
        places = list(zip(rows["document"], rows["start"], strict=True))
        return [
            any(name == s.document and s.start <= start < s.end for name, start in places)
            for s in sentences.itertuples()
        ]

    passive = acts["kind"] != "noun"
    return sentences.assign(passive=holds(acts[passive]), noun=holds(acts[~passive]), named=holds(acts[acts["named"]]))


@exercise.add
@Passage(
    "06-2",
    "Find the counter-example",
    minutes=6,
    ask="""
        Somebody says: *“Whoever writes in the passive hides who did it.”* The next cell counts the passives without a
        doer (`False`) and with one (`True`), and shows them all.

        Find a **counter-example**: a sentence in the passive from which you learn who or what did it. The doer may
        stand behind *by*, or in another part of the sentence. Copy some words of it.
        """,
    given="""
        passives = kit.agency(corpus).query("kind != 'noun'")
        print(kit.counts(passives, by="has_agent"))
        kit.show(kit.evidence(passives)[["document", "sentence"]])
        """,
    starter="""
        answer_2 = ...
        """,
    solution="""
        answer_2 = kit.evidence(passives.query("has_agent"))["sentence"].iloc[0]
        """,
    hints=(
        "Go through the list with one question: who or what did it? Stop where the sentence tells you.",
        "Look for the small word *by* behind the verb. Then ask whether it brings somebody, or only a time or a place.",
        "Show only the passives with a doer: `kit.show(kit.evidence(passives.query('has_agent')))`. Then choose one.",
    ),
)
def passive_with_a_doer(corpus):
    found = sentences_by_agency(corpus)
    found = found[found["passive"] & found["named"]]
    if found.empty:
        raise NotApplicableError("no passive in these documents names who did it.")
    return found


@passive_with_a_doer.mistake(
    "A passive, but the kit finds no doer in it. (*By which* and *by Monday* are none.) Perhaps you have seen one "
    "that it does not see: keep it for the last task, and look for a plainer case."
)
def nobody_named(corpus):
    found = sentences_by_agency(corpus)
    return found[found["passive"] & ~found["named"]]


@passive_with_a_doer.mistake(
    "Here the deed has become a noun, and there is no passive. Look for *was*, *were* or *been* with a verb behind it."
)
def only_a_noun(corpus):
    found = sentences_by_agency(corpus)
    return found[found["noun"] & ~found["passive"]]


@passive_with_a_doer.mistake(
    "There is a *by* in it, but no passive. Look for *was*, *were* or *been* with a verb behind it."
)
def by_without_passive(corpus):
    found = sentences_by_agency(corpus)
    return found[found["text"].str.contains(r"\bby\b", case=False) & ~found["noun"] & ~found["passive"]]


# ---- 06-3 to 06-5: the rewrite lab -------------------------------------------------------------------------------


class Lab(NamedTuple):
    """A paragraph constructed by us, and whose names are counted in it by which stylebook."""

    stylebook: str
    party: str
    text: str


ALEPPO = Lab(
    "aleppo-2016",
    "armed groups",
    "It was quiet in the village for a third day. Some rebels fetched water at the same well as the farmers. A "
    "teacher said that the school would open again on Monday. The road was cleared before breakfast. The pump was "
    "repaired by two engineers.",
)
HARBOUR = Lab(
    "harbour-strike",
    "the dock workers",
    "It rained on the quay for a third day. Some strikers shared an umbrella with the postman. A teacher said that the "
    "school choir would sing at the gate. A bench was painted before breakfast. The clock was repaired by two pupils.",
)


def lab(corpus):
    """The paragraph for a corpus; the harbour's for all but Aleppo."""
    return ALEPPO if corpus.name == "aleppo-2016" else HARBOUR


def in_the_lab(corpus):
    return lab(corpus).text


def measured(text, corpus):
    """Count what names the party in whose voice, how statements are reported, and passives with and without a doer."""
    book, document = kit.findings.read_stylebook(lab(corpus).stylebook), kit.Document("paragraph", text)
    found, said, acts = kit.mentions(document, book), kit.attributions(document), kit.agency(document)
    party, own = found["referent"] == lab(corpus).party, found["voice"] == "author"
    passive = acts["kind"] != "noun"
    labels = [label for referent, label in book.labels if referent == lab(corpus).party]
    return pd.Series(
        {f"naming: {label}": (party & own & (found["label"] == label)).sum() for label in labels}
        | {f"in others' words: {label}": (party & ~own & (found["label"] == label)).sum() for label in labels}
        | {"other parties: named": (~party).sum()}
        | {f"stance: {stance}": (said["stance"] == stance).sum() for stance in STANCES}
        | {"doer not named: passives": (passive & ~acts["has_agent"]).sum()}
        | {"doer named: passives": (passive & acts["has_agent"]).sum()}
        | {"sentences: all": len(kit.sentences(document))}
    ).astype(int)


def changed(text, *pairs):
    """Rewrite a paragraph; of each pair the words that stand in it are replaced, so that it does for both."""
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def without(text, word):
    """Leave out the sentence in which a word stands."""
    return ". ".join(sentence for sentence in text.split(". ") if word not in sentence)


RISE, FALL = True, False
STARTER = """answer_{} = paragraph.replace("old words", "new words")"""

name_lab = Rewrite(
    "06-3",
    "Rewrite lab: the name",
    minutes=5,
    ask="""
        This paragraph was **constructed by us**. It tells of nothing that happened. Only one word in it names a party
        of the accounts.

        Give that party **another name**, and change nothing else. Put the old word on the left and yours on the right,
        in the plural too. Choose a name that the lessons have counted. The check shows what the kit counted before and
        after. Naming should move. Stance and doers should stay.
        """,
    starter=STARTER.format(3),
    solution="""
        answer_3 = paragraph.replace("rebels", "fighters").replace("strikers", "dockers")
        """,
    hints=(
        "Look at the second sentence. Which word in it says who these people are for the writer?",
        "Leave everything as it is but for this one word. The chart in lesson 02 shows the names there are.",
        "Write the word with its -s on the left, such as it stands there, and another name of the same people on "
        "the right.",
    ),
    measure=measured,
    goal=frozenset({("naming", RISE), ("naming", FALL)}),
    expected=in_the_lab,
)
exercise.add(name_lab)


@name_lab.mistake(
    "You changed the verb: stance has moved, and naming has not. That is the next task. Here change the name."
)
def verb_instead(text):
    return changed(text, ("said", "claimed"))


@name_lab.mistake("Naming moved, but you changed the reporting verb as well, so stance moved too. Put *said* back.")
def verb_too(text):
    return changed(text, ("rebels", "fighters"), ("strikers", "dockers"), ("said", "claimed"))


@name_lab.mistake(
    "You put quotation marks around a name. Now it is held at arm's length: the voice has moved, from the writer's own "
    "words to somebody else's. Take the marks away, and change the word itself."
)
def quoted_name(text):
    return changed(text, ("rebels", "“rebels”"), ("strikers", "“strikers”"))


@name_lab.mistake("The sentence has gone, and the name with it. Put it back, and change only the name.")
def sentence_gone(text):
    return without(text, "Some ")


@name_lab.mistake(
    "The old name has gone, but no name that the kit knows has come. A machine sees only the words on its list. "
    "Choose one from the stylebook."
)
def unknown_name(text):
    return changed(text, ("rebels", "people"), ("strikers", "people"))


@name_lab.mistake("These are other people now: your word names another party. Find another name for the same one.")
def another_party(text):
    return changed(text, ("Some rebels", "The army"), ("strikers", "bosses"))


@name_lab.mistake(
    "Nothing that the kit counts has moved. Perhaps your name counts as the old one. Or was it another word? The "
    "name stands in the second sentence."
)
def nothing_counted(text):
    return changed(text, ("third", "fourth"))


verb_lab = Rewrite(
    "06-4",
    "Rewrite lab: the verb",
    minutes=4,
    ask="""
        The same paragraph, constructed by us. Now change the **reporting verb** so that the writer stands back from the
        teacher's words, or takes them as true. Change nothing else. Stance should move, and everything else should
        stay.
        """,
    starter=STARTER.format(4),
    solution="""
        answer_4 = paragraph.replace("said", "claimed")
        """,
    hints=(
        "Which verb gives the teacher the word? That one you change.",
        "Lesson 03 had neutral verbs, verbs that stand back, and verbs that take a claim as true. Choose from the "
        "last two.",
        "Put `said` on the left. On the right goes a verb that doubts the teacher, or one that sides with her.",
    ),
    measure=measured,
    goal=frozenset({("stance", RISE), ("stance", FALL)}),
    expected=in_the_lab,
)
exercise.add(verb_lab)


@verb_lab.mistake("You changed the name: naming has moved, and stance has not. Which verb gives somebody the word?")
def name_instead(text):
    return changed(text, ("rebels", "fighters"), ("strikers", "dockers"))


@verb_lab.mistake(
    "Stance moved, but you changed the name of the party as well. Put the name back: one thing at a time."
)
def name_too(text):
    return changed(text, ("said", "claimed"), ("rebels", "fighters"), ("strikers", "dockers"))


@verb_lab.mistake(
    "Nothing that the kit counts has moved. Perhaps your verb is as neutral as *said*. Choose one that doubts the "
    "speaker, or takes the claim as true."
)
def as_neutral_as_before(text):
    return changed(text, ("said", "stated"))


@verb_lab.mistake(
    "Now nobody is given the word any more. Either the speaker has gone, or your verb tells what somebody thinks or"
    " hopes. Choose a verb of speaking."
)
def nobody_speaks(text):
    return changed(text, ("said", "hoped"))


@verb_lab.mistake("The sentence has gone, and the teacher's word with it. Put it back, and change only the verb.")
def statement_gone(text):
    return without(text, "teacher")


doer_lab = Rewrite(
    "06-5",
    "Rewrite lab: the doer",
    minutes=6,
    ask="""
        The same paragraph, constructed by us. Two sentences in it are passives. One of them names who did it, the other
        does not.

        **Give the deed back**: name somebody as the doer, and keep the passive. Invent whom you like, but take nobody
        from the two sides of the accounts. Then ask: what would you have to know before you may write this about a real
        event?
        """,
    starter=STARTER.format(5),
    solution="""
        answer_5 = paragraph.replace("before breakfast", "by neighbours before breakfast")
        """,
    hints=(
        "Which of the last two sentences leaves open who did it?",
        "The last sentence shows how it is done. Which small word brings the doer?",
        "Put `before breakfast` on the left. On the right, put *by* and somebody in front of the same two words.",
    ),
    measure=measured,
    goal=frozenset({("doer not named", FALL), ("doer named", RISE)}),
    expected=in_the_lab,
)
exercise.add(doer_lab)


@doer_lab.mistake(
    "The passive has gone. If your sentence names a doer, good, but the kit counts only passives and cannot see it."
    " If it names none, the reader knows no more than before. Keep the passive, and add *by* and somebody."
)
def passive_gone(text):
    return changed(
        text, ("The road was cleared", "The road became clear"), ("A bench was painted", "A bench changed colour")
    )


@doer_lab.mistake(
    "Nothing that the kit counts has moved. Perhaps your *by* says when, where or how: *by Monday* does nothing. "
    "Who could have done it?"
)
def by_is_no_doer(text):
    return changed(text, ("before breakfast", "by Monday"))


@doer_lab.mistake(
    "You named a doer. But it is a name of the party in the second sentence, so naming moved too. Choose somebody else."
)
def a_counted_name(text):
    rebel_or_docker = "rebels" if "rebels" in text else "dockers"
    return changed(text, ("before breakfast", f"by {rebel_or_docker} before breakfast"))


@doer_lab.mistake(
    "You named a doer. But the stylebook counts it as the name of another party, so naming moved too. Choose "
    "somebody else."
)
def another_counted_party(text):
    army_or_company = "the army" if "rebels" in text else "the company"
    return changed(text, ("before breakfast", f"by {army_or_company} before breakfast"))


@doer_lab.mistake("You took a doer away. That sentence can stay as it was. The one before it needs a doer.")
def doer_taken_away(text):
    return changed(text, (" by two engineers", ""), (" by two pupils", ""))


@doer_lab.mistake("The sentence has gone, and a deed with it. Put it back, and add who did it.")
def deed_gone(text):
    return without(text, "before breakfast")


# ---- 06-6 --------------------------------------------------------------------------------------------------------


letter = Open(
    "06-6",
    "A hint is no verdict",
    minutes=12,
    ask="""
        A website shows the picture below. It writes: *“A computer has read these accounts. It has found out which of
        them hides who did it.”*

        Write to the website, in five to seven sentences. Say what the computer has counted, and what it cannot see.
        Give an example from the accounts, and copy its words: a passive whose doer is known all the same, or need not
        be. And say what the website could truly write.
        """,
    given="""
        kit.views.agency_by_document(kit.agency(corpus))
        """,
    rubric=(
        "Did you say what was counted: passives and nouns of violence, with and without a doer, and nothing else?",
        "Did you give an example, word for word, and say where its doer stands, or why none is needed?",
        "Did you name something that such a machine does not see: active sentences, the sentence before, a mistake?",
        "Did you say how often the kit is wrong, or that one must look at the places before one judges?",
        "Is what you offer the website something that the numbers can carry?",
    ),
    solution="""
        Dear editors, your picture counts passives and nouns of violence, and whether a doer is named with them. It does
        not count who hides something. In all these accounts most passives have no doer, and that is common in English.
        A doer can stand elsewhere: “the army’s siege has been tightened”, in the constructed report on Aleppo, has it
        in front, and the computer finds nobody. And coast-wire, on the harbour strike, writes “An office window was
        broken” for a good reason: its next sentence says that it is not known how that happened. The computer counts
        no active sentences, it does not look into the next line, and sometimes it is wrong. You could write: “In these
        texts most passives name no doer. Whose deeds go without one, only a reader can say.”
        """,
)
exercise.add(letter)

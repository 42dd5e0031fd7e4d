"""Exercise 04: whose voice. What is left of a count when it is split by voice, and what may be said of it then."""

from typing import NamedTuple

import kit
from kit.learning.tasks import (
    Choice,
    Coding,
    Computed,
    Exercise,
    NotApplicableError,
    Open,
    Passage,
    Reading,
    Statement,
    lettered,
    sentences_with,
)

exercise = Exercise(
    "04",
    "Whose voice",
    intro="""
        A count says how often a word is there. The voice says whose word it is.

        The second grey cell finds one name (`word`) for one party (`referent`), and counts it by voice. A row of the
        table is a voice, a column is an account. To count a word is not to agree with it. The kit takes no side.
        """,
    setup="""
        mentions = kit.mentions(corpus)
        of_the_word = mentions.query("referent == @referent and label == @word")
        by_voice = kit.counts(of_the_word, by="voice")
        print(word, "for", referent)
        by_voice
        """,
)

HARD = r"kill|dead|death|massacre|child|\bgas\b|bomb|missile|suicide|wounded|destr"  # not for practice


def of_the_party(corpus):
    """Every mention of the party that is looked at."""
    found = kit.mentions(corpus)
    return found[found["referent"] == kit.focus(corpus).referent]


def of_the_word(corpus):
    """Mentions of the word that is looked at, for its party."""
    referent, word = kit.focus(corpus)
    found = of_the_party(corpus)
    found = found[found["label"] == word]
    if found.empty:
        raise NotApplicableError(f"no account calls {referent} “{word}”.")
    return found


def with_zeros(corpus):
    """How often each account uses the word, a row a voice, as the notebook shows it."""
    return kit.counts(of_the_word(corpus), by="voice")


def by_voice(corpus):
    """The same without an account that never uses the word: it has no share."""
    table = with_zeros(corpus)
    return table.loc[:, table.sum() > 0]


# ---- 04-1 --------------------------------------------------------------------------------------------------------


@exercise.add
@Computed(
    "04-1",
    "A share of its own",
    minutes=3,
    digits=2,
    ask="""
        Which part of all its uses of the `word` does each account write **in its own voice**? Guess first, from the
        table above. Then work it out as a share: a number from 0 to 1, such as 0.25 for one in four.

        `by_voice.loc["…"]` is one row of the table. The first line below adds up each column for you.

        *0 of 6* makes a share, and it is a finding. *0 of 0* makes none. Behind your line, `.dropna()` leaves out an
        account that never has the word. Our accounts all have it. Yours may not.
        """,
    starter="""
        all_uses = by_voice.sum()
        answer_1 = ...
        """,
    solution="""
        all_uses = by_voice.sum()
        answer_1 = (by_voice.loc["author"] / all_uses).dropna()
        """,
    hints=(
        "You need two things of each account: how many uses are the writer's own, and how many there are at all.",
        "One of the rows holds the writer's own uses. Take it with `by_voice.loc[…]`. What is the whole that they are "
        "a part of?",
        "Write the row of the voice `author`, then `/` for “divided by”, then the name that the first line gives to "
        "the sums.",
    ),
)
def own_share(corpus):
    table = by_voice(corpus)
    return table.loc["author"] / table.sum()


@own_share.mistake(
    "You counted reported speech as the outlet's own. Whose wording it is stays open, and the next task is about "
    "that. Here take only what is the writer's own for sure."
)
def reported_as_own(corpus):
    return at_most.expected(corpus)


@own_share.mistake(
    "You took counts for shares. A long account may have many of a word and yet leave most of them to others. Divide "
    "by all uses."
)
def counts_for_shares(corpus):
    return with_zeros(corpus).loc["author"]


@own_share.mistake("These are percent: so many of 100. A share lies between 0 and 1. Leave out the times 100.")
def percent_for_share(corpus):
    return own_share.expected(corpus) * 100


@own_share.mistake(
    "This is the share of the quoted ones. A quotation is not the outlet's voice: somebody else is given the word."
)
def quoted_share(corpus):
    table = by_voice(corpus)
    return table.loc["quoted"] / table.sum()


@own_share.mistake("This is the part that is not the writer's own. You want the other part.")
def the_other_part(corpus):
    return 1 - own_share.expected(corpus)


@own_share.mistake(
    "You took only the quotations away. What is told as somebody's, or held with tongs, is not the writer's plain own "
    "word either."
)
def only_quotations_away(corpus):
    table = by_voice(corpus)
    return 1 - table.loc["quoted"] / table.sum()


@own_share.mistake(
    "The share is of the wrong whole: you divided by all names for {referent}. Divide by the uses of “{word}” alone."
)
def of_all_names(corpus):
    return of_names(corpus, by_voice(corpus).loc["author"])


def of_names(corpus, counts):
    """Divide counts by all names for the party in each account."""
    return counts / of_the_party(corpus)["document"].value_counts().reindex(counts.index)


@own_share.mistake(
    "The share is of the wrong whole: you divided by the uses in all accounts together. Each account is a whole of its "
    "own here."
)
def of_all_accounts(corpus):
    table = by_voice(corpus)
    return table.loc["author"] / table.to_numpy().sum()


@own_share.mistake(
    "You took all names for {referent}, not only “{word}”. An account can leave one name to others and keep the rest."
)
def all_names(corpus):
    table = kit.counts(of_the_party(corpus), by="voice")
    return (table.loc["author"] / table.sum()).dropna()


@own_share.mistake("This is the raw count, not split by voice. Which of these uses are the writer's own?")
def raw_counts(corpus):
    return with_zeros(corpus).sum()


@own_share.mistake("You rounded too early. Give at least two places behind the point, and round when you show it.")
def rounded_too_early(corpus):
    return own_share.expected(corpus).round(1)


@own_share.mistake(
    "This is a rate: uses in every thousand words. Here the whole is not the text. It is the uses of the word."
)
def rate_for_share(corpus):
    return kit.rates(of_the_word(corpus), by="voice").loc["author"]


@own_share.mistake(
    "You dropped the accounts with a zero. It is a finding that a word is never the writer's own, so keep them."
)
def zeros_dropped(corpus):
    right = own_share.expected(corpus)
    return right[right > 0]


# ---- 04-2 --------------------------------------------------------------------------------------------------------


@exercise.add
@Computed(
    "04-2",
    "And at most?",
    minutes=4,
    digits=2,
    ask="""
        What you have found is *at least* so much. Reported words have no marks, so each of them may be the writer's
        own choice as well. Which part of its uses is **at most** the writer's own, in each account? Give a share again.

        Then compare with your first answer. Are the accounts still in the same order? If so, the finding is firm.
        If not, it hangs on the doubt, and you should say so.
        """,
    starter="""
        all_uses = by_voice.sum()
        answer_2 = ...
        """,
    solution="""
        all_uses = by_voice.sum()
        outside_marks = by_voice.loc["author"] + by_voice.loc["reported"]
        answer_2 = (outside_marks / all_uses).dropna()
        """,
    hints=(
        "Two of the four voices stand inside quotation marks. Which two are left?",
        "Add up two rows of `by_voice`: the writer's own words, and those that stay undecided. Of which whole are they "
        "a part?",
        "First add the rows of `author` and `reported`, with brackets around the sum. Then divide by `all_uses`, as "
        "in 04-1.",
    ),
)
def at_most(corpus):
    table = by_voice(corpus)
    return (table.loc["author"] + table.loc["reported"]) / table.sum()


@at_most.mistake(
    "This is “at least”: the writer's own words and no others. For “at most”, which voice could be theirs as well?"
)
def at_least(corpus):
    return own_share.expected(corpus)


@at_most.mistake("These are counts. The accounts do not use the word equally often, so divide by all uses.")
def counts_again(corpus):
    table = with_zeros(corpus)
    return table.loc["author"] + table.loc["reported"]


@at_most.mistake("Division comes before adding, so only the second row was divided. Put brackets around the sum.")
def without_brackets(corpus):
    table = by_voice(corpus)
    return table.loc["author"] + table.loc["reported"] / table.sum()


@at_most.mistake(
    "This is the doubt alone: how far “at most” is away from “at least”. Add what is the writer's own for sure."
)
def only_the_doubt(corpus):
    table = by_voice(corpus)
    return table.loc["reported"] / table.sum()


@at_most.mistake(
    "Some that stand inside quotation marks are still in it. By such marks the writer says: this is not my word. Keep "
    "only the two voices without marks."
)
def some_inside_marks(corpus):
    return only_quotations_away(corpus)


@at_most.mistake(
    "This is the part inside quotation marks, so it is others' words or a word held with tongs. Take the rest."
)
def the_marked_part(corpus):
    return 1 - at_most.expected(corpus)


@at_most.mistake(
    "You put reported words with the quotations, as others' words for sure. But nobody knows that. Put them with the "
    "writer's own for once."
)
def others_at_most(corpus):
    table = by_voice(corpus)
    return (table.loc["quoted"] + table.loc["reported"]) / table.sum()


@at_most.mistake(
    "The share is of the wrong whole: you divided by all names for {referent}. Divide by the uses of “{word}” alone."
)
def at_most_of_all_names(corpus):
    table = by_voice(corpus)
    return of_names(corpus, table.loc["author"] + table.loc["reported"])


@at_most.mistake("These are percent: so many of 100. A share lies between 0 and 1. Leave out the times 100.")
def at_most_in_percent(corpus):
    return at_most.expected(corpus) * 100


# ---- 04-3 --------------------------------------------------------------------------------------------------------


class Seen(NamedTuple):
    """A mention that is clear enough to practise on: its sentence, where it is from, and what tells its voice."""

    document: str
    label: str
    voice: str
    speaks: bool  # it names who speaks
    cue: str
    sentence: str


ASKED = [("quoted", False), ("author", False), ("reported", False), ("scare", False), ("author", True)]
ASKED += [("reported", False)]  # voice, and whether the name is that of a speaker: so that the solution is one
ALTERNATIVES = {
    "reported": {
        "author": "Author can be defended: there are no marks, so the writer may have chosen the word. But count it "
        "only for “at most”."
    },
    "scare": {"quoted": "Quoted can be defended: others may well use the word. But nobody is named here who says it."},
}
HEARD = {
    "author": "Author: no marks, and nobody is said to say it. Whether the writer means it is another question.",
    "quoted": "Quoted: it stands inside quotation marks, and “{cue}” tells you that somebody speaks.",
    "reported": "Reported: no marks, but “{cue}” tells you that somebody says so. Who chose the word stays open.",
    "scare": "Scare: marks around a word or two, and no speaker. The writer holds it with tongs.",
}
A_SPEAKER = "Author: here the name tells you who speaks. It is no part of what they say."


@exercise.add
@Coding(
    "04-3",
    "Whose voice is it?",
    minutes=5,
    ask="""
        Now without the machine. In each sentence a name is marked. In whose voice does **this** name stand? Write
        `"author"`, `"quoted"`, `"reported"` or `"scare"` behind each number.

        Ask three things, in this order. Does it stand inside quotation marks? Is there somebody who says it? And does
        the name belong to what they say, or does it only tell you who they are?

        There is no mark for this. You get our reading beside yours, with the reason.
        """,
    starter="""
        answer_3 = {1: ..., 2: ..., 3: ..., 4: ..., 5: ..., 6: ...}
        """,
    solution="""
        answer_3 = {1: "quoted", 2: "author", 3: "reported", 4: "scare", 5: "author", 6: "reported"}
        """,
)
def whose_voice_is_it(corpus):
    """Six clear cases, from as many accounts and with as many names as there are."""
    seen, chosen = list(clear_cases(corpus)), []
    for voice, speaks in ASKED:
        fitting = [s for s in seen if s.voice == voice and s not in chosen]
        if fitting:
            chosen.append(min(fitting, key=lambda s: (s.speaks != speaks, *used(s, chosen), len(s.sentence))))
    codes = list(HEARD)
    if len({s.voice for s in chosen}) < 2:
        raise NotApplicableError("clear cases of two voices are not to be found there.")
    return codes, [Reading(s.sentence, s.voice, why(s), ALTERNATIVES.get(s.voice, {})) for s in chosen]


def used(seen, chosen):
    """How often its sentence, its account and its name were chosen already."""
    return (
        sum(unmarked(other) == unmarked(seen) for other in chosen),
        sum(other.document == seen.document for other in chosen),
        sum(other.label == seen.label for other in chosen),
    )


def unmarked(seen):
    """Its sentence without the marks of evidence."""
    return seen.sentence.replace(">>", "").replace("<<", "")


def why(seen):
    """Why we read a case as we do."""
    return A_SPEAKER if seen.speaks else HEARD[seen.voice].format(cue=seen.cue)


def clear_cases(corpus):
    """Names for the party whose sentence shows what tells the voice; hard and very long ones are left out."""
    found, said = of_the_party(corpus), kit.attributions(corpus)
    found = found.assign(sentence=kit.evidence(kit.remember(found, corpus))["sentence"])
    words = found["sentence"].str.split().str.len()
    mild = ~found["sentence"].str.contains(HARD, case=False) & words.between(5, 40)
    for row in found[mild & (found["position"] == "body")].itertuples():
        there = said[said["document"] == row.document]
        speaks = any(holds(places, row) for places in there["source_at"])
        cues = [a.cue for a in there.itertuples() if holds(a.content_at, row)]
        seen = Seen(row.document, row.label, row.voice, speaks, next(iter(cues), ""), row.sentence)
        if clear(seen, marks=holds(corpus[row.document].quotations, row)):
            yield seen


def holds(places, span):
    """Tell whether one of some places holds a span."""
    return any(place[0] <= span.start and span.end <= place[1] for place in places)


def clear(seen, *, marks):
    """Tell whether marks and the word that tells who speaks are there if the voice needs them, and only then."""
    told = seen.voice in ("quoted", "reported")
    fits = bool(seen.cue) == told and seen.cue in seen.sentence and marks == (seen.voice in ("quoted", "scare"))
    return fits and not (seen.speaks and seen.voice != "author")


# ---- 04-4 --------------------------------------------------------------------------------------------------------


@exercise.add
@Passage(
    "04-4",
    "No marks, and yet",
    minutes=3,
    ask="""
        Somebody says: “What stands outside quotation marks is the writer's own word.” Show that this goes too far.

        The next cell lists each use of the `word` outside quotation marks. Find one that is told as what **somebody
        else** says, and copy some words of its sentence. Then ask yourself: who chose the word?
        """,
    given="""
        outside = of_the_word.query("voice in ['author', 'reported']")
        kit.show(kit.evidence(outside)[["document", "sentence"]])
        """,
    starter='''
        answer_4 = """..."""
        ''',
    solution="""
        told = of_the_word.query("voice == 'reported'")
        answer_4 = next(iter(kit.evidence(told)["sentence"]), ...)
        """,
    hints=(
        "Go through the list with one question: is there anybody in this sentence who says something?",
        "Look for a word such as “said” or “calls”. Then ask if our word belongs to what is said, or stands beside it.",
        "Let the kit show the voices: `kit.show(corpus, outside)`. Look for the line “reported” below a mark.",
    ),
)
def told_without_marks(corpus):
    found = of_the_word(corpus)
    found = found[found["voice"] == "reported"]
    if found.empty:
        raise NotApplicableError("no use of the word is told there as what somebody says.")
    return sentences_with(found, corpus)


def but_for(sentences, *others):
    """Leave out the sentences of other tables."""
    return sentences.drop([place for other in others for place in other.index], errors="ignore")


@told_without_marks.mistake(
    "This is an example for the claim: nobody is said to say the word here. In a counter-example the word belongs to "
    "what somebody says."
)
def the_writers_own(corpus):
    found = of_the_word(corpus)
    found = sentences_with(found[found["voice"] == "author"], corpus)
    return but_for(found, told_without_marks.expected(corpus))


@told_without_marks.mistake(
    "Here the word stands inside quotation marks, and the claim is about words outside them. Choose from the list."
)
def inside_marks(corpus):
    found = of_the_word(corpus)
    found = sentences_with(found[found["voice"].isin(["quoted", "scare"])], corpus)
    return but_for(found, told_without_marks.expected(corpus), the_writers_own(corpus))


@told_without_marks.mistake(
    "The right kind of sentence, but with another name. The task is about “{word}”: choose from the list."
)
def another_name(corpus):
    found = of_the_party(corpus)
    found = sentences_with(found[found["voice"] == "reported"], corpus)
    return but_for(found, sentences_with(of_the_word(corpus), corpus))


@told_without_marks.mistake(
    "Somebody speaks here, but “{word}” is not in it for {referent}. Begin with the list, where each sentence has it."
)
def no_such_name(corpus):
    found = sentences_with(kit.attributions(corpus), corpus)
    return but_for(found, sentences_with(of_the_word(corpus), corpus), another_name(corpus))


# ---- 04-5 --------------------------------------------------------------------------------------------------------


@exercise.add
@Choice(
    "04-5",
    "What may we print?",
    minutes=3,
    ask="""
        Back to the newsrooms of lesson 04: five of the fifteen, whatever accounts you work on. (Figures only, of news
        on the war in Syria. You can leave this task out.) A colleague has written five sentences from the table below.
        Only one of them says no more than the table can show.

        Which one may be printed? Write its letter between quotation marks.
        """,
    given="""
        figures = kit.reference("fa-kes", "terrorist-by-voice")
        voices = figures.pivot(index="outlet", columns="voice", values="count")
        voices = voices[["all", "author", "quoted", "reported", "scare"]]
        about = figures.query("voice == 'all'").set_index("outlet")[["articles", "articles_with_marks"]]
        kit.show(about.join(voices).loc[["ahram", "dailysabah", "nna", "sana", "trt"]])
        """,
    solution="""
        answer_5 = "D"
        """,
)
def what_may_we_print(corpus):
    figures = kit.reference("fa-kes", "terrorist-by-voice").set_index(["outlet", "voice"])
    n = figures["count"]
    articles = figures["articles"].xs("all", level="voice")
    in_marks = n["ahram", "quoted"] + n["ahram", "scare"]
    options = lettered(
        Statement(
            f"“Daily Sabah says the word itself {n['dailysabah', 'author']} times, and TRT {n['trt', 'author']} times. "
            "So it is far more Daily Sabah's own word.”",
            f"You took counts for shares. It is {n['dailysabah', 'author']} of {n['dailysabah', 'all']} in the one, "
            f"and {n['trt', 'author']} of {n['trt', 'all']} in the other: a little more than half, both times.",
        ),
        Statement(
            "“NNA never says the word itself.”",
            f"Here n is small: {n['nna', 'all']} uses in {articles['nna']} articles, which others chose. “Never” is a "
            "large word for that. One more article could change it.",
        ),
        Statement(
            "“SANA does not put the word between quotation marks.”",
            f"Look at the marks first. None of its {articles['sana']} articles has any, so you could not have seen "
            "one. This zero is a hole in the data.",
        ),
        Statement(
            f"“In these articles, {in_marks} of Ahram's {n['ahram', 'all']} uses stand inside quotation marks.”",
            "Yes. The marks are there and can be trusted. If others were lost, there are even more. And the sentence "
            "does not say what Ahram thinks. Ask next whom it quotes: that choice is Ahram's own.",
        ),
        Statement(
            "“Ahram takes no part in how people are named. It only quotes.”",
            "To choose whom to quote remains the outlet's act. One can call names for years and only ever quote. "
            "The table does not show who is quoted, and who is not.",
        ),
    )
    return options, "D"


# ---- 04-6 --------------------------------------------------------------------------------------------------------


exercise.add(
    Open(
        "04-6",
        "A note to the newsroom",
        minutes=6,
        ask="""
            A newsroom has counted the `word`, without a look at the voices. Now it wants to print: “They all call them
            that.” Write it a note of four to six sentences, about two of the accounts.

            What does the raw count make us believe? What does the split show, and what stays open? Quote a sentence
            that can be looked up. `kit.show(corpus, of_the_word)` shows them all.
            """,
        given="""
            kit.show(by_voice.T.assign(all_uses=by_voice.sum()))
            """,
        rubric=(
            "Do you give the raw count and the split, each with its n?",
            "Do you say of which whole a share is, and do you write no percent where n is small?",
            "Are reported words counted with a doubt: at least, at most?",
            "Did you open the evidence, and does a quoted sentence show what the number hides?",
            "Do you say that it is the outlet's act to choose whom to quote?",
            "Do you keep from saying what a newsroom thinks, and who deserves the name?",
        ),
        solution="""
            Of the harbour strike: The Gazette and Quayside Voice print “troublemaker” three times each, so the raw
            count makes us believe that they speak alike. The split shows something else. In the Gazette two of the
            three are its own, and the third is told as what the harbour manager said: at least two, at most three. In
            Quayside Voice one of three is its own, and none is reported. That one stands in a heading, “Colleagues, not
            troublemakers”, so a word in the writer's own voice can also be a word that is turned down. The other
            two are a speaker's, and one that the writer holds with tongs. Three is a small n, so I give no percent. It
            was the Gazette's own act to let the manager say it, and no count tells us what either newsroom thinks.

            Of the two real accounts of Aleppo: The second prints “terrorist” eleven times, the first three times. All
            eleven are the second's own words. Of the three, two are quoted: one is the State Department's, the other
            stands in a block on what a Russian general said. The third is the first account's own, and a denial: “For
            the U.S., such groups are not terrorists”. (This wording is our retelling's.) None is reported, so “at
            least” and “at most” are the same here: one, and eleven. Three is a small n, so I give no percent. Whom
            the first account quotes with the word was its own choice. Whether the name is deserved, no count tells.
            """,
    )
)

"""Exercise 03: who says so. Attributions and speakers, a density, saying and thinking, verbs, and what may be said."""

import re

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
    "03",
    "Who says so",
    intro="""
        Who is given the word, how often for the length of the text, and by which verb? The second grey cell finds all
        attributions. It also prints the account that the first task is about.

        A claim in an account is a claim. We count who makes it, not whether it is true. The kit takes no side.
        """,
    setup="""
        found = kit.attributions(corpus)
        name = corpus.names[0]
        name
        """,
)


def somebody_speaks(corpus):
    """Every attribution of a corpus."""
    found = kit.attributions(corpus)
    if found.empty:
        raise NotApplicableError("the kit finds nobody who is given the word there.")
    return found


def not_counted(corpus):
    """Every word that looked like a cue and was not counted."""
    return kit.attributions(corpus, rejected=True)


# ---- 03-1 --------------------------------------------------------------------------------------------------------


@exercise.add
@Computed(
    "03-1",
    "Marbles and colours",
    minutes=3,
    ask="""
        Think of the bags of marbles in lesson 03. A marble is an attribution, and its colour is the speaker. How many
        **attributions** does the kit find in the account called `name`? How many different **speakers** do they have?

        The next cell makes two things: the table `here` and the set `speakers`. In a set each name stands only once.
        The set leaves out the empty name, which stands where the kit cannot tell who speaks.
        """,
    given="""
        here = found.query("document == @name")
        speakers = set(here["speaker"]) - {""}
        kit.show(here[["speaker", "cue"]])
        """,
    starter="""
        answer_1 = {"attributions": ..., "speakers": ...}
        """,
    solution="""
        answer_1 = {"attributions": len(here), "speakers": len(speakers)}
        """,
    hints=(
        "Begin with the marbles: each row of the table is one. Then look at the colours: is one name there twice?",
        "`len(…)` tells how many rows a table has, and also how many names there are in a set.",
        "You need `len(…)` twice: once for the table that the grey cell makes, and once for the set.",
    ),
)
def marbles_and_colours(corpus):
    found = here(corpus)
    return both(len(found), len(colours(found)))


def here(corpus):
    """The attributions of the first account."""
    found = somebody_speaks(corpus)
    name = corpus.names[0]
    found = found[found["document"] == name]
    if found.empty:
        raise NotApplicableError(f"the kit finds nobody who is given the word in {name}.")
    return found


def colours(found):
    """The different speakers of some attributions."""
    return set(found["speaker"]) - {""}


def both(attributions, speakers):
    """The two numbers by the names that the task gives them."""
    return {"attributions": attributions, "speakers": speakers}


@marbles_and_colours.mistake(
    "The two have changed places. Which can never be the larger one, the marbles or the colours?"
)
def changed_places(corpus):
    found = here(corpus)
    return both(len(colours(found)), len(found))


@marbles_and_colours.mistake(
    "You counted attributions for speakers. Whoever speaks twice gives two attributions, but is only one speaker."
)
def attributions_for_speakers(corpus):
    found = here(corpus)
    return both(len(found), len(found))


@marbles_and_colours.mistake(
    "You counted speakers for attributions. Whoever speaks twice is one speaker, but gives two attributions."
)
def speakers_for_attributions(corpus):
    found = colours(here(corpus))
    return both(len(found), len(found))


@marbles_and_colours.mistake(
    "The marbles are right. But the empty name is no speaker: it stands where the kit cannot tell who speaks."
)
def nobody_is_a_speaker(corpus):
    found = here(corpus)
    return both(len(found), found["speaker"].nunique())


@marbles_and_colours.mistake("These are the numbers of all accounts together. The task is about one of them.")
def all_accounts(corpus):
    found = somebody_speaks(corpus)
    return both(len(found), len(colours(found)))


@marbles_and_colours.mistake(
    "You counted the rejected ones as attributions too. They only look like it, and the kit says why they are none."
)
def rejected_ones_too(corpus):
    found, refused = here(corpus), not_counted(corpus)
    return both(len(found) + int((refused["document"] == corpus.names[0]).sum()), len(colours(found)))


@marbles_and_colours.mistake("You counted only the sources with a name. A speaker without a name is a speaker, too.")
def only_named_ones(corpus):
    found = here(corpus)
    found = found[found["named"].astype(bool)]
    return both(len(found), len(colours(found)))


# ---- 03-2 --------------------------------------------------------------------------------------------------------


@exercise.add
@Computed(
    "03-2",
    "For its length",
    minutes=4,
    ask="""
        What is the **sourcing density** of each account, that is, how many attributions does it have per 1,000 words?

        The next cell makes a table, with a row for each account. (You need not understand how.) Take the columns that
        you need. A column is written `numbers["…"]`, and you can divide one column by another. The `counted words`
        leave out the boilerplate, `all words` do not. The words `not counted` look like cues and are none.
        """,
    given="""
        numbers = kit.counts(found, by="kind").sum().to_frame("attributions")
        numbers["speakers"] = found.query("speaker != ''").groupby("document")["speaker"].nunique()
        numbers["not counted"] = kit.counts(kit.attributions(corpus, rejected=True), by="reason").sum()
        numbers["links"] = kit.counts(kit.links(corpus), by="link_type").sum()
        numbers["counted words"] = [text.word_count for text in corpus]
        numbers["all words"] = [len(text.words) for text in corpus]
        numbers = numbers.fillna(0).astype(int)
        numbers
        """,
    solution="""
        answer_2 = numbers["attributions"] / numbers["counted words"] * 1000
        """,
    hints=(
        "Say the rule of the lesson aloud: what is divided by words, and then multiplied? Which column is it?",
        "It has the same shape as the rate of lesson 02: count, divided by words, times what makes a thousand of one.",
        "You need two columns: one tells how often somebody is given the word, the other how long the text is. Write "
        '`numbers["…"] / numbers["…"]`, and do not forget what comes after it.',
    ),
)
def density(corpus):
    return per_account(somebody_speaks(corpus), corpus) / counted_words(corpus) * 1000


def per_account(table, corpus):
    """How many rows a table has of each account, zeros kept."""
    return table["document"].value_counts().reindex(corpus.names, fill_value=0)


def counted_words(corpus):
    """The words of each account, without boilerplate."""
    return [document.word_count for document in corpus]


@density.mistake("These are counts. The accounts are not equally long, so divide by their words.")
def counts_for_rates(corpus):
    return per_account(somebody_speaks(corpus), corpus)


@density.mistake("You divided by documents, not by thousand words. How long is each of the texts?")
def divided_by_documents(corpus):
    return per_account(somebody_speaks(corpus), corpus) / len(corpus)


@density.mistake("This is a rate for a hundred words. The density is told for a thousand.")
def for_a_hundred(corpus):
    return density.expected(corpus) / 10


@density.mistake("You rounded to whole numbers, and two accounts that differ may look alike. Keep one decimal or more.")
def rounded_too_early(corpus):
    return density.expected(corpus).round(0)


@density.mistake("You forgot the last step: this is how many attributions fall on one single word. Times what?")
def for_one_word(corpus):
    return density.expected(corpus) / 1000


@density.mistake(
    "It is upside down: so many words go by until somebody is given the word. Which column is divided by which?"
)
def upside_down(corpus):
    return 1000 / density.expected(corpus)


@density.mistake(
    "You counted the boilerplate: the words that you divided by include the menus and labels that are set apart."
)
def boilerplate_counted(corpus):
    return per_account(somebody_speaks(corpus), corpus) / [len(document.words) for document in corpus] * 1000


@density.mistake("You counted speakers for attributions. Whoever speaks three times is one speaker only.")
def colours_for_marbles(corpus):
    found = somebody_speaks(corpus)
    found = found[found["speaker"] != ""].drop_duplicates(["document", "speaker"])
    return per_account(found, corpus) / counted_words(corpus) * 1000


@density.mistake("You counted the rejected ones and no others. They only look like attributions.")
def only_rejected_ones(corpus):
    return per_account(not_counted(corpus), corpus) / counted_words(corpus) * 1000


@density.mistake("You added the rejected ones. They only look like attributions, so they do not make a text denser.")
def rejected_ones_added(corpus):
    return density.expected(corpus) + only_rejected_ones(corpus)


@density.mistake("These are the links per 1,000 words. Links are not attributions: nobody speaks in a link.")
def links_for_attributions(corpus):
    return per_account(kit.links(corpus), corpus) / counted_words(corpus) * 1000


@density.mistake("You added the links. Links are not attributions: nobody speaks in a link. Keep them apart.")
def links_added(corpus):
    return density.expected(corpus) + links_for_attributions(corpus)


# ---- 03-3 --------------------------------------------------------------------------------------------------------

HEAVY = r"kill|dead|death|massacre|child|\bgas\b|bomb|suicide|wounded"  # not for practice
TELLING = ("hop", "according", "reported", "told", "estimat", "wrote")  # what practises more than “said” does
MIND = ("want", "hop", "believ", "fear", "think", "thought", "consider", "expect", "wish", "doubt", "seek", "know")
MIND += ("knew", "intend", "seem", "plan")
DEED = ("report", "repeat", "ask", "tell", "call", "demand", "announc", "promis")  # that is only going to happen
UNSAID, INTENDED, BELIEVED = "not said", "an intention", "belief"
NOT_SAID = {
    UNSAID: "No: here nobody says it. The sentence tells you that it was not said, or not confirmed.",
    INTENDED: "No: this is going to happen, or somebody would like it to. Nothing has been said yet.",
    BELIEVED: "No: this tells what goes on in a head. To think or to want a thing is not to say it.",
}
ELSEWHERE = "Yes can be defended, if you take in what people are said to think or want. Then do so in every account."


@exercise.add
@Coding(
    "03-3",
    "Said, or only thought?",
    minutes=4,
    ask="""
        In each sentence below one word is marked. Does this word tell you that somebody other than the writer **says or
        writes** something? Code each sentence `"yes"` or `"no"`. Look at the marked word only, even if somebody speaks
        elsewhere in the sentence.

        Beware of three things: what people think or want, what is only going to happen, and what was *not* said.

        There is no mark for this. You get our reading beside yours, with the reason.
        """,
    starter="""
        answer_3 = {1: ..., 2: ..., 3: ..., 4: ..., 5: ..., 6: ...}
        """,
    solution="""
        answer_3 = {1: "yes", 2: "no", 3: "no", 4: "yes", 5: "no", 6: "yes"}
        """,
)
def said_or_thought(corpus):
    yes, no = told(corpus), untold(corpus)
    if not no:
        raise NotApplicableError("the kit finds no word there that only looks like a cue.")
    return ("yes", "no"), [*yes[:1], *no[:2], *yes[1:2], *no[2:3], *yes[2:3]]


def told(corpus):
    """Of each of the first three accounts one sentence in which somebody is given the word."""
    rows = for_practice(kit.evidence(somebody_speaks(corpus)), TELLING)
    if rows.empty:
        raise NotApplicableError("no sentence in which somebody is given the word is short and gentle enough.")
    best = {row.document: row for row in rows.iloc[::-1].itertuples()}
    chosen = [best[name] for name in corpus.names if name in best][:3]
    return [Reading(row.sentence, "yes", *why_told(row)) for row in reversed(chosen)]


def why_told(row):
    """Why we count a cue, and what else can be said."""
    source = f"the source is “{row.speaker}”" if row.speaker else "who the source is, nobody tells us"
    plain = f"Yes: the cue is “{row.cue}”, and {source}. Whether it is true makes no difference here."
    if not row.cue.casefold().startswith(MIND):
        return (plain,)
    spoken = (
        "Yes, but it is a close call. To hope is not to say. Yet some of the words stand in quotation marks, so they"
    )
    no = "No can be defended: the marked word tells of a hope. We count it for the words in quotation marks: they"
    return f"{spoken} were spoken or written.", {"no": f"{no} were spoken or written."}


def untold(corpus):
    """Sentences with a word that looks like a cue and is none: one of each reason first."""
    rows = not_counted(corpus)
    found = []
    for reason, words in ((UNSAID, ("",)), (BELIEVED, MIND), (INTENDED, DEED)):
        chosen = for_practice(kit.evidence(rows[rows["reason"] == reason]), words)
        chosen = chosen[chosen["rank"] < len(words)]
        alternatives = {"yes": ELSEWHERE} if reason == BELIEVED else {}
        found.append([Reading(text, "no", NOT_SAID[reason], alternatives) for text in chosen["sentence"]])
    return [*(reading for some in found for reading in some[:1]), *(reading for some in found for reading in some[1:])]


def for_practice(rows, words):
    """Sentences that are neither hard nor long, those first whose cue begins with an earlier one of some words."""
    fits = [not re.search(HEAVY, s, re.IGNORECASE) and 5 <= len(s.split()) <= 42 for s in rows["sentence"]]
    rank = [next((n for n, word in enumerate(words) if cue.casefold().startswith(word)), 99) for cue in rows["cue"]]
    return rows.assign(rank=rank).loc[fits].sort_values("rank", kind="stable")


# ---- 03-4 --------------------------------------------------------------------------------------------------------


@exercise.add
@Passage(
    "03-4",
    "A verb that does more",
    minutes=4,
    ask="""
        Somebody says: “These accounts only report. Their cues do nothing to what is said.” Show that this goes too far.
        Find a sentence with a cue that does **more** than to tell that it was said. The writer may step back from the
        claim, or step closer. Or the cue names an act done by speaking, as *accused* does. Copy some words of the
        sentence.

        The next cell lists all cues, and then up to five sentences with one of them. Write another cue from the list
        in the place of *said*, and run the cell again. Then read the sentence once with *said*: what is lost?
        """,
    given="""
        cue = "said"
        print(kit.counts(found, by="cue"))
        kit.show(kit.evidence(found.query("cue == @cue"))[["document", "sentence"]].head())
        """,
    starter='''
        answer_4 = """..."""
        ''',
    solution="""
        does_more = found.query("stance != 'neutral'")
        answer_4 = next(iter(kit.evidence(does_more)["sentence"]), ...)
        """,
    hints=(
        "Go down the list of cues. Which of them tells you more than that somebody opened their mouth?",
        "Lesson 03 has four stances. Pass over the cues that are neutral, such as *said*. Look for one of the other "
        "three.",
        "`kit.show(found[['cue', 'stance']].drop_duplicates())` lists each cue with its stance. Open one that is not "
        "neutral, and copy.",
    ),
)
def does_more(corpus):
    found = with_cue(somebody_speaks(corpus), corpus, neutral=False)
    if found.empty:
        raise NotApplicableError("every cue that the kit finds there is neutral.")
    return found


def with_cue(found, corpus, *, neutral):
    """The sentences in which the cue of an attribution stands, of those with a neutral cue or of the others."""
    found = found[(found["stance"] == "neutral") == neutral]
    cues = found.assign(start=[at[0][0] for at in found["cue_at"]], end=[at[-1][1] for at in found["cue_at"]])
    return sentences_with(cues, corpus)


@does_more.mistake(
    "Our list takes this cue for neutral: it only tells that something was said or written. Perhaps you hear more in "
    "it. Then note it, talk about it, and look for a plainer case."
)
def only_neutral(corpus):
    return with_cue(somebody_speaks(corpus), corpus, neutral=True).drop(
        does_more.expected(corpus).index, errors="ignore"
    )


@does_more.mistake(
    "Here nobody is given the word. Somebody thinks or wants something, or will do it, or it was not said. Look for a "
    "sentence in which somebody speaks."
)
def not_a_cue(corpus):
    refused = not_counted(corpus)
    refused = refused[refused["reason"].isin(NOT_SAID)]
    taken = [*does_more.expected(corpus).index, *only_neutral(corpus).index]
    return sentences_with(refused, corpus).drop(taken, errors="ignore")


@does_more.mistake(
    "The kit finds no cue in this sentence. (If you see one, you have found a miss: note it.) Begin with the list of "
    "cues, and open the sentences of one."
)
def no_cue_at_all(corpus):
    taken = [*does_more.expected(corpus).index, *only_neutral(corpus).index, *not_a_cue(corpus).index]
    return kit.sentences(corpus).drop(taken, errors="ignore")


# ---- 03-5 --------------------------------------------------------------------------------------------------------


@exercise.add
@Choice(
    "03-5",
    "What the number allows",
    minutes=3,
    ask="""
        Here are the densities of the first two accounts. Beside them stands the error of a difference: how far the kit
        is off with two texts together, on average, on news that nobody had in mind. Lesson 03 tells you what to write
        of a difference that is smaller than this error, and of one that is not even twice as large.

        Which of the statements may you write? Put its letter between quotation marks.
        """,
    given="""
        measures = kit.sourcing_measures(found)
        pair, error = measures.iloc[0, :2], measures["error of a difference"].iloc[0]
        print(pair.round(1).to_dict(), "error of a difference:", round(error, 1))
        """,
    solution="""
        answer_5 = "B" if pair.max() - pair.min() > 2 * error else "C"
        """,
)
def what_the_number_allows(corpus):
    thin, dense = two_densities(corpus)
    measures = kit.sourcing_measures(kit.attributions(corpus))
    gap, error = dense[0] - thin[0], measures["error of a difference"].iloc[0]
    figures = f"the difference is {gap:.1f}, and the error of a difference is {error:.1f}"
    perhaps = f", perhaps {dense[1]} a little more often" if error < gap <= 2 * error else ""
    options = lettered(
        Statement(
            f"“More of what {dense[1]} tells is true: it tells more often who says so than {thin[1]} does.”",
            "Nobody has checked a single claim here. Ten people can repeat one mistake, and one witness can be right. "
            "Look for a statement about who is given the word, not about what happened.",
        ),
        Statement(
            f"“For its length, {dense[1]} gives others the word more often than {thin[1]}.”",
            f"Yes: {figures}. So this is more than twice what the kit is off. And you say no more than was counted.",
        ),
        Statement(
            f"“For their length, {dense[1]} and {thin[1]} give others the word about equally often{perhaps}.”",
            f"Yes: {figures}. So the order of the two may be a slip of the kit. Then we write “about as often”.",
        ),
        Statement(
            f"“{dense[1]} hears more sides than {thin[1]}.”",
            "A side can send ten speakers. The density counts how often others speak, not for whom. To see the sides, "
            "open the ranking of the speakers and read their names.",
        ),
        Statement(
            f"“The newsroom behind {dense[1]} works with more sources than the one behind {thin[1]}.”",
            "You have one text of each, and a newsroom writes many. The number describes these two texts alone.",
        ),
    )
    if gap > 2 * error:
        said = f"That is too careful: {figures}. A difference which is more than twice as large may be told."
        return options | {"C": options["C"]._replace(feedback=said)}, "B"
    said = (
        f"Look at the error again: {figures}. An average error is exceeded in four cases of ten, so a difference that "
        "is not even twice as large may be a slip of the kit."
    )
    return options | {"B": options["B"]._replace(feedback=said)}, "C"


def two_densities(corpus):
    """The densities of the first two accounts with their names, the lower one first."""
    if len(corpus.names) < 2:
        raise NotApplicableError("there is only one account, and a comparison needs two.")
    row = kit.sourcing_measures(somebody_speaks(corpus)).loc["attributions per 1,000 words"]
    return sorted((row[name], name) for name in corpus.names[:2])


# ---- 03-6 --------------------------------------------------------------------------------------------------------


exercise.add(
    Open(
        "03-6",
        "Which is better sourced?",
        minutes=6,
        ask="""
            Take two of the accounts. Which one is better sourced? *Better* can mean more than *denser*: decide what it
            means for you, and say so. Write four to six sentences. Use two rows of the table, and one sentence of an
            account that shows what no number shows.
            """,
        given="""
            kit.show(kit.sourcing_measures(found).round(2).iloc[:8])
            """,
        rubric=(
            "Do you say what “better sourced” means for you, before you judge?",
            "Do you use two different numbers for both accounts, each with its unit?",
            "Is each difference larger than the error of the kit, or do you say that it is not?",
            "Do you ask who the speakers are: on which side, and were they there?",
            "Do you quote a sentence that can be looked up?",
            "Do you give the best reason for the other account, and claim nothing about what is true?",
        ),
        solution="""
            Of the harbour strike: “Better” means for me that a reader can ask again, and hears more than one side.
            Coast Wire gives others the word about 40 times in a thousand words, the Quayside Voice about 19 times. Of
            its sources 95 of 100 have a name, in the Voice 40 of 100. Both gaps are far larger than the error of the
            kit. Coast Wire also sets claim against claim: “The union said the smaller gang was the cause, and the
            company said it was a wet deck.” But somebody may say that eight of its twenty attributions are two offices
            speaking, a company and a union. The Voice sits at a kitchen table with the man who was hurt, and it has a
            reason to hide a name: a mother “asked us not to print her name”. So I hold Coast Wire to be better sourced,
            and the Voice to be closer. Neither number tells who is right about the deck.

            Of the two real accounts of Aleppo: “Better” means the same to me. The second gives others the word about 14
            times in a thousand words, the first about 10 times. The kit may err by 2.6 on each of the two, so I write:
            about as densely, perhaps more densely in the second. A name have ten of thirteen sources in the one and ten
            of thirteen in the other. But the hardest charge of the second is made by nobody whom I could ask: “Critics
            argue …”. And the groups that it tells of do not speak in it at all. In the first one of their spokespeople
            does, in one line, and there are 17 links, whose targets our copy has lost. Somebody may say that the second
            names diplomats and an agency, so that each line can be looked up. I hold neither to be better sourced. What
            is true, no number here tells.
            """,
    )
)

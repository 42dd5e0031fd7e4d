"""Exercise 02: naming. Counts, rates and voices of one word, and what may be said of them."""

import kit
from kit.learning.tasks import (
    Coding,
    Computed,
    Exercise,
    NotApplicableError,
    Open,
    Passage,
    Reading,
    sentences_with,
)

exercise = Exercise(
    "02",
    "Naming",
    intro="""
        Who is called what, how often for its length, and in whose voice? The second grey cell finds all names, and
        prints which party we look at (`referent`) and one name for it (`word`).

        To count a word is not to agree with it. The kit takes no side.
        """,
    setup="""
        mentions = kit.mentions(corpus)
        referent, word
        """,
)


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


# ---- 02-1 --------------------------------------------------------------------------------------------------------


@exercise.add
@Computed(
    "02-1",
    "Count one name",
    minutes=3,
    ask="""
        How often do all accounts together use `word` for the `referent`? The first line makes a table of these
        mentions. Put its length into the answer.
        """,
    starter="""
        of_the_word = mentions.query("referent == @referent and label == @word")
        answer_1 = ...
        """,
    solution="""
        of_the_word = mentions.query("referent == @referent and label == @word")
        answer_1 = len(of_the_word)
        """,
    hints=(
        "Each row of the table `of_the_word` is one mention. What tells you how many rows a table has?",
        "`len(…)` gives the number of rows of a table. Which table do you want to know it of?",
        "Put a name between the brackets of `len()`: that of the table which the first line of your cell makes.",
    ),
)
def how_often(corpus):
    return len(of_the_word(corpus))


@how_often.mistake("You counted every name of every party. Choose the rows of one party and one name first.")
def all_mentions(corpus):
    return len(kit.mentions(corpus))


@how_often.mistake("You counted all names of {referent}. The task is about one of them: {word}.")
def all_names_of_the_party(corpus):
    found = kit.mentions(corpus)
    return int((found["referent"] == kit.focus(corpus).referent).sum())


@how_often.mistake("You counted “{word}” for whoever is meant. Some of these mentions are about somebody else.")
def whoever_is_meant(corpus):
    found = kit.mentions(corpus)
    return int((found["label"] == kit.focus(corpus).word).sum())


@how_often.mistake("These are the mentions of one account. The question is about all of them together.")
def only_one_account(corpus):
    return int(of_the_word(corpus)["document"].value_counts().iloc[0])


# ---- 02-2 --------------------------------------------------------------------------------------------------------


@exercise.add
@Computed(
    "02-2",
    "From a count to a rate",
    minutes=4,
    digits=2,
    ask="""
        Longer texts have more of everything, so we divide. Lesson 02 says how: mentions, divided by words, times 1,000.

        The next cell takes the account that uses `word` most. `count` is how often it does so, and `words` is how long
        it is. How often is that in every thousand words? Write a rule with these two names, not with the numbers
        they stand for. `*` is times, `/` is divided by.
        """,
    given="""
        of_the_word = mentions.query("referent == @referent and label == @word")
        user = of_the_word["document"].mode()[0]
        count = len(of_the_word.query("document == @user"))
        words = corpus[user].word_count
        count, words
        """,
    solution="""
        answer_2 = count / words * 1000
        """,
    hints=(
        "Say the rule of lesson 02 aloud, with `count` for the mentions. Then write it down in the same order.",
        "Try your rule in a cell of its own with easy numbers: 1 mention in 500 words is 2 in a thousand. Does it give "
        "you that?",
        "Three things, in this order: `count`, then what it is divided by, then what you multiply with to get from one "
        "word to a thousand.",
    ),
)
def per_thousand(corpus):
    count, words = count_and_words(corpus)
    return count / words * 1000


def count_and_words(corpus):
    """How often the account that uses the word most does so, and how many words it has."""
    found = of_the_word(corpus)["document"]
    user = found.mode()[0]
    return int((found == user).sum()), corpus[user].word_count


@per_thousand.mistake("That is a rate per hundred words, a percentage. How many words does this course take?")
def per_hundred(corpus):
    count, words = count_and_words(corpus)
    return count / words * 100


@per_thousand.mistake("Your result is next to nothing: so many mentions fall on one single word. Times what?")
def per_word(corpus):
    count, words = count_and_words(corpus)
    return count / words


@per_thousand.mistake(
    "It is upside down: this is how many words you read until you meet the name once. Which number is divided by which?"
)
def upside_down(corpus):
    count, words = count_and_words(corpus)
    return words / count


@per_thousand.mistake(
    "You rounded to whole numbers, and two texts that differ may look alike. Keep the whole result, and round when you "
    "show it."
)
def rounded_too_early(corpus):
    return round(per_thousand.expected(corpus))


@per_thousand.mistake(
    "You multiplied and never divided: a long text and a short one get the same. Where do `words` go in?"
)
def length_forgotten(corpus):
    return count_and_words(corpus)[0] * 1000


# ---- 02-3 --------------------------------------------------------------------------------------------------------


@exercise.add
@Computed(
    "02-3",
    "Only the writer's own words",
    minutes=4,
    ask="""
        How often, in every thousand words, does each account use the `word` for the `referent` **in its own voice**?
        The table below has a row for each voice. Take one whole row of it: write `rates.loc["…"]` with the name of
        the voice between the quotation marks. Keep the zeros.
        """,
    given="""
        of_the_word = mentions.query("referent == @referent and label == @word")
        rates = kit.rates(of_the_word, by="voice")
        rates.round(1)
        """,
    solution="""
        answer_3 = rates.loc["author"]
        """,
    hints=(
        "Look at the names of the rows. Which of them is the voice of the outlet itself?",
        "Three of the four voices are somebody else's word, or a word at arm's length. Lesson 00 tells what each "
        "means.",
        "Lesson 00 lists the four voices, and says of one of them: in the outlet's own words. Put its name between the "
        'quotation marks of `rates.loc["…"]`.',
    ),
)
def own_rate(corpus):
    return kit.rates(of_the_word(corpus), by="voice").loc["author"]


@own_rate.mistake(
    "A quotation is not the outlet's voice. You took all voices together; take only the row of the writer's own words."
)
def all_voices(corpus):
    return kit.rates(of_the_word(corpus), by="voice").sum()


@own_rate.mistake("These are the words that accounts quote. The task is about those that nobody but the writer says.")
def quoted_only(corpus):
    return kit.rates(of_the_word(corpus), by="voice").loc["quoted"]


@own_rate.mistake(
    "These are counts. The accounts are not equally long, so divide by their words: the table `rates` has done it."
)
def counts_for_rates(corpus):
    return own_counts(corpus)


def own_counts(corpus):
    """How often each account uses the word in its own voice."""
    return kit.counts(of_the_word(corpus), by="voice").loc["author"]


@own_rate.mistake("You divided by documents, not by thousand words. Take the row from the table `rates`.")
def divided_by_documents(corpus):
    return own_counts(corpus) / len(corpus)


@own_rate.mistake(
    "You counted the boilerplate: the words that you divided by include what is set apart. Take the row from `rates`."
)
def boilerplate_counted(corpus):
    return own_counts(corpus) / [len(document.words) for document in corpus] * 1000


@own_rate.mistake("This is a rate for a hundred words. We say it for a thousand, as the table `rates` does.")
def for_a_hundred(corpus):
    return own_rate.expected(corpus) / 10


@own_rate.mistake(
    "You dropped the accounts with a zero. What a text never says is a finding, so keep the whole row as it is."
)
def zeros_dropped(corpus):
    right = own_rate.expected(corpus)
    return right[right > 0]


# ---- 02-4 --------------------------------------------------------------------------------------------------------


@exercise.add
@Coding(
    "02-4",
    "Who is meant?",
    minutes=5,
    ask="""
        The same word can mean different people, or nobody at all. In each sentence below a word or two are marked. Are
        **the people we look at** (the `referent`) meant by it? Code each sentence `"yes"` or `"no"`.

        There is no mark for this. You get our reading beside yours, with the reason.
        """,
    starter="""
        answer_4 = {1: ..., 2: ..., 3: ..., 4: ..., 5: ..., 6: ...}
        """,
    solution="""
        answer_4 = {1: "yes", 2: "no", 3: "yes", 4: "no", 5: "no", 6: "yes"}
        """,
)
def who_is_meant(corpus):
    referent = kit.focus(corpus).referent
    meant = kit.evidence(of_the_word(corpus).drop_duplicates("document"))
    reason = f"Yes: it is a name for {referent}. Whether the writer shares it, or refuses it, is another question."
    yes = [Reading(sentence, "yes", reason) for sentence in meant["sentence"]]
    no = [*other_people(corpus), *nobody(corpus)]
    if not no:
        raise NotApplicableError("none of their names is also used for others there.")
    mixed = [*yes[:1], *no[:1], *yes[1:2], *no[1:3], *yes[2:3]]
    return ("yes", "no"), mixed


def looks_alike(spans, corpus):
    """Of some spans, those in which a name for the party stands."""
    names = [label.casefold() for label in by_name(corpus).index]
    told = (spans["text"] + " " + spans["label"]).str.casefold()
    return kit.evidence(spans[[any(name in words for name in names) for words in told]])


def by_name(corpus):
    """Counts of the names for the party that is looked at."""
    return kit.counts(kit.mentions(corpus), referent=kit.focus(corpus).referent)


def other_people(corpus):
    """Sentences in which such a name means somebody else."""
    found = kit.mentions(corpus)
    others = looks_alike(found[found["referent"] != kit.focus(corpus).referent], corpus)
    return [
        Reading(row.sentence, "no", f"No: a name that we know, but it means somebody else here, {row.referent}.")
        for row in others.itertuples()
    ]


def nobody(corpus):
    """Sentences in which such a word was found and is not counted."""
    found = kit.mentions(corpus, rejected=True)
    rejected = looks_alike(found[found["reason"] != "boilerplate"], corpus)
    defended = "Yes can be defended, if your list takes in what only points at them. Then do so in every account."
    return [
        Reading(row.sentence, "no", f"No. Our stylebook says why it is not counted: {row.reason}", {"yes": defended})
        for row in rejected.itertuples()
    ]


# ---- 02-5 --------------------------------------------------------------------------------------------------------


@exercise.add
@Passage(
    "02-5",
    "Find the counter-example",
    minutes=4,
    ask="""
        Somebody says of the account that uses the `word` most: “In its own voice it knows no other name for the
        `referent`.” Show that this goes too far. Find a sentence in **this** account in which the **writer**, not a
        speaker, calls them something else, and copy some words of it.

        The cell below shows the account with all names for them. The line below a mark tells the voice. When you copy,
        leave out the small words in square brackets.
        """,
    given="""
        of_the_word = mentions.query("referent == @referent and label == @word")
        user = of_the_word["document"].mode()[0]
        kit.show(corpus, mentions.query("document == @user and referent == @referent"))
        """,
    starter='''
        answer_5 = """..."""
        ''',
    solution="""
        another = mentions.query("document == @user and referent == @referent and label != @word and voice == 'author'")
        answer_5 = next(iter(kit.evidence(another)["sentence"]), ...)
        """,
    hints=(
        "Go from mark to mark, and pass over each one that is the name in question.",
        "Of the other names, ask who says them. Is there a speaker, or a verb such as “said” or “claimed”? Then go on.",
        "Hold the pointer over a mark, or look at the line below it: you want another name with the voice `author`.",
    ),
)
def another_name_of_its_own(corpus):
    found = names_of_its_user(corpus)
    found = found[(found["label"] != kit.focus(corpus).word) & (found["voice"] == "author")]
    if found.empty:
        raise NotApplicableError("in its own voice that account uses no other name.")
    return sentences_with(found, corpus)


def names_of_its_user(corpus):
    """All names for the party in the account that uses the word most."""
    found = of_the_party(corpus)
    return found[found["document"] == of_the_word(corpus)["document"].mode()[0]]


@another_name_of_its_own.mistake(
    "This is an example for the claim: the writer uses “{word}” here. A counter-example shows another name."
)
def the_word_itself(corpus):
    found = names_of_its_user(corpus)
    found = found[(found["label"] == kit.focus(corpus).word) & (found["voice"] == "author")]
    return sentences_with(found, corpus).drop(another_name_of_its_own.expected(corpus).index, errors="ignore")


@another_name_of_its_own.mistake(
    "A quotation is not the outlet's voice: here somebody else is given the word. Look for a name with no speaker."
)
def somebody_elses(corpus):
    found = names_of_its_user(corpus)
    taken = [*another_name_of_its_own.expected(corpus).index, *the_word_itself(corpus).index]
    return sentences_with(found[found["voice"] != "author"], corpus).drop(taken, errors="ignore")


@another_name_of_its_own.mistake(
    "The right kind of sentence, in another account. The claim is about the one shown here."
)
def another_account(corpus):
    found = of_the_party(corpus)
    user = of_the_word(corpus)["document"].mode()[0]
    found = found[
        (found["document"] != user) & (found["label"] != kit.focus(corpus).word) & (found["voice"] == "author")
    ]
    return sentences_with(found, corpus)


# ---- 02-6 --------------------------------------------------------------------------------------------------------


exercise.add(
    Open(
        "02-6",
        "Defend a name",
        minutes=8,
        ask="""
            You write a report of the same days, and you need one name for the `referent`. Which do you take? Defend
            it in four to six sentences against somebody whom it would make angry. Compare two accounts with one rate
            and one quotation.
            """,
        given="""
            kit.rates(mentions, referent=referent).round(1)
            """,
        rubric=(
            "Is it clear who is meant, and who is not?",
            "Do you compare by a rate, and do you say whose voice it is?",
            "Do you quote a sentence that can be looked up?",
            "Do you give the best reason against your name, and answer it?",
            "Do you keep apart what a name says and whether it is deserved?",
        ),
        solution="""
            Of the harbour strike: I write “dockers”, because it says what these people do and would be true on any
            other day. Coast Wire calls them so about sixteen times in a thousand words, the Gazette four times. The
            Gazette prefers “strikers”, as in “it had missed all four of its sailings, because strikers were sitting
            on fish boxes”. A shopkeeper may object that not all dockers were on strike, and that my name blames those
            who wanted to work. That is true, so I write “dockers on strike” where it matters. The name does not say
            whether the strike was right.

            Of the two real accounts of Aleppo: I write “armed groups”. The second account says “terrorist” twelve times
            in a thousand words, each time in its own voice, as in its headline: “US seeks rescue for terrorists
            encircled in Aleppo”. The first says it about twice, and mostly in somebody else's voice; its own names are
            “al-Qaeda”, nine to ten times in a thousand words, and “insurgents”, seven times. Somebody who has lost a
            child to such a group may say that my name hides what was done. I tell each deed, with its source, and leave
            the verdict to courts. And I admit two faults of my name: it makes one party of many groups, and an army is
            armed as well.
            """,
    )
)

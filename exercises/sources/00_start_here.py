"""Exercise 00: start here. Guess, look for zeros, open a number, and say what it does not tell."""

import kit
from kit.learning.tasks import (
    Choice,
    Computed,
    Exercise,
    NotApplicableError,
    Open,
    Passage,
    Statement,
    lettered,
    sentences_with,
)

exercise = Exercise(
    "00",
    "Start here",
    corpus="harbour-strike",
    intro="""
        Guess, count, and open a number: the four things of lesson 00, once more and on your own. The second grey cell
        finds the names, and prints who we look at (`referent`) and one name for them (`word`).
        """,
    setup="""
        mentions = kit.mentions(corpus)
        of_the_word = mentions.query("referent == @referent and label == @word")
        referent, word
        """,
)


def of_the_party(corpus):
    """Every mention of the party that is looked at."""
    found = kit.mentions(corpus)
    return found[found["referent"] == kit.focus(corpus).referent]


# ---- 00-1 --------------------------------------------------------------------------------------------------------


@exercise.add
@Choice(
    "00-1",
    "Guess first",
    minutes=2,
    ask="""
        Take all names for the `referent` in all accounts together. In whose **voice** do most of them stand? Do not
        look anything up yet. Write the letter of your guess in quotation marks, as in `answer_1 = "A"`.

        Every guess is welcome here, and nobody marks it. When you check it, you are told what the kit counts.
        """,
    solution="""
        answer_1 = "A"
        """,
)
def whose_voice(corpus):
    voices = kit.counts(of_the_party(corpus), by="voice").sum(axis=1)
    counted = (
        f"The kit counts {voices.sum()} names: {voices['author']} in the writers' own words, {voices['quoted']} in "
        f"quotation marks with a speaker, {voices['reported']} told as somebody's words, and {voices['scare']} kept at "
        "arm's length. "
    )
    most = voices.idxmax() if voices.max() * 2 > voices.sum() else "none"
    texts = {
        "author": "Most of them are the writers' own words.",
        "quoted": "Most of them stand in quotation marks, because somebody is speaking.",
        "reported": "Most of them are what somebody is said to say, without quotation marks.",
        "none": "No voice has more than half of them.",
    }
    good = "You guessed it. What made you think so? Keep the reason: it is worth more than the guess."
    other = "You expected something else. Good: now you have a question. What did you think of when you guessed?"
    return lettered(
        *(Statement(text, counted + (good if most == voice else other)) for voice, text in texts.items())
    ), ""


# ---- 00-2 --------------------------------------------------------------------------------------------------------


@exercise.add
@Computed(
    "00-2",
    "What one account never says",
    minutes=4,
    ask="""
        The table below has a row for each name and a column for each account. Take the **first** account. Which names
        does it never use, although **another** account uses them? Whoever reads only this account never meets them.

        Write the names as a list, as in `answer_2 = ["one name", "another"]`.
        """,
    given="""
        kit.counts(mentions, referent=referent)
        """,
    solution="""
        table = kit.counts(mentions, referent=referent)
        elsewhere = table.sum(axis=1) > 0
        answer_2 = list(table.index[(table[corpus.names[0]] == 0) & elsewhere])
        """,
    hints=(
        "Go down the first column of numbers with your finger and stop at each zero.",
        "At each zero look along the row, to the right. Is there a number above zero? Then the name is on your list.",
        "A row with zeros from end to end is left out. Any other row that begins with a zero is in. Go on to the end.",
    ),
)
def never_said(corpus):
    table = by_name(corpus)
    found = table.index[(table.iloc[:, 0] == 0) & (table.sum(axis=1) > 0)]
    if found.empty:
        raise NotApplicableError("the first account uses every name that another one uses.")
    return set(found)


def by_name(corpus):
    """Counts of the names for the party that is looked at."""
    return kit.counts(kit.mentions(corpus), referent=kit.focus(corpus).referent)


@never_said.mistake(
    "You took every zero of the column. But some of these names stand in no account at all: look along each row again."
)
def every_zero(corpus):
    table = by_name(corpus)
    return set(table.index[table.iloc[:, 0] == 0])


@never_said.mistake(
    "These are the names that no account uses. The task wants those that only the first one does without. Look for "
    "rows that begin with a zero and have a number further on."
)
def in_no_account(corpus):
    table = by_name(corpus)
    return set(table.index[table.sum(axis=1) == 0])


@never_said.mistake("These are the names that the first account does use. Look for the zeros in its column.")
def names_it_uses(corpus):
    table = by_name(corpus)
    return set(table.index[table.iloc[:, 0] > 0])


@never_said.mistake(
    "It is the other way round: these names stand in the first account and nowhere else. Look for zeros in its column."
)
def only_there(corpus):
    table = by_name(corpus)
    return set(table.index[(table.iloc[:, 0] > 0) & (table.iloc[:, 1:].sum(axis=1) == 0)])


@never_said.mistake("You looked down the second column. The first account is the one on the left, beside the names.")
def second_column(corpus):
    table = by_name(corpus)
    return set(table.index[(table.iloc[:, 1] == 0) & (table.sum(axis=1) > 0)])


# ---- 00-3 --------------------------------------------------------------------------------------------------------


@exercise.add
@Passage(
    "00-3",
    "Open the number",
    minutes=4,
    ask="""
        Here are all sentences in which an account calls the `referent` by the `word`. Find one in which this is **not**
        the writer's own word: somebody says it, is said to say it, or the writer keeps it at arm's length.

        Copy some words of that sentence and put them in place of the dots, between the three quotation marks.
        """,
    given="""
        kit.show(kit.evidence(of_the_word)[["document", "sentence"]])
        """,
    starter='''
        answer_3 = """..."""
        ''',
    solution="""
        spoken = of_the_word.query("voice != 'author'")
        answer_3 = next(iter(kit.evidence(spoken)["sentence"]), ...)
        """,
    hints=(
        "Ask of each sentence: if the writer were called to account for this word, could they say “not mine”?",
        "Look for quotation marks around the word, and for a verb such as “said” or “calls” near it.",
        'Run `of_the_word[["document", "voice"]]` in a cell of its own. Any voice but `author` will do. Then find the '
        "sentence of that row above.",
    ),
)
def not_the_writers(corpus):
    found = of_the_word(corpus)
    found = found[found["voice"] != "author"]
    if found.empty:
        raise NotApplicableError("in no account is the word anybody's but the writer's.")
    return sentences_with(found, corpus)


def of_the_word(corpus):
    """Mentions of the word that is looked at, for its party."""
    found = of_the_party(corpus)
    return found[found["label"] == kit.focus(corpus).word]


@not_the_writers.mistake(
    "Here “{word}” is the writer's own word: nobody else is there to say it. Look for a sentence with a speaker, or "
    "with quotation marks around the word."
)
def the_writers_own(corpus):
    found = of_the_word(corpus)
    taken = not_the_writers.expected(corpus).index
    return sentences_with(found[found["voice"] == "author"], corpus).drop(taken, errors="ignore")


@not_the_writers.mistake(
    "Somebody else's word, that is well seen. But it is another name; we are looking for “{word}”. Take a sentence "
    "from the table above."
)
def another_name(corpus):
    found = of_the_party(corpus)
    found = found[(found["voice"] != "author") & (found["label"] != kit.focus(corpus).word)]
    taken = [*not_the_writers.expected(corpus).index, *the_writers_own(corpus).index]
    return sentences_with(found, corpus).drop(taken, errors="ignore")


# ---- 00-4 --------------------------------------------------------------------------------------------------------


exercise.add(
    Open(
        "00-4",
        "Answer a friend",
        minutes=5,
        ask="""
            A friend has seen the table and says: “This account uses that word most. So it is against these people.”
            Answer in two or three sentences. Use one number and one quotation. This cell has the numbers by voice:
            """,
        given="""
            kit.counts(of_the_word, by="voice")
            """,
        rubric=(
            "Is there a number, and is it clear what was counted, and where?",
            "Do you say in whose voice the word stands?",
            "Do you quote a sentence, so that your friend can look it up?",
            "Do you say what the number cannot tell: whether the name is fair, or what the outlet is like?",
        ),
        solution="""
            Of the harbour strike: the Gazette and the Voice both write “troublemakers” three times, so by the number
            alone they are equally hard on the dockers. But the Voice holds the word at arm's length: “Then the
            ‘troublemakers’ fetched a broom and swept up every splinter.” Its heading rejects the name, too. A count
            says that a word stands there. It does not say who means it, or whether it is fair.
            """,
    )
)

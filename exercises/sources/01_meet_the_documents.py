"""Exercise 01: meet the documents. What we hold of them, of which day they speak, and what they can be evidence of."""

import kit
from kit.learning.tasks import Choice, Computed, Exercise, NotApplicableError, Open, Passage, Statement, lettered
from kit.metrics.frequencies import words

exercise = Exercise(
    "01",
    "Meet the documents",
    intro="""
        Before anything is counted: what are these texts, and what do we hold of them? Read the accounts first, in
        lesson 01 or in a cell of your own with `kit.show(corpus[0])`, `kit.show(corpus[1])` and so on.

        The content note of lesson 01 holds here, too: the accounts of Aleppo are about war. A claim in a document is a
        claim.
        """,
    setup="""
        corpus
        """,
)


# ---- 01-1 --------------------------------------------------------------------------------------------------------


@exercise.add
@Computed(
    "01-1",
    "How much is there to read?",
    minutes=3,
    ask="""
        How many words do all accounts have together, without what is set apart? The table gives them for each account.
        You may type a sum, as in `answer_1 = 12 + 30`. Write a large number without its comma.
        """,
    given="""
        kit.show(corpus.table()[["label", "words"]])
        """,
    solution="""
        answer_1 = corpus.table()["words"].sum()
        """,
    hints=(
        "Each row of the table is one account. Which column has the number that you need?",
        "Add up the whole column `words`, also the accounts that somebody made for practice.",
        "Type the numbers of the column `words` in a row, each without its comma, with a + between them.",
    ),
)
def counted_words(corpus):
    return int(words(corpus).sum())


@counted_words.mistake(
    "You counted the boilerplate. Bylines, labels and lists of topics are set apart; the column `words` is without "
    "them."
)
def with_boilerplate(corpus):
    return sum(len(document.words) for document in corpus)


@counted_words.mistake(
    "You cut the texts at their white space. That makes a word of a dash, and one word of a pair with a slash. The kit "
    "cuts otherwise: take the numbers in the column `words`."
)
def cut_at_white_space(corpus):
    return sum(len(document.text[start:end].split()) for document in corpus for start, end in document.counted)


@counted_words.mistake("This is the length of the first account alone. Add the others to it.")
def first_account(corpus):
    return corpus[0].word_count


@counted_words.mistake("This is the number of accounts. The task asks for their words: look at the column `words`.")
def number_of_accounts(corpus):
    return len(corpus)


@counted_words.mistake(
    "This is what an account has on average. The task asks for all of them together, so do not divide."
)
def average(corpus):
    return words(corpus).mean()


# ---- 01-2 --------------------------------------------------------------------------------------------------------


@exercise.add
@Passage(
    "01-2",
    "Article or page?",
    minutes=3,
    ask="""
        A page brings more along than its article. Find a line that the kit sets apart and that came **with the page**:
        the writer's name, or a list of topics. The labels that we of the kit put above the texts do not count here.

        Copy the line and put it in place of the dots. Grey print is set apart. `kit.show(corpus[1])` shows the next
        account.
        """,
    given="""
        kit.show(corpus[0])
        """,
    starter='''
        answer_2 = """..."""
        ''',
    solution="""
        lines = kit.layout(corpus, "boilerplate").query("detail != 'our own label'")
        answer_2 = next(iter(lines["text"]), ...)
        """,
    hints=(
        "Look at the top of an account, above its first sentence.",
        "What is set apart stands in small grey print. One such line is ours. Which line would a web page have?",
        "Above the first sentence, in grey print: who wrote this? Copy the whole line that says it.",
    ),
)
def with_the_page(corpus):
    found = kit.layout(corpus, "boilerplate")
    found = found[found["detail"] != "our own label"]
    if found.empty:
        raise NotApplicableError("nothing in these documents came with a page.")
    return found


@with_the_page.mistake(
    "This line is grey as well, but it is ours: we wrote it, so that nobody takes the text for something else. Look "
    "for a grey line that a reader of the page would have seen."
)
def our_own_label(corpus):
    found = kit.layout(corpus, "boilerplate")
    return found[found["detail"] == "our own label"]


@with_the_page.mistake(
    "A heading belongs to the article, and its words count: many people read nothing else. Look for small grey print."
)
def a_heading(corpus):
    return kit.layout(corpus, "heading")


@with_the_page.mistake(
    "This is a sentence of the article itself, and it counts. Look above it, at the small grey print."
)
def the_article_itself(corpus):
    return kit.sentences(corpus).query("position == 'body'")


# ---- 01-3 --------------------------------------------------------------------------------------------------------


@exercise.add
@Choice(
    "01-3",
    "Why does it say nothing of it?",
    minutes=4,
    ask="""
        The timeline of lesson 01 says “not mentioned” here and there. The statements in the next cell are about one
        such gap in the first account. The cell after it shows when each account was written. Compare the two days,
        then choose the statement that you can defend. Write its letter, as in `answer_3 = "A"`.
        """,
    given="""
        kit.show(corpus.table()[["outlet", "date"]])
        """,
    solution="""
        answer_3 = "B"
        """,
)
def why_silent(corpus):
    name, gap = corpus.names[0], a_gap(corpus)
    what = f"“{gap.event}” ({gap.day}): {name}"
    compared = f"{name} is dated {corpus.table()['date'].iloc[0]}, and the timeline puts this under “{gap.day}”. "
    if "written before" in gap.told:
        right = Statement(
            f"{what} does not mention it, because it was written before that day.",
            compared
            + "It could not know of it. To be silent about what comes later is no choice. Compare dates first.",
        )
        wrong = Statement(
            f"{what} could have told of it and did without.",
            compared + "Can anybody tell of what has not happened yet? Put the two days in order.",
        )
    else:
        right = Statement(
            f"{what} could have told of it and did without.",
            compared
            + "So it could know of it. We do not know why it is left out, but a reader of it never hears of it.",
        )
        wrong = Statement(
            f"{what} does not mention it, because it was written before that day.",
            compared + "Which of the two days comes first? Put them in order.",
        )
    denies = Statement(
        f"{what} denies that it happened.",
        "To deny something, a text has to speak of it, and this one does not. Silence is no denial. Compare the days.",
    )
    hides = Statement(
        f"{what} hides it from its readers on purpose.",
        "That is a claim about what somebody wanted, and no text in front of us says so. Say what you can see, and "
        "compare the two days.",
    )
    return lettered(denies, right, hides, wrong), "B"


def a_gap(corpus):
    """The last row of the timeline of which the first account says nothing."""
    try:
        timeline = kit.reference(corpus.name, "timeline")
        told = timeline[corpus.names[0].replace("-", "_")]
    except (kit.KitError, KeyError, IndexError):
        raise NotApplicableError("nobody has made a timeline of them.") from None
    gaps = timeline.assign(told=told)[told.str.startswith("not mentioned")]
    if gaps.empty:
        raise NotApplicableError("the first account leaves nothing out that the timeline has.")
    return gaps.iloc[-1]


# ---- 01-4 --------------------------------------------------------------------------------------------------------


@exercise.add
@Computed(
    "01-4",
    "Who offers no links?",
    minutes=3,
    ask="""
        The table has a row for each link. Which accounts offer **no** link at all? A table of what is there does not
        show what is missing, so compare it with the list of accounts at the top of this page. Write the accounts'
        names as a list, as in `answer_4 = ["one-account", "another"]`.
        """,
    given="""
        links = kit.layout(corpus, "link")
        kit.show(links[["document", "text", "detail"]])
        """,
    solution="""
        answer_4 = set(corpus.names) - set(links["document"])
        """,
    hints=(
        "First write down which accounts stand in the column `document` of the table.",
        "`corpus.names` lists all accounts. Which of them are not in the table?",
        "Take `corpus.names` and strike out every name that the column `document` has. Write down what is left.",
    ),
)
def without_links(corpus):
    found = [name for name in corpus.names if name not in offering(corpus)]
    if not found:
        raise NotApplicableError("every account offers links.")
    return set(found)


def offering(corpus):
    """The accounts that offer links."""
    return set(kit.layout(corpus, "link")["document"])


@without_links.mistake("These accounts do offer links. The task asks for the others: which names are missing here?")
def with_links(corpus):
    return offering(corpus)


@without_links.mistake("These are all accounts. Strike out those that stand in the column `document` of the table.")
def all_accounts(corpus):
    return set(corpus.names)


@without_links.mistake(
    "This account offers none, right, but it is not the only one. Go through all names in the list of accounts."
)
def only_the_first_of_them(corpus):
    return {next(name for name in corpus.names if name in without_links.expected(corpus))}


@without_links.mistake(
    "You have the right accounts and wrote their outlets. Write the names from the first column instead: they are what "
    "tables and figures go by."
)
def outlets(corpus):
    return {corpus[name].meta.get("outlet", "no outlet") for name in without_links.expected(corpus)}


# ---- 01-5 --------------------------------------------------------------------------------------------------------

# What the label of a text forbids to say: the sentence, and why not.
FORBIDDEN = {
    "TEACHING EDITION": (
        "“Here we see that the writer of {name} likes short and plain sentences.”",
        "What we hold is a retelling. Its names and sources are kept, but its sentences are ours. How the writer "
        "writes, only the original can show. Look at the label.",
    ),
    "CONSTRUCTED": (
        "“From {name} we learn how news agencies write about such days.”",
        "We wrote this text ourselves, for contrast. It is evidence of nothing else. Look at the label.",
    ),
    "INVENTED": (
        "“From {name} we learn what really happened between the two sides.”",
        "Nothing happened: port, paper and people were made up for practice. (And a true report would only show what "
        "it says happened.) Look at the label.",
    ),
}
OF_ANY = (
    "“Whoever reads {name} will think badly of {referent} afterwards.”",
    "A text does not show what its readers make of it. You would have to ask them. Say what you can see in the text.",
)


@exercise.add
@Choice(
    "01-5",
    "What may you write?",
    minutes=4,
    ask="""
        You write a report. The text that these four sentences are about is all that you hold. Which of the sentences
        may stand in your report as it is? The table of accounts has a label that tells what kind of text it is. Write
        the letter of the sentence.
        """,
    solution="""
        answer_5 = "C"
        """,
)
def what_may_be_written(corpus):
    referent, word = kit.focus(corpus)
    found = kit.mentions(corpus)
    found = found[(found["referent"] == referent) & (found["label"] == word)]
    if found.empty:
        raise NotApplicableError(f"no account calls {referent} “{word}”.")
    name = found["document"].mode()[0]
    meta, number = corpus[name].meta, int((found["document"] == name).sum())
    label = meta.get("label", "")
    kind = label.lower() or "without a label"
    forbidden = [text.format(name=name, referent=referent) for text in FORBIDDEN.get(label, OF_ANY)]
    outlet = Statement(
        f"“{meta.get('outlet') or 'This outlet'} always uses the name ‘{word}’ for {referent}.”",
        "This speaks of an outlet, and you hold one text. Next week's may read differently. Say which text you mean.",
    )
    seen = Statement(
        f"“The text of {name} that we hold ({kind}) uses the name ‘{word}’ {number} times.”",
        "It names the text and its kind, and it says what anybody can count there. Who speaks is the next question, "
        "and lesson 02 asks it.",
    )
    claim = Statement(
        f"“The name ‘{word}’ fits {referent}: {name} uses it no less than {number} times.”",
        "To write a word does not make it so, however often it is written. A claim in a document is a claim. Say what "
        "you can see, and leave open who is right.",
    )
    return lettered(outlet, Statement(*forbidden), seen, claim), "C"


# ---- 01-6 --------------------------------------------------------------------------------------------------------


exercise.add(
    Open(
        "01-6",
        "A note on one document",
        minutes=6,
        ask="""
            Choose one account and write the note that a careful reader puts under it, in three or four sentences. Who
            wrote it, where and when did it appear? What do *you* hold of it? What may be done with it, and what can
            it not show? The cell below shows what the catalogue knows of them.
            """,
        given="""
            for what, told in corpus.about.get("provenance", {}).items():
                print(f"{what}: {told}")
            kit.show(corpus.meta.fillna(""))
            """,
        rubric=(
            "Does it name the writer, the outlet and the day, or say plainly that one of them is not known?",
            "Does it say what you hold: the article itself, a retelling, or a text that was made up?",
            "Does it say whose text it is, and what you may do with it?",
            "Does it name one thing that this text cannot show?",
            "Could somebody else find the text again with your note?",
        ),
        solution="""
            Of the second account of Aleppo: “Alwaght, ‘New Truce Scenario; US seeks rescue for terrorists encircled
            in Aleppo’. The copy has no date; by the events that it tells of, it was written after 4 August 2016. We
            read it in a retelling by the authors of the kit (CC BY 4.0). The article itself belongs to its publisher.
            The retelling keeps names and sources, but it cannot show how the article is phrased, and one text does
            not show how its outlet writes.” Of a text of the harbour strike you would write that paper, port and
            people are invented.
            """,
    )
)

"""Exercise 05: what is the story. Entman's four functions, how far two readers agree, and why they do not."""

import re

import pandas as pd

import kit
from kit.errors import KitError
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
)

exercise = Exercise(
    "05",
    "What is the story",
    intro="""
        Which sentences tell a problem, a cause, a judgement or a remedy? How far do two readers agree, and what do you
        do where they do not? Do lesson 05 first.

        We read our own retellings and the harbour strike by the codebook. So you work on these texts here, even if you
        have added the originals. If you chose a corpus of your own, you will see the harbour strike.
        """,
    setup="""
        import pandas as pd

        corpus = kit.documents.with_reference(corpus, "reference/frames")
        reading = kit.reference(corpus.name, "reference/frames").query("codebook == 'entman'")
        account = corpus[2]
        """,
)

FUNCTIONS = ["problem", "cause", "judgement", "remedy"]
NONE = "none"
ASKED = ["cause", NONE, "judgement", "remedy", "problem", NONE]  # in every corpus, so that the solution is one
HARD = r"kill|dead|death|massacre|child|\bgas\b|bomb|suicide|wounded|destr"  # not for practice
A_DAY = r"\bon \w+day\b"  # the plainest event is one with a date
PLAIN = (
    "We marked nothing. It tells an event or a detail, and leaves out who suffers, why, who is right, and a way out."
)


def table(corpus, name):
    """A table of Entman's codes that lies with a corpus."""
    try:
        found = kit.reference(corpus.name, f"reference/{name}")
    except KitError:
        raise NotApplicableError("nobody has coded these texts by the codebook.") from None
    return found[found["codebook"] == "entman"]


def marked(corpus, code=None):
    """Our marks on sentences, of one function or of all."""
    found = table(corpus, "frames")
    return found[(found["end"] > 0) & (found["code"] == (code or found["code"]))]


def touches(sentences, marks):
    """Tell for each sentence whether a mark touches it."""
    return [
        bool(((marks["document"] == s.document) & (marks["start"] < s.end) & (s.start < marks["end"])).any())
        for s in sentences.itertuples()
    ]


# ---- 05-1 --------------------------------------------------------------------------------------------------------


@exercise.add
@Coding(
    "05-1",
    "Code six sentences",
    minutes=7,
    ask="""
        Here are six sentences from the accounts. Which function does each of them do? In our reading each does one, or
        none.

        Write `"problem"`, `"cause"`, `"judgement"`, `"remedy"` or `"none"` behind each number. The quotation marks
        belong to it. Remember the two rules: a name alone is no judgement, and an event alone is no problem.

        There is no mark for this. You will see our codes beside yours. Wherever you differ, decide whether we have
        convinced you.
        """,
    starter="answer_1 = {1: ..., 2: ..., 3: ..., 4: ..., 5: ..., 6: ...}",
    solution="""
        answer_1 = {1: "cause", 2: "none", 3: "judgement", 4: "remedy", 5: "problem", 6: "none"}
        """,
)
def six_sentences(corpus):
    """One sentence for each code asked for; those on which our passes differ, or that have a note, come first."""
    readings = sorted(all_readings(corpus), key=lambda r: (not r.alternatives, r.reason.startswith(r.code.title())))
    chosen = [next(r for r in readings if r.code == code) for code in ASKED[:-1]]
    plain = [r for r in readings if r.code == NONE and not r.alternatives]
    return [*FUNCTIONS, NONE], [*chosen, min(plain, key=lambda r: not re.search(A_DAY, r.text))]


def all_readings(corpus):
    """Read every sentence that does one function at most; hard and very long ones are left out."""
    ours, decisions = marked(corpus), table(corpus, "frames-decisions")
    sentences = kit.sentences(corpus)
    words = sentences["text"].str.split().str.len()
    mild = ~sentences["text"].str.contains(HARD, case=False) & words.between(6, 30)
    for sentence in sentences[mild & (sentences["position"] == "body")].itertuples():
        marks = ours[touched_by(ours, sentence)]
        if len(marks) < 2:
            yield one_reading(sentence.text, marks, decisions[touched_by(decisions, sentence)])


def touched_by(marks, sentence):
    """Which marks touch a sentence."""
    inside = (marks["start"] < sentence.end) & (sentence.start < marks["end"])
    return (marks["document"] == sentence.document) & inside


def one_reading(text, marks, decisions):
    """Our code with its reason, and what one of our two passes said instead."""
    code, reason = NONE, PLAIN
    if len(marks):
        code = marks["code"].iloc[0]
        about = {c.code: c.definition for c in kit.read_codebook("entman").categories}
        reason = marks["note"].iloc[0] or f"{code.title()}: {about[code]}"
    alternatives = {}
    for row in decisions.itertuples():
        if row.code == code:
            alternatives[NONE] = f"One of our two passes marked nothing here either. We kept the mark: {row.reason}"
            reason = row.reason
        else:
            alternatives[row.code] = f"One of our two passes said so as well. We decided against it: {row.reason}"
            reason = reason if len(marks) else row.reason
    return Reading(text, code, reason, alternatives)


# ---- 05-2 --------------------------------------------------------------------------------------------------------


@exercise.add
@Passage(
    "05-2",
    "What makes it weigh",
    minutes=6,
    ask="""
        The recipe calls a function *prominent* if it stands in the headline or the first paragraph, comes back, or if
        the text ends on it. This is called **salience**: what the eye meets first and what stays last weighs more.

        The next cell lists all sentences that we marked as a **problem**. Find one that gets its weight by its
        **place**: in the headline, in the first paragraph, or at the very end. Read an account with
        `kit.show(corpus[0])` (also `1` or `2`) to see where a sentence stands. Then copy some of its words.
        """,
    given="""
        problems = reading.query("code == 'problem' and end > 0")
        kit.show(problems[["document", "text"]])
        """,
    starter="""
        answer_2 = ...
        """,
    solution="""
        answer_2 = problems["text"].iloc[0]
        """,
    hints=(
        "Open one account with `kit.show(corpus[0])`. Which of the sentences in the list do you meet first?",
        "Compare the list with three places only: the headline, the first paragraph, and the last sentence.",
        "Take a headline that stands in the list, and copy four or five of its words between quotation marks.",
    ),
)
def weighty_problem(corpus):
    return placed(corpus, "problem", weighty=True)


def placed(corpus, code, *, weighty, is_marked=True):
    """Sentences that we did or did not mark for a function, in or outside the places that weigh most."""
    sentences = kit.sentences(corpus)
    fits = [m == is_marked for m in touches(sentences, marked(corpus, code))]
    return sentences[[f and w == weighty for f, w in zip(fits, in_weighty_place(corpus, sentences), strict=True)]]


def in_weighty_place(corpus, sentences):
    """Tell for each sentence whether it stands in the headline, in the first paragraph, or at the end."""
    for name, own in sentences.groupby("document", sort=False):
        body = own[own["position"] == "body"]
        first = next(p for p in corpus[name].paragraphs if p.start <= body["start"].iloc[0] < p.end)
        for sentence in own.itertuples():
            yield sentence.start < first.end or sentence.start == body["start"].iloc[-1]


@weighty_problem.mistake(
    "We marked a problem here, but the sentence stands in the middle. Look at the headline, the first paragraph and"
    " the very end."
)
def problem_in_the_middle(corpus):
    return placed(corpus, "problem", weighty=False)


@weighty_problem.mistake(
    "The place weighs a lot, but we marked no problem here. Ask of it: for whom is it a loss or a danger? Then go "
    "back to the list."
)
def place_without_problem(corpus):
    return placed(corpus, "problem", weighty=True, is_marked=False)


@weighty_problem.mistake(
    "Neither yet: we marked no problem in this sentence, and it stands in the middle. Begin with the list above."
)
def neither(corpus):
    return placed(corpus, "problem", weighty=False, is_marked=False)


# ---- 05-3 --------------------------------------------------------------------------------------------------------


def judged(corpus, code="judgement", whole=False):
    """What our two passes said of each sentence of the third account, or of all."""
    passes = pd.concat(table(corpus, f"frames-pass-{number}") for number in (1, 2))
    account = corpus if whole else kit.Corpus([corpus[2]])
    passes = kit.remember(passes[passes["document"].isin(account.names)], account)
    return kit.metrics.ratings(passes, "entman", code, by="sentence")


def same(ratings):
    """The share of sentences of which both say the same."""
    return float((ratings["pass 1"] == ratings["pass 2"]).mean())


def somebody_marked(ratings):
    """The sentences that one pass or both have marked."""
    return ratings[(ratings == "present").any(axis=1)]


@exercise.add
@Computed(
    "05-3",
    "In how many of 100",
    minutes=5,
    digits=0,
    ask="""
        We read the third account twice. The two readings are called `pass 1` and `pass 2`. Here is what they said of
        the **judgement**, sentence by sentence. Look first: where do they differ?

        In how many **of 100** sentences do they say the same? The first line below compares the two columns: a `True`
        for each sentence where they agree.
        """,
    given="""
        passes = pd.concat(kit.reference(corpus.name, f"reference/frames-pass-{n}") for n in (1, 2))
        passes = kit.remember(passes[passes["document"] == account.name], account)
        judged = kit.metrics.ratings(passes, "entman", "judgement", by="sentence")
        kit.show(judged.assign(sentence=list(kit.sentences(account)["text"])).reset_index(drop=True))
        """,
    starter="""
        same = judged["pass 1"] == judged["pass 2"]
        answer_3 = ...
        """,
    solution="""
        same = judged["pass 1"] == judged["pass 2"]
        answer_3 = same.mean() * 100
        """,
    hints=(
        "You want the share of `True` in `same`. How did the lesson get a share from such a column?",
        "`same.mean()` is a share between 0 and 1. What makes “of 100” of it?",
        "Write `same.mean() * 100`: every sentence counts, also where both saw nothing.",
    ),
)
def of_a_hundred(corpus):
    return 100 * same(judged(corpus))


@of_a_hundred.mistake("This is a share between 0 and 1. The question is: in how many of 100? Multiply it.")
def a_share_of_one(corpus):
    return same(judged(corpus))


@of_a_hundred.mistake(
    "You left out the sentences in which both saw nothing. Percent agreement counts these too: they agree there as "
    "well."
)
def without_shared_silence(corpus):
    return 100 * same(somebody_marked(judged(corpus)))


@of_a_hundred.mistake(
    "You counted only the sentences where both said nothing. They can agree in another way: look for a `present` "
    "beside a `present`."
)
def only_shared_silence(corpus):
    return 100 * float((judged(corpus) == "absent").all(axis=1).mean())


@of_a_hundred.mistake("This is a number of sentences. Divide it by all sentences of the account, then multiply by 100.")
def number_of_sentences(corpus):
    return len(judged(corpus)) * same(judged(corpus))


@of_a_hundred.mistake("In so many of 100 they differ. You want the others.")
def where_they_differ(corpus):
    return 100 - 100 * same(judged(corpus))


@of_a_hundred.mistake("You took all the accounts together. The table `judged` holds the third one alone.")
def all_accounts(corpus):
    return 100 * same(judged(corpus, whole=True))


# ---- 05-4 --------------------------------------------------------------------------------------------------------


@exercise.add
@Computed(
    "05-4",
    "And without luck",
    minutes=6,
    digits=2,
    ask="""
        The percentage looks fine. But look which answer met which: rows are pass 1, columns are pass 2. How often would
        two readers agree here who mostly sleep?

        What is Krippendorff's **alpha** for `judged`? Then say to yourself: is it enough to conclude anything?
        """,
    given="""
        kit.metrics.confusion(judged, ["absent", "present"])
        """,
    starter="""
        answer_4 = ...
        """,
    solution="""
        answer_4 = kit.metrics.alpha(judged)
        """,
    hints=(
        "The kit has one function that takes luck away. The lesson used it for the word spotter and the sleeper.",
        "Its name is `kit.metrics.alpha`. It wants a table with a column for each reader, and all the sentences.",
        "Write `kit.metrics.alpha(…)`, and put the name of the table from the task before between the brackets.",
    ),
)
def without_luck(corpus):
    return kit.metrics.alpha(judged(corpus))


@without_luck.mistake(
    "This is the percentage, not corrected for chance. Where one answer is common, luck alone makes it high. Look "
    "for the function that takes luck away."
)
def percent_as_it_is(corpus):
    return same(judged(corpus))


@without_luck.mistake(
    "This is the percentage again. Alpha never rises above 1. Look for the function that takes luck away."
)
def percent_of_a_hundred(corpus):
    return 100 * same(judged(corpus))


@without_luck.mistake(
    "You took luck as one half, as of a coin. Here one answer is far more common, so luck agrees more often. Let the "
    "slips in the hat tell how often."
)
def luck_of_a_coin(corpus):
    return 2 * same(judged(corpus)) - 1


@without_luck.mistake(
    "You left out the sentences where both said nothing. Then the hat holds other slips, and the readers look worse"
    " than they are. Give it all the sentences."
)
def alpha_without_shared_silence(corpus):
    return kit.metrics.alpha(somebody_marked(judged(corpus)))


@without_luck.mistake("This is the alpha of another function, the cause. The task is about the judgement.")
def alpha_of_the_cause(corpus):
    return kit.metrics.alpha(judged(corpus, "cause"))


@without_luck.mistake(
    "This is the alpha of all the accounts together. Take the third one alone, and see how they differ."
)
def alpha_of_all_accounts(corpus):
    return kit.metrics.alpha(judged(corpus, whole=True))


# ---- 05-5 --------------------------------------------------------------------------------------------------------


@exercise.add
@Choice(
    "05-5",
    "What kind of disagreement is it",
    minutes=4,
    ask="""
        Ana and Bo coded four sentences by our codebook. (We invented both of them, and the sentences.) Each time they
        differ. In the lesson you asked: did one of you **miss** something, do you **read** it in another way, or is
        the **recipe** not clear?

        Which one of the four can be settled only by mending the recipe? Write its letter between quotation marks.
        """,
    starter="""
        answer_5 = ...
        """,
    solution="""
        answer_5 = "C"
        """,
)
def kinds_of_disagreement(corpus):
    options = lettered(
        Statement(
            "“The lift has been broken since May, and Mrs Ferro cannot leave her flat.” Ana wrote *problem*. Bo wrote "
            "nothing: he had turned two pages at once.",
            "Bo has missed the sentence. He will agree as soon as he sees it, and no rule has to change. Look for a"
            " case in which both have read with care.",
        ),
        Statement(
            "“The council has surely thought of everybody.” Ana wrote *judgement*, for she hears mockery. Bo wrote "
            "nothing, for he takes it at its word.",
            "Both know the rule, and they hear one sentence in two ways. No rule can say whether somebody mocks. Note "
            "both readings, and talk. Look for a case in which both point at the rule itself.",
        ),
        Statement(
            "“If no driver is found, the line will close in autumn.” Ana wrote *remedy*: the recipe says “what will"
            " come of it”. Bo wrote nothing: nobody proposes anything.",
            "Yes. Both read the same sentence and the same rule, and each has a part of the rule behind them. To "
            "read once more does not help. The recipe has to say whether a mere forecast counts. The lesson had "
            "such a case, the pursuit that one of the Aleppo accounts foretells.",
        ),
        Statement(
            "“The fare went up because diesel did.” Ana wrote *cause*. Bo wrote *remedy*: he had pressed the wrong "
            "button and did not look again.",
            "That is a slip of the finger. It is mended in a second, and the recipe is as clear as before. Look for a "
            "case in which nobody slipped.",
        ),
    )
    return options, "C"


# ---- 05-6 --------------------------------------------------------------------------------------------------------


@exercise.add
@Open(
    "05-6",
    "Defend the other reading",
    minutes=12,
    ask="""
        Here is our reading of whole texts. Each note gives a reason, and then an **alternative**. Choose one row, and
        take the side of the alternative against us.

        Write four to six sentences. Name the account and the function. Quote at least two sentences of the account
        (open it with `kit.show`). Use a rule of the codebook. And say what speaks against you.
        """,
    given="""
        whole = reading[reading["end"] == 0]
        kit.show(whole[["document", "code", "value", "note"]])
        """,
    rubric=(
        "Did you name the account, the function, and the value that you defend?",
        "Did you quote at least two sentences, word for word, and say what each of them shows?",
        "Did you use a rule of the codebook: headline, first paragraph, coming back, the end, answered or unanswered?",
        "Did you say what speaks for our reading, and why you hold yours all the same?",
        "Could somebody who disagrees find your sentences and check them?",
    ),
    solution="""
        On the harbour strike: In quayside-voice the cause is present, not prominent. The account tells it in one
        passage: “On 6 May, five nights after the bosses had cut the gang from six people to four, a pallet slipped and
        broke his wrist.” The next lines, “That night there was only the rope”, belong to it. Neither the first
        paragraph nor the end says why all this began, and it does not come back. One may answer that “win back the
        six” in the headline recalls the cut. But those words tell what was won, not what broke a wrist.

        On Aleppo: In constructed-agency the remedy is present, not prominent. “Russian and American diplomats spent the
        week discussing a ceasefire of 48 hours” tells an event: somebody talks. Only one speaker wants something: “In
        Geneva the UN’s aid office OCHA demanded that both sides let convoys through.” For your reading speaks the
        headline, which has the pause. Yet it only says that diplomats discuss it, and the text does not end on it.
        """,
)
def defend(corpus):
    return table(corpus, "frames")

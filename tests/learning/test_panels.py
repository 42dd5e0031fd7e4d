"""What learners click: choices are kept, a failing disk is said and not raised, keys and screen readers suffice."""

import hashlib
import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import ipywidgets as w
import pytest

import kit
from kit import folders
from kit.documents import originals
from kit.documents.readers import plain_document
from kit.findings.naming import Entry, Stylebook, read_stylebook
from kit.learning import progress
from kit.learning.source_explorer import MOST_SENTENCES
from kit.views.explorer import MOST_LINES

STYLEBOOK = read_stylebook("aleppo-2016")
CONTROLS = (w.Dropdown, w.Select, w.RadioButtons, w.FileUpload, w.Button, w.Text, w.Checkbox, w.ToggleButtons)


def every(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def one(widget, kind):
    (found,) = [part for part in every(widget) if isinstance(part, kind)]
    return found


def said(widget):
    """All text that a group of widgets shows, as HTML."""
    return " ".join(part.value for part in every(widget) if isinstance(part, w.HTML))


def menu(widget, description):
    (found,) = [part for part in every(widget) if getattr(part, "description", None) == description]
    return found


def ask():
    return kit.predict("02-1", "Which <name> is commonest?", ["rebel & co", "terrorist"])


@pytest.fixture
def mentions():
    texts = {"a": "The rebels came. He said “terrorists” had come.", "b": "The rebels left. The rebels came."}
    return kit.mentions([plain_document(text, name) for name, text in texts.items()], STYLEBOOK)


# Predictions ---------------------------------------------------------------------------------------------------------


def test_nothing_is_chosen_for_the_learner():
    assert one(ask(), w.RadioButtons).value is None
    assert "You made no prediction" in repr(kit.prediction("02-1"))


def test_a_choice_is_recorded_and_shown_again():
    one(ask(), w.RadioButtons).value = "terrorist"
    assert progress.latest("prediction", "02-1") == "terrorist"
    again = ask()
    assert one(again, w.RadioButtons).value == "terrorist"
    assert "terrorist" in said(again)
    assert repr(kit.prediction("02-1")) == "You predicted: terrorist"


def test_a_change_of_mind_is_kept_and_the_last_choice_counts():
    choice = one(ask(), w.RadioButtons)
    choice.value = "terrorist"
    choice.value = "rebel & co"
    assert [event["answer"] for event in progress.events("prediction")] == ["terrorist", "rebel & co"]
    assert progress.latest("prediction", "02-1") == "rebel & co"


def test_questions_do_not_answer_each_other():
    one(ask(), w.RadioButtons).value = "terrorist"
    assert one(kit.predict("02-2", "?", ["terrorist"]), w.RadioButtons).value is None


def test_a_former_choice_that_is_no_longer_offered_is_not_chosen():
    one(ask(), w.RadioButtons).value = "terrorist"
    assert one(kit.predict("02-1", "?", ["another"]), w.RadioButtons).value is None


def test_markup_in_question_and_answer_stays_text():
    asked = ask()
    one(asked, w.RadioButtons).value = "rebel & co"
    assert "<name>" not in said(asked)
    assert "rebel &amp; co" in said(asked)


def full_disk(*_, **__):
    raise OSError(28, "No space left on device")


def test_a_choice_on_a_full_disk_shows_the_message_and_raises_nothing(monkeypatch):
    asked = ask()
    monkeypatch.setattr("kit.files.os.fsync", full_disk)
    one(asked, w.RadioButtons).value = "terrorist"
    assert 'role="alert"' in said(asked)
    assert "No space left on device" in said(asked)
    assert "Recorded" not in said(asked)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.mkdir(),
        lambda path: path.write_text(json.dumps({"version": 99, "events": []}), encoding="utf-8"),
    ],
    ids=["a folder in its place", "a newer kit's file"],
)
def test_a_progress_file_that_cannot_be_read_stops_no_lesson(spoil):
    path = folders.work_folder() / progress.FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    spoil(path)
    asked = ask()
    one(asked, w.RadioButtons).value = "terrorist"
    assert 'role="alert"' in said(asked)
    assert progress.FILE in said(asked)


# Exploring -----------------------------------------------------------------------------------------------------------


class Rows(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.rows, self.tags = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag == "td":
            self.rows[-1].append("")

    def handle_data(self, data):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data

    @property
    def names(self):
        return [(row[4], row[1], row[3]) for row in self.rows if row]


def lines(explorer):
    return Rows(said(explorer))


def test_explore_shows_the_lines_of_what_is_chosen(mentions):
    explorer = kit.views.explore(mentions)
    menu(explorer, "Name").value = "all"
    assert lines(explorer).names == [
        ("a", "rebels", "author"), ("a", "terrorists", "quoted"), ("b", "rebels", "author"), ("b", "rebels", "author"),
    ]  # fmt: skip
    menu(explorer, "Voice").value = "quoted"
    assert lines(explorer).names == [("a", "terrorists", "quoted")]
    menu(explorer, "Document").value = "b"
    assert lines(explorer).names == []
    assert "0 lines" in said(explorer)
    menu(explorer, "Voice").value = "all"
    menu(explorer, "Name").value = "rebel"
    assert lines(explorer).names == [("b", "rebels", "author")] * 2


def test_explore_sorts(mentions):
    explorer = kit.views.explore(mentions)
    menu(explorer, "Name").value = "rebel"
    menu(explorer, "Sorted by").value = "right"
    assert [row[2].split()[0].strip(".") for row in lines(explorer).rows if row] == ["came", "came", "left"]


def test_explore_says_how_many_of_many_lines_it_shows():
    many = kit.mentions(plain_document("The rebels came. " * 300, "d"), STYLEBOOK)
    explorer = kit.views.explore(many)
    assert "300 lines" in said(explorer)
    assert len(lines(explorer).names) == MOST_LINES


def test_explore_opens_on_nothing(mentions):
    assert "0 lines" in said(kit.views.explore(mentions.query("label == 'mercenary'")))


def test_explore_escapes_what_documents_hold():
    evil = '<script>"x"</script>'
    stylebook = Stylebook("evil", (Entry("party", evil, "script"),))
    explorer = kit.views.explore(kit.mentions(plain_document(f"A {evil} came.", evil), stylebook))
    assert lines(explorer).names
    assert "script" not in lines(explorer).tags


# Exploring sources ---------------------------------------------------------------------------------------------------

SAID = {
    "a": "The mayor said that the port was shut. Lina Saab said so. “It is late,” said the mayor. She believes it.",
    "b": "Lina Saab denied it. He did not say why. She hopes so.",
}


def sources(texts=SAID):
    return kit.learning.explore_sources([plain_document(text, name) for name, text in texts.items()])


def not_counted(reason=None, texts=SAID):
    explorer = sources(texts)
    menu(explorer, "Show").value = "not counted"
    if reason:
        menu(explorer, "Choose").value = reason
    return explorer


def listed(explorer):
    """What can be chosen: how often, and what."""
    return [tuple(label.split(maxsplit=2)[1:]) for label, _ in menu(explorer, "Choose").options]


def marked(explorer):
    """The sentences that are shown, with what is marked in them."""
    return [row[1] for row in lines(explorer).rows if row]


def judge(explorer, verdict, number=0):
    buttons = [part for part in every(explorer) if verdict in getattr(part, "options", ())]
    buttons[number].value = verdict


def test_speakers_are_listed_the_busiest_first_with_a_bar():
    explorer = sources()
    assert listed(explorer) == [("2", "mayor"), ("2", "Lina Saab")]
    assert all(label.startswith("█") for label, _ in menu(explorer, "Choose").options)


def test_a_chosen_speaker_s_sentences_are_shown():
    explorer = sources()
    menu(explorer, "Choose").value = "mayor"
    assert marked(explorer) == ["The mayor said that the port was shut.", "“It is late,” said the mayor."]
    menu(explorer, "Choose").value = "Lina Saab"
    assert marked(explorer) == ["Lina Saab said so.", "Lina Saab denied it."]
    assert lines(explorer).tags.count("mark") == 2
    assert "2 found" in said(explorer)


def test_a_chosen_document_lists_its_own_speakers():
    explorer = sources()
    menu(explorer, "Document").value = "b"
    assert listed(explorer) == [("1", "Lina Saab")]
    assert marked(explorer) == ["Lina Saab denied it."]
    menu(explorer, "Document").value = "all"
    assert len(listed(explorer)) == 2


def test_what_was_not_counted_is_listed_by_its_reason_and_each_sentence_is_shown():
    explorer = not_counted("belief")
    assert set(listed(explorer)) == {("2", "belief"), ("1", "not said")}
    assert marked(explorer) == ["She believes it.", "She hopes so."]
    menu(explorer, "Choose").value = "not said"
    assert marked(explorer) == ["He did not say why."]
    menu(explorer, "Show").value = "counted"
    assert ("2", "mayor") in listed(explorer)


def test_speakers_whom_nobody_can_tell_can_be_chosen():
    explorer = sources({"a": "It was said that the port was shut."})
    assert listed(explorer) == [("1", "(nobody named)")]
    assert marked(explorer) == ["It was said that the port was shut."]


def test_only_what_was_not_counted_is_judged():
    assert not [part for part in every(sources()) if "should be counted" in getattr(part, "options", ())]
    buttons = [p for p in every(not_counted("belief")) if "should be counted" in getattr(p, "options", ())]
    assert [button.value for button in buttons] == [None, None], "nothing is chosen for the learner"


def test_a_verdict_is_kept_and_shown_again():
    assert list(kit.learning.verdicts().columns) == ["place", "verdict"]
    assert kit.learning.verdicts().empty
    explorer = not_counted("belief")
    judge(explorer, "should be counted", 1)
    assert "Recorded: <em>should be counted</em>" in said(explorer)
    ((place, verdict),) = kit.learning.verdicts().to_numpy()
    start = SAID["b"].index("hopes")
    assert (place, verdict) == (f"b:{start}-{start + len('hopes')}", "should be counted")
    again = not_counted("belief")
    values = [p.value for p in every(again) if "should be counted" in getattr(p, "options", ())]
    assert values == [None, "should be counted"]
    assert "should be counted</em>" in said(again)


def test_a_change_of_mind_about_a_verdict_is_kept_and_the_last_counts():
    explorer = not_counted("not said")
    judge(explorer, "should be counted")
    judge(explorer, "hard to say")
    assert list(kit.learning.verdicts()["verdict"]) == ["hard to say"]
    assert len(progress.events("verdict")) == 2


def test_verdicts_and_predictions_do_not_mix():
    one(ask(), w.RadioButtons).value = "terrorist"
    judge(not_counted("not said"), "hard to say")
    assert len(kit.learning.verdicts()) == 1
    assert progress.latest("prediction", "02-1") == "terrorist"


def test_a_verdict_on_a_full_disk_shows_the_message_and_raises_nothing(monkeypatch):
    explorer = not_counted("not said")
    monkeypatch.setattr("kit.files.os.fsync", full_disk)
    judge(explorer, "hard to say")
    assert 'role="alert"' in said(explorer)
    assert "No space left on device" in said(explorer)


def test_a_progress_file_that_cannot_be_read_stops_no_exploring():
    path = folders.work_folder() / progress.FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"version": 99, "events": []}), encoding="utf-8")
    explorer = not_counted("belief")
    assert marked(explorer) == ["She believes it.", "She hopes so."]
    assert progress.FILE in said(explorer)


def test_of_many_sentences_the_first_are_shown_and_all_are_told():
    explorer = sources({"a": "The mayor said that the port was shut. " * 30})
    assert "30 found" in said(explorer)
    assert len(marked(explorer)) == MOST_SENTENCES
    explorer = not_counted("belief", {"a": "The mayor believes that the port is shut. " * 30})
    assert len(marked(explorer)) == MOST_SENTENCES


@pytest.mark.parametrize("texts", [{}, {"a": ""}, {"a": "Nothing was heard."}])
def test_nobody_to_explore_is_no_error(texts):
    for explorer in (sources(texts), not_counted(texts=texts)):
        assert menu(explorer, "Choose").options == ()
        assert "0 found" in said(explorer)


def test_exploring_sources_escapes_what_documents_hold():
    evil = '<script>"x"</script>'
    texts = {
        f"d {evil}": f"The mayor {evil} said it was {evil} now. He did not say {evil} why. {evil}, Lina Saab said."
    }
    shown = [sources(texts), not_counted(texts=texts)]
    for name in dict(menu(shown[0], "Choose").options).values():
        menu(shown[0], "Choose").value = name
        assert "script" not in lines(shown[0]).tags
        assert "&lt;script&gt;" in said(shown[0])
    assert "script" not in lines(shown[1]).tags
    assert "&lt;script&gt;" in said(shown[1])


# Uploading -----------------------------------------------------------------------------------------------------------


def upload(button, *files):
    button.value = tuple(
        {
            "name": name,
            "type": "text/plain",
            "size": len(data),
            "content": memoryview(data),
            "last_modified": datetime.now(UTC),
        }
        for name, data in files
    )


def test_an_unknown_file_is_refused_with_the_message():
    form = kit.learning.upload_originals()
    upload(one(form, w.FileUpload), ("<b>notes.txt", b"not the article"))
    assert 'role="alert"' in said(form)
    assert "&lt;b&gt;notes.txt is none of the originals" in said(form)
    assert "<b>notes" not in said(form)


def test_a_known_file_is_added_and_each_file_is_answered(monkeypatch):
    facts = {"first": {"title": "A <title>", "outlet": "One", "sha256": hashlib.sha256(b"the article").hexdigest()}}
    monkeypatch.setattr(originals, "originals", lambda name: facts)
    form = kit.learning.upload_originals()
    upload(one(form, w.FileUpload), ("a.txt", b"the article"), ("b.txt", b"another"))
    assert "Added: “A &lt;title&gt;”" in said(form)
    assert "b.txt is none of the originals" in said(form)
    assert originals.original_path("aleppo-2016", "first").read_bytes() == b"the article"


def test_a_full_disk_is_said(monkeypatch):
    facts = {"first": {"title": "A", "outlet": "One", "sha256": hashlib.sha256(b"the article").hexdigest()}}
    monkeypatch.setattr(originals, "originals", lambda name: facts)
    monkeypatch.setattr("kit.files.os.fsync", full_disk)
    form = kit.learning.upload_originals()
    upload(one(form, w.FileUpload), ("a.txt", b"the article"))
    assert "No space left on device" in said(form)
    assert not list(Path(originals.originals_folder("aleppo-2016")).glob("*"))


# Without a mouse, without eyes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "make",
    [
        lambda m: ask(),
        kit.views.explore,
        lambda m: kit.learning.upload_originals(),
        lambda m: sources(),
        lambda m: not_counted(),
    ],
    ids=["predict", "explore", "upload", "sources", "verdicts"],
)
def test_every_control_is_a_native_one_with_a_label_of_its_own(mentions, make):
    controls = [part for part in every(make(mentions)) if not isinstance(part, (w.Box, w.HTML))]
    assert controls
    assert all(isinstance(control, CONTROLS) for control in controls)
    assert all((control.description or control.tooltip or "").strip() for control in controls)
    assert len({control.description for control in controls}) == len(controls)


def test_the_lines_have_a_caption_and_headed_columns(mentions):
    html = said(kit.views.explore(mentions))
    assert "<caption>" in html
    assert html.count('<th scope="col"') == 5

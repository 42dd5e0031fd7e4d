"""Make the paper version of the two central exercises, with its answer key: `python -m exercises.paper`.

Texts, counts and key come from the corpora and their reference annotation; printing needs a Chromium and playwright.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

import kit
from kit.documents.corpus import Corpus, Document
from kit.documents.language import Piece
from kit.findings.naming import stylebook_for
from kit.findings.voice import VOICES

SOURCES = Path(__file__).resolve().parent / "sources" / "paper"
FOLDER = Path(__file__).resolve().parent / "for-teachers" / "paper"
BOOK = kit.read_codebook("entman")
LETTERS = {"problem": "P", "cause": "C", "judgement": "J", "remedy": "R"}
HEADS = {"author": "own words", "quoted": "quoted", "reported": "reported", "scare": "at arm’s length"}
TOTAL, RATE = "all names", "per 1,000 words"
NAMING_MINUTES, FRAMING_MINUTES = 35, 45  # as the steps say; for naming, beside the reading
ROWS = 12  # to write names into
_TICK = '<span class="tick"></span>'
_BLANK = '<span class="blank"></span>'
_RULE = '<div class="rule"></div>'


def main() -> None:
    """Print every sheet into its PDF file."""
    from playwright.sync_api import sync_playwright

    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page()
        for name, html in sheets().items():
            page.set_content(html)
            page.pdf(path=FOLDER / f"{name}.pdf", prefer_css_page_size=True, tagged=True, outline=True)
            print(f"{name}.pdf")
        chromium.close()


def sheets() -> dict[str, str]:
    """Return each sheet as HTML, by the name of its file."""
    made = {}
    for sheet in described():
        made[f"{sheet.name}-naming-a"] = sheet.naming(0)
        made[f"{sheet.name}-naming-b"] = sheet.naming(1)
        made[f"{sheet.name}-framing"] = sheet.framing()
        made[f"{sheet.name}-key"] = sheet.key()
    return made


def described() -> list[Sheet]:
    """Return the sheets that `sources/paper/sheets.toml` describes, one a corpus."""
    said = tomllib.loads((SOURCES / "sheets.toml").read_text(encoding="utf-8"))
    return [Sheet(sheet) for sheet in said["sheet"]]


class Sheet:
    """What is printed of one corpus: the learners' sheets, and the teacher's with all the answers."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said, self.name = said, str(said["corpus"])
        self.corpus = kit.load(self.name, edition="teaching")  # originals are never printed
        self.referent, self.word = kit.focus(self.corpus)
        self.found = kit.mentions(self.corpus)
        self.mentions = kit.reference(self.name, "reference/mentions")
        self.mentions.attrs["labels"] = stylebook_for(self.corpus).labels
        self.frames, self.first, self.second, self.decisions = (
            kit.reference(self.name, f"reference/frames{part}").query("codebook == @BOOK.name")
            for part in ("", "-pass-1", "-pass-2", "-decisions")
        )

    def naming(self, which: int) -> str:
        """Return the sheet on naming with one of the two accounts."""
        mine, other = "AB"[which], "AB"[1 - which]
        document = self.corpus[self.said["naming"][which]]
        needed = f"You need a pencil, and a neighbour with sheet {other}."
        return _filled(
            "naming",
            f"Naming, sheet {mine}: {self.said['title']}",
            top=self._top(
                "Who is called what?", f"Naming, sheet {mine}", self.said["reading"] + NAMING_MINUTES, needed
            ),
            reading=self.said["reading"],
            who=escape(self.said["who"]),
            careful="".join(f"<li>{escape(line)}</li>" for line in self.said["careful"]),
            account=_account(document),
            table=_empty_table(["name", *HEADS.values(), "all"], ROWS),
            words=f"{document.word_count:,}",
            word=escape(self.word),
            other=other,
            licence=self._licence([document]),
        )

    def framing(self) -> str:
        """Return the sheet on framing: six sentences, then a short account."""
        account = self.corpus[self.said["account"]]
        values = "<br>".join(f"{_TICK}{value}" for value in BOOK.values)
        functions = (f'<tr><th scope="row">{code}</th><td>{values}</td><td></td></tr>' for code in LETTERS)
        needed = "You need a pencil and a neighbour. Do not compare before step 2."
        return _filled(
            "framing",
            f"Framing: {self.said['title']}",
            top=self._top("What is the story?", "Framing", FRAMING_MINUTES, needed),
            items="".join(_item(number, *chosen) for number, chosen in enumerate(self.sentences(), 1)),
            boxes=len(self.boxes()),
            account=_account(account, "account close"),
            functions="".join(functions),
            licence=self._licence([account, *(document for document, _ in self.sentences())]),
        )

    def key(self) -> str:
        """Return the teacher's sheet: what to print, and the answers, all of them taken from the data."""
        accounts = dict(zip("AB", map(self.corpus.__getitem__, self.said["naming"]), strict=True))
        used = {letter: set(self.names(document).index) for letter, document in accounts.items()}
        account, boxes = self.corpus[self.said["account"]], self.boxes()
        same, empty = (boxes["first"] == boxes["second"]).sum(), (~boxes["ours"]).sum()
        return _filled(
            "key",
            f"Teacher’s sheet: {self.said['title']}",
            top=self._top("Teacher’s sheet", "Naming and framing", 0, ""),
            minutes_naming=self.said["reading"] + NAMING_MINUTES,
            minutes_framing=FRAMING_MINUTES,
            referent=escape(self.referent),
            names="".join(self._names(letter, document) for letter, document in accounts.items()),
            only=f"<ul>{_only('A', used['A'] - used['B'])}{_only('B', used['B'] - used['A'])}</ul>",
            marked="".join(self._marked(letter, document) for letter, document in accounts.items()),
            six="".join(self._answered(number, *chosen) for number, chosen in enumerate(self.sentences(), 1)),
            same=same,
            same_percent=f"{same / len(boxes):.0%}",
            empty=empty,
            empty_percent=f"{empty / len(boxes):.0%}",
            boxes=len(boxes),
            account=escape(account.title),
            whole="".join(self._whole(account, code) for code in LETTERS),
            licence=self._licence([*accounts.values(), account, *(document for document, _ in self.sentences())]),
        )

    # What the answers are -------------------------------------------------------------------------------------------

    def sentences(self) -> Iterator[tuple[Document, Piece]]:
        """Yield the six sentences, each with its document."""
        for chosen in self.said["sentence"]:
            document = self.corpus[chosen["document"]]
            (place,) = (s for s in document.sentences if document.text.startswith(chosen["begins"], s.start))
            yield document, place

    def names(self, document: Document) -> pd.DataFrame:
        """Return the names that are used: by voice, all together, per 1,000 words, and as the kit counts them."""
        alone = Corpus([document], self.corpus.name, self.corpus.about)
        reading, found = (
            kit.remember(table[table["document"] == document.name], alone) for table in (self.mentions, self.found)
        )
        counted: dict[str, Any] = {"referent": self.referent}
        voices = kit.counts(reading, ["label", "voice"], **counted)[document.name].unstack("voice")
        table = voices[list(VOICES)].rename(columns=HEADS)
        table["all"] = kit.counts(reading, **counted)[document.name]
        table[RATE] = kit.rates(reading, **counted)[document.name]
        table["the kit"] = kit.counts(found, **counted)[document.name].reindex(table.index, fill_value=0)
        table = table[table[["all", "the kit"]].any(axis=1)].sort_values("all", ascending=False, kind="stable")
        table.loc[TOTAL] = table.sum()
        return table.rename_axis("name").round(1)

    def boxes(self) -> pd.DataFrame:
        """Return a row for each box of the six sentences: ticked by our reading, by our first pass, by our second."""
        ticked = {
            coder: set(zip(table["document"], table["start"], table["end"], table["code"], strict=True))
            for coder, table in (("ours", self.frames), ("first", self.first), ("second", self.second))
        }
        return pd.DataFrame(
            {"sentence": number, "code": code}
            | {coder: (document.name, *place, code) in boxes for coder, boxes in ticked.items()}
            for number, (document, place) in enumerate(self.sentences(), 1)
            for code in LETTERS
        )

    # How they are printed -------------------------------------------------------------------------------------------

    def _names(self, letter: str, document: Document) -> str:
        table = self.names(document)
        heads = "".join(f'<th scope="col" class="number">{escape(str(column))}</th>' for column in table)
        rows = ""
        for name, *figures in table.itertuples():
            said = ", ".join(self._wordings(document, str(name)))
            written = (
                f"{figure:.1f}" if column == RATE else f"{figure:.0f}"
                for column, figure in zip(table, figures, strict=True)
            )
            cells = "".join(f'<td class="number">{figure}</td>' for figure in written)
            rows += f'<tr><th scope="row">{escape(str(name))}</th><td>{escape(said)}</td>{cells}</tr>'
        return (
            f'<div class="together"><table>'
            f"<caption>Sheet {letter}: {escape(document.title)} ({document.word_count:,} words)</caption>"
            f'<thead><tr><th scope="col">name</th><th scope="col">in the text</th>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )

    def _wordings(self, document: Document, label: str) -> list[str]:
        """How a name is written in a document, whatever the case."""
        mine = self.mentions.query("document == @document.name and referent == @self.referent and label == @label")
        return list({" ".join(text.split()).casefold(): " ".join(text.split()) for text in mine["text"]}.values())

    def _marked(self, letter: str, document: Document) -> str:
        mine = self.mentions[self.mentions["referent"] == self.referent]
        mine = mine[mine["document"] == document.name].sort_values("start")
        pieces = (piece for piece in document.paragraphs if document.position(*piece))
        lines = "".join(f"<p>{_underlined(document, piece, mine)}</p>" for piece in pieces)
        return f"<h3>Sheet {letter}</h3>{lines}"

    def _answered(self, number: int, document: Document, place: Piece) -> str:
        mine = self.boxes().query("sentence == @number and ours")
        here = self.decisions.query("document == @document.name and start == @place.start and end == @place.end")
        divided = "<br>".join(map(_decided, here.to_dict("records")))
        said = f"{escape(document.text[place.start : place.end])} <em>({escape(document.meta['outlet'])})</em>"
        letters = ", ".join(LETTERS[code] for code in mine["code"]) or "none"
        return (
            f'<tr><th scope="row">{number}</th><td>{said}</td><td><strong>{letters}</strong></td>'
            f"<td>{divided or 'they agreed'}</td></tr>"
        )

    def _whole(self, account: Document, code: str) -> str:
        (row,) = self.frames.query("document == @account.name and end == 0 and code == @code").to_dict("records")
        value, note = escape(row["value"]), escape(row["note"])
        return f'<tr><th scope="row">{code}</th><td><strong>{value}</strong></td><td>{note}</td></tr>'

    def _top(self, heading: str, kicker: str, minutes: int, needed: str) -> str:
        about = self.corpus.about
        fields = '<p class="fields"><span>Name</span><span>Class</span><span>Date</span></p>'
        told = f"{fields}<p><strong>{minutes} minutes.</strong> {needed}</p>" if needed else ""
        return (
            f'<p class="kicker"><span>{escape(kicker)}</span> <span>{escape(self.said["title"])}</span></p>'
            f"<h1>{escape(heading)}</h1>{told}"
            f'<div class="box small"><p><strong>Content note.</strong> {escape(about["content_note"])}</p>'
            f"<p>{escape(about['neutrality'])}</p></div>"
        )

    def _licence(self, documents: Iterable[Document]) -> str:
        shown = "; ".join(dict.fromkeys(f"“{escape(d.title)}”, {escape(_source(d))}" for d in documents))
        return (
            f'<p class="licence">Texts: {shown}. Sheets and texts by the media-analysis-kit authors, CC BY 4.0 '
            "(creativecommons.org/licenses/by/4.0): copy them, change them, and say where they are from.</p>"
        )


def _filled(template: str, title: str, **said: object) -> str:
    style = (SOURCES / "style.css").read_text(encoding="utf-8")
    text = (SOURCES / f"{template}.html").read_text(encoding="utf-8")
    body = Template(text).substitute(said, blank=_BLANK, rule=_RULE)
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{style}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><main>{body}</main></body></html>'


def _source(document: Document) -> str:
    """Say what a text is: ours, or our retelling of whose."""
    outlet = document.meta["outlet"]
    return f"our retelling of an article in {outlet}" if "retells" in document.meta else outlet


def _account(document: Document, style: str = "account") -> str:
    """An account with room to write in: paragraphs numbered, what is not counted in small print."""
    lines, tags, number = [], iter(["h3"]), 0
    for piece in document.paragraphs:
        text, position = escape(" ".join(document.text[piece.start : piece.end].split())), document.position(*piece)
        if position == "heading":
            tag = next(tags, "h4")
            lines.append(f"<{tag}>{text}</{tag}>")
        elif position == "body":
            number += 1
            lines.append(f'<p><span class="n">{number}</span> {text}</p>')
        else:
            lines.append(f'<p class="apart">{text}</p>')
    return f'<div class="{style}">{"".join(lines)}</div>'


def _underlined(document: Document, piece: Piece, mentions: pd.DataFrame) -> str:
    """A paragraph in which each mention has the line of its voice."""
    out, at = "", piece.start
    for row in mentions.to_dict("records"):
        if piece.start <= row["start"] and row["end"] <= piece.end:
            out += escape(document.text[at : row["start"]])
            out += f'<span class="{row["voice"]}">{escape(document.text[row["start"] : row["end"]])}</span>'
            at = row["end"]
    out += escape(document.text[at : piece.end])
    return f"<strong>{out}</strong>" if document.position(*piece) == "heading" else out


def _item(number: int, document: Document, place: Piece) -> str:
    ticks = "".join(f"<span>{_TICK}{letter}</span>" for letter in LETTERS.values())
    return (
        f'<div class="item"><strong>{number}</strong> <p>{escape(document.text[place.start : place.end])}</p>'
        f'<div class="rows"><span>I say</span> {ticks} <span>my neighbour says</span> {ticks}</div></div>'
    )


def _decided(row: dict[Any, Any]) -> str:
    """How two passes differed, and why our reading is what it is."""
    return f"{LETTERS[row['code']]}: first {row['pass 1']}, then {row['pass 2']}. {escape(row['reason'])}"


def _only(letter: str, names: set[str]) -> str:
    return f"<li>Only in sheet {letter}: {escape(', '.join(sorted(names)) or 'none')}.</li>"


def _empty_table(columns: list[str], rows: int) -> str:
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    empty = f"<tr>{'<td></td>' * len(columns)}</tr>"
    return f'<table class="empty"><thead><tr>{head}</tr></thead><tbody>{empty * rows}</tbody></table>'


if __name__ == "__main__":
    main()

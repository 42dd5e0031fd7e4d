"""The command `kit`: what the notebooks do, for a terminal and for checks."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import tomllib
import warnings
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial, wraps
from importlib import metadata
from pathlib import Path
from typing import Any

import click
import pandas as pd
from tqdm import tqdm

from .coding import exchange
from .coding.codebooks import Codebook, read_codebook
from .documents import catalogues, library, originals
from .documents import spans as span_tables
from .documents.corpus import Corpus, Document
from .documents.readers import read_bytes
from .english.source_types import SOURCE_TYPES
from .errors import KitError, KitWarning, one_line
from .files import write_bytes
from .findings import naming as layer
from .findings import sourcing as said
from .findings.agency import AGENCY_COLUMNS, AGENCY_KINDS
from .findings.agency import agency as who_acts
from .findings.voice import VOICES
from .folders import COPY, MANIFEST, PACKAGE, copy_at_home, work_folder
from .learning import backup as work
from .learning import workspace
from .learning.portfolio import gathered, portfolio, told
from .metrics import frequencies as measures
from .metrics import source_measures as density
from .metrics.reliability import agreement as agreed
from .metrics.reliability import disagreements
from .teaching import classroom, handins, new_corpus
from .teaching.pages import write_pages

MOST_DIVIDED = 10
FIRST_LESSON = "notebooks/00-start-here.ipynb"
_COLUMNS = "For a table of articles: its columns, such as text=article_content,document=unit_id,outlet=source."


class _Command(click.Group):
    """Turns whatever is wrong with the input into one line on standard error and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KitError as error:
            _complain(error)
            ctx.exit(2)


def _complain(message: object) -> None:
    click.echo(f"kit: {one_line(message)}", err=True)


def _version() -> str:
    try:
        return metadata.version("media-analysis-kit")
    except metadata.PackageNotFoundError:
        return str(tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(_version())
def main() -> None:
    """Compare how texts tell of one event: who is called what, in whose voice, and who says so."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows' consoles are not UTF-8 by themselves
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    warnings.showwarning = _show_warning
    warnings.simplefilter("always", KitWarning)


def _show_warning(message: Warning | str, category: type[Warning], *_: Any, **__: Any) -> None:
    if issubclass(category, KitWarning):
        _complain(message)


# ---- reading the inputs ----------------------------------------------------------------------------------------


@dataclass
class _Inputs:
    """Documents from the command's inputs, one by one, and how many of them could not be read."""

    sources: tuple[str, ...]
    read_as: str | None
    columns: str | None
    read: int = 0
    failed: int = 0

    def __iter__(self) -> Iterator[Document]:
        documents = library.stream(
            self.sources, self._problem, read_as=self.read_as, columns=_named_columns(self.columns)
        )
        for document in tqdm(documents, unit=" documents", disable=None, leave=False, delay=1):
            self.read += 1
            yield document

    def _problem(self, error: KitError) -> None:
        self.failed += 1
        _complain(error)

    def finish(self) -> None:
        """Leave with 2 if nothing could be read, 1 if something could not, 0 otherwise."""
        if not self.read and not self.failed:
            self._problem(KitError(f"{', '.join(self.sources)}: no document found."))
        if self.failed:
            sys.exit(1 if self.read else 2)


def _reading(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command that takes inputs their documents, and leave as these could be read."""

    @click.option("--as", "read_as", type=click.Choice(["text", "markdown"]), help="How to read text files.")
    @click.option("--columns", help=_COLUMNS)
    @wraps(command)
    def reads(inputs: tuple[str, ...], read_as: str | None, columns: str | None, **options: object) -> None:
        documents = _Inputs(inputs, read_as, columns)
        command(documents, **options)
        documents.finish()

    return reads


def _named_columns(columns: str | None) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in (columns or "").split(",") if pair]
    if any(not (key and sign and value) for key, sign, value in pairs):
        raise KitError("--columns takes pairs such as text=article_content,document=unit_id.")
    return {key.strip(): value.strip() for key, _, value in pairs}


_Path = click.Path(path_type=Path)
_given = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
_formatted = click.option(
    "--format", "form", type=click.Choice(["table", "csv", "jsonl"]), default="table", show_default=True
)
_rejecting = click.option("--rejected", is_flag=True, help="What was found but not counted, with the reason.")
_styled = click.option("--stylebook", help="A stylebook's name or CSV file; otherwise the corpus' own, or none.")
_into = click.option("--into", type=_Path, help="Your folder, if it is not the usual one (my-work).")


def _work_in(folder: Path | None) -> None:
    if folder:
        os.environ["KIT_WORK"] = str(folder.resolve())


# ---- what is found, listed or added up -------------------------------------------------------------------------

_Row = dict[str, Any]
_SIDE_BY_SIDE = "Side by side: kit compare"


def _list(
    documents: _Inputs,
    form: str,
    rejected: bool,
    find: Callable[[Document], Iterable[_Row]],
    fields: Sequence[str],
    keys: Callable[[_Row], Iterable[Hashable]],
    table: Callable[[Counter[Any], int], list[str]],
    *,
    why: Callable[[_Row], str] = lambda row: str(row["reason"]),
    as_json: Callable[[_Row], _Row] | None = None,
    labelled: bool = False,
) -> None:
    """Print what is found, document by document; none of them is kept.

    For a table, it is counted under its keys: `table` makes lines of the counts and the number of words. `labelled`
    says first what the documents are (retold, constructed …).
    """
    fields = [name for name in fields if rejected or name != "reason"]

    def wanted(document: Document) -> Iterator[_Row]:
        return (row for row in find(document) if bool(row.get("reason")) == rejected)

    if form == "table":
        words, tally, labels = 0, Counter[Hashable](), Counter[str]()
        for document in documents:
            words += document.word_count
            labels[document.meta.get("label", "")] += labelled
            tally.update(key for row in wanted(document) for key in ([why(row)] if rejected else keys(row)))
        if documents.read:
            marked = ", ".join(f"{number} {label}" for label, number in labels.items() if label and number)
            head = f"All together: {documents.read} documents, {words:,} words" + (f" ({marked})" if marked else "")
            click.echo("\n".join([head, *(_reasons(tally) if rejected else table(tally, words))]))
        return
    found = (row for document in documents for row in wanted(document))
    if form == "csv":
        writer = csv.DictWriter(sys.stdout, fields, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in found)
    else:
        for row in found:
            line = as_json(row) if as_json else {name: row[name] for name in fields}
            click.echo(json.dumps(line, ensure_ascii=False))


def _cell(value: object) -> object:
    return json.dumps(value) if isinstance(value, tuple) else value


def _reasons(tally: Counter[Any]) -> list[str]:
    return [_SIDE_BY_SIDE, *(f"{number:6}  {reason}" for reason, number in tally.most_common())]


def _rated(table: pd.DataFrame, counted: str, words: int) -> pd.DataFrame:
    return table.assign(**{"per 1,000 words": (table[counted] / max(words, 1) * 1000).round(2)})


@main.command()
@_given
@_formatted
@_rejecting
@_styled
@_reading
def naming(documents: _Inputs, form: str, rejected: bool, stylebook: str | None) -> None:
    """Who is called what, and in whose voice: counts as a table, or every mention as CSV or JSON lines."""
    books = layer.Stylebooks(stylebook)

    def find(document: Document) -> Iterable[_Row]:
        book = books.of(document)
        return (mention._asdict() for mention in layer.mentions_in(document, book)) if book else ()

    _list(
        documents,
        form,
        rejected,
        find,
        layer.Mention._fields,
        lambda row: [(row["referent"], row["label"], row["voice"])],
        partial(_naming_table, books),
        why=lambda row: f"{row['text'].lower()}: {row['reason']}",
        labelled=True,
    )
    if told := books.told():
        _complain(told)


def _naming_table(books: layer.Stylebooks, tally: Counter[Any], words: int) -> list[str]:
    if not books.used:
        return [_SIDE_BY_SIDE]
    labels = books.used.labels
    index = pd.MultiIndex.from_tuples(labels, names=["referent", "label"])
    table = pd.DataFrame([[tally[*pair, voice] for voice in VOICES] for pair in labels], index, VOICES)
    return [_SIDE_BY_SIDE, _rated(table.assign(all=table.sum(axis=1)), "all", words).to_string()]


@main.command()
@_given
@_formatted
@_rejecting
@_reading
def sourcing(documents: _Inputs, form: str, rejected: bool) -> None:
    """Who says so: counts as a table, or every attribution as CSV or JSON lines."""
    fields = said.Attribution._fields
    _list(documents, form, rejected, _said, fields, _sourcing_keys, _sourcing_table, as_json=_as_json)


def _said(document: Document) -> Iterator[_Row]:
    said.warn_if_not_english(document)
    return (attribution._asdict() for attribution in said.attributions_in(document))


def _as_json(a: _Row) -> _Row:
    """The fields of an attribution, its three parts as places: null, or a list of [start, end]."""
    fields = {name: a[name] for name in ("document", "kind", "stance", "source_type", "named", "speaker")}
    parts = {name.removesuffix("_at"): a[name] or None for name in said.PLACES}
    more = {name: a[name] for name in ("reason", "note") if a[name]}
    return fields | {"rule": a["rule"], "nested": a["nested"]} | parts | more


def _sourcing_keys(a: _Row) -> list[Hashable]:
    source = [("source", a["source_type"]), ("source", "named" if a["named"] else "not named")]
    return [("all", "attributions"), ("speech", a["kind"]), *source, ("stance", a["stance"])]


def _sourcing_table(tally: Counter[Any], words: int) -> list[str]:
    rows = {"speech": said.KINDS, "source": (*SOURCE_TYPES, "named", "not named"), "stance": said.STANCES}
    keys = [("all", "attributions"), *((part, kind) for part, kinds in rows.items() for kind in kinds)]
    table = pd.DataFrame({"attributions": pd.Series({key: tally[key] for key in keys})})
    return [_SIDE_BY_SIDE, _rated(table, "attributions", words).to_string()]


@main.command()
@_given
@_formatted
@_reading
def agency(documents: _Inputs, form: str) -> None:
    """Who acts and who goes unnamed: counts as a table, or every passive and noun of violence as CSV or JSON lines."""
    _list(documents, form, False, _acts, [*span_tables.COLUMNS, *AGENCY_COLUMNS], _agency_keys, _agency_table)


def _acts(document: Document) -> list[Any]:
    said.warn_if_not_english(document, "who acts")
    return who_acts(document).to_dict("records")


def _agency_keys(row: _Row) -> list[Hashable]:
    of_violence = row["kind"] == "passive" and row["violence"]
    return [(kind, row["has_agent"]) for kind in (row["kind"], *(["passive, of violence"] * of_violence))]


def _agency_table(tally: Counter[Any], words: int) -> list[str]:
    kinds, agents = [*AGENCY_KINDS, "passive, of violence"], {"with agent": True, "without agent": False}
    table = pd.DataFrame({name: {kind: tally[kind, has] for kind in kinds} for name, has in agents.items()})
    table["all"] = table.sum(axis=1)
    table["share without"] = (table["without agent"] / table["all"].where(table["all"] > 0)).round(3)
    note = "Passives with a subject are what the card's figures are about; reduced ones are found by their agent."
    return [_rated(table, "all", words).to_string(na_rep=""), note]


# ---- side by side ----------------------------------------------------------------------------------------------


@main.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT]...", callback=lambda _, __, value: value or ("aleppo-2016",))
@_styled
@_reading
def compare(documents: _Inputs, stylebook: str | None) -> None:
    """The accounts side by side; without INPUT, those of the battle of Aleppo."""
    inputs = documents.sources
    corpus = Corpus(documents, ", ".join(inputs), library.about(inputs))
    if len(corpus) == 1 and documents.failed:
        click.echo("Only one text could be read; there is nothing to compare it with.\n")
    if len(corpus):
        click.echo("\n".join(_heading(corpus)))
        click.echo("\nNames: how often (of these, in the author's own words)")
        click.echo(_names(corpus, stylebook))
        click.echo(
            "\nSourcing (error: how far such a number is off on average; a difference of two has both errors in it)"
        )
        figures = density.sourcing_measures(said.attributions(corpus))
        click.echo(
            figures.drop(columns="measured on").round(2).rename_axis(index=None, columns=None).to_string(na_rep="")
        )
        click.echo("\nThese numbers are about these texts, not about their outlets.")
        click.echo(f"What is behind a number: kit naming {' '.join(inputs)} --format csv; kit sourcing the same way")


def _heading(corpus: Corpus) -> Iterator[str]:
    for key in ("title", "edition_note", "content_note", "neutrality"):
        if key in corpus.about:
            yield str(corpus.about[key])
    yield ""
    for document in corpus:
        details = ", ".join(filter(None, (document.meta.get(key) for key in ("label", "outlet", "date"))))
        yield f"{document.name}: {document.title} ({details or 'a file'}; {document.word_count} words)"


_MAKE_ONE = "make one for these texts: kit new-corpus NAME FILE..."


def _names(corpus: Corpus, stylebook: str | None) -> str:
    books = layer.Stylebooks(stylebook)
    searched = [document for document in corpus if books.of(document)]
    if not books.used:
        return books.told()
    found = layer.mentions(searched, books.used)
    counted = measures.counts(found, ["referent", "label"])
    counted = counted[counted.sum(axis=1) > 0]
    if not len(counted):
        return f"No name of the stylebook {books.used.name} stands in these texts; {_MAKE_ONE}"
    own = measures.counts(found[found["voice"] == "author"], ["referent", "label"]).loc[counted.index]
    used = set(counted.index.get_level_values("label"))
    never = dict.fromkeys(label for _, label in books.used.labels if label not in used)
    cells = counted.astype(str) + " (" + own.astype(str) + ")"
    return f"{cells.to_string()}\n\nNever used by any of them: {', '.join(never) or 'none'}\n{books.told()}".rstrip()


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--corpus", required=True, metavar="INPUT", help="The documents that were coded.")
@click.option("--codebook", help="Only this codebook: a name, or a TOML file of your own.")
def agree(files: tuple[str, ...], corpus: str, codebook: str | None) -> None:
    """How far coders agree: merges their CSV files, and prints every doubt, the agreement, and where they differ."""
    book = read_codebook(codebook) if codebook else None
    merged = exchange.merge(files, library.load(corpus), [book] if book else [])
    unreadable = merged.report["problem"] == "unreadable"
    for problem in merged.report.loc[unreadable, "detail"]:
        _complain(problem)
    _print_doubts(merged.report[~unreadable])
    books = [book] if book else [read_codebook(name) for name in merged.codes["codebook"].unique()]
    if not books:
        raise KitError(f"None of these codes has a place in {corpus}.")
    for each in books:
        _print_agreement(merged.codes, each)
    sys.exit(1 if unreadable.any() else 0)


def _print_doubts(report: pd.DataFrame) -> None:
    click.echo(f"Doubts: {len(report) or 'none'}")
    for row in report.to_dict("records"):
        what = ", ".join(filter(None, (row["coder"], row["document"], row["code"], row["text"])))
        line = f", line {row['line']}" if row["line"] else ""
        click.echo(one_line(f"{row['file']}{line}: {row['problem']} ({what}): {row['detail']}"))


def _print_agreement(codes: pd.DataFrame, book: Codebook) -> None:
    own = codes[codes["codebook"] == book.name]
    click.echo(f"\n{book.title}: {own['coder'].nunique()} coders, {own['document'].nunique()} documents")
    click.echo("Krippendorff's alpha, with a 95 % interval from resampling units; what the figures mean: kit.about")
    click.echo(agreed(codes, book).round(3).to_string(na_rep=""))
    divided = disagreements(codes, book)
    click.echo(f"\nWhere they differ: {len(divided)} units, the most divided first" * bool(len(divided)))
    for row in divided.head(MOST_DIVIDED).to_dict("records"):
        unit = {name: row.pop(name) for name in ("document", "text", "code", "divided")}
        click.echo(one_line(f"{unit['divided']:.0%} {unit['document']}, {unit['code']}: {unit['text']}"))
        click.echo("    " + one_line(" | ".join(f"{coder}: {what}" for coder, what in row.items() if what)))


# ---- corpora ---------------------------------------------------------------------------------------------------


@main.command()
def corpora() -> None:
    """List the corpora: those that come with the kit, and your own."""
    for name, row in library.corpora().iterrows():
        click.echo(
            f"{name}: {row['title']} ({row['documents']} documents; originals: {row['originals']}; {row['licence']})"
        )
        click.echo(f"    {row['content_note']}")


@main.command()
@_given
@_reading
def text(documents: _Inputs) -> None:
    """Print the text whose characters all offsets count."""
    for document in documents:
        click.echo(document.text, nl=not document.text.endswith("\n"))


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--to", "corpus", required=True, metavar="CORPUS", help="The bundled corpus that knows the original.")
def add(files: tuple[str, ...], corpus: str) -> None:
    """Put an original you hold into a corpus; it is recognised by its words and stays on this machine."""
    originals.originals(corpus)
    failed = 0
    for file in files:
        try:
            click.echo(f"Added “{originals.add_original(read_bytes(Path(file)), corpus, file)}” to {corpus}.")
        except KitError as error:
            failed += 1
            _complain(error)
    sys.exit(0 if not failed else 1 if failed < len(files) else 2)


@main.command("new-corpus")
@click.argument("name")
@click.argument("files", nargs=-1, type=_Path, metavar="[FILE]...")
@click.option(
    "--stylebook", help="One to begin from, such as aleppo-2016; otherwise names are proposed from the texts."
)
@_into
def make_corpus(name: str, files: tuple[Path, ...], stylebook: str | None, into: Path | None) -> None:
    """Make a corpus of your own articles; without FILE, say what is still open in it."""
    first = bool(files) and not os.environ.get("KIT_WORK") and not (work_folder() / MANIFEST).is_file()
    _work_in(into or (Path(COPY) if first else None))
    if files:
        made = new_corpus.make(name, files, stylebook)
        if first:
            workspace.prepare(work_folder())  # so that it is found from now on
        click.echo(f"Made {made}: {len(files)} texts, {catalogues.CATALOGUE}, {new_corpus.STYLEBOOK}.")
    elif name not in catalogues.corpus_names() or name in catalogues.bundled_names():
        raise KitError(f"{name!r} is no corpus of yours; to make one, name its articles: kit new-corpus NAME FILE...")
    waiting = new_corpus.still_open(name)
    click.echo("\n- ".join([f"Open: {len(waiting) or 'nothing'}", *map(one_line, waiting)]))
    if waiting:
        click.echo(f"When you have done this: kit new-corpus {name}")
    else:
        click.echo(f'{name} is ready for lessons 01 to 06: write kit.load("{name}") in their first cell.')
    sys.exit(1 if waiting and not files else 0)


# ---- what learners did -----------------------------------------------------------------------------------------


@main.command()
@click.option("--export", "file", type=_Path, help="Write a portfolio: a new .html file.")
@_into
def progress(file: Path | None, into: Path | None) -> None:
    """What you did so far, lesson by lesson; it is kept on this machine and sent nowhere."""
    _work_in(into)
    if file:
        click.echo(f"Written: {portfolio(file)}")
        return
    items, problems = gathered()
    for problem in problems:
        _complain(problem)
    if items or not problems:
        click.echo(told(items))
    sys.exit(0 if not problems else 1 if items else 2)


@main.command()
@click.argument("file", type=_Path, metavar="FILE.zip")
@_into
def backup(file: Path, into: Path | None) -> None:
    """Pack your work into a ZIP: predictions, answers, codes, and the notebooks and texts you changed or added."""
    _work_in(into)
    if file.exists():
        raise KitError(f"{file} is there already; name another file.")
    if not work.anything():
        raise KitError(f"There is no work in {work_folder()}; if yours is elsewhere, say where: --into FOLDER.")
    data, left_out = work.pack()
    write_bytes(file, data)
    for name in left_out:
        click.echo(one_line(f"left out {name}"))
    click.echo(f"Packed {work_folder()} into {file}.")


@main.command()
@click.argument("file", type=_Path, metavar="FILE.zip")
@_into
def restore(file: Path, into: Path | None) -> None:
    """Bring your work back from a ZIP; what you have here and differs is kept beside it."""
    data = work.read_backup(file)
    if into:
        workspace.prepare(into)
        _work_in(into)
    if not os.environ.get("KIT_WORK") and not (work_folder() / MANIFEST).is_file():
        workspace.prepare(Path(COPY))
    for sentence in work.restore(data, str(file)):
        click.echo(one_line(sentence))


@main.command("class")
@click.argument("folder", type=_Path)
@click.option("--output", "-o", type=_Path, default=Path("class.html"), show_default=True, help="The page.")
@click.option("--corpus", "inputs", multiple=True, metavar="INPUT", help="What was coded, if it has no name here.")
@click.option("--codebook", "codebooks", multiple=True, help="A codebook of your own (TOML) by which was coded.")
@click.option("--pseudonyms", is_flag=True, help="Show no names on the page; the table has both.")
def of_class(folder: Path, output: Path, inputs: tuple[str, ...], codebooks: tuple[str, ...], pseudonyms: bool) -> None:
    """What a class handed in, from a folder or ZIP: one page for the projector, and one table (CSV) beside it."""
    students, problems = handins.collect(folder)
    for problem in problems:
        _complain(problem)
    found = classroom.classroom(students, library.load(inputs) if inputs else None, codebooks, pseudonyms=pseudonyms)
    table = classroom.write(found, output)
    for doubt in found.doubts:
        click.echo(one_line(f"Doubt: {doubt}"))
    click.echo(f"{len(students)} students; open {output.resolve()}. The table: {table}.")
    sys.exit(1 if problems else 0)


# ---- the lessons -----------------------------------------------------------------------------------------------


@main.command()
@click.option("--into", type=_Path, default=Path(COPY), show_default=True, help="Your folder.")
@click.option("--originals", "held", type=_Path, help="A folder with original articles to add first.")
@click.option("--prepare", is_flag=True, help="Only lay out the working copy; open nothing.")
@click.argument("jupyter", nargs=-1, metavar="[-- JUPYTERLAB'S OPTIONS]")
def lab(into: Path, held: Path | None, prepare: bool, jupyter: tuple[str, ...]) -> None:
    """Open JupyterLab at the first lesson, in a working copy that is yours to change."""
    if held:
        _add_all(held)
    folder = (_usual_place() if into == Path(COPY) else into).resolve()
    for line in workspace.prepare(folder):
        if not line.startswith("added"):
            click.echo(line)
    click.echo(f"Your work is in {folder}.")
    if not prepare:
        _open(folder, jupyter)


def _usual_place() -> Path:
    """Return my-work here or, where one may not write (the kit lies on a shared drive), at home."""
    here, home = Path(COPY), copy_at_home()
    if _writable(here):
        return here
    if not _writable(home):
        raise KitError(f"Neither {here.resolve()} nor {home} can be written to; name a folder: kit lab --into FOLDER")
    click.echo(f"{here.resolve()} cannot be written to, so your work lies in your home folder.")
    return home


def _writable(place: Path) -> bool:
    """Try it: what a system says of rights is not to be relied on for network drives, nor on Windows."""
    try:
        with tempfile.TemporaryFile(dir=place if place.is_dir() else place.absolute().parent):
            return True
    except OSError:
        return False


def _open(folder: Path, jupyter: tuple[str, ...]) -> None:
    options = [f"--ServerApp.root_dir={folder}", f"--LabApp.default_url=/lab/tree/{FIRST_LESSON}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # a container: JupyterLab asks to be told so
        options.append("--allow-root")
    settings = str(PACKAGE / "lab-settings")  # no pop-up about news, no look-up of updates
    paths = [settings, *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    environment = os.environ | {"KIT_WORK": str(folder), "JUPYTER_CONFIG_PATH": os.pathsep.join(paths)}
    # -P: a jupyterlab.py or pandas.py that lies in the folder one stands in is not taken for the real one.
    command = [sys.executable, "-P", "-m", "jupyterlab", *options, *jupyter]
    if os.name == "posix":  # so that ending this command ends JupyterLab
        os.execve(sys.executable, command, environment)
    sys.exit(subprocess.call(command, env=environment))


def _add_all(folder: Path) -> None:
    if not folder.is_dir():
        raise KitError(f"{folder} is not a folder; name the one in which the originals lie.")
    added = 0
    for file in sorted(path for path in folder.iterdir() if path.is_file()):
        for name in catalogues.corpus_names():
            try:
                title = originals.recognised(file, name)
            except KitError:  # too large or unreadable, so none of them; a folder of downloads holds all sorts
                continue
            if title:
                click.echo(f"Added “{title}” to {name}.")
                added += 1
    if not added:
        raise KitError(f"{folder} holds none of the originals that the corpora know (kit corpora lists them).")


@main.command()
@click.option("--into", type=_Path, default=Path("pages"), show_default=True, help="Their folder.")
@click.option("--solutions", is_flag=True, help="Also the solutions of the exercises.")
def pages(into: Path, solutions: bool) -> None:
    """Lessons and exercises as web pages to read and print, each one file that needs no network."""
    index, *written = write_pages(into, solutions=solutions)
    click.echo(f"{len(written)} pages; open {index.resolve()}")

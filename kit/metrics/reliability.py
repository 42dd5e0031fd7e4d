"""Agreement: how far people who coded the same thing said the same of it, and where they did not.

Coefficients take a table of ratings: a row a unit, a column a coder, missing values (None, NaN) where a coder did not
judge a unit. Where there is nothing to compare they are NaN, never 0 or 1: with one coder, with no unit that two
coders judged, with all values missing, and, for all but `percent`, where nobody ever used a second value (then
nothing shows that the coders could tell one value from another).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from math import isfinite
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ..coding.codebooks import LEVELS, Book, Codebook, as_codebook
from ..documents import spans
from ..documents.corpus import touching
from ..documents.language import Piece
from ..errors import KitError, one_line
from .intervals import drawn_again, percentiles

BY = ("document", "sentence")
_DIVIDED = ["document", "text", "code", "divided"]
Values = Sequence[Any] | None

# ---- coefficients ----------------------------------------------------------------------------------------------


def alpha(ratings: pd.DataFrame, level: str = "nominal", *, values: Values = None) -> float:
    """Krippendorff's alpha: 1 − observed ÷ expected disagreement, over all pairs of values of the same unit.

    Any number of coders, values may be missing; a unit that fewer than two coders judged is left out. Formula and
    notation after K. Krippendorff, "Computing Krippendorff's alpha-reliability" (University of Pennsylvania, 2011),
    with its nominal, ordinal and interval metrics.

    Parameters
    ----------
    ratings : DataFrame
        A row a unit, a column a coder.
    level : {"nominal", "ordinal", "interval"}
        Values are different or not; have an order; are numbers.
    values : sequence, optional
        The values there are, in their order; needed for ordinal values that are text, whose alphabet is no order.

    Returns
    -------
    float
        1 for perfect agreement, 0 for what chance would give, below 0 for less; NaN as the module says.

    Raises
    ------
    KitError
        If there is no such level, a value is none of `values` or, for the interval level, no finite number, ordinal
        values have no order, or two columns have one name.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> two = pd.DataFrame({"Ana": ["yes", "no", "yes", "no"], "Bo": ["yes", "no", "no", "no"]})
    >>> round(kit.metrics.alpha(two), 3)
    0.533
    """
    counts, scale = _counted(ratings, level, values)
    return _alpha(counts, np.ones(len(counts)), level, scale)


def alpha_interval(ratings: pd.DataFrame, level: str = "nominal", *, values: Values = None) -> tuple[float, float]:
    """95 % percentile interval for `alpha` from resampling units: each draw takes as many units, with replacement.

    This is the bootstrap that Zapf, Castell, Morawietz and Karch found to cover as it should ("Measuring inter-rater
    reliability for nominal data", BMC Medical Research Methodology 16, 2016, 93), not Krippendorff's own, which draws
    single pairs of values and is too narrow. It takes units as independent; sentences of one text are not quite, so
    for them it is still too narrow. A draw in which alpha is not defined is left out.

    Parameters and errors are those of `alpha`.

    Returns
    -------
    tuple of float
        Lower and upper limit; NaN where alpha is not defined, or only one unit was judged by two coders.
    """
    counts, scale = _counted(ratings, level, values)
    counts = counts[counts.sum(axis=1) > 1]
    if len(counts) < 2:
        return np.nan, np.nan
    alphas = np.array([_alpha(counts, times, level, scale) for times in drawn_again(len(counts))])
    return percentiles(alphas[~np.isnan(alphas)])


def percent(ratings: pd.DataFrame) -> float:
    """Share of agreeing pairs of coders, 0 to 1, averaged over the units that at least two judged.

    With two coders this is the share of units on which they agree. Chance is not taken into account.
    """
    return _mean_agreeing(_counted(ratings)[0])


def cohen(ratings: pd.DataFrame) -> float:
    """Cohen's kappa of two coders, over the units that both judged; NaN unless there are exactly two.

    (observed − expected) ÷ (1 − expected) agreement, each coder with their own habits (J. Cohen, "A coefficient of
    agreement for nominal scales", Educational and Psychological Measurement 20, 1960, 37–46).
    """
    _counted(ratings)
    both = ratings.dropna()
    if ratings.shape[1] != 2 or both.empty:
        return np.nan
    table = confusion(both).to_numpy() / len(both)
    return _corrected(table.trace(), table.sum(axis=0) @ table.sum(axis=1))


def fleiss(ratings: pd.DataFrame) -> float:
    """Fleiss' kappa of any number of coders, over the units that all of them judged.

    (observed − expected) ÷ (1 − expected) agreement, all coders with the same habits (J. L. Fleiss, "Measuring nominal
    scale agreement among many raters", Psychological Bulletin 76, 1971, 378–382). With missing values use `alpha`.
    """
    counts, _ = _counted(ratings.dropna())
    if ratings.shape[1] < 2 or not len(counts):
        return np.nan
    return _corrected(_mean_agreeing(counts), ((counts.sum(axis=0) / counts.sum()) ** 2).sum())


def confusion(ratings: pd.DataFrame, values: Values = None) -> pd.DataFrame:
    """Count which value met which: with two coders the first's in rows and the second's in columns.

    With more coders every pair counts in both directions, so that the table mirrors itself at its diagonal.
    """
    _, known = _counted(ratings, values=values)
    table = pd.DataFrame(0, index=pd.Index(known), columns=pd.Index(known))
    for first, second in combinations(ratings.columns, 2):
        both = ratings[[first, second]].dropna()
        met = pd.crosstab(both[first], both[second]).reindex(index=known, columns=known, fill_value=0)
        table += met if ratings.shape[1] == 2 else met + met.T
    return table


def _counted(ratings: pd.DataFrame, level: str = "nominal", values: Values = None) -> tuple[np.ndarray, list[Any]]:
    """Count how often each unit was given each value; return that, and the values in their order."""
    if not isinstance(ratings, pd.DataFrame):
        raise KitError("Ratings are a table (DataFrame): a row a unit, a column a coder.")
    if level not in LEVELS:
        raise KitError(f"There is no level {one_line(level)!r}; there are: {', '.join(LEVELS)}.")
    if not ratings.columns.is_unique:
        twice = ratings.columns[ratings.columns.duplicated()][0]
        raise KitError(f"Two columns are called {one_line(twice)!r}; give each coder a name of their own.")
    cells = ratings.astype(object).where(ratings.notna(), None).to_numpy(dtype=object)
    given = [value for value in dict.fromkeys(cells.ravel().tolist()) if value is not None]
    if values is not None and (strange := [value for value in given if value not in values]):
        raise KitError(f"The value {one_line(strange[0])!r} is none of {', '.join(map(str, values))}.")
    try:
        known = list(values) if values is not None else sorted(given) if level != "nominal" else given
        if level == "interval" and not all(isfinite(float(value)) for value in known):
            raise ValueError("no finite number")
        if level == "ordinal" and values is None and any(isinstance(value, str) for value in given):
            raise ValueError("in alphabetical order, which is hardly meant")
    except (TypeError, ValueError):
        advice = "numbers are wanted" if level == "interval" else "name their order: values=…"
        raise KitError(f"The values {', '.join(map(str, given))} do not make up an {level} level; {advice}.") from None
    return np.array([(cells == value).sum(axis=1) for value in known]).reshape(len(known), len(ratings)).T, known


def _alpha(counts: np.ndarray, times: np.ndarray, level: str, scale: list[Any]) -> float:
    """Alpha of units that count so many times each, through the matrix of coincidences."""
    weights = times / np.maximum(counts.sum(axis=1) - 1, 1)
    coincidences = counts.T @ (counts * weights[:, None]) - np.diag(weights @ counts)
    totals = coincidences.sum(axis=0)
    if level == "nominal":
        apart = 1 - np.eye(len(totals))
    else:  # an ordinal value stands at its middle rank among all values given
        at = np.array(scale, dtype=float) if level == "interval" else totals.cumsum() - totals / 2
        apart = (at[:, None] - at[None, :]) ** 2
    expected = totals @ apart @ totals
    return float(1 - (totals.sum() - 1) * (coincidences * apart).sum() / expected) if expected else np.nan


def _mean_agreeing(counts: np.ndarray) -> float:
    """The share of agreeing pairs in a unit, averaged over the units with two values or more."""
    several = counts.sum(axis=1)
    counts, several = counts[several > 1], several[several > 1]
    shares = (counts * (counts - 1)).sum(axis=1) / (several * (several - 1))
    return float(shares.mean()) if len(shares) else np.nan


def _corrected(observed: float, expected: float) -> float:
    return float((observed - expected) / (1 - expected)) if expected < 1 else np.nan


# ---- from codes to ratings -------------------------------------------------------------------------------------


class _Mark(NamedTuple):
    """What agreement asks of a code; start and end are the same if it is for the whole text."""

    start: int
    end: int
    coder: str
    code: str
    value: str
    note: str


_Cells = dict[tuple[str, int, int, str], tuple[str | None, str]]  # document, start, end, coder: value and notes


def ratings(codes: pd.DataFrame, codebook: Book, code: str | None = None, *, by: str | None = None) -> pd.DataFrame:
    """Turn codes into ratings: a row a unit, a column a coder, missing where a coder has not coded that document.

    A coder has coded a document if there is any code of theirs in it, from this codebook. The codebook's first value
    then stands wherever their marks do not touch a unit; but where whole documents are judged, a question without an
    answer is missing: who found nothing says so, by the first value for the whole text. Of several marks the highest
    value counts; unordered values are joined. A code for the whole text decides over the marks in it.

    Parameters
    ----------
    codes : DataFrame
        Codes as `coding.codes` or `coding.merge` gives them.
    codebook : Codebook, str or Path
        The codebook, its name, or the way to its file.
    code : str, optional
        The value of this code; without it, which codes a unit was given, such as `named + evaluated`.
    by : {"document", "sentence"}, optional
        What a unit is; otherwise documents if the codebook judges whole texts, else sentences.

    Raises
    ------
    KitError
        If the table holds no codes from this codebook, or there is no such code or unit.
    """
    cells = _cells(codes, as_codebook(codebook), code, by)
    table = pd.Series({cell: value for cell, (value, _) in cells.items()}, dtype=object)
    units = list(dict.fromkeys(cell[:3] for cell in cells))
    table.index.names = ["document", "start", "end", "coder"]
    return table.unstack("coder").loc[units]


def agreement(codes: pd.DataFrame, codebook: Book, *, by: str | None = None) -> pd.DataFrame:
    """Tell how far coders agree, a row a code. Parameters and errors are those of `ratings`.

    Returns
    -------
    DataFrame
        `coders`, `units` that at least two of them judged, `percent`, `alpha` on the codebook's level with the limits
        `low` and `high`, `cohen` (two coders only) and `fleiss`.
    """
    book = as_codebook(codebook)
    rows = {code: _figures(ratings(codes, book, code, by=by), book) for code in book.codes}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("code")


def _figures(table: pd.DataFrame, book: Codebook) -> dict[str, float]:
    values = None if book.level == "nominal" else book.values
    low, high = alpha_interval(table, book.level, values=values)
    return {
        "coders": table.shape[1],
        "units": int((table.notna().sum(axis=1) > 1).sum()),
        "percent": percent(table),
        "alpha": alpha(table, book.level, values=values),
        "low": low,
        "high": high,
        "cohen": cohen(table),
        "fleiss": fleiss(table),
    }


def disagreements(codes: pd.DataFrame, codebook: Book, *, by: str | None = None) -> pd.DataFrame:
    """List where coders differ, the most divided first: a row a unit and code, the coders side by side.

    Parameters and errors are those of `ratings`.

    Returns
    -------
    DataFrame
        `document`, `text` (of a whole document it says that it is one), `code`, `divided` (share of pairs of coders
        that differ, 0 to 1), and a column a coder: their value and, after a colon, their notes. A coder who is called
        like one of the other columns has the column `text (coder)`. To project it, nothing cut:
        `kit.show(disagreements(…))`.
    """
    corpus, book = spans.corpus_of(codes), as_codebook(codebook)
    rows, shown = [], []
    for code in book.codes:
        said: dict[tuple[str, int, int], dict[str, tuple[str, str]]] = defaultdict(dict)
        for (name, start, end, coder), (value, notes) in _cells(codes, book, code, by).items():
            if value is not None:
                said[name, start, end][coder] = value, notes
        for (name, start, end), each in said.items():
            differ = [one != other for (one, _), (other, _) in combinations(each.values(), 2)]
            if any(differ):
                text = corpus[name].text[start:end] or f"({spans.WHOLE})"
                rows.append((name, text, code, sum(differ) / len(differ)))
                shown.append({c: f"{value}: {notes}" if notes else value for c, (value, notes) in each.items()})
    table = pd.DataFrame(rows, columns=_DIVIDED)
    coders = sorted(codes.loc[codes["codebook"] == book.name, "coder"].unique())
    for coder in coders:
        table[_column(coder, coders)] = pd.Series([each.get(coder, "") for each in shown], dtype=object)
    return table.sort_values("divided", ascending=False, kind="stable", ignore_index=True)


def _column(coder: str, coders: Sequence[str]) -> str:
    """Tell what a coder's column is called: their name, unless that is another column's."""
    name = coder
    while name in _DIVIDED or (name != coder and name in coders):
        name += " (coder)"
    return name


def _cells(codes: pd.DataFrame, book: Codebook, code: str | None, by: str | None) -> _Cells:
    """Tell the value that each coder gave to each unit, and their notes."""
    corpus = spans.corpus_of(codes)
    by = by or ("document" if book.unit == "document" else "sentence")
    if by not in BY:
        raise KitError(f"Agreement is told by one of {', '.join(BY)}, not by {one_line(by)!r}.")
    if code is not None:
        book.check(code, book.values[0])
    if "codebook" not in codes.columns or not (codes["codebook"] == book.name).any():
        raise KitError(f"There are no codes from the codebook {book.name!r} in this table.")
    judged_whole = by == book.unit == "document"
    cells: _Cells = {}
    own = codes[codes["codebook"] == book.name]
    for document in corpus:
        rows = own.loc[own["document"] == document.name, list(_Mark._fields)]
        marks = [_Mark(*row) for row in rows.itertuples(index=False)]
        units = [Piece(0, 0)] if by == "document" else [s for s in document.sentences if document.position(*s)]
        given: dict[tuple[Piece, str], list[_Mark]] = defaultdict(list)
        for mark in marks:
            if code in (None, mark.code):
                for unit in units if by == "document" else touching(units, mark.start, mark.end):
                    given[unit, mark.coder].append(mark)
        for unit in units:
            for coder in sorted({mark.coder for mark in marks}):
                here = given[unit, coder]
                notes = "; ".join(dict.fromkeys(mark.note for mark in here if mark.note))
                value = None if judged_whole and not here else _value(here, book, code)
                cells[document.name, unit.start, unit.end, coder] = value, notes
    return cells


def _value(marks: list[_Mark], book: Codebook, code: str | None) -> str:
    """What a coder's marks say of a unit together."""
    decided = {mark.code for mark in marks if mark.start == mark.end}
    counted = [mark for mark in marks if mark.start == mark.end or mark.code not in decided]
    found = [value for value in book.values[1:] if value in {mark.value for mark in counted}] or [book.values[0]]
    if code is None:
        given = {mark.code for mark in counted if mark.value != book.values[0]}
        return " + ".join(name for name in book.codes if name in given) or "nothing"
    return " + ".join(found) if book.level == "nominal" else found[-1]

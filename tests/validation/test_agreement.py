"""Agreement on the Narrative Frames Corpus: the shipped table is what the raw answers give, by ours and by NLTK."""

import pandas as pd
import pytest
from nltk.metrics.agreement import AnnotationTask

from kit.metrics.reliability import alpha

from .agreement import RAW, TABLE, answers, figures, measured
from .figures import unlike


@pytest.fixture(scope="module")
def ratings():
    if not RAW.is_file():
        pytest.skip("needs ../shared/corpora/narrative-frames")
    return answers()


def test_the_figures_on_the_card_are_those_of_the_table():
    assert unlike(measured(pd.read_csv(TABLE, encoding="utf-8"))).empty


def test_the_raw_answers_are_read_whole(ratings):
    assert len(ratings) == 23
    assert {table.shape for table in ratings.values()} == {(261, 4)}
    assert {int(table.notna().to_numpy().sum()) for table in ratings.values()} == {598}


def test_the_table_has_not_drifted(ratings):
    kept = pd.read_csv(TABLE, encoding="utf-8")
    pd.testing.assert_frame_equal(figures(ratings), kept, check_dtype=False, atol=0.0011)


def test_every_alpha_is_that_of_nltk(ratings):
    for table in ratings.values():
        given = table.stack().dropna()
        data = [(coder, article, value) for (article, coder), value in given.items()]
        assert alpha(table) == pytest.approx(AnnotationTask(data).alpha(), abs=1e-12)

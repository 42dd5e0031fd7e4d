"""An error in a learner's cell is also told in plain words."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

import kit
from kit.learning.plain_errors import plainly


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("unknown_name", "“unknown_name” is not known here"),
        ("{}['rebel']", "'rebel'"),
        ("[][3]", "Counting begins at 0"),
        ("'a' + 1", "do not fit together"),
        ("(1).words", "words"),
        ("kit.load('nowhere')", "no such file or folder"),
        ("raise OSError('the disk is full')", "the disk is full"),
        ("kit.mentions(5)", "wrong kind"),
        ("x = 1\n1 / 0", "Line 2: Something was divided by 0"),
    ],
)
def test_a_sentence_stands_above_pythons_own_account(shell, capsys, code, told):
    kit.explain_errors()
    shell.run_cell("import kit")
    result = shell.run_cell(code)
    said = capsys.readouterr().out
    assert not result.success
    assert told in said.splitlines()[0]
    assert type(result.error_in_exec).__name__ in said
    assert "Traceback (most recent call last)" not in said


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("kit.load('aleppo-2016)", "Line 1: A quotation mark is missing"),
        ("x = 1\nanswer = “yes”", "Line 2: These quotation marks are curly"),
        ("print((1, 2)", "never closed"),
        ("print(1))", "never opened"),
        ("x = [1 2]", "comma is missing"),
        ("x = 1\n    y = 2", "spaces at the beginning"),
        ("x = = 1", "cannot be read"),
    ],
)
def test_a_cell_that_cannot_be_read_gets_a_sentence_about_what_is_missing(shell, capsys, code, told):
    kit.explain_errors()
    assert not shell.run_cell(code).success
    assert told in capsys.readouterr().out.splitlines()[0]


def test_what_a_text_says_is_escaped(shell):
    shown = []
    kit.explain_errors()
    shell.display_pub.publish = lambda data, **_: shown.append(data)
    shell.run_cell("raise ValueError('<script>x</script>')")
    assert "<script>" not in shown[0]["text/html"]


def test_outside_a_notebook_nothing_happens():
    InteractiveShell.clear_instance()
    assert kit.explain_errors() is None


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), StopIteration(), RecursionError("deep"), kit.KitError("Do this.")]
)
def test_every_error_has_a_sentence(error):
    assert plainly(error).endswith(".")

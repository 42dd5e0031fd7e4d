"""An error in a learner's cell is also told in plain words."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

import kit
from kit.plain_errors import plainly


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("unknown_name", "“unknown_name” is not known here"),
        ("{}['rebel']", "'rebel'"),
        ("[][3]", "Counting begins at 0"),
        ("'a' + 1", "do not fit together"),
        ("(1).words", "words"),
        ("import kit; kit.load('nowhere')", "no such file or folder"),
        ("raise OSError('the disk is full')", "the disk is full"),
    ],
)
def test_a_sentence_stands_above_pythons_own_account(shell, capsys, code, told):
    kit.explain_errors()
    result = shell.run_cell(code)
    said = capsys.readouterr().out
    assert not result.success
    assert told in said.splitlines()[0]
    assert type(result.error_in_exec).__name__ in said
    assert said.index(told) < said.index("Traceback")


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

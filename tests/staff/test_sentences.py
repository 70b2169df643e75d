"""Whatever is refused is refused with a sentence, in five languages."""

import ast
import re
from pathlib import Path

import pytest

import goodword
from goodword.platform import errors
from goodword.platform.errors import GoodwordError
from goodword.platform.i18n import LANGUAGES, catalogue

TREE = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, GoodwordError)]
KINDS = {kind.__name__: kind.code for kind in TREE}
# Those who see these read logs, not sentences.
FOR_LOGS = {"broken"}


def reasons_raised():
    for path in Path(goodword.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS):
                continue
            match node.args:
                case [ast.Constant(value=str(reason))] if KINDS[node.func.id] not in FOR_LOGS:
                    yield f"{KINDS[node.func.id]}.{reason}"


def test_every_reason_has_a_sentence():
    raised = set(reasons_raised())
    assert len(raised) > 50
    assert raised <= set(catalogue("en", "errors"))


def test_every_kind_has_a_sentence_for_when_no_reason_is_given():
    assert set(KINDS.values()) <= set(catalogue("en", "errors"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_say_the_same_with_the_same_facts(language):
    ours, english = catalogue(language, "errors"), catalogue("en", "errors")
    assert list(ours) == list(english)
    for key, sentence in ours.items():
        assert sorted(re.findall(r"{\w+}", sentence)) == sorted(re.findall(r"{\w+}", english[key])), key

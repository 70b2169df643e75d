import json
import re
from functools import cache
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.platform.i18n import LANGUAGES, has_text, ours, plural, preferred, text

TEXTS = files("goodword").joinpath("texts")
NAMESPACES = sorted(
    {path.name for language in TEXTS.iterdir() for path in language.iterdir() if path.name.endswith(".json")}
)
PLURAL = re.compile(r"\.(one|other)$")


@cache
def texts(language, namespace):
    def no_twins(pairs):
        assert len(pairs) == len(dict(pairs)), f"a key stands twice in {language}/{namespace}"
        return dict(pairs)

    return json.loads(TEXTS.joinpath(language, namespace).read_text(encoding="utf-8"), object_pairs_hook=no_twins)


def placeholders(sentence):
    return set(re.findall(r"\{(\w+)\}", sentence))


@cache
def counted(namespace):
    """The keys that stand in English for one and for many; another ``….other`` is a choice that is called so."""
    return {key.removesuffix(".one") for key in texts("en", namespace) if key.endswith(".one")}


def stem(key, namespace):
    bare = PLURAL.sub("", key)
    return bare if bare in counted(namespace) else key


@pytest.mark.parametrize("namespace", NAMESPACES)
@pytest.mark.parametrize("language", LANGUAGES)
class TestCatalogue:
    def test_every_language_has_the_same_keys(self, language, namespace):
        wanted = {stem(key, namespace) for key in texts("en", namespace)}
        assert {stem(key, namespace) for key in texts(language, namespace)} == wanted

    def test_every_plural_has_its_forms(self, language, namespace):
        """Chinese and Korean have one."""
        keys, forms = set(texts(language, namespace)), {"one", "other"} if language in ("en", "fr") else {"other"}
        for bare in counted(namespace):
            assert {form for form in ("one", "other") if f"{bare}.{form}" in keys} == forms, bare

    def test_every_sentence_has_the_same_placeholders(self, language, namespace):
        english = {stem(key, namespace): placeholders(sentence) for key, sentence in texts("en", namespace).items()}
        for key, sentence in texts(language, namespace).items():
            # "One new message" may do without the number.
            difference = english[stem(key, namespace)] ^ placeholders(sentence)
            assert difference <= ({"count"} if key.endswith(".one") else set()), key

    def test_nothing_is_left_empty(self, language, namespace):
        for key, sentence in texts(language, namespace).items():
            assert sentence.strip() == sentence, key
            assert sentence, key


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr", "fr"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("de,ko;q=0.5", "ko"),
        ("en;q=0.5, ko;q=0.9", "ko"),
        ("en; q=0.5 , ko; q = 0.9", "ko"),
        ("EN-us;Q=0.1,FR;Q=0.2", "fr"),
        ("zh-TW,zh;q=0.9", "zh-Hant"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-hans-cn", "zh-Hans"),
        ("zh-MY", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("ko_KR", "ko"),
        ("en;q=0,ko;q=0.1", "ko"),
        ("fr;q=nan,ko;q=0.1", "ko"),
        ("fr;q=5,ko;q=0.1", "ko"),
        ("fr;q=,ko;q=0.1", "ko"),
        ("ko,fr", "ko"),
        ("frr,kok,zhx", "en"),
        ("*", "en"),
        ("", "en"),
        (None, "en"),
        ("de" + ",x" * 10_000 + ",fr", "en"),
    ],
)
def test_a_browser_gets_the_language_it_likes_best_of_ours(header, language):
    assert preferred(header) == language


@given(st.text(alphabet="abefhknrtz-_;,=q.0159* \t\x00é", max_size=80))
def test_no_header_is_too_strange(header):
    assert preferred(header, "ko") in LANGUAGES
    assert ours(header) in (None, *LANGUAGES)


@pytest.mark.parametrize(
    ("language", "forms"),
    [("en", "other one other"), ("fr", "one one other"), ("ko", "other other other"), ("zh-Hant", "other other other")],
)
def test_each_language_counts_in_its_own_way(language, forms):
    assert [plural(language, count) for count in (0, 1, 2)] == forms.split()


def a_plural():
    for namespace in NAMESPACES:
        for key, sentence in texts("en", namespace).items():
            if key.endswith(".one") and "{count}" in texts("en", namespace)[f"{key[:-4]}.other"]:
                return f"{namespace.removesuffix('.json')}.{key[:-4]}", sentence
    pytest.skip("no text counts anything yet")


def test_a_counted_text_takes_the_right_form_and_falls_back_as_english_does():
    key, one = a_plural()
    assert text("en", key, count=1) == one.replace("{count}", "1")
    assert "2" in text("ko", key, count=2)
    assert text("de", key, count=1) == text("en", key, count=1)


def a_sentence():
    for namespace in NAMESPACES:
        for key, sentence in texts("en", namespace).items():
            if len(placeholders(sentence)) == 1 and not PLURAL.search(key):
                return f"{namespace.removesuffix('.json')}.{key}", sentence, placeholders(sentence).pop()
    raise AssertionError("no text has a placeholder")


def test_placeholders_are_filled_once_and_left_where_nothing_is_known():
    key, sentence, name = a_sentence()
    hostile = "{language} {key} {" + name + "}"
    assert text("en", key, **{name: hostile}, language="xx", key=1) == sentence.replace(f"{{{name}}}", hostile)
    assert text("en", key) == sentence


def test_a_key_that_is_not_there_is_an_error():
    namespace = NAMESPACES[0].removesuffix(".json")
    assert not has_text(f"{namespace}.no_such_key")
    with pytest.raises(KeyError):
        text("fr", f"{namespace}.no_such_key", count=1)

import unicodedata

import pytest
import tokenizers
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.platform.embedding.tokens import CHARACTERS, Tokens
from goodword.platform.embedding.weights import installed_weights, read_weights


@pytest.fixture(scope="module")
def oracle(weights):
    """The tokenizer of the model's makers over the same vocabulary, without the marks."""
    vocabulary = weights.vocabulary
    by_id = {piece: text for text, piece in vocabulary.pieces.items()}
    pieces = [(by_id.get(i, f"\x00{i}"), score) for i, score in enumerate(vocabulary.scores)]
    made = tokenizers.Tokenizer(tokenizers.models.Unigram(pieces, unk_id=vocabulary.unknown, byte_fallback=False))
    made.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    return lambda text: made.encode(text, add_special_tokens=False).ids


def test_a_question_gets_the_ids_the_published_tokenizer_gives(tokens):
    assert tokens.ids("query:", "Where is my order?", 64) == [0, 41, 1294, 12, 78662, 83, 759, 12989, 32, 2]
    assert tokens.ids("query:", "내 주문은 어디에 있나요?", 64) == [
        *[0, 41, 1294, 12],
        *[5920, 71674, 697, 99302, 480, 194904, 32, 2],
    ]


def test_every_line_is_cut_as_the_reference_cuts_it(tokens, oracle, lines):
    for line in lines:
        expected = oracle("passage: " + tokens.readable(line))
        assert tokens.ids("passage:", line, 512) == [0, *expected, 2], line


def test_any_text_is_cut_as_the_reference_cuts_it(tokens, oracle):
    alphabet = st.characters(exclude_categories=["Cs"]) | st.sampled_from("aeiouné 的是了주문은▁<>")

    @settings(max_examples=200, deadline=None, database=None)
    @given(st.text(alphabet, max_size=60))
    def check(text):
        expected = oracle(("query: " + tokens.readable(text)).strip())
        assert tokens.ids("query:", text, 512) == [0, *expected, 2]

    check()


def test_compatible_forms_read_the_same(tokens):
    assert tokens.readable("ＡＢＣ１２３") == "ABC123"
    assert tokens.readable("Cafe\u0301") == "Café"
    assert tokens.readable("\u1112\u1161\u11ab") == "한"
    assert tokens.readable(" a\u200b\u3000b\r\n c\x07 ") == "a b c"


def test_what_the_file_calls_plain_agrees_with_unicode(weights):
    """But for white space, controls and the few characters the model was taught otherwise."""
    plain = weights.vocabulary.plain
    other = [c for c, read in plain.items() if read.strip() and unicodedata.normalize("NFKC", chr(c)) != read]
    assert other == []
    assert len(plain) > 4_000


def test_hostile_text_becomes_few_tokens_between_the_marks(tokens, hostile):
    ids = tokens.ids("query:", hostile, 160)
    assert 4 <= len(ids) <= 160
    assert ids[:4] == [0, 41, 1294, 12]
    assert ids[-1] == 2
    assert not {0, 1, 2, 250001} & set(ids[1:-1]), "nobody may type a mark"


def test_what_is_read_of_a_text_is_bounded_before_and_after_it_grows(tokens, hostile):
    assert len(tokens.readable(hostile)) <= CHARACTERS


def test_a_run_of_unknown_characters_is_one_unknown(tokens):
    assert tokens.ids("query:", "\u0378\u0379\u0378", 64)[4:-1] == [6, 3]


def test_halves_of_a_pair_are_joined_and_lone_ones_fall_away(tokens):
    assert tokens.readable("\ud83d\ude00!") == "😀!"
    assert tokens.readable("order\ud83d now") == "order now"


def test_the_limit_counts_the_marks(tokens):
    long = "kettle " * 300
    assert len(tokens.ids("passage:", long, 512)) == 512 or len(tokens.readable(long)) < CHARACTERS
    assert len(tokens.ids("passage:", long, 20)) == 20


def test_a_vocabulary_can_be_read_twice():
    assert Tokens(read_weights(installed_weights()).vocabulary).ids("query:", "tea", 9)[-1] == 2

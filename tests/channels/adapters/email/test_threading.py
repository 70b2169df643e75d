"""Where a mail belongs: what we signed is believed, references only of who took part, a subject never."""

import pytest

from goodword.channels.adapters.email.threading import (
    MOST_REFERENCES,
    Evidence,
    Link,
    base_subject,
    belongs_to,
    nearest_references,
)

DANA, GUS = "dana@customers.example", "gus@customers.example"
KETTLE = Link("cnv_kettle", frozenset({DANA}), "My kettle", seen=True)
FORETOLD = Link("cnv_foretold", frozenset({DANA}), "Re: My kettle", seen=False)


def place(sender=DANA, subject="Re: My kettle", doubted=False, **evidence):
    return belongs_to(Evidence(**evidence), sender, subject, doubted)


@pytest.mark.parametrize("sender", [DANA, GUS, ""])
@pytest.mark.parametrize("mark", ["addressed", "answered", "named"])
def test_what_we_signed_leads_home_whoever_sends_it(mark, sender):
    assert place(sender, "Something else", doubted=True, **{mark: ("cnv_kettle",)}) == "cnv_kettle"


def test_the_address_counts_more_than_references_and_the_subject_comes_last():
    everything = {"addressed": ("cnv_1",), "answered": ("cnv_2",), "cited": (KETTLE,), "named": ("cnv_4",)}
    order = []
    for gone in ("", "addressed", "answered", "cited", "named"):
        everything.pop(gone, None)
        order.append(place(**everything))
    assert order == ["cnv_1", "cnv_2", "cnv_kettle", "cnv_4", None]


def test_the_nearest_of_several_counts():
    assert place(answered=("cnv_near", "cnv_far")) == "cnv_near"


def test_a_reference_to_somebody_elses_mail_opens_nothing_for_a_stranger():
    assert place(DANA, cited=(KETTLE,)) == "cnv_kettle"
    assert place(GUS, cited=(KETTLE,)) is None
    assert place("", cited=(KETTLE,)) is None


def test_nor_for_somebody_who_may_only_say_that_he_is_the_customer():
    assert place(DANA, doubted=True, cited=(KETTLE,)) is None


def test_what_arrives_out_of_order_finds_together_where_it_is_about_the_same():
    assert place(subject="My kettle", awaited=(FORETOLD,)) == "cnv_foretold"
    assert place(subject="Quite another matter", awaited=(FORETOLD,)) is None
    assert place(GUS, subject="My kettle", awaited=(FORETOLD,)) is None


def test_a_mail_that_was_only_referred_to_joins_nothing_of_another_subject():
    """Some programs put the same References on everything they send."""
    assert place(subject="Invoice 2", cited=(FORETOLD,)) is None


def test_a_subject_alone_says_nothing():
    assert place(subject="Re: My kettle") is None


def test_of_ten_thousand_references_the_nearest_are_looked_at():
    many = tuple(f"{n}@a" for n in range(10_000))
    looked_at = nearest_references(("parent@a",), many)
    assert looked_at[:3] == ("parent@a", "9999@a", "9998@a")
    assert len(looked_at) == MOST_REFERENCES + 1
    assert nearest_references(("x@a", "", "x@a"), ("x@a",)) == ("x@a",)


@pytest.mark.parametrize(
    "subject",
    [
        "My kettle",
        "Re: My kettle",
        "RE:RE: my  kettle",
        "Re[2]: My kettle",
        "AW: WG: My kettle",
        "Fwd: Re: My kettle",
        "回复：My kettle",
        "答复: 转发：My kettle",
        "回覆：My kettle",
        "회신: My kettle",
        "SV: VS: My kettle",
        "TR : My kettle",
    ],
)
def test_answering_and_forwarding_do_not_change_what_a_mail_is_about(subject):
    assert base_subject(subject) == "my kettle"


def test_words_that_only_begin_like_an_answer_stay():
    assert base_subject("Refund: when?") == "refund: when?"
    assert base_subject("Re" + ": Re" * 200 + ": x") == "x"

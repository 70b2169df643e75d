"""A secret setting is sealed where it comes in and opened only for who needs it."""

import pytest

from goodword.channels.model import Channel, Limits, Manifest, Setting, checked_settings
from goodword.channels.secrets import laid_over, opened_settings, sealed_settings, shown_settings
from goodword.platform.errors import BadInput

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
PASSWORD = "saffron-and-salt"
MANIFEST = Manifest(
    kind="post",
    name="Post",
    capabilities=frozenset({"push"}),
    limits=Limits(text=1000, files_per_message=5),
    settings=(
        Setting("host", "text"),
        Setting("password", "secret", goes_to=("host",)),
        Setting("security", "choice", default="tls", options=("tls", "none")),
    ),
)


def channel(**settings: object) -> Channel:
    checked = checked_settings(MANIFEST, sealed_settings(MANIFEST, settings, KEY))
    return Channel("chn_1", "post", "Post", "key", checked, "", 0)


def test_what_is_sealed_opens_again_and_shows_nothing() -> None:
    made = channel(host="mail.example", password=PASSWORD)
    assert PASSWORD not in repr(made)
    assert shown_settings(MANIFEST, made.settings) == {"host": "mail.example", "password": True, "security": "tls"}
    assert opened_settings(made, MANIFEST, KEY)["password"] == PASSWORD


def test_a_password_cannot_be_stored_in_the_clear_by_mistake() -> None:
    for form in (PASSWORD, {"sealed": 1}, {"sealed": "x", "more": "y"}, ["x"]):
        with pytest.raises(BadInput) as refused:
            checked_settings(MANIFEST, {"password": form})
        assert refused.value.fields == {"password": "type"}


def test_nobody_can_hand_in_what_is_sealed_already() -> None:
    with pytest.raises(BadInput):
        sealed_settings(MANIFEST, {"password": {"sealed": "x"}}, KEY)


@pytest.mark.parametrize("as_shown", [None, True, False])
def test_a_secret_that_comes_back_as_it_was_shown_stays(as_shown: object) -> None:
    assert "password" not in sealed_settings(MANIFEST, {"password": as_shown, "host": "a"}, KEY)


def test_an_empty_secret_is_forgotten() -> None:
    assert sealed_settings(MANIFEST, {"password": ""}, KEY) == {"password": ""}
    assert shown_settings(MANIFEST, {"password": ""}) == {"password": False}


def test_a_secret_has_its_longest_length() -> None:
    with pytest.raises(BadInput) as refused:
        sealed_settings(MANIFEST, {"password": "x" * 501}, KEY)
    assert refused.value.fields == {"password": "too_long"}


def test_what_another_desk_has_sealed_reads_as_none() -> None:
    made = channel(password=PASSWORD)
    assert opened_settings(made, MANIFEST, OTHER_KEY)["password"] == ""


def test_a_choice_is_one_of_its_options() -> None:
    assert checked_settings(MANIFEST, {})["security"] == "tls"
    with pytest.raises(BadInput) as refused:
        checked_settings(MANIFEST, {"security": "perhaps"})
    assert refused.value.fields == {"security": "unknown"}


def test_a_text_in_each_language_is_as_long_as_its_setting_allows() -> None:
    manifest = Manifest("post", "Post", frozenset(), Limits(1, 1), (Setting("foot", "translated", longest=20),))
    assert checked_settings(manifest, {"foot": {"en": "x" * 20}})
    for text in ("x" * 21, {"en": "ok", "fr": "x" * 21}):
        with pytest.raises(BadInput) as refused:
            checked_settings(manifest, {"foot": text})
        assert refused.value.fields == {"foot": "too_long"}


def test_a_password_is_not_told_to_another_host_by_whoever_does_not_know_it() -> None:
    before = channel(host="mail.example", password=PASSWORD).settings
    for given in ({"host": "mail.example"}, {"security": "none"}, {}):
        assert laid_over(MANIFEST, before, given)["password"] == before["password"]
    assert laid_over(MANIFEST, before, {"host": "thief.example"})["password"] == ""
    anew = sealed_settings(MANIFEST, {"host": "new.example", "password": "thyme"}, KEY)
    assert laid_over(MANIFEST, before, anew)["password"] == anew["password"]

import msgspec
import pytest
from litestar.exceptions import (
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    TooManyRequestsException,
    ValidationException,
)
from litestar.testing import RequestFactory

from goodword.platform import errors
from goodword.platform.errors import BadInput, GoodwordError, RateLimited, TooLarge, Unavailable
from goodword.platform.http import bearer, problem_response
from goodword.platform.http.problems import as_ours
from goodword.platform.i18n import LANGUAGES


def leaves(kind):
    below = kind.__subclasses__()
    return [leaf for one in below for leaf in leaves(one)] if below else [kind]


LEAVES = [leaf for leaf in leaves(GoodwordError) if leaf.__module__ == errors.__name__]


def problem(error, language="en"):
    request = RequestFactory().get("/conversations", headers={"accept-language": language})
    response = problem_response(request, error)
    assert response.media_type == "application/problem+json"
    return response, msgspec.json.decode(response.content)


def test_the_tree_in_the_docstring_is_the_tree():
    drawn = {
        word
        for line in errors.__doc__.splitlines()
        for word in line.split()
        if (word.isidentifier() and word.istitle()) or (word[:1].isupper() and word.isalnum())
    }
    assert {leaf.__name__ for leaf in LEAVES} <= drawn
    for leaf in LEAVES:
        [line] = [line for line in errors.__doc__.splitlines() if f" {leaf.__name__} " in line]
        assert f" {leaf.status} " in line


@pytest.mark.parametrize("kind", LEAVES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_is_a_problem_in_every_language(kind, language):
    response, body = problem(kind(), language)
    assert response.status_code == body["status"] == kind.status
    assert body["type"] == f"/problems/{kind.code}"
    assert (body["code"], body["retry"]) == (kind.code, kind.retry)
    assert body["title"]
    assert body["detail"]
    assert "{" not in body["title"] + body["detail"]


@pytest.mark.parametrize("kind", LEAVES)
def test_the_sentence_is_not_the_same_in_two_languages(kind):
    assert len({problem(kind(), language)[1]["detail"] for language in LANGUAGES}) == len(LANGUAGES)


def test_when_to_come_back_stands_in_the_header_and_in_the_problem():
    response, body = problem(RateLimited(retry_after=0.2))
    assert (response.headers["Retry-After"], body["retry_after"]) == ("1", 0.2)
    response, body = problem(Unavailable())
    assert "Retry-After" not in response.headers
    assert "retry_after" not in body


def test_fields_are_named_and_facts_stay_inside():
    _, body = problem(BadInput("a_reason_without_words", fields={"email": "…"}, detail="secret", language="x", key="y"))
    assert body["fields"] == {"email": "…"}
    assert "secret" not in msgspec.json.encode(body).decode()


@pytest.mark.parametrize(
    ("raised", "code", "status"),
    [
        (NotFoundException(), "not_found", 404),
        (MethodNotAllowedException(), "not_found", 404),
        (ValidationException(), "bad_input", 400),
        (TooManyRequestsException(), "rate_limited", 429),
        (HTTPException(status_code=418), "bad_input", 400),
        (HTTPException(status_code=502), "broken", 500),
        (ZeroDivisionError("secret"), "broken", 500),
        (TooLarge("file", limit=5), "too_large", 413),
    ],
)
def test_whatever_is_raised_becomes_one_of_the_tree(raised, code, status):
    response, body = problem(raised)
    assert (response.status_code, body["code"]) == (status, code)
    assert b"secret" not in response.content


def test_what_the_framework_says_of_a_field_is_handed_on():
    error = ValidationException(extra=[{"key": "name", "message": "Expected `str`"}, {"message": "no key"}, "odd"])
    assert as_ours(error).fields == {"name": "Expected `str`"}


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "abc"])
def test_without_a_token_nobody_is_signed_in(header):
    with pytest.raises(errors.Unauthenticated):
        bearer(header)


def test_a_token_is_taken_from_its_header():
    assert bearer("bearer  gw_abc ") == "gw_abc"

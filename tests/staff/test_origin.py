import pytest

from goodword.staff import same_origin

HOST = "desk.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": "https://desk.example"},
        {"origin": "https://DESK.example:443"},
        {"origin": "http://desk.example"},
    ],
)
def test_our_own_page_may_act(headers):
    assert same_origin("POST", HOST, headers)
    assert same_origin("WEBSOCKET", HOST, headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site", "origin": "https://desk.example"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://desk.example.evil.example"},
        {"origin": "https://evil.example"},
        {"origin": "https://desk.example:8443"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "https://desk.example:port"},
        {"origin": "file://desk.example"},
    ],
)
def test_another_page_may_only_look(headers):
    for method in ("POST", "PUT", "PATCH", "DELETE", "WEBSOCKET"):
        assert not same_origin(method, HOST, headers)
    assert same_origin("GET", HOST, headers)


def test_a_port_of_our_own_counts():
    assert same_origin("POST", "localhost:8000", {"origin": "http://localhost:8000"})
    assert not same_origin("POST", "localhost:8000", {"origin": "http://localhost:8001"})
    assert same_origin("POST", "[::1]:8000", {"origin": "http://[::1]:8000"})

import logging

import pytest
import structlog

from goodword.platform import logs


@pytest.fixture
def handlers():
    root = logging.getLogger()
    before = root.handlers[:], root.level, structlog.get_config()
    yield
    root.handlers[:], config = before[0], before[2]
    root.setLevel(before[1])
    structlog.configure(**config)


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_line_says_what_happened_and_never_what_was_written(handlers, capsys, format_):
    logs.configure("info", format_)
    structlog.get_logger("desk").info(
        "message.received", conversation="cnv_1", text="my card is 4111", email="d@x.example"
    )
    structlog.get_logger("desk").debug("too.quiet")
    logging.getLogger("uvicorn.access").info("GET /")
    logging.getLogger("uvicorn.error").warning("a library speaks")
    said = capsys.readouterr().err
    assert "message.received" in said
    assert "cnv_1" in said
    assert "4111" not in said
    assert "d@x.example" not in said
    assert "too.quiet" not in said
    assert "GET /" not in said
    assert "a library speaks" in said

"""Structured logs: what happened and to which id, never what somebody wrote."""

import logging
import sys

import structlog

# Whatever carries these names is a secret or somebody's words, and never reaches a log.
UNSAID = frozenset({"text", "html", "body", "password", "token", "secret", "authorization", "cookie", "email", "phone"})


def configure(level: str, format: str) -> None:
    """Send structlog and the standard library's loggers to standard error in one manner."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        unsay,
    ]
    # Tracebacks without the values of variables: those may be what somebody wrote.
    plain = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
    json = (structlog.processors.format_exc_info, structlog.processors.JSONRenderer())
    last: list[structlog.typing.Processor] = list(json) if format == "json" else [plain]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last], foreign_pre_chain=shared
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for noisy in ("uvicorn.access", "uvicorn.error", "httpx", "alembic", "asyncio", "imapclient"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def unsay(_logger: object, _method: str, line: structlog.typing.EventDict) -> structlog.typing.EventDict:
    for name in UNSAID & line.keys():
        line[name] = "…"
    return line

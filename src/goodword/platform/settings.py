"""Settings: from ``goodword.toml`` in the data folder, overruled by the environment (``GOODWORD_…``)."""

import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

PREFIX = "GOODWORD_"
# Not where the desk itself lives.
WIDGET_PATH = re.compile(r"(?!/(?:api|chat|help|workspace|widget|files|shop|schema)(?:/|$))(?:/[a-z0-9_-]+){1,4}")


class BadSettings(Exception):
    """A setting is unknown or has a value it can't have; the message names it and says where it stands."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every setting, its default and what it means."""

    data: Annotated[str, Meta(description="Folder for the database file, uploaded files, caches and keys.")] = "./data"
    database_url: Annotated[
        str,
        Meta(description="`sqlite:///path` or `postgresql://user:password@host/name`; empty: a file in `data`."),
    ] = ""
    host: Annotated[str, Meta(description="Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=1, le=65535, description="Port to listen on.")] = 8000
    public_url: Annotated[
        str,
        Meta(description="Where people reach the desk, e.g. `https://desk.example.com`; empty: as the browser asked."),
    ] = ""
    trusted_proxies: Annotated[
        str,
        Meta(
            description="Addresses of reverse proxies whose `X-Forwarded-*` headers are believed, separated by commas."
        ),
    ] = "127.0.0.1"
    workers_in_server: Annotated[
        bool,
        Meta(description="Whether `goodword serve` also runs jobs; `false` when `goodword work` does it elsewhere."),
    ] = True
    jobs_at_once: Annotated[int, Meta(ge=1, le=1000, description="Jobs that one process runs side by side.")] = 32
    secret_key: Annotated[
        str,
        Meta(description="Signs file links and cookies, 32 characters or more; empty: made once and kept in `data`."),
    ] = ""
    company: Annotated[str, Meta(min_length=1, max_length=80, description="Name of the company that answers.")] = (
        "Goodword"
    )
    language: Annotated[
        Literal["en", "fr", "ko", "zh-Hans", "zh-Hant"],
        Meta(description="Language where nothing better is known."),
    ] = "en"
    assistant_name: Annotated[str, Meta(min_length=1, max_length=40, description="What the assistant is called.")] = (
        "Sage"
    )
    embedding: Annotated[
        Literal["local", "http", "none"],
        Meta(description="Where meaning comes from: the built-in model, an OpenAI-compatible server, or none (words)."),
    ] = "local"
    embedding_url: Annotated[
        str, Meta(description="Base address for `embedding = http`, e.g. `http://localhost:8080/v1`.")
    ] = ""
    embedding_model: Annotated[str, Meta(description="Name of the model for `embedding = http`.")] = ""
    embedding_key: Annotated[str, Meta(description="API key for `embedding = http`.")] = ""
    embedding_dimension: Annotated[
        int, Meta(ge=8, le=8192, description="Numbers in a vector for `embedding = http`.")
    ] = 384
    message_characters: Annotated[int, Meta(ge=100, le=100_000, description="Longest message a customer may send.")] = (
        5_000
    )
    file_bytes: Annotated[int, Meta(ge=1_000, le=100_000_000, description="Largest file that may be uploaded.")] = (
        10_000_000
    )
    session_days: Annotated[int, Meta(ge=1, le=365, description="Days until an agent must sign in again.")] = 14
    visitor_days: Annotated[
        int, Meta(ge=1, le=3650, description="Days that a visitor's chat is remembered after his last visit.")
    ] = 180
    assistant_answers: Annotated[
        bool, Meta(description="Whether the assistant answers first; `false`: people only.")
    ] = True
    call_private_addresses: Annotated[
        bool, Meta(description="Whether webhooks may go to addresses inside the own network.")
    ] = False
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Meta(description="How much is logged.")] = "info"
    log_format: Annotated[Literal["text", "json"], Meta(description="Lines for people or for machines.")] = "text"
    widget_path: Annotated[
        str,
        Meta(
            description="A second address of the widget that says nothing of what it is, e.g. `/assets/help`: then "
            "`/assets/help.js` is its script. For pages whose visitors' browsers block what is called a chat."
        ),
    ] = ""
    demo: Annotated[bool, Meta(description="Whether the demo shop is served at `/shop/`.")] = False

    @property
    def folder(self) -> Path:
        return Path(self.data)

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.folder / 'goodword.db'}"


def load(environment: Mapping[str, str] = os.environ, **given: Any) -> Settings:
    """Defaults, then the file, then the environment, then what the command line says.

    ``BadSettings`` on the first wrong one.
    """
    named = {name.removeprefix(PREFIX).lower(): value for name, value in environment.items() if name.startswith(PREFIX)}
    known = {name: value for name, value in named.items() if name in Settings.__struct_fields__}
    given = {name: value for name, value in given.items() if value is not None}
    data = Path(str(given.get("data") or known.get("data") or Settings().data))
    values = {**_file(data / "goodword.toml"), **known, **given, "data": str(data)}
    try:
        settings = msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise BadSettings(f"{error} (in goodword.toml or as {PREFIX}… in the environment)") from error
    _check(settings)
    return settings


def secret_key(settings: Settings) -> bytes:
    """The key that signs links; made on first use, readable by its owner only."""
    if settings.secret_key:
        return settings.secret_key.encode()
    path = settings.folder / "secret.key"
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_text().strip().encode()
    except OSError as error:
        raise BadSettings(f"{path}: {error.strerror}") from error
    if len(key) < 32:
        raise BadSettings(f"{path}: holds no key of 32 characters or more; delete it to have a new one made")
    return key


def _make_key(path: Path) -> None:
    """Whole or not at all, and the first one wins: two processes may start together."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"secret.{secrets.token_hex(8)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: {error}") from error


def _check(settings: Settings) -> None:
    if settings.secret_key and len(settings.secret_key) < 32:
        raise BadSettings("secret_key: 32 characters or more")
    if settings.database_url and not settings.database_url.startswith(("sqlite:///", "postgresql://")):
        raise BadSettings("database_url: must begin with sqlite:/// or postgresql://")
    if settings.public_url and not settings.public_url.startswith(("https://", "http://")):
        raise BadSettings("public_url: must begin with https:// or http://")
    if settings.widget_path and not WIDGET_PATH.fullmatch(settings.widget_path):
        raise BadSettings("widget_path: one to four names with a slash before each, e.g. /assets/help")
    if settings.embedding == "http" and not settings.embedding_url:
        raise BadSettings("embedding_url: needed when embedding is http")

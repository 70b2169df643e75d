import asyncio
import stat

import pytest

from goodword.platform.settings import BadSettings, Settings, load, secret_key

KEY = "k" * 32


def write(tmp_path, toml):
    (tmp_path / "goodword.toml").write_text(toml, encoding="utf-8")
    return {"GOODWORD_DATA": str(tmp_path)}


def test_without_anything_everything_has_its_default(tmp_path):
    settings = load({}, data=str(tmp_path))
    assert settings == Settings(data=str(tmp_path))
    assert settings.database == f"sqlite:///{tmp_path}/goodword.db"


def test_the_environment_overrules_the_file_and_the_command_line_both(tmp_path):
    environment = write(tmp_path, 'company = "Fennel & Oak"\nport = 9000\nlanguage = "fr"\nassistant_name = "Sauge"')
    environment |= {"GOODWORD_PORT": "9001", "GOODWORD_LANGUAGE": "ko", "GOODWORD_UNHEARD_OF": "x", "PATH": "/bin"}
    settings = load(environment, port=9002, host=None)
    assert (settings.company, settings.assistant_name) == ("Fennel & Oak", "Sauge")
    assert (settings.language, settings.port, settings.host) == ("ko", 9002, "127.0.0.1")
    assert settings.data == str(tmp_path)


@pytest.mark.parametrize(("said", "meant"), [("true", True), ("false", False), ("1", True), ("0", False)])
def test_the_environment_says_yes_and_no_in_words(tmp_path, said, meant):
    assert load({"GOODWORD_DEMO": said}, data=str(tmp_path)).demo is meant


WRONG = {
    "port": ["0", "65536", "http", ""],
    "workers_in_server": ["perhaps"],
    "jobs_at_once": ["0", "1001"],
    "secret_key": ["short"],
    "company": ["", "x" * 81],
    "language": ["de", "zh"],
    "assistant_name": ["", "x" * 41],
    "embedding": ["cloud"],
    "embedding_dimension": ["7", "8193"],
    "message_characters": ["99"],
    "file_bytes": ["999", "1.5"],
    "session_days": ["0", "366"],
    "visitor_days": ["0"],
    "assistant_answers": ["sometimes"],
    "log_level": ["loud"],
    "log_format": ["xml"],
    "demo": ["maybe"],
    "database_url": ["mysql://localhost/goodword", "goodword.db"],
    "public_url": ["desk.example.com"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_value_is_refused_and_the_setting_named(tmp_path, name, value):
    with pytest.raises(BadSettings, match=name):
        load({f"GOODWORD_{name.upper()}": value}, data=str(tmp_path))


def test_a_secret_that_is_wrong_is_not_said_aloud(tmp_path):
    with pytest.raises(BadSettings) as caught:
        load({"GOODWORD_SECRET_KEY": "tooshort-hunter2"}, data=str(tmp_path))
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        ('compnay = "Fennel & Oak"', "compnay"),
        ("port = true", "port"),
        ('port = "nine"', "port"),
        ("[company]\nname = 1", "company"),
        ("port = ", "goodword.toml"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path, toml, named):
    with pytest.raises(BadSettings, match=named):
        load(write(tmp_path, toml))


def test_a_file_that_can_not_be_read_is_named(tmp_path):
    (tmp_path / "goodword.toml").write_bytes(b'company = "\xff"')
    with pytest.raises(BadSettings, match=r"goodword\.toml"):
        load({}, data=str(tmp_path))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "goodword.toml").mkdir()
    with pytest.raises(BadSettings, match=r"goodword\.toml"):
        load({}, data=str(tmp_path / "other"))


def test_meaning_from_elsewhere_needs_an_address(tmp_path):
    with pytest.raises(BadSettings, match="embedding_url"):
        load({"GOODWORD_EMBEDDING": "http"}, data=str(tmp_path))
    given = {"GOODWORD_EMBEDDING": "http", "GOODWORD_EMBEDDING_URL": "http://localhost:8080/v1"}
    assert load(given, data=str(tmp_path)).embedding_url


def test_every_setting_says_what_it_means():
    for name, hint in Settings.__annotations__.items():
        description = hint.__metadata__[0].description
        assert description, name
        assert description.endswith("."), name


def test_the_key_is_made_once_and_is_for_its_owner_only(tmp_path):
    settings = Settings(data=str(tmp_path / "new"))
    key = secret_key(settings)
    assert len(key) == 64
    assert secret_key(settings) == key
    [file] = (tmp_path / "new").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secret_key(Settings(data=str(tmp_path), secret_key=KEY)) == KEY.encode()


def test_processes_that_start_together_have_the_same_key(tmp_path):
    settings = Settings(data=str(tmp_path))

    async def start_together():
        return await asyncio.gather(*(asyncio.to_thread(secret_key, settings) for _ in range(16)))

    for _ in range(20):
        assert len(set(asyncio.run(start_together()))) == 1
        [file] = tmp_path.iterdir()
        file.unlink()


@pytest.mark.parametrize("content", ["", "short\n"])
def test_a_key_that_is_none_is_refused(tmp_path, content):
    """An empty key would let anyone sign links."""
    (tmp_path / "secret.key").write_text(content)
    with pytest.raises(BadSettings, match=r"secret\.key"):
        secret_key(Settings(data=str(tmp_path)))

"""Files become articles; the same file again becomes the same article."""

import pytest

from goodword.knowledge import Options, drafted, edit_article, import_paths, store
from goodword.platform.events import latest

pytestmark = pytest.mark.anyio


@pytest.fixture
def import_all(database, clock):
    async def run(*paths, **options):
        detect, root = options.pop("detect", None), options.pop("root", None)
        reports = import_paths(database, clock, paths, options=Options(**options), detect=detect, root=root)
        return [report async for report in reports]

    return run


def file(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


async def test_a_file_says_itself_what_it_is(tmp_path, database, import_all):
    front = "---\ntitle: Entretien\ncategory: knives\nsummary: Pour longtemps\nlanguage: fr\n---\n"
    path = file(tmp_path, "a.md", f"{front}À la main.")
    (report,) = await import_all(path, language="en", category="other")
    article = await database.read(store.get, report.article_id)
    seen = await database.read(store.published_version, article.id, "fr")
    assert (report.outcome, report.language, report.title) == ("created", "fr", "Entretien")
    assert (article.category, article.slug) == ("knives", "entretien")
    assert (seen.summary, seen.body) == ("Pour longtemps", "À la main.")


async def test_the_same_file_again_changes_nothing_and_a_changed_one_updates(tmp_path, database, import_all):
    path = file(tmp_path, "a.md", "# Care\n\nBy hand.")
    first, second = (await import_all(path, language="en")), (await import_all(path, language="en"))
    file(tmp_path, "a.md", "# Care\n\nBy hand, always.")
    (third,) = await import_all(path, language="en")
    assert [first[0].outcome, second[0].outcome, third.outcome] == ["created", "unchanged", "updated"]
    assert first[0].article_id == third.article_id
    assert (await database.read(store.published_version, third.article_id, "en")).body == "By hand, always."
    types = [event.type for event in await database.read(latest, third.article_id, 10)]
    assert types == ["ArticleCreated", "ArticlePublished", "ArticleEdited", "ArticlePublished"]


async def test_an_unchanged_file_leaves_alone_what_the_editor_made_of_it(tmp_path, database, mei_ling, import_all):
    path = file(tmp_path, "a.md", "# Care\n\nBy hand.")
    (report,) = await import_all(path, language="en")
    await database.write(edit_article, mei_ling, report.article_id, "en", drafted("Care", "", "Never in the machine."))
    await import_all(path, language="en")
    assert (await database.read(store.versions, report.article_id, "en"))[0].body == "Never in the machine."


async def test_files_of_one_name_in_folders_of_languages_are_one_article(tmp_path, database, import_all):
    for language, title in (("en", "Care"), ("fr", "Entretien"), ("zh-TW", "保養")):
        file(tmp_path, f"{language}/knife-care.md", f"# {title}\n\n1 × 2")
    reports = await import_all(tmp_path)
    assert len({report.article_id for report in reports}) == 1
    assert [report.language for report in reports] == ["en", "fr", "zh-Hant"]
    assert (await database.read(store.get, reports[0].article_id)).slug == "knife-care"


async def test_folders_of_the_same_name_elsewhere_are_other_articles(tmp_path, import_all):
    for shop in ("north", "south"):
        file(tmp_path, f"{shop}/en/care.md", f"# Care in the {shop}\n\nBy hand.")
    reports = await import_all(tmp_path / "north", tmp_path / "south")
    assert len({report.article_id for report in reports}) == 2


async def test_files_are_known_again_from_their_root_wherever_that_lies(tmp_path, import_all):
    for place in ("old", "new"):
        file(tmp_path, f"{place}/en/care.md", "# Care\n\nBy hand.")
    (first,) = await import_all(tmp_path / "old", root=tmp_path / "old")
    (second,) = await import_all(tmp_path / "new", root=tmp_path / "new")
    assert (second.outcome, second.article_id) == ("unchanged", first.article_id)


async def test_only_what_nothing_else_tells_is_detected(tmp_path, import_all):
    file(tmp_path, "plain.txt", "Die Messer von Hand waschen.")
    file(tmp_path, "ko/care.txt", "칼은 손으로 씻으세요.")
    asked = []

    def detect(text):
        asked.append(text)
        return "de"

    reports = await import_all(tmp_path, detect=detect)
    assert [(report.outcome, report.reason) for report in reports] == [("created", ""), ("unreadable", "language")]
    assert len(asked) == 1
    assert "Messer" in asked[0]


async def test_one_bad_file_does_not_keep_the_others_out(tmp_path, import_all):
    paths = (
        file(tmp_path, "empty.txt", "  \n"),
        file(tmp_path, "picture.txt", bytes(range(256)) * 50),
        tmp_path / "missing.md",
        file(tmp_path, "only-a-title.md", "# Care"),
        file(tmp_path, "good.md", "# Care\n\nBy hand."),
    )
    reports = await import_all(*paths, language="en")
    assert [(report.outcome, report.reason) for report in reports] == [
        ("unreadable", "empty"),
        ("unreadable", "binary"),
        ("unreadable", "missing"),
        ("unreadable", "article_empty"),
        ("created", ""),
    ]


async def test_hidden_files_and_other_kinds_are_passed_over(tmp_path, import_all):
    for name in (".git/readme.md", ".notes.md", "picture.png", "good.md"):
        file(tmp_path, name, "# Care\n\nBy hand.")
    assert [report.title for report in await import_all(tmp_path, language="en")] == ["Care"]

"""Knowledge: articles in several languages, imported or written, and the passages of them that answer a question.

Every version of an article is kept; only a published one is seen by readers, search and the assistant. ``Search``
finds passages by meaning, across languages, and by words, and tells how sure it may be; whether that is an answer is
for others to decide.
"""

from goodword.knowledge.actions.ask_review import ask_review
from goodword.knowledge.actions.change_article import change_article
from goodword.knowledge.actions.create_article import create_article
from goodword.knowledge.actions.edit_article import edit_article
from goodword.knowledge.actions.embed_passages import embed_passages
from goodword.knowledge.actions.import_document import Imported, Outcome, import_document, prepared
from goodword.knowledge.actions.publish import publish
from goodword.knowledge.actions.rate_article import rate_article
from goodword.knowledge.actions.restore_version import restore_version
from goodword.knowledge.actions.unpublish import unpublish
from goodword.knowledge.importing import Options, Report, import_paths
from goodword.knowledge.model import Article, Draft, Translation, Version
from goodword.knowledge.rendering import drafted
from goodword.knowledge.search import Hit, Search
from goodword.knowledge.vectors import Meant, passage_vectors, question_vector, vector_name

__all__ = [
    "Article",
    "Draft",
    "Hit",
    "Imported",
    "Meant",
    "Options",
    "Outcome",
    "Report",
    "Search",
    "Translation",
    "Version",
    "ask_review",
    "change_article",
    "create_article",
    "drafted",
    "edit_article",
    "embed_passages",
    "import_document",
    "import_paths",
    "passage_vectors",
    "prepared",
    "publish",
    "question_vector",
    "rate_article",
    "restore_version",
    "unpublish",
    "vector_name",
]

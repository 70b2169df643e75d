"""All published passages, ready to be asked; never changed, only replaced."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from goodword.knowledge import cut
from goodword.knowledge.rendering import anchor
from goodword.knowledge.search.bm25 import Floats, Question, WordIndex
from goodword.knowledge.search.entries import Entry, Shelf, main_scripts
from goodword.knowledge.search.hit import Audience, Hit
from goodword.knowledge.search.meanings import MeaningIndex
from goodword.knowledge.search.mixing import mixed
from goodword.platform.words import terms

LONGEST_QUESTION = 2_000
MOST_RESULTS = 50
# Passages looked at for results; several may be the same one in other languages.
CANDIDATES = 400


@dataclass(frozen=True, slots=True)
class Scores:
    """Of every passage."""

    mixed: Floats
    meaning: Floats | None
    words: Floats
    question: Question


@dataclass(slots=True)
class Result:
    """A passage to be shown, and all its translations that were found."""

    shown: int
    found: list[int]


class Index:
    """Built from a ``Shelf``; ``dimension`` is that of the vectors, 0 for words only."""

    def __init__(self, shelf: Shelf, dimension: int) -> None:
        self.entries = list(shelf.entries.values())
        self.has_meaning = dimension > 0 and any(entry.vectors is not None for entry in self.entries)
        self._words = WordIndex(self.entries, shelf.vocabulary)
        self._meanings = MeaningIndex(self.entries, dimension if self.has_meaning else 0)
        self._public = np.array([entry.public for entry in self.entries], np.bool_)
        self._kinds = sorted({entry.scripts for entry in self.entries}, key=sorted)
        kind = {scripts: number for number, scripts in enumerate(self._kinds)}
        self._kind = np.array([kind[entry.scripts] for entry in self.entries], np.intp)
        self._siblings = siblings(self.entries)

    def find(
        self,
        text: str,
        vector: Floats | None,
        *,
        language: str | None = None,
        top: int = 5,
        audience: Audience = "public",
    ) -> list[Hit]:
        """The best ``top`` (at most 50) passages, best first.

        ``vector``: ``question_vector``'s, None to go by words alone.
        """
        text = text[:LONGEST_QUESTION]
        if not text.strip() or not self.entries:
            return []
        scores = self._scores(text, vector if self.has_meaning else None)
        wanted = min(max(top, 1), MOST_RESULTS)
        results = self._results(scores, audience, language, wanted + 1)
        return self._hits(results, scores)[:wanted]

    def _scores(self, text: str, vector: Floats | None) -> Scores:
        question = self._words.question(terms(text))
        words = self._words.scores(question)
        meaning = self._meanings.nearness(vector) if vector is not None else None
        return Scores(mixed(meaning, words, self._comparable(text)), meaning, words, question)

    def _comparable(self, text: str) -> npt.NDArray[np.bool_]:
        asked = main_scripts(text)
        shares = [not asked or not scripts or not asked.isdisjoint(scripts) for scripts in self._kinds]
        return np.array(shares, np.bool_)[self._kind]

    def _best(self, scores: Scores, audience: Audience) -> Iterator[int]:
        """Places of passages, best first, that have anything to do with the question."""
        visible = scores.mixed if audience == "staff" else np.where(self._public, scores.mixed, -1)
        if scores.meaning is None:
            visible = np.where(scores.words > 0, visible, -1)
        many = min(CANDIDATES, len(visible))
        candidates = np.argpartition(-visible, many - 1)[:many]
        for place in candidates[np.argsort(-visible[candidates], kind="stable")]:
            if visible[place] >= 0:
                yield int(place)

    def _results(self, scores: Scores, audience: Audience, language: str | None, wanted: int) -> list[Result]:
        """One result for a passage and its translations, in the language of the asker or else the one found first."""
        results: dict[int, Result] = {}
        languages: dict[str, str] = {}
        for place in self._best(scores, audience):
            entry = self.entries[place]
            of_article = self._siblings[entry.article_id]
            first = language if language in of_article else entry.language
            shown_in = languages.setdefault(entry.article_id, first or entry.language)
            shown = counterpart(place, entry, of_article, shown_in, scores.mixed)
            if shown in results:
                results[shown].found.append(place)
            elif len(results) < wanted:
                results[shown] = Result(shown, [place])
        return list(results.values())

    def _hits(self, results: list[Result], scores: Scores) -> list[Hit]:
        bests = [float(scores.mixed[result.found[0]]) for result in results]
        return [
            self._hit(result, scores, best, margin=best - following)
            for result, best, following in zip(results, bests, [*bests[1:], *bests[-1:]], strict=True)
        ]

    def _hit(self, result: Result, scores: Scores, best: float, margin: float) -> Hit:
        entry = self.entries[result.shown]
        meanings = scores.meaning[result.found] if scores.meaning is not None else np.empty(0)
        return Hit(
            article_id=entry.article_id,
            passage_id=entry.id,
            title=entry.title,
            slug=entry.slug,
            language=entry.language,
            heading=cut.heading(entry.path),
            anchor=anchor(entry.path[-1]) if entry.path else "",
            text=entry.text,
            score=best,
            meaning=None if np.isnan(meanings).all() else float(np.nanmax(meanings)),
            words=float(scores.words[result.found].max()),
            coverage=max(scores.question.coverage(self.entries[place]) for place in result.found),
            margin=margin,
        )


def siblings(entries: list[Entry]) -> dict[str, dict[str, list[int]]]:
    """Article → language → places of its passages in their order."""
    found: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place in sorted(range(len(entries)), key=lambda place: entries[place].position):
        found[entries[place].article_id][entries[place].language].append(place)
    return {article: dict(languages) for article, languages in found.items()}


def counterpart(place: int, entry: Entry, of_article: dict[str, list[int]], language: str, scores: Floats) -> int:
    """The passage that says the same in ``language``: at the same place of the same structure, else the likeliest."""
    if entry.language == language:
        return place
    there, here = of_article[language], of_article[entry.language]
    if len(there) == len(here):
        return there[here.index(place)]
    return max(there, key=lambda other: float(scores[other]))

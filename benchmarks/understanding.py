"""How well messages are understood: the wish for a person, by rules alone and with the head, and the language.

    python benchmarks/understanding.py          measure what is installed
    python benchmarks/understanding.py check    how the head does on phrases it was not fitted with (scikit-learn)
    python benchmarks/understanding.py fit      the same, then write heads/wish.npz anew (scikit-learn)

The head is fitted with `wish/<language>.txt` (phrases of our own, `+` and `-` families, `{a|b}` for either), with the
lines the rules were written with and, where the public sets lie in ../shared/data/understanding, with samples of those;
they are read, never copied. `check` leaves out a fifth of a family at a time, the same fifth in every language, so that
neither a phrase's sisters nor its translations have been seen. tests/understanding/wish_lines_unseen.tsv is for
measuring alone.
"""

import asyncio
import csv
import importlib
import itertools
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from goodword.platform.embedding import LocalE5
from goodword.platform.words import fold
from goodword.understanding.heads import wish as head
from goodword.understanding.language import detect
from goodword.understanding.wish import signs, wants_human

HERE = Path(__file__).parent
TESTS = HERE.parent / "tests" / "understanding"
PUBLIC = HERE.parents[1] / "shared" / "data" / "understanding"
INSTALLED = Path(head.__file__).with_name("wish.npz")
LANGUAGES = ("en", "fr", "ko", "zh-Hans", "zh-Hant")
EXPANSIONS = 6  # of one line
PRECISION = 0.97
DIMENSIONS, SIGN_WEIGHT, GAMMA, COST = 192, 0.2, 0.8, 5.0
FOLDS = 8


@dataclass(frozen=True)
class Phrase:
    wanted: bool
    language: str
    text: str
    family: str = ""
    line: str = ""
    ours: bool = False


def main() -> None:
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    if asked in ("check", "fit"):
        fitting(write=asked == "fit")
    asyncio.run(wishes())
    languages()


# --- phrases


def ours() -> list[Phrase]:
    return [phrase for language in LANGUAGES for phrase in _ours(language)]


def _ours(language: str) -> Iterator[Phrase]:
    draw = random.Random(1)
    heading, places = "", Counter[str]()
    lines = (HERE / "wish" / f"{language}.txt").read_text("utf-8").splitlines()
    sizes = Counter[str]()
    for line in lines:
        heading = line if re.match(r"[+-] ", line) else heading
        sizes[heading] += 1  # the heading included, which keeps the fifth below five
    for line in lines:
        if re.match(r"[+-] ", line):
            heading = line
            continue
        fifth = 5 * places[heading] // sizes[heading]
        places[heading] += 1
        for text in _expanded(line, draw):
            yield Phrase(heading[0] == "+", language, text, f"{heading} {fifth}", line, ours=True)


def _expanded(line: str, draw: random.Random) -> list[str]:
    parts = [part[1:-1].split("|") if part.startswith("{") else [part] for part in re.split(r"(\{[^{}]*\})", line)]
    texts = list(dict.fromkeys(" ".join("".join(chosen).split()) for chosen in itertools.product(*parts)))
    return texts if len(texts) <= EXPANSIONS else draw.sample(texts, EXPANSIONS)


def tested(name: str) -> list[Phrase]:
    rows = (line.split("\t") for line in (TESTS / name).read_text("utf-8").splitlines())
    return [Phrase(row[0] == "1", row[1], row[2]) for row in rows if len(row) == 3 and row[1] in LANGUAGES]


def public() -> list[Phrase]:
    """Samples of public sets under CC BY 4.0, CDLA-Sharing 1.0 and MIT; nothing when they are not at hand."""
    if not PUBLIC.is_dir():
        print("(public sets not at hand: left out)")
        return []
    draw = random.Random(2)
    bitext = _table("intent/bitext8k.csv")
    wishes = [row["text"] for row in bitext if row["intent"] == "contact_human_agent"]
    others = [row["text"] for row in bitext if not row["intent"].startswith("contact_")]
    found = [Phrase(True, "en", text) for text in draw.sample(wishes, 60)]
    found += [Phrase(False, "en", text) for text in draw.sample(others, 300)]
    for language, name, size in (
        ("en", "intent/banking77_train.csv", 300),
        ("en", "emotion/goemotions_dev.csv", 300),
        ("ko", "emotion/kote_val.csv", 300),
        *((tag, f"multilingual/home_assistant_{name}.csv", 150) for tag, name in HOME_ASSISTANT),
    ):
        rows = draw.sample(_table(name), size)
        found += [Phrase(False, language, row["text"]) for row in rows]
    return found


HOME_ASSISTANT = (("en", "en"), ("fr", "fr"), ("ko", "ko"), ("zh-Hans", "zh-cn"))


def _table(name: str) -> list[dict[str, str]]:
    with (PUBLIC / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(phrase: Phrase) -> Phrase:
    """As people type it who don't care for capitals, accents and marks."""
    return Phrase(phrase.wanted, phrase.language, fold(phrase.text).rstrip(" ?!."), phrase.family, phrase.line)


# --- vectors


async def vectors(texts: list[str]) -> tuple[str, Any]:
    with tempfile.TemporaryDirectory() as cache:
        embedder = LocalE5(Path(cache), 2)
        try:
            found = [await embedder.query(texts[start : start + 256]) for start in range(0, len(texts), 256)]
        finally:
            await embedder.close()
    return embedder.name, np.concatenate(found)


# --- measuring


async def wishes() -> None:
    print("\nwish for a person, unseen lines: precision/recall")
    phrases = tested("wish_lines_unseen.tsv")
    rules = [wants_human(phrase.text).wanted for phrase in phrases]
    print("  rules        ", scores(phrases, rules))
    groups = [[phrase.text, *head.pieces(phrase.text)] for phrase in phrases]
    name, found = await vectors([text for group in groups for text in group])
    installed = head.head_for(name)
    if installed is None:
        print("  no head for", name)
        return
    rows = iter(found)
    both = [head.heard(group, np.stack([next(rows) for _ in group]), installed).wanted for group in groups]
    print("  rules and head", scores(phrases, both))
    for phrase, wanted in zip(phrases, both, strict=True):
        if phrase.wanted != wanted:
            print(f"    {'missed' if phrase.wanted else 'false alarm'}: {phrase.text}")


def scores(phrases: list[Phrase], found: Any, weights: Any = None) -> str:
    weights = np.ones(len(phrases)) if weights is None else weights
    wanted, found = np.array([phrase.wanted for phrase in phrases]), np.array(found, bool)
    told = np.array([phrase.language for phrase in phrases])
    parts = []
    for language in ("all", *LANGUAGES):
        chosen = weights * ((told == language) | (language == "all"))
        hits = (chosen * (wanted & found)).sum()
        parts.append(f"{language} {hits / max(1e-9, (chosen * found).sum()):.2f}/{hits / (chosen * wanted).sum():.2f}")
    return "  ".join(parts)


def languages() -> None:
    print("\nlanguage, right of all: shorter than 15 characters / longer")
    for tag, name in HOME_ASSISTANT if PUBLIC.is_dir() else ():
        texts = [row["text"] for row in _table(f"multilingual/home_assistant_{name}.csv")]
        for place, part in enumerate(("dev", "test")):
            _language_line(f"home assistant {part}", tag, texts[place::2])
    lines = defaultdict(list)
    for line in (TESTS / "language_lines.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            tag, text = line.split("\t")
            lines[tag].append(text)
    for tag in LANGUAGES:
        _language_line("chat lines", tag, lines[tag])


def _language_line(name: str, tag: str, texts: list[str]) -> None:
    parts = []
    for group in ([text for text in texts if len(text) < 15], [text for text in texts if len(text) >= 15]):
        right = sum(detect(text).tag == tag for text in group)
        parts.append(f"{right / len(group):6.1%} of {len(group):4}" if group else " " * 14)
    print(f"  {name:20} {tag:8}", "  ".join(parts))


# --- fitting


def fitting(*, write: bool) -> None:
    phrases = [*ours(), *tested("wish_lines.tsv"), *public()]
    phrases += [plain(phrase) for phrase in phrases if phrase.ours and plain(phrase).text != phrase.text]
    name, found = asyncio.run(vectors([phrase.text for phrase in phrases]))
    points, space = placed(found, phrases)
    lines = Counter((phrase.language, phrase.line or phrase.text) for phrase in phrases)
    weights = np.array([lines[phrase.language, phrase.line or phrase.text] ** -0.5 for phrase in phrases])
    score = left_out(points, phrases, weights)
    own = np.array([phrase.ours for phrase in phrases])
    threshold = lowest(score[own], [phrase for phrase in phrases if phrase.ours], weights[own])
    if write:
        keep(name, space, points, phrases, weights, score[own], threshold)


def placed(found: Any, phrases: list[Phrase]) -> tuple[Any, dict[str, Any]]:
    """The phrases as points: the main directions of their vectors, then their signs."""
    mean = found.mean(axis=0)
    size = np.sqrt(((found - mean) ** 2).sum(axis=1).mean())
    directions = np.linalg.svd(found - mean, full_matrices=False)[2][:DIMENSIONS].T / size
    seen = np.array([signs(phrase.text) for phrase in phrases])
    points = np.hstack([(found - mean) @ directions, SIGN_WEIGHT * seen])
    return points, {"mean": mean.astype(np.float16), "projection": directions.astype(np.float16)}


def machine(points: Any, phrases: list[Phrase], weights: Any) -> Any:
    svm = importlib.import_module("sklearn.svm")
    return svm.SVC(C=COST, gamma=GAMMA).fit(points, [phrase.wanted for phrase in phrases], sample_weight=weights)


def left_out(points: Any, phrases: list[Phrase], weights: Any) -> Any:
    families = sorted({phrase.family for phrase in phrases} - {""})
    fold_of = {family: place % FOLDS for place, family in enumerate(np.random.RandomState(0).permutation(families))}
    folds = np.array([fold_of.get(phrase.family, -1) for phrase in phrases])
    score = np.zeros(len(phrases))
    for one in range(FOLDS):
        known = [phrase for phrase, its in zip(phrases, folds, strict=True) if its != one]
        score[folds == one] = machine(points[folds != one], known, weights[folds != one]).decision_function(
            points[folds == one]
        )
    return score


def lowest(score: Any, phrases: list[Phrase], weights: Any) -> float:
    """The lowest threshold that keeps the precision."""
    wanted = np.array([phrase.wanted for phrase in phrases])
    print(f"\n{len(phrases)} phrases of our own, each left out once: precision/recall")
    print("  rules alone   ", scores(phrases, [wants_human(phrase.text).wanted for phrase in phrases], weights))
    for threshold in np.arange(-1.0, 3.0, 0.01):
        said = score >= threshold
        if (weights * (said & wanted)).sum() >= PRECISION * (weights * said).sum():
            break
    print(f"  from {threshold:5.2f} on", scores(phrases, score >= threshold, weights))
    print("  from  0.00 on", scores(phrases, score >= 0, weights))
    return float(threshold)


def keep(
    name: str, space: dict[str, Any], points: Any, phrases: list[Phrase], weights: Any, score: Any, threshold: float
) -> None:
    fitted = machine(points, phrases, weights)
    supports = fitted.support_vectors_[:, :DIMENSIONS]
    scale = np.abs(supports).max() / 127
    linear = importlib.import_module("sklearn.linear_model").LogisticRegression()
    linear.fit(score[:, None], [phrase.wanted for phrase in phrases if phrase.ours])
    np.savez_compressed(
        INSTALLED,
        embedder=name,
        **space,
        supports=np.round(supports / scale).astype(np.int8),
        scale=np.float32(scale),
        signs=np.packbits(fitted.support_vectors_[:, DIMENSIONS:] > 0, axis=1),
        weights=fitted.dual_coef_[0].astype(np.float32),
        bias=fitted.intercept_[0],
        gamma=GAMMA,
        sign_weight=SIGN_WEIGHT,
        slope=linear.coef_[0, 0],
        offset=linear.intercept_[0],
        threshold=threshold,
    )
    print(f"  {len(supports)} supports, {INSTALLED.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()

"""Fits the map of ``goodword.knowledge.alignment`` on sentences that exist in five languages: our own.

    python benchmarks/alignment.py [--write] [--cache folder]

The sentences are those of the catalogue (``texts``) and the titles, headings and paragraphs of the demo company's
articles. How a sentence's vectors scatter around their mean is what language alone does to them; the map is the
inverse root of that covariance, held back by ``RIDGE`` times the identity, and so shortens what tells languages
apart.
"""

import argparse
import asyncio
import tempfile
from importlib.resources import files
from pathlib import Path

import numpy as np

import goodword.knowledge.alignment as alignment
from goodword import rig
from goodword.knowledge.reading import read
from goodword.platform.embedding import LocalE5, Vectors
from goodword.platform.i18n import LANGUAGES, catalogue

RIDGE = 4.0
SHORTEST = 15
FITTED = Path(alignment.__file__).with_name("alignment.npy")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--cache", type=Path)
    options = parser.parse_args()
    groups = [*catalogue_groups(), *article_groups()]
    with tempfile.TemporaryDirectory() as cache:
        embedder = LocalE5(options.cache or Path(cache))
        vectors = np.stack(
            [await embedder.query([group[place] for group in groups]) for place in range(len(groups[0]))]
        )
        await embedder.close()
    fitted = fit(vectors)
    print(f"{len(groups)} sentences in {len(groups[0])} languages")
    print(
        f"same sentence, other language: {spread(vectors):.3f} of the distance between sentences; "
        f"mapped {spread(vectors @ fitted):.3f}"
    )
    if options.write:
        np.save(FITTED, fitted.astype(np.float16))


def catalogue_groups() -> list[list[str]]:
    """Sentences without placeholders, long enough to mean something."""
    groups = []
    for path in sorted(files("goodword").joinpath("texts", "en").iterdir(), key=lambda one: one.name):
        catalogues = [catalogue(language, path.name.removesuffix(".json")) for language in LANGUAGES]
        for key, sentence in catalogues[0].items():
            group = [texts.get(key, "") for texts in catalogues]
            if len(sentence) >= SHORTEST and all(group) and "{" not in sentence:
                groups.append(group)
    return groups


def article_groups() -> list[list[str]]:
    """Block by block, where an article has the same blocks in every language."""
    groups = []
    folder = files(rig).joinpath("company", "articles")
    for path in sorted(folder.joinpath("en").iterdir(), key=lambda one: one.name):
        documents = [read(path.name, folder.joinpath(language, path.name).read_bytes()) for language in LANGUAGES]
        blocks = [[block.text for block in document.blocks] for document in documents]
        groups.append([document.title for document in documents])
        if len({len(texts) for texts in blocks}) == 1:
            groups += [list(group) for group in zip(*blocks, strict=True) if len(group[0]) >= SHORTEST]
    return groups


def fit(vectors: Vectors) -> Vectors:
    """``vectors``: language, sentence, dimension."""
    apart = (vectors - vectors.mean(axis=0)).reshape(-1, vectors.shape[-1])
    covariance = apart.T @ apart / len(apart)
    covariance *= len(covariance) / np.trace(covariance)
    values, directions = np.linalg.eigh(covariance + RIDGE * np.eye(len(covariance)))
    fitted: Vectors = (directions * values**-0.5) @ directions.T
    return fitted


def spread(vectors: Vectors) -> float:
    unit = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    sentences = unit.mean(axis=0)
    return float((unit - sentences).std() / (sentences - sentences.mean(axis=0)).std())


if __name__ == "__main__":
    asyncio.run(main())

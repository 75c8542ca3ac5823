from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.corpus.check import check_corpus, known_tags, raw_reports
from pipeline.corpus.gold import read_gold_file
from pipeline.corpus.leakage import jaccard, shingles
from pipeline.corpus.splits import Split, Splits, read_splits
from pipeline.errors import ConfigError, InputError

ROOT = Path(__file__).parent.parent.parent
GOOD = ROOT / "tests" / "cases" / "corpus" / "gold" / "w0-001.yaml"
SPLITS = '[train]\nwriters = ["w0"]\n[test]\nwriters = ["w1"]\n'


class Corpus:
    """A corpus of variations of one report, on disk."""

    def __init__(self, folder: Path) -> None:
        self.gold, self.splits = folder / "gold", folder / "splits.toml"
        self.gold.mkdir()
        self.splits.write_text(SPLITS, encoding="utf-8")
        self.add("w0-001")
        self.add_stranger("w1-001")

    def add(self, report_id: str, *changes: tuple[str, str]) -> None:
        text = GOOD.read_text(encoding="utf-8")
        writer = report_id.split("-", maxsplit=1)[0]
        for old, new in (("w0-001", report_id), ("writer: w0", f"writer: {writer}"), *changes):
            assert old in text
            text = text.replace(old, new)
        (self.gold / f"{report_id}.yaml").write_text(text, encoding="utf-8")

    def add_stranger(self, report_id: str) -> None:
        """A report that shares neither story nor parties nor text with the first."""
        body = "\n".join(
            [
                f"id: {report_id}",
                f"writer: {report_id.split('-', maxsplit=1)[0]}",
                "story: other",
                "title_lines: 0",
                "text: 北河乡中心小学收到海阳集团捐赠的校服三百套，孩子们当场就换上了新衣。",
                "events:",
                "- donors: [海阳集团]",
                "  recipients: [北河乡中心小学]",
                "  items:",
                "  - {text: 校服, category: clothing, quantity: 300, qualifier: exact, figure: 三百}",
            ]
        )
        (self.gold / f"{report_id}.yaml").write_text(body, encoding="utf-8")

    def raw(self):
        return [read_gold_file(path).report for path in sorted(self.gold.glob("*.yaml"))]

    def codes(self, raw=None) -> list[tuple[str, str]]:
        report = check_corpus(self.gold, self.raw() if raw is None else raw, self.splits)
        return [(violation.report_id, violation.code) for violation in report.violations]


@pytest.fixture
def corpus(tmp_path):
    return Corpus(tmp_path)


def test_a_sound_corpus_has_no_violation(corpus):
    assert corpus.codes() == []


def test_counts_and_tags_by_split(corpus):
    report = check_corpus(corpus.gold, corpus.raw(), corpus.splits)
    assert [report.statistics[split]["events"] for split in ("all", "train", "dev", "test")] == [2, 1, 0, 1]
    assert report.statistics["train"]["items.furniture"] == 1
    assert report.statistics["train"]["mentions.DATE"] == 2
    assert report.phenomena["joint_donors"] == {"all": 1, "train": 1, "dev": 0, "test": 0}
    assert set(report.phenomena) == set(known_tags())


def test_text_is_the_raw_reports_to_the_letter(corpus):
    raw = corpus.raw()
    assert corpus.codes(raw[1:]) == [("w0-001", "no-raw-report")]
    assert corpus.codes([replace(raw[0], text=raw[0].text.replace("6组", "７组")), raw[1]]) == [
        ("w0-001", "text-differs")
    ]
    assert corpus.codes([replace(raw[0], body_start=0), raw[1]]) == [("w0-001", "title-differs")]


def test_raw_reports_are_read_and_segmented(corpus, tmp_path):
    first, second = corpus.raw()
    lines = [{"id": r.report_id, "title": r.title, "text": r.text[r.body_start :]} for r in (first, second)]
    (tmp_path / "raw").mkdir()
    raw = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (tmp_path / "raw" / "all.jsonl").write_text(raw, encoding="utf-8")
    assert corpus.codes(raw_reports(tmp_path / "raw")) == []


def test_a_raw_report_under_another_id_is_found_by_its_text(corpus):
    first, second = corpus.raw()
    assert corpus.codes([replace(first, report_id="compilation-7"), second]) == []


@pytest.mark.parametrize(
    ("tags", "code"),
    [("[joint_doners]", "unknown-tag"), ("[negative]", "wrong-tag"), ("[multi_event]", "wrong-tag")],
)
def test_tags(corpus, tags, code):
    corpus.add("w0-002", ("[joint_donors]", tags))
    assert corpus.codes() == [("w0-002", code)]


def test_an_unreadable_file_is_one_violation_and_the_rest_goes_on(corpus):
    raw = corpus.raw()
    corpus.add("w0-002", ("id: w0-002", "id: w0-003"))
    assert corpus.codes(raw) == [("w0-002", "gold")]


def test_splits_give_nothing_away(corpus):
    corpus.add("w1-001")
    assert corpus.codes() == [
        ("w1-001", "near-duplicate"),
        ("w1-001", "shared-parties"),
        ("w1-001", "shared-parties"),
        ("w1-001", "shared-story"),
    ]


def test_only_parties_shared(corpus):
    path = corpus.gold / "w1-001.yaml"
    text = path.read_text(encoding="utf-8").replace("[海阳集团]", "[青溪县图书馆]")
    path.write_text(text.replace("[北河乡中心小学]", "[青溪县柳河镇石桥村]"), encoding="utf-8")
    assert corpus.codes() == [("w1-001", "shared-parties")]


def test_every_report_belongs_to_a_split_and_every_name_to_a_report(corpus):
    corpus.splits.write_text('[train]\nids = ["w9-001"]\n', encoding="utf-8")
    assert corpus.codes() == [
        ("", "unknown-in-splits"),
        ("w0-001", "no-split"),
        ("w1-001", "no-split"),
    ]


def test_an_id_outranks_its_writer():
    splits = Splits(train=Split(writers=("w0",)), dev=Split(ids=("w0-001",)))
    labelled = read_gold_file(GOOD)
    assert splits.ids_of("dev", [labelled]) == ("w0-001",)
    assert splits.ids_of("train", [labelled]) == ()


@pytest.mark.parametrize(
    "text",
    [
        '[train]\nwriters = ["a"]\n[test]\nwriters = ["a"]\n',
        "[training]\n",
        "[train]\nwriter = []\n",
        "train =",
    ],
)
def test_faulty_splits(tmp_path, text):
    (tmp_path / "splits.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"splits\.toml"):
        read_splits(tmp_path / "splits.toml")


def test_no_gold_and_no_splits(tmp_path):
    with pytest.raises(InputError, match="no gold files"):
        check_corpus(tmp_path, [], tmp_path / "splits.toml")
    with pytest.raises(ConfigError):
        read_splits(tmp_path / "splits.toml")


def test_tags_are_those_of_the_format_page():
    page = (ROOT / "docs" / "corpus-format.md").read_text(encoding="utf-8")
    assert known_tags() == tuple(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))


def test_likeness_ignores_punctuation_and_width():
    assert jaccard(shingles("青溪县图书馆，赠书１２册"), shingles("青溪县图书馆赠书12册。")) == 1.0
    assert jaccard(shingles("青溪县图书馆赠书"), shingles("北河乡中心小学受赠")) == 0.0

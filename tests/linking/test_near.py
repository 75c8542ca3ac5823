"""Which parties are in reach of an act, by where they stand."""

import pytest
import scenes

from pipeline.linking.near import in_reach, of_own_part, weighed

_LIST = "{柳河商会|ORG}向{石桥村|LOC}捐赠图书60册；{禾丰公司|ORG}为{河湾村|LOC}送去大米80袋。"


def _party(scene, words):
    return next(p for p in scene.parties if scene.text[p.start : p.end] == words)


@pytest.mark.parametrize(
    ("marked", "words", "role", "reached"),
    [
        (_LIST, "河湾村", "recipient", False),
        (_LIST, "禾丰公司", "donor", False),
        (_LIST, "石桥村", "recipient", True),
        ("图书60册送到；收书的是{石桥村|LOC}。", "石桥村", "recipient", True),
        ("图书60册送到了校园。爱心人士另捐大米60袋。", "爱心人士", "donor", False),
        ("图书60册送到了校园，爱心人士捐赠。", "爱心人士", "donor", True),
        ("图书60册送到了校园。困难学生很高兴。", "困难学生", "recipient", True),
        ("图书60册送到了校园。{李平|PER}介绍，书屋建好了。", "李平", "donor", False),
        ("图书60册送到了校园。{李平|PER}捐了这些书。", "李平", "donor", True),
    ],
)
def test_who_stands_behind_takes_part_only_where_the_words_allow(marked, words, role, reached):
    scene = scenes.told(marked).scene()
    assert in_reach(scene, scene.drafts[0], _party(scene, words), role) is reached


@pytest.mark.parametrize(("own", "names"), [(0.5, ["河湾村"]), (0.05, ["河湾村", "石桥村"])])
def test_the_own_part_of_a_list_goes_before_the_parts_before_it(own, names):
    scene = scenes.told(_LIST).scene()
    scored = [(own, _party(scene, "河湾村")), (0.9, _party(scene, "石桥村"))]
    kept = of_own_part(scene, scene.drafts[-1], scored)
    assert [scene.text[p.start : p.end] for _, p in kept] == names


@pytest.mark.parametrize(
    ("marked", "less"),
    [
        ("赠书\n图书60册捐赠给村里。\n{石桥村|LOC}有书屋。", True),
        ("图书60册捐赠给村里。{石桥村|LOC}有书屋。", False),
        ("赠书\n{石桥村|LOC}有书屋。\n图书60册捐赠给村里。", False),
    ],
)
def test_who_is_told_in_a_later_paragraph_counts_less(marked, less):
    scene = scenes.told(marked).scene()
    assert (weighed(scene, scene.drafts[-1], _party(scene, "石桥村"), "recipient", 0.9) < 0.9) is less

"""Who gives in an act of its own is not the giver of what was told before it."""

import pytest
import scenes

from pipeline.linking.elsewhere import gives_elsewhere

_SAVED = "{李平|PER}住在{青溪县|LOC}。去年9月，老人捐给{青溪县教育基金会|ORG}8万元。"


def _givers(text):
    """Who of the parties behind the first act gives in an act of its own."""
    scene = scenes.told(text).scene()
    draft = scene.drafts[0]
    behind = [party for party in scene.named if party.start >= draft.end]
    return [scene.text[p.start : p.end] for p in behind if gives_elsewhere(scene, draft, p)]


@pytest.mark.parametrize(
    ("text", "givers"),
    [
        (_SAVED + "随后，{柳河商会|ORG}又捐来60万元。", ["柳河商会"]),
        (_SAVED + "{柳河商会|ORG}会长说，他还会捐60万元。", []),
        ("去年9月，一位老人捐出8万元。{李平|PER}捐出这8万元时已八十岁。", []),
        ("去年9月，一位老人捐出积蓄。{李平|PER}捐出8万元时已八十岁。", []),
        ("去年9月，一位老人捐出8万元，{柳河商会|ORG}捐出60万元。", []),
    ],
)
def test_the_subject_of_a_later_act_of_other_figures(text, givers):
    assert _givers(text) == givers


def test_a_headline_is_told_again():
    assert _givers("热心人捐出近10万元\n{李平|PER}捐出9.6万元。") == []

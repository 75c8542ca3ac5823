"""What grammar says outright of the parties of an act, rule by rule."""

import tomllib

import marked_cases
import pytest
import scenes

from pipeline.linking.grammar import commissioned, going_on, out_of_hands

_CASES = tomllib.loads((marked_cases.CASES / "linking/outright.toml").read_text(encoding="utf-8"))
_RULES = {
    "commissioned": lambda scene, draft: (commissioned(scene, draft) or (None,))[0],
    "going_on": going_on,
    "out_of_hands": out_of_hands,
}


def test_every_rule_has_cases():
    assert set(_CASES) == set(_RULES)


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, block in _CASES.items() for text in block["texts"]]
)
def test_a_rule_finds_the_marked_words(rule, text):
    scene = scenes.told(text.replace("〔", "").replace("〕", "")).scene()
    told = marked_cases.parse(text, None, None).text
    expected = told[told.find("〔") + 1 : told.find("〕")] if "〔" in told else None
    found = _RULES[rule](scene, scene.drafts[-1])
    assert (scene.text[found.start : found.end] if found else None) == expected

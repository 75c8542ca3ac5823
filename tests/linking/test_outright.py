"""What grammar says outright of the parties of an act, rule by rule."""

import tomllib

import marked_cases
import pytest
import scenes

from pipeline.linking.grammar import collector, commissioned, going_on, out_of_hands
from pipeline.linking.subjects import outright_giver
from pipeline.linking.takers import explicit_group

_CASES = tomllib.loads((marked_cases.CASES / "linking/outright.toml").read_text(encoding="utf-8"))
_RULES = {
    "collector": collector,
    "commissioned": lambda scene, draft: (commissioned(scene, draft) or (None,))[0],
    "explicit_group": explicit_group,
    "going_on": going_on,
    "out_of_hands": out_of_hands,
    "outright_giver": outright_giver,
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
    span = found if isinstance(found, tuple) else found and (found.start, found.end)
    assert (scene.text[slice(*span)] if span else None) == expected

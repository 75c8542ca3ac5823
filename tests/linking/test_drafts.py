"""Candidate acts: which verb governs which goods, and where a sentence turns to another act."""

import tomllib

import marked_cases
import pytest
import scenes

CASES = {
    case["id"]: case
    for case in tomllib.loads((marked_cases.CASES / "linking/drafts.toml").read_text(encoding="utf-8"))[
        "case"
    ]
}


def _written(scene, draft):
    goods = "; ".join(scene.text[good.start : good.end] for good in draft.goods)
    return f"{draft.trigger.word if draft.trigger else '-'}: {goods}"


@pytest.mark.parametrize("name", CASES)
def test_acts_of_a_text(name):
    scene = scenes.told(CASES[name]["text"]).scene()
    drafts = sorted(scene.drafts, key=lambda draft: draft.start)
    assert [_written(scene, draft) for draft in drafts] == CASES[name]["acts"]

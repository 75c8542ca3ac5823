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


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("{青溪县商会|ORG}送来棉被80床、大米60袋。这些物资总价值4.5万元。", [["4.5万元"]]),
        (
            "{青溪县商会|ORG}把棉被80床送往{石桥村|LOC}。昨晚，这批总价值4.5万元的物资送达{柳河镇政府|ORG}。",
            [["4.5万元"], []],
        ),
        (
            "{石桥小学|ORG}收到书包70个，{青溪县商会|ORG}和{华星公司|ORG}送来的这些物资总价值4.5万元。",
            [["4.5万元"], ["4.5万元"]],
        ),
        ("{青溪县商会|ORG}送来棉被80床。{华星公司|ORG}送来价值2万元的物资。", [[], []]),
    ],
)
def test_worth_of_a_batch_told_before(text, worth):
    """`这些物资总价值4.5万元` is the worth of the goods before it, not of another gift."""
    drafts = [draft for draft in scenes.told(text).scene().drafts if draft.goods]
    assert [[value.surface for value in draft.values] for draft in drafts] == worth

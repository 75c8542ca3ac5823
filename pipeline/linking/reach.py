"""How far a day reaches: which acts it cannot date, wherever the report tells it.

All spans are offsets into the folded text.
"""

from __future__ import annotations

import re

from pipeline import schema
from pipeline.linking.drafts import Draft, Scene

_UP_TO = re.compile(r"(?:截至|截止|截止到|截至到)$")
_UNTIL = re.compile(r"(?:^|[,。;\n])到$")
_DAYS = ("day", "range")
_ENDS = ("为止", "止")


def out_of_reach(scene: Scene, draft: Draft, date: schema.DateMention) -> bool:
    """Whether a day cannot be the act's.

    Args:
        scene: what stands in the report.
        draft: the act.
        date: the day.
    """
    if scene.sentence(date.start) != draft.sentence:
        return _closes_total(scene, date)
    return _of_other_part(scene, draft, date)


def _closes_total(scene: Scene, date: schema.DateMention) -> bool:
    """截至5月29日,共收到116万元。其中甲公司捐5万元: the day of a count is that of its own sentence."""
    head = scene.text[max(0, date.start - 4) : date.start]
    if _UP_TO.search(head):
        return True
    return head.endswith("到") and (bool(_UNTIL.search(head)) or scene.text.startswith(_ENDS, date.end))


def _of_other_part(scene: Scene, draft: Draft, date: schema.DateMention) -> bool:
    """7月16日,甲捐水;7月19日,乙捐书;丙捐米: where parts tell days of their own, the others have none."""
    first = scene.sentences[draft.sentence].start
    if ";" not in scene.text[date.end : draft.start]:
        return False
    told = (one for one in scene.dates if one.precision in _DAYS and not one.vague)
    parts = {scene.text.count(";", first, one.start) for one in told if first <= one.start < draft.start}
    return len(parts) > 1 and scene.text.count(";", first, draft.start) not in parts

"""Who is called on by name gets what the callers bring."""

import pytest
import scenes

from pipeline.linking.callers import called_on


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("{柳河商会|ORG}走访了困难党员{张大山|PER}、{李有田|PER}，送去慰问金600元。", "张大山、李有田"),
        (
            "{柳河商会|ORG}来到{石桥村|LOC}，看望慰问{张大山|PER}和学生{李小田|PER}，为他们送上棉被2床。",
            "张大山和学生李小田",
        ),
        ("{柳河商会|ORG}看望了卸任妇女主任{张小兰|PER}，送去慰问金600元。", "张小兰"),
        ("{柳河商会|ORG}看望了{石桥小学|ORG}校长{张小兰|PER}，送去图书600册。", None),
        ("{柳河商会|ORG}走访了{石桥村|LOC}，{张大山|PER}送来红薯60斤。", None),
        ("{柳河商会|ORG}看望了{张大山|PER}；向学校捐赠图书600册。", None),
        ("{柳河商会|ORG}看望了{张大山|PER}。会后向学校捐赠图书600册。", None),
    ],
)
def test_people_called_on_by_name(text, people):
    scene = scenes.told(text).scene()
    found = called_on(scene, scene.drafts[-1])
    assert (found and scene.text[found.start : found.end]) == people

"""Books that a library sends to its own branches are no gift."""

import tomllib

import marked_cases
import pytest
import scenes

from pipeline.linking.stocking import stocks_branch

_CASES = tomllib.loads((marked_cases.CASES / "linking/stocking.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "stock"), [(text, name == "stock") for name, texts in _CASES.items() for text in texts]
)
def test_books_for_the_own_branches_are_no_gift(text, stock):
    scene = scenes.told(text).scene()
    assert scene.drafts
    assert [stocks_branch(scene, draft) for draft in scene.drafts] == [stock] * len(scene.drafts)

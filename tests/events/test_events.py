"""Acts become events: split, merged, with their items, against the case files of marked acts."""

import tomllib
from datetime import date

import marked_acts
import marked_cases
import pytest


def _cases():
    for path in sorted((marked_cases.CASES / "events/acts").glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield f"{path.stem}-{case['id']}", case


CASES = dict(_cases())


@pytest.fixture(scope="module")
def build():
    return marked_acts.Builder()


@pytest.mark.parametrize("name", CASES)
def test_events_of_marked_acts(build, name):
    _, events = build(CASES[name]["text"])
    assert [marked_acts.written(event) for event in events] == CASES[name]["events"]


@pytest.mark.parametrize(
    ("title", "body", "text", "first"),
    [
        ("", "2021年9月1日，", "2021年9月1日", date(2021, 9, 1)),
        ("2021年9月1日，", "", "2021年9月1日", date(2021, 9, 1)),
        ("2021年9月1日，", "近日，", "2021年9月1日", date(2021, 9, 1)),
        ("", "近日，", "近日", None),
        ("", "", None, None),
    ],
)
def test_merged_passages_keep_the_date_that_is_known(build, title, body, text, first):
    act = "{青溪县图书馆|ORG=donor}捐赠电脑"
    _, (event,) = build(f"{title}{act}\n{body}{act}6台。")
    assert (event.date_text, event.date_start) == (text, first)


def test_the_rest_of_a_list_has_a_category_of_its_own(build):
    text = "{青溪县图书馆|ORG=donor}捐赠图书、期刊共1200册，其中期刊200册。"
    _, (event,) = build(text)
    assert [item.category for item in event.items] == ["book", "periodical"]

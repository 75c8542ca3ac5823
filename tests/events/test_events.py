"""Acts become events: split, merged, with their items, against the case files of marked acts."""

import tomllib

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

"""The shipped models over short invented reports: who gave what to whom."""

import tomllib

import marked_acts
import marked_cases
import pytest
import scenes

# Reports whose events came out right in every slot that the cases state, when the bar was set.
_RIGHT = 22

_FILE = marked_cases.CASES / "events/reports.toml"
REPORTS = {case["id"]: case for case in tomllib.loads(_FILE.read_text(encoding="utf-8"))["report"]}
PLAIN = [name for name, case in REPORTS.items() if case.get("plain")]


@pytest.fixture(scope="module")
def read(extractor):
    """Events of every report, as the cases write them."""
    reports = [
        scenes.report_of(case["text"], source=case.get("source"), report_id=name)
        for name, case in REPORTS.items()
    ]
    found = zip(REPORTS, extractor(reports), strict=True)
    return {name: [marked_acts.written(event) for event in each.events] for name, each in found}


def _what_was_given(line):
    """All but who gave to whom: the parties as one list, and the goods."""
    parties, _, rest = line.partition(": ")
    return sorted(parties.replace(" > ", "+").split("+")), rest


def test_there_are_as_many_reports_as_promised():
    assert len(REPORTS) >= 25
    assert len(PLAIN) >= 10


@pytest.mark.parametrize("name", PLAIN)
def test_goods_and_parties_of_a_plain_report(read, name):
    assert list(map(_what_was_given, read[name])) == list(map(_what_was_given, REPORTS[name]["events"]))


def test_donors_give_and_recipients_receive(read):
    right = {name for name in REPORTS if read[name] == REPORTS[name]["events"]}
    assert sorted(set(PLAIN) - right) == []
    assert len(right) >= _RIGHT

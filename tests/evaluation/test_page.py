"""The page of errors: one file, the words highlighted, filters; looked at in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape

import pytest

from pipeline.evaluation import Evaluation, EvaluationParams, write_evaluation
from pipeline.evaluation.page import error_page
from pipeline.evaluation.scoring import score

FAST = EvaluationParams(samples=100)
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--virtual-time-budget=5000",
)
# No name is looked up and nothing is fetched: what the page shows it holds.
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND"
# The reader's hand: a choice in a filter, or a report opened, after the page has loaded.
CHOOSE = (
    "<script>byId('{filter}').value = '{value}'; byId('filters').dispatchEvent(new Event('input'));</script>"
)
OPEN = "<script>document.querySelectorAll('details').forEach(each => each.open = true);</script>"
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine (package chromium)")


@pytest.fixture
def evaluation(case, bad):
    """Two reports: one with an error of each level, another of a different slice with one error."""
    other = replace(case, report_id="w0-002", tags=("festival",))
    spurious = replace(bad, report_id="w0-002", events=bad.events[1:], mentions=case.mentions)
    missed = replace(spurious, events=())
    return Evaluation((score(case, bad), score(other, missed)))


@pytest.fixture
def shown(evaluation, tmp_path):
    """Writes the page and gives what a browser makes of it, and the part with the errors."""

    def render(fragment="", hand=""):
        write_evaluation(evaluation, tmp_path, FAST)
        page = tmp_path / "errors.html"
        page.write_text(
            page.read_text(encoding="utf-8").replace("</body>", f"{hand}</body>"), encoding="utf-8"
        )
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        command = [BROWSER, *FLAGS, OFFLINE, profile, "--dump-dom", f"{page.as_uri()}{fragment}"]
        dom = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
        return dom, dom.split("<main", 1)[1].split("</main>")[0].replace('<mark class="">', "<mark>")

    return render


def test_the_page_needs_nothing_from_outside(evaluation):
    page = error_page(evaluation, title="甲 < 乙", params=FAST)
    assert not re.search(r"(?:src|href)\s*=|@import|https?://|url\(", page)
    assert "<title>甲 &lt; 乙</title>" in page
    assert "<b>海阳集团" not in page


@needs_browser
def test_every_error_is_shown_with_its_words_marked(shown):
    dom, errors = shown()
    assert errors.count("<article") == 4
    assert "4 of 4 errors" in dom
    assert "<mark>1200余册</mark>" in errors
    assert '<mark class="gold">' in errors
    assert "<b>海阳集团" in unescape(errors) and "<b>海阳集团" not in errors
    assert "<td>slots</td>" in dom


@needs_browser
@pytest.mark.parametrize(
    ("filters", "kinds"),
    [
        ("kind=boundary", ["boundary"]),
        ("slice=tag%3A+festival", ["missed"]),
        ("slice=tag%3A+joint_donors", ["boundary", "normalisation", "spurious"]),
        ("slice=tag%3A+joint_donors&kind=spurious", ["spurious"]),
        ("level=slot", ["normalisation"]),
        ("words=海阳", ["spurious"]),
    ],
)
def test_a_view_sent_as_an_address(shown, filters, kinds):
    dom, errors = shown(f"#{filters}")
    assert sorted(re.findall(r'<article data-kind="([^"]+)"', errors)) == kinds
    assert f"{len(kinds)} of 4 errors" in dom


@needs_browser
@pytest.mark.parametrize(
    ("name", "value", "kinds"),
    [("kind", "normalisation", ["normalisation"]), ("slice", "tag: festival", ["missed"])],
)
def test_a_choice_in_a_filter(shown, name, value, kinds):
    dom, errors = shown(hand=CHOOSE.format(filter=name, value=value))
    assert re.findall(r'<article data-kind="([^"]+)"', errors) == kinds
    assert f'<option value="{value}">' in dom


@needs_browser
def test_a_whole_report_opens_with_the_words_marked(shown, case):
    _, errors = shown("#kind=normalisation", OPEN)
    report = unescape(errors.split("<pre>")[1].split("</pre>")[0])
    assert report.replace("<mark>", "").replace("</mark>", "") == case.text
    assert "<mark>1200余册</mark>" in report

"""Who gives where the subject is no institution: people told by kind, and persons behind a title."""

import tomllib

import marked_cases
import pytest
import scenes

from pipeline.linking.subjects import outright_giver, titled_person, unnamed_givers

_CASES = tomllib.loads((marked_cases.CASES / "linking/subjects.toml").read_text(encoding="utf-8"))


def _last_draft(text):
    """The scene of a text without its brackets, its last draft, and what stands in them."""
    scene = scenes.told(text.replace("〔", "").replace("〕", "")).scene()
    told = marked_cases.parse(text, None, None).text
    return scene, scene.drafts[-1], told[told.find("〔") + 1 : told.find("〕")] if "〔" in told else None


@pytest.mark.parametrize("text", _CASES["people"] + _CASES["nobody"])
def test_people_told_by_kind_are_the_subject(text):
    scene, draft, expected = _last_draft(text)
    found = unnamed_givers(scene, draft)
    assert (scene.text[slice(*found)] if found else None) == expected


@pytest.mark.parametrize("text", _CASES["person"] + _CASES["office"])
def test_a_person_behind_a_business_title_gives(text):
    scene, draft, expected = _last_draft(text)
    found = titled_person(scene, draft)
    assert (scene.text[found.start : found.end] if found else None) == expected


@pytest.mark.parametrize("text", _CASES["outright"] + _CASES["between"])
def test_who_stands_right_before_a_verb_of_giving_gives(text):
    scene, draft, expected = _last_draft(text)
    found = outright_giver(scene, draft)
    assert (found and scene.text[found.start : found.end]) == expected

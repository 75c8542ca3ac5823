"""The shipped encoder answers; a file that is not the one named is refused."""

import json
import shutil

import pytest
from house import ROOT

from pipeline.encoder import Encoder, Mark, Question
from pipeline.errors import ConfigError

_FOLDER = ROOT / "models/encoder"
_TEXT = "9月1日,青溪县图书馆向石桥村捐赠图书500册。"
_GIVER, _TAKER, _ACT, _GOODS = (5, 11), (12, 15), (15, 17), (17, 19)
_MARKS = (
    Mark(0, 4, "date:day"),
    Mark(*_GIVER, "party:ORG"),
    Mark(*_TAKER, "party:LOC"),
    Mark(*_ACT, "trigger:give"),
    Mark(*_GOODS, "goods"),
    Mark(19, 23, "figure:count"),
    Mark(0, len(_TEXT), "sentence:body"),
)


@pytest.fixture(scope="module")
def encoder():
    return Encoder(_FOLDER)


def _likeliest(answer):
    return max(answer, key=answer.get)


def test_it_tells_who_gives_and_who_takes(encoder):
    assert (_TEXT[slice(*_GIVER)], _TEXT[slice(*_ACT)]) == ("青溪县图书馆", "捐赠")
    questions = [
        Question("act", _ACT),
        Question("role", _ACT, _GIVER, ("青溪县图书馆",)),
        Question("role", _ACT, _TAKER, ("石桥村",)),
        Question("date", _ACT, (0, 4)),
        Question("category", _GOODS),
    ]
    answers = encoder(_TEXT, [0], _MARKS, questions)
    assert [_likeliest(answer) for answer in answers] == ["yes", "donor", "recipient", "yes", "book"]
    assert all(sum(answer.values()) == pytest.approx(1) for answer in answers)


def test_mentions_of_one_party_share_their_answer(encoder):
    text = _TEXT + "青溪县图书馆说。"
    again = (text.rindex("青溪"), text.rindex("青溪") + 6)
    marks = (*_MARKS, Mark(*again, "party:ORG"))
    asked = [Question("role", _ACT, span, ("青溪县图书馆",)) for span in (_GIVER, again)]
    alone = [Question("role", _ACT, span) for span in (_GIVER, again)]
    first, second = encoder(text, [0], marks, asked)
    assert first == second
    assert len({tuple(answer.items()) for answer in encoder(text, [0], marks, alone)}) == 2


def test_the_same_report_has_the_same_answers(encoder):
    asked = [Question("act", _ACT)]
    assert encoder(_TEXT, [0], _MARKS, asked) == Encoder(_FOLDER)(_TEXT, [0], _MARKS, asked)


def test_a_long_report_is_read_in_stretches(encoder):
    text = "青溪县下了雨。" * 300 + _TEXT
    offset = len(text) - len(_TEXT)
    marks = tuple(Mark(mark.start + offset, mark.end + offset, mark.kind) for mark in _MARKS)
    act = (_ACT[0] + offset, _ACT[1] + offset)
    starts = [*range(0, offset, 7), offset]
    asked = [Question("act", act), Question("act", (0, 2))]
    assert [_likeliest(answer) for answer in encoder(text, starts, marks, asked)] == ["yes", "no"]


def test_nothing_asked_nothing_read(encoder):
    assert encoder(_TEXT, [0], _MARKS, []) == ()


def test_a_decision_that_it_does_not_know_is_refused(encoder):
    with pytest.raises(ConfigError, match="no decision 'colour'"):
        encoder(_TEXT, [0], _MARKS, [Question("colour", _ACT)])


@pytest.mark.parametrize("name", ["heads.onnx", "vocabulary.txt", "meta.json"])
def test_a_folder_that_is_not_whole_is_refused(tmp_path, name):
    shutil.copytree(_FOLDER, tmp_path / "encoder")
    (tmp_path / "encoder" / name).unlink()
    with pytest.raises(ConfigError, match=name):
        Encoder(tmp_path / "encoder")


def test_a_changed_file_is_refused(tmp_path):
    shutil.copytree(_FOLDER, tmp_path / "encoder")
    meta = json.loads((tmp_path / "encoder/meta.json").read_text(encoding="utf-8"))
    meta["files"]["vocabulary.txt"] = "0" * 64
    (tmp_path / "encoder/meta.json").write_text(json.dumps(meta), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"vocabulary\.txt: missing or not the file"):
        Encoder(tmp_path / "encoder")

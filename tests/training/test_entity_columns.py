"""Column files of every scheme, and what is refused."""

import pytest

from pipeline.errors import InputError
from pipeline.training.entities.columns import labels_of, read_samples
from pipeline.training.entities.samples import Sample, write_samples

_EXPECTED = ((0, 3, "LOC"), (4, 5, "PER"), (5, 7, "LOC"))
_SCHEMES = {
    "bio": ["B-LOC", "I-LOC", "I-LOC", "O", "B-PER", "B-LOC", "I-LOC"],
    "bmes": ["B-LOC", "M-LOC", "E-LOC", "O", "S-PER", "B-LOC", "E-LOC"],
    "bioes": ["B-LOC", "I-LOC", "E-LOC", "O", "S-PER", "B-LOC", "E-LOC"],
    "underscore": ["B_LOC", "I_LOC", "E_LOC", "O", "S_PER", "B_LOC", "E_LOC"],
}


@pytest.mark.parametrize("blank", [" ", "\t"])
@pytest.mark.parametrize("scheme", _SCHEMES)
def test_schemes(tmp_path, scheme, blank):
    path = tmp_path / "data.txt"
    rows = [f"{char}{blank}{tag}" for char, tag in zip("青溪县赠王石桥", _SCHEMES[scheme], strict=True)]
    path.write_text("\n".join([*rows, "", "", f"书{blank}O"]), encoding="utf-8")
    samples = read_samples(path)
    assert samples == [Sample("青溪县赠王石桥", _EXPECTED), Sample("书", ())]
    assert labels_of(samples) == ("LOC", "PER")


def test_spacy_file(tmp_path):
    samples = [Sample("青溪县赠王石桥", _EXPECTED), Sample("赠 书", ())]
    write_samples(samples, tmp_path / "data.spacy")
    assert read_samples(tmp_path / "data.spacy") == samples


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        ("青 B-LOC\n溪\n", "columns", ":2:"),
        ("青 B-LOC\n溪 X-LOC\n", "tag", ":2:"),
        ("青 LOC\n", "tag", ":1:"),
        ("\n\n", "empty", "there is no text"),
        (b"\xc7\xe0 O\n", "not-utf8", "not UTF-8"),
    ],
)
def test_refused(tmp_path, content, code, told):
    path = tmp_path / "data.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=told) as caught:
        read_samples(path)
    assert caught.value.code == code


def test_missing_file(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_samples(tmp_path / "none.txt")

"""Parameter files: defaults, and every way to get them wrong."""

import pytest

from pipeline.errors import ConfigError
from pipeline.params import Section, read_params


class _Demo(Section):
    size: int = 3
    share: float = 0.5


_KINDS = {"demo": _Demo}

_WRONG = {
    "unknown section": ("demos: {size: 1}", "unknown section 'demos'; known: demo"),
    "unknown key": ("demo: {sise: 1}", "demo.sise"),
    "wrong type": ("demo: {size: three}", "demo.size"),
    "section is a list": ("demo: [1, 2]", "demo."),
    "no sections": ("- 1\n- 2\n", "sections expected at the top"),
    "no YAML": ("demo: {size: 1", "params.yaml:"),
    "no UTF-8": (b"demo: {size: \xff}", "params.yaml:"),
}


def _write(folder, content):
    path = folder / "params.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_without_a_file_defaults_hold():
    assert read_params(None, _KINDS) == {"demo": _Demo(size=3, share=0.5)}


@pytest.mark.parametrize("content", ["", "# nothing\n", "demo:\n", "demo: {}\n"])
def test_what_a_file_leaves_out_has_its_default(tmp_path, content):
    assert read_params(_write(tmp_path, content), _KINDS)["demo"] == _Demo()


def test_a_file_changes_what_it_names(tmp_path):
    assert read_params(_write(tmp_path, "demo: {size: 7}"), _KINDS)["demo"] == _Demo(size=7)


@pytest.mark.parametrize(("content", "message"), _WRONG.values(), ids=_WRONG)
def test_what_is_wrong_is_told_in_one_line(tmp_path, content, message):
    with pytest.raises(ConfigError) as error:
        read_params(_write(tmp_path, content), _KINDS)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_file(tmp_path):
    with pytest.raises(ConfigError, match="No such file"):
        read_params(tmp_path / "none.yaml", _KINDS)


def test_parameters_do_not_change():
    with pytest.raises(ValueError, match="frozen"):
        _Demo().size = 4

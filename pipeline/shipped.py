"""Where the trained models are: in the working folder, in the package, or in the source tree."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def model_folder(name: str) -> Path:
    """Find a model by its relative path.

    The working folder comes first, so that a project's own model wins; then the models that an installed
    wheel carries, then those of a source tree. A name found nowhere is returned as it is.

    Example:
        >>> model_folder("models/没有").as_posix()
        'models/没有'
    """
    homes = (Path(), _PACKAGE, _PACKAGE.parent)
    return next((home / name for home in homes if (home / name).exists()), Path(name))

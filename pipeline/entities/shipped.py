"""Where the files of a model are: in the working folder, the checkout or the installed package."""

from __future__ import annotations

from pathlib import Path


def shipped(name: str) -> Path:
    """Find a path such as `models/entities`; the path as given where it is nowhere.

    The working folder comes first, then the checkout around the package, then the package itself, which holds
    the models when it was installed from a wheel.
    """
    package = Path(__file__).parents[1]
    places = (Path(name), package.parent / name, package / name)
    return next((place for place in places if place.exists()), Path(name))

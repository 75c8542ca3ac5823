"""Where the wheel takes its packages from; the rest is in pyproject.toml.

The models stand at the top of the repository and become `pipeline/models` in the wheel.
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["pipeline*"]), "pipeline.models"],
    package_dir={"pipeline.models": "models"},
    package_data={
        "": ["py.typed", "*.html"],
        "pipeline.baselines": ["*.toml"],
        "pipeline.lexicons": ["**/*"],
        "pipeline.models": ["encoder/*", "entities/**/*", "linker/*", "tagger/*"],
        "pipeline.training": ["configs/*"],
    },
)

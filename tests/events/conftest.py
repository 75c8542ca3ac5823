"""The shipped models, loaded once for the tests of whole reports."""

import pytest

from pipeline.extraction import ExtractionParams, Extractor


@pytest.fixture(scope="session")
def extractor():
    return Extractor(ExtractionParams())

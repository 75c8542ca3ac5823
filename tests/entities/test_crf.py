"""The field against every path written out."""

import itertools

import numpy as np
import pytest

from pipeline.entities import crf

_FIELD = crf.bioes_field(["LOC"])
_TAGS = 5


def _paths(emissions, transitions):
    """Score of every path over one sequence."""
    for path in itertools.product(range(_TAGS), repeat=len(emissions)):
        steps = itertools.pairwise(path)
        total = sum(emissions[place][tag] for place, tag in enumerate(path))
        total += sum(transitions[step] + _FIELD.follow[step] for step in steps)
        yield path, total + _FIELD.first[path[0]] + _FIELD.last[path[-1]]


@pytest.fixture(params=range(3))
def case(request):
    rng = np.random.default_rng(request.param)
    lengths = np.array([4, 1, 3])
    emissions = rng.normal(scale=2, size=(3, 4, _TAGS))
    return emissions, lengths, rng.normal(size=(_TAGS, _TAGS))


def test_posterior_sums_over_all_paths(case):
    emissions, lengths, transitions = case
    result = crf.posterior(emissions, lengths, transitions, _FIELD)
    pairs = np.zeros((_TAGS, _TAGS))
    for row, length in enumerate(lengths):
        paths = dict(_paths(emissions[row, :length], transitions))
        norm = np.logaddexp.reduce(list(paths.values()))
        tags = np.zeros((length, _TAGS))
        for path, total in paths.items():
            tags[range(length), path] += np.exp(total - norm)
            for step in itertools.pairwise(path):
                pairs[step] += np.exp(total - norm)
        assert result.log_norm[row] == pytest.approx(norm)
        assert result.tags[row, :length] == pytest.approx(tags, abs=1e-9)
        assert not result.tags[row, length:].any()
    assert crf.expected_steps(result) == pytest.approx(pairs, abs=1e-9)


def test_viterbi_finds_the_best_path(case):
    emissions, lengths, transitions = case
    found = crf.viterbi(emissions, lengths, transitions, _FIELD)
    for row, length in enumerate(lengths):
        paths = dict(_paths(emissions[row, :length], transitions))
        assert tuple(found[row, :length]) == max(paths, key=paths.get)


def test_path_logs_add_up_to_the_path(case):
    emissions, lengths, transitions = case
    result = crf.posterior(emissions, lengths, transitions, _FIELD)
    best = crf.viterbi(emissions, lengths, transitions, _FIELD)
    logs = crf.path_logs(result, best)
    for row, length in enumerate(lengths):
        paths = dict(_paths(emissions[row, :length], transitions))
        expected = paths[tuple(best[row, :length])] - result.log_norm[row]
        assert logs[row, :length].sum() == pytest.approx(expected)


def test_nothing_but_bioes_is_reached():
    emissions = np.zeros((1, 6, _TAGS))
    emissions[0, :, 2] = 9  # every character would be inside
    (tags,) = crf.viterbi(emissions, np.array([6]), np.zeros((_TAGS, _TAGS)), _FIELD)
    assert "".join("OBIES"[tag] for tag in tags) == "BIIIIE"

"""Columns of jieba's words: likeliest cut, groups of tags, rows that belong to no text."""

import pytest

from pipeline.entities import cutting
from pipeline.entities.cutting import TAGS, WIDTH, cut_columns, dictionary
from pipeline.entities.features import column_count, featurise
from pipeline.entities.lexicon import HashedLexicon


def _groups(row):
    return [name for name, marked in zip(TAGS, row[3:], strict=True) if marked]


def test_the_likeliest_cut_not_the_longest_word():
    """努力使 holds no word across 力使; 图书馆 is one word, and the path prefers it to 图书."""
    begin, inside, end = cut_columns(["图书馆"], [0], 3)[:, :3].T.astype(int).tolist()
    assert (begin, inside, end) == ([1, 0, 0], [0, 1, 0], [0, 0, 1])


@pytest.mark.parametrize(
    ("word", "group"), [("北京", "place"), ("赠送", "verb"), ("图书", "noun"), ("向", "function")]
)
def test_groups_of_tags(word, group):
    assert {group} == {name for row in cut_columns([word], [0], len(word)) for name in _groups(row)}


def test_traditional_and_wide_characters_are_folded_first():
    assert (cut_columns(["圖書館"], [0], 3) == cut_columns(["图书馆"], [0], 3)).all()


def test_columns_stand_at_the_rows_of_their_text():
    lexicon = HashedLexicon.build((), {})
    batch = featurise(["赠送", "图书"], lexicon, cut=True)
    assert batch.columns.shape[1] == column_count(lexicon, cut=True) == column_count(lexicon) + WIDTH
    marked = batch.columns[:, -WIDTH:].any(axis=1)
    assert [row for row in range(len(marked)) if marked[row]] == [
        row for a, b in batch.bounds for row in range(a, b)
    ]


def test_every_group_has_words():
    tags = {tag for _, tag in dictionary()}
    assert [name for name, group in TAGS.items() if not tags & set(group)] == []


def test_words_with_tags_are_held_once():
    groups, words = cutting._groups(), cutting._tokenizer().FREQ
    own = {word: word for word in words}
    assert len(groups) > 300_000
    assert all(word is own[word] for word in groups)

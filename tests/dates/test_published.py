"""The report's own date: metadata before the page line before its image links."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.dates import DateReader, derive_published
from pipeline.schema import Report

PAGE = [
    ("赠书活动\n发布时间：2021-03-05\n近日，…", date(2021, 3, 5)),
    ("赠书活动\n发布时间：2021年3月5日 10:30 来源：县图书馆\n近日，…", date(2021, 3, 5)),
    ("赠书活动\n发布日期:2021/03/05 浏览次数:120\n近日，…", date(2021, 3, 5)),
    ("赠书活动\n２０２１－０３－０５\n近日，…", date(2021, 3, 5)),
    ("赠书活动\n2021-03-05 09:12:33\n近日，…", date(2021, 3, 5)),
    ("赠书活动\n2021年3月5日\n近日，…", date(2021, 3, 5)),
    ("赠书活动\n来源：县图书馆 2021-03-05 点击：33\n近日，…", date(2021, 3, 5)),
    ("赠书活动\n2021年03月05日 11:24 某某网 作者 某某\n近日，…", date(2021, 3, 5)),
    ("赠书活动\n近日，…\n发表于 2021.3.5", date(2021, 3, 5)),
]
IMAGES = [
    ("http://www.a.gov.cn/xwdt/202010/W020201027410811599321.png", date(2020, 10, 27)),
    ("http://www.a.gov.cn/2021/0305/12345.jpg", date(2021, 3, 5)),
    ("http://www.a.gov.cn/20210305/a.jpg", date(2021, 3, 5)),
    ("http://www.a.gov.cn/2021-03/05/a.jpg", date(2021, 3, 5)),
    ("http://www.a.gov.cn/art/t20210305_123.jpg", date(2021, 3, 5)),
    ("http://www.a.gov.cn/upload/20210305103012345.jpg", date(2021, 3, 5)),
    ("http://www.a.gov.cn/upload/2021/03/05/a.jpg", date(2021, 3, 5)),
]
NO_DATE = [
    "https://pics4.baidu.com/feed/caef76094b36acaf7a67e495b23d801903e99cc5.jpeg?token=fd0d36f3a012765cbd8e23877bb8ff24",
    "http://www.gaoming.gov.cn/img/0/74/74759/4324261.jpg",
    "http://www.a.gov.cn/202010/a.jpg",
    "http://www.a.gov.cn/20211345/a.jpg",
    "http://www.a.gov.cn/99912345678.jpg",
]


@pytest.mark.parametrize(("text", "expected"), PAGE)
def test_page_line(text: str, expected: date) -> None:
    assert derive_published(Report("r", text=text)) == (expected, "page")


@pytest.mark.parametrize(("link", "expected"), IMAGES)
def test_image_link(link: str, expected: date) -> None:
    assert derive_published(Report("r", text=f"标题\n[image: {link}]近日，…")) == (expected, "image")


@pytest.mark.parametrize("link", NO_DATE)
def test_links_without_a_day(link: str) -> None:
    assert derive_published(Report("r", text=f"标题\n[image: {link}]近日，…")) == (None, None)


def test_latest_of_several_images() -> None:
    text = "[image: http://a.cn/20210305/a.jpg][image: http://a.cn/20210309/b.jpg]"
    assert derive_published(Report("r", text=text)) == (date(2021, 3, 9), "image")


def test_metadata_wins() -> None:
    report = Report("r", text="发布时间：2021-03-05", published=date(2021, 3, 7))
    assert derive_published(report) == (date(2021, 3, 7), "metadata")


@pytest.mark.parametrize(
    "text",
    [
        "2021年3月5日，县图书馆赠书。",
        "活动时间：2021年3月5日",
        "2021年3月5日上午",
        "时间：上午9点",
        "发布时间：2021-02-30",
        "",
    ],
)
def test_the_story_is_no_page_line(text: str) -> None:
    assert derive_published(Report("r", text=text)) == (None, None)


def test_a_page_line_is_no_date_of_an_act() -> None:
    report = Report(
        "r", text="赠书活动\n发布时间：2021-03-05 来源：县图书馆\n3月4日，县图书馆赠书。\n2021年3月5日"
    )
    assert [one.surface for one in DateReader()(report)] == ["3月4日"]

"""News pages -> title, day, source and text."""

from datetime import date

import pytest

from pipeline.errors import InputError
from pipeline.readers import read_inputs

_BODY = "<p>9月1日，青溪县图书馆向石桥村赠书500册，村民们很高兴。</p><p>村支书表示感谢，全村都来借书。</p>"
_LINES = "9月1日，青溪县图书馆向石桥村赠书500册，村民们很高兴。\n村支书表示感谢，全村都来借书。"


def _read(tmp_path, html, encoding="utf-8"):
    (tmp_path / "a.html").write_bytes(html.encode(encoding))
    (found,) = read_inputs([tmp_path / "a.html"])
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_government_page(tmp_path, encoding):
    html = f"""<html><head><title>青溪县图书馆赠书_青溪县人民政府</title>
      <meta name="ArticleTitle" content="青溪县图书馆赠书"><meta name="PubDate" content="2021-09-03 10:20">
      <meta name="ContentSource" content="青溪县图书馆"><style>p {{}}</style></head><body>
      <nav><a href="/">首页</a></nav><h1>政务公开</h1><h1>青溪县图书馆赠书</h1>
      <div class="TRS_Editor"><script>var a = "甲";</script><p>青溪县图书馆赠书</p>{_BODY}</div>
      <footer>版权所有</footer></body></html>"""
    found = _read(tmp_path, html, encoding)
    assert (found.title, found.source) == ("青溪县图书馆赠书", "青溪县图书馆")
    assert (found.text, found.published, found.end) == (_LINES, date(2021, 9, 3), len(html))


def test_plain_page_without_metadata(tmp_path):
    html = f"""<title>青溪县图书馆赠书 - 青溪新闻网</title><div id=menu><a>要闻</a><a>专题</a></div>
      <div><div>发布时间：2021年9月3日　来源：青溪新闻网</div><div><div>{_BODY}
      <img src="https://a.example.org/1.jpg"></div></div></div><div><p>相关阅读</p></div>"""
    found = _read(tmp_path, html)
    assert (found.title, found.published) == ("青溪县图书馆赠书", date(2021, 9, 3))
    assert found.text == _LINES + "\n[image: https://a.example.org/1.jpg]"


def test_text_without_paragraphs(tmp_path):
    found = _read(
        tmp_path,
        "<body><h1>赠书</h1>　　甲县&nbsp;赠书。<br>乙&lt;村&gt;<b>收到</b>。<table><tr><td>册<td>数</table>",
    )
    assert (found.title, found.text) == ("赠书", "甲县 赠书。\n乙<村>收到。\n册\n数")


def test_broken_date_is_no_reject(tmp_path):
    assert _read(tmp_path, f'<meta name="pubdate" content="昨天">{_BODY}').published is None


def test_deep_nesting(tmp_path):
    assert _read(tmp_path, "<div>" * 20_000 + "甲县赠书。").text == "甲县赠书。"


@pytest.mark.parametrize("html", ["<html></html>", "<title>甲县</title><script>1</script>"])
def test_no_text(tmp_path, html):
    with pytest.raises(InputError, match="the page holds no text"):
        _read(tmp_path, html)

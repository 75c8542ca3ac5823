"""Helpers of the tests of the whole."""

import json
from pathlib import Path

from pipeline.cli import main

ROOT = Path(__file__).parents[1]

GIFT = {
    "id": "qingxi-1",
    "title": "青溪县图书馆向石桥村赠书",
    "text": "2021年9月1日，青溪县图书馆来到柳河镇石桥村，向石桥村农家书屋捐赠图书1200册、书架6组。",
    "source": "青溪县图书馆",
    "published": "2021-09-03",
}


def gift(number):
    return {**GIFT, "id": f"qingxi-{number}", "text": GIFT["text"].replace("1200", str(1000 + number))}


def write_jsonl(path, rows):
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


class Command:
    """Runs `donations` in this process; keeps what it printed."""

    def __init__(self, monkeypatch, capsys):
        self._monkeypatch, self._capsys = monkeypatch, capsys
        self.out = self.err = ""

    def __call__(self, *arguments):
        self._monkeypatch.setattr("sys.argv", ["donations", *map(str, arguments)])
        self._capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as error:
            code = error.code or 0
        self.out, self.err = self._capsys.readouterr()
        return code

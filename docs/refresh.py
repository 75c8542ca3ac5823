"""Put real output into README.md: of the commands it shows, the figures of the evaluation, the baselines."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_BLOCK = re.compile(r"(```console\n)(.*?)(```)", re.DOTALL)
_FIGURES = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)
_BASELINES = re.compile(r"(<!-- baselines -->\n).*?(<!-- end of baselines -->)", re.DOTALL)


def _run(command: str, folder: Path) -> str:
    donations = Path(sys.executable).with_name("donations")
    done = subprocess.run(
        [donations, *shlex.split(command)[1:]], cwd=folder, capture_output=True, text=True, check=False
    )
    return "\n".join(line.rstrip() for line in done.stdout.rstrip().splitlines()) + "\n"


def _refreshed(block: re.Match[str], folder: Path) -> str:
    commands = re.findall(r"^\$ (.*)$", block[2], re.MULTILINE)
    shown = [
        f"$ {command}\n{_run(command, folder)}" for command in commands if command.startswith("donations")
    ]
    return f"{block[1]}{''.join(shown)}{block[3]}" if len(shown) == len(commands) else block[0]


def figures_table() -> str:
    """The main figures of both splits as a Markdown table."""
    splits = {name: json.loads((ROOT / f"metrics/{name}.json").read_text()) for name in ("dev", "test")}
    rows = [f"| {name} | {' | '.join(_cell(splits[s][name]) for s in splits)} |" for name in splits["dev"]]
    return "\n".join([f"| figure | {' | '.join(splits)} |", "|---|---:|---:|", *rows])


def baselines_table() -> str:
    """Ours and the simpler systems on the test split as a Markdown table; intervals under the slots."""
    rows = json.loads((ROOT / "metrics/baselines_test.json").read_text(encoding="utf-8"))
    lines = [
        f"| {row['system']} | {_cell(row['slots'])} ({_cell(row['slots.low'])}–{_cell(row['slots.high'])}) | "
        f"{' | '.join(_cell(row[name]) for name in ('exact', 'events', 'names', 'links'))} | "
        f"{row['negatives_clean']} of {row['negatives']} |"
        for row in rows
    ]
    head = "| test | slots (95 %) | exact | events | names | links | negatives clean |"
    return "\n".join([head, "|---|---:|---:|---:|---:|---:|---:|", *lines])


def _cell(value: float | int | None) -> str:
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def main() -> None:
    """Rewrite the blocks of README.md that hold nothing but `donations` commands, and its figures."""
    readme = ROOT / "README.md"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "docs").symlink_to(ROOT / "docs")
        text = _BLOCK.sub(lambda block: _refreshed(block, folder), readme.read_text(encoding="utf-8"))
    text = _FIGURES.sub(lambda found: f"{found[1]}{figures_table()}\n{found[2]}", text)
    text = _BASELINES.sub(lambda found: f"{found[1]}{baselines_table()}\n{found[2]}", text)
    readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

"""The modules of the package that a module imports, directly or not, read from the source."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Importing anything runs these two, but they hold a version and the runner of stages, not steps.
_HOMES = {"pipeline", "pipeline.stages"}


def file_of(module: str) -> Path | None:
    base = ROOT.joinpath(*module.split("."))
    candidates = (base / "__init__.py", base.with_suffix(".py"))
    return next((path for path in candidates if path.is_file()), None)


def closure(module: str) -> set[Path]:
    """Source files, relative to the repository."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        path = file_of(name)
        if name in seen or path is None:
            continue
        seen.add(name)
        waiting += _imported(path) | _parents(name)
    return {file_of(name).relative_to(ROOT) for name in seen - _HOMES}


def _parents(name: str) -> set[str]:
    parts = name.split(".")
    return {".".join(parts[:n]) for n in range(1, len(parts))} - _HOMES


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Constant) and node.value == "pipeline.lexicons":
            found.add(node.value)
    return {name for name in found if name.split(".")[0] == "pipeline"} - _HOMES

"""The shape of the program: imports point down, modules and functions stay small, no figure of a machine's own."""

import ast
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for path in (ROOT / "bot").rglob("*.py") if "migrations" not in path.parts)


def _functions(path: Path) -> list[int]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [(node.end_lineno or 0) - node.lineno + 1 for node in ast.walk(tree) if isinstance(node, kinds)]


def test_imports_point_down_only() -> None:
    # In a process of its own: it silences loggers that other tests listen to.
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 200
    assert ast.get_docstring(ast.parse(text))


def test_functions_are_short() -> None:
    lengths = [length for path in MODULES for length in _functions(path)]
    assert max(lengths) <= 40
    assert statistics.median(lengths) <= 8


def test_every_module_is_on_the_map() -> None:
    import bot

    names = {path.stem if path.parent.name == "bot" else path.parent.name for path in MODULES} - {"bot", "__init__"}
    told = (bot.__doc__ or "").replace(",", " ").replace("`", " ").split()
    assert names - set(told) == set()

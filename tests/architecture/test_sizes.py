"""Sizes: small files and small functions, measured; the medians are printed so that a drift is seen before a cap is met."""

import ast
import pathlib
import statistics

import pytest

from tests.architecture import tree

FILE_CAP_LINES = 400
FUNCTION_CAP_LINES = 50


def lines(path: pathlib.Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(module: ast.Module) -> list[tuple[str, int]]:
    """Return each function and method with its length in lines, decorators left out."""
    return [
        (node.name, (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def too_long(sizes: dict[str, int], *, cap: int) -> dict[str, int]:
    return {name: size for name, size in sizes.items() if size > cap}


def summary(sizes: list[int]) -> str:
    return f"median {statistics.median(sizes):.0f}, p90 {sorted(sizes)[int(len(sizes) * 0.9)]}, most {max(sizes)}"


@pytest.fixture(scope="module")
def code() -> list[pathlib.Path]:
    """Our Python, without migrations, which are written once by a machine."""
    paths = [tree.ROOT / "run.py", *tree.python_files("src", "tests", "benchmarks")]
    return [path for path in paths if "migrations" not in path.parts]


def test_no_file_is_longer_than_its_reader_can_hold(code):
    pages = list(tree.files(".jinja", ".html", ".css", ".js", ".sql", under=tree.SOURCE))
    sizes = {tree.name(path): lines(path) for path in [*code, *pages]}

    print(f"\nfiles: {len(sizes)}; lines a file: {summary(list(sizes.values()))}")
    assert too_long(sizes, cap=FILE_CAP_LINES) == {}


def test_no_function_is_longer_than_a_screen(code):
    sizes = {f"{tree.name(path)}:{name}": size for path in code for name, size in functions(tree.parse(path))}

    print(f"\nfunctions: {len(sizes)}; lines a function: {summary(list(sizes.values()))}")
    assert too_long(sizes, cap=FUNCTION_CAP_LINES) == {}


def test_a_function_of_fifty_one_lines_would_be_seen():
    long = "def long():\n" + "    pass\n" * 50
    fitting = "def fitting():\n" + "    pass\n" * 49

    sizes = dict(functions(ast.parse(long + fitting)))

    assert too_long(sizes, cap=FUNCTION_CAP_LINES) == {"long": 51}


def test_a_file_of_four_hundred_and_one_lines_would_be_seen(tmp_path):
    path = tmp_path / "long.py"
    path.write_text("pass\n" * 401, encoding="utf-8")

    assert too_long({"long.py": lines(path)}, cap=FILE_CAP_LINES) == {"long.py": 401}

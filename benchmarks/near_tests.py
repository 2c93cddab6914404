"""Tests that can notice a change of a module, near to far: its own, and those that the import graph leads to."""

import ast
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

FROM = ("engine", "visualizer", "tests")
SLOW = ("tests/pages", "tests/browser", "visualizer/pages")  # a page or a browser for each test
MOST = 14  # files of tests for a module


@cache
def uses(root: Path) -> dict[str, frozenset[str]]:
    """The modules from which each module and test takes names, seen through the faces of the folders."""
    paths = [path for top in FROM for path in sorted((root / top).rglob("*.py"))]
    trees = {
        name: ast.parse(path.read_bytes())
        for path in paths
        if not (name := path.relative_to(root).as_posix()).startswith(SLOW)
    }
    imported = {name: list(_names(tree)) for name, tree in trees.items()}
    return {name: frozenset(_origin(*pair, imported) for pair in pairs) for name, pairs in imported.items()}


def _names(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module.replace(".", "/"), alias.name) for alias in node.names)


def _origin(module, name, imported):
    """The module that defines a name, or hands out what it was not seen to import."""
    for path in (f"{module}/{name}.py", f"{module}.py"):
        if path in imported:
            return path
    face = f"{module}/__init__.py"
    further = [found for found, given in imported.get(face, ()) if given == name and found != module]
    return _origin(further[0], name, imported) if further else face


def own_tests(path: str, root: Path, reasons: dict[str, tuple[str, str]]) -> list[str]:
    """The test at the place of a module, or those that its reason names."""
    module = Path(path)
    own = Path("tests", module.parent, f"test_{module.name}").as_posix()
    if (root / own).exists():
        return [own]
    return [test for pattern, (_, test) in reasons.items() if fnmatch(path.removesuffix(".py"), pattern)]


def near_tests(path: str, root: Path, reasons: dict[str, tuple[str, str]]) -> list[str]:
    """Tests that can notice a change of a module: its own, its examples, those that use it, those of its users."""
    graph = uses(root)
    users = sorted((name for name, used in graph.items() if path in used), key=lambda name: _far(name, path))
    tests = [name for name in users if Path(name).name.startswith("test_")]
    of_users = [test for name in users if name not in tests for test in own_tests(name, root, reasons)]
    folder = Path("tests", Path(path).parent)
    beside = [test.relative_to(root).as_posix() for test in sorted((root / folder).glob("test_*.py"))]
    found = dict.fromkeys([*own_tests(path, root, reasons), path, *tests, *of_users, *beside])
    return [name for name in found if not name.startswith(SLOW) and (root / name).exists()][:MOST]


def _far(name, path):
    """The distance of a user from a module: in its folder, in its package, elsewhere."""
    folder, package = Path(path).parent.as_posix(), path.partition("/")[0]
    return f"/{folder}/" not in f"/{name}", f"/{package}/" not in f"/{name}", name

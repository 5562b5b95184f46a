"""Reads who imports whom, and holds it against the rule of the house."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

PROGRAMS = frozenset({"kiosk", "counter", "display", "hub"})
PRODUCT = (*sorted(PROGRAMS), "shared", "demo", "start")
WINDOWED = ("kiosk", "counter", "display", "shared.qt", "demo")
WITHOUT_QT = ("kiosk.paper", "kiosk.story", "shared.speech", "shared.wire", "shared.hall", "shared.model", "hub")
"""Not even by way of another module."""
SPEAK_SQL = ("hub.store", "hub.migrations")

Imports = Mapping[str, frozenset[str]]
"""Module → what it imports, by full name."""


def violations(root: Path) -> list[str]:
    """Every breach of the rule, as a sentence."""
    imports = read_imports(root)
    return sorted({*_between_rooms(imports), *_of_qt(imports), *_of_sql(imports)})


def read_imports(root: Path) -> Imports:
    """The imports of all modules of the product, those inside functions too."""
    files = [file for room in PRODUCT for file in (root / room).rglob("*.py")]
    modules = {_name(file.relative_to(root)): file for file in files}
    return {name: frozenset(_imported(name, file)) for name, file in modules.items()}


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(module: str, file: Path) -> Iterator[str]:
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=base, names=names, level=level):
                start = ".".join(package.split(".")[: len(package.split(".")) - level + 1]) if level else ""
                full = ".".join(part for part in (start, base) if part)
                yield full
                yield from (f"{full}.{alias.name}" for alias in names)
            case ast.Call(func=ast.Name(id=call) | ast.Attribute(attr=call), args=[ast.Constant(value=str(name)), *_]):
                if call in {"import_module", "__import__", "run_module"}:
                    yield name


def _inside(name: str, *rooms: str) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def _between_rooms(imports: Imports) -> Iterator[str]:
    for module, found in imports.items():
        room = module.split(".")[0]
        if room in PROGRAMS:
            foreign = (PROGRAMS | {"demo", "start", "run", "tests"}) - {room}
        elif room == "shared":
            foreign = PROGRAMS | {"demo", "start", "run", "tests"}
        else:
            continue
        for name in found:
            if _inside(name, *foreign):
                yield f"{module} imports {name.split('.')[0]}"


def _of_qt(imports: Imports) -> Iterator[str]:
    for module, found in imports.items():
        if not _inside(module, *WINDOWED) and any(_inside(name, "PySide6", "shiboken6") for name in found):
            yield f"{module} imports PySide6"
        if _inside(module, *WITHOUT_QT):
            way = _way(imports, module, "PySide6")
            if way:
                yield f"{module} reaches PySide6: {' → '.join(way)}"


def _way(imports: Imports, start: str, goal: str) -> list[str]:
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop(0)
        for name in sorted(imports[way[-1]]):
            if _inside(name, goal):
                return [*way, goal]
            if name in imports and name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _of_sql(imports: Imports) -> Iterator[str]:
    for module, found in imports.items():
        if module not in SPEAK_SQL and any(_inside(name, "sqlite3", "sqlite_utils") for name in found):
            yield f"{module} speaks SQL"

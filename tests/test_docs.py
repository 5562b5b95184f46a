"""README and docs keep up with the house: links, commands, keys, codes of trouble, the version."""

import re
from pathlib import Path

import pytest

from counter.desk import Verb
from counter.screens.keys import CHANGE_KEY, COMPACT_KEY, MORE_KEY, VERB_KEYS, letter
from hub.access import ACCESS
from shared import __version__
from shared.trouble import KINDS
from start.verbs import VERBS

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
CHANGELOG = ROOT / "CHANGELOG.md"
DOCS = ROOT / "docs"
PAGES = [README, CHANGELOG, *sorted(DOCS.glob("*.md"))]

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"^(?:\S*/)?(?:python3 run\.py|antre) ([a-z][a-z-]*)", re.MULTILINE)
CODE_ROW = re.compile(r"^\| `(\w+)` \|.+\|.+\|$", re.MULTILINE)


def text(page: Path) -> str:
    return page.read_text("utf-8")


def links(page: Path) -> list[str]:
    return [target for target in LINK.findall(text(page)) if "://" not in target]


def code_in(page: Path) -> str:
    """What stands between backquotes, or indented as a command."""
    whole = text(page)
    fenced = re.findall(r"^```.*?^```", whole, re.MULTILINE | re.DOTALL)
    return "\n".join([*fenced, *re.findall(r"`([^`\n]+)`", whole), *re.findall(r"^ {4}(.+)$", whole, re.MULTILINE)])


def chapter(page: Path, heading: str) -> str:
    return text(page).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def pictures() -> list[Path]:
    return [path for path in (DOCS / "pictures").rglob("*") if path.is_file()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_a_page_links_to_is_there(page: Path) -> None:
    assert [target for target in links(page) if not (page.parent / target).exists()] == []


def test_every_picture_is_shown_somewhere() -> None:
    shown = {(page.parent / target).resolve() for page in PAGES for target in links(page)}
    assert set(pictures()) <= shown


def test_no_picture_is_heavy() -> None:
    film = DOCS / "pictures" / "three-calls.gif"  # weighed in tests/demo/test_film.py
    assert [picture.name for picture in pictures() if picture != film and picture.stat().st_size > 150_000] == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, ahead = {README}, [README]
    while ahead:
        page = ahead.pop()
        found = {(page.parent / target).resolve() for target in links(page) if target.endswith(".md")} - reached
        reached |= found
        ahead += found
    assert reached >= set(PAGES)


def test_every_verb_is_named_in_the_docs_and_no_other() -> None:
    named = {verb for page in PAGES for verb in COMMAND.findall(code_in(page))}
    assert named == set(VERBS)


def test_the_readme_tells_the_two_commands() -> None:
    assert {"python3 run.py demo", "python3 run.py test"} <= {line.strip() for line in text(README).splitlines()}


def test_every_code_of_trouble_is_in_the_table_once_and_no_other() -> None:
    codes = CODE_ROW.findall(chapter(DOCS / "meja-ti.md", "Gangguan"))
    assert sorted(codes) == sorted(KINDS)


def test_every_key_of_the_officer_is_explained() -> None:
    rows = chapter(DOCS / "petugas.md", "Tombol")
    keys = {"Spasi" if verb is Verb.NEXT else letter(verb) for verb in VERB_KEYS.values()}
    keys |= {chr(key) for key in (MORE_KEY, COMPACT_KEY, CHANGE_KEY)}
    assert {key for key in keys if f"| {key} |" not in rows} == set()


def test_every_path_the_docs_ask_the_hub_for_is_one_of_its_own() -> None:
    paths = {name.partition(" ")[2] for name in ACCESS}
    known = {re.sub(r"\{\w+\}", r"[\\w{}-]+", path) for path in paths}
    told = re.findall(r"(?:\$hub|HUB`?|`)(/api/[\w/{}-]+)", text(DOCS / "developers.md"))
    assert told
    assert [path for path in told if not any(re.fullmatch(one, path) for one in known)] == []


def test_the_newest_chapter_of_the_changelog_is_this_version() -> None:
    assert re.findall(r"^## (\S+)", text(CHANGELOG), re.MULTILINE)[0] == __version__

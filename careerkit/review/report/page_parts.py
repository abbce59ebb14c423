"""The parts of a page that a reader finds their way by: head, contents, main part and foot, and tables that scroll."""

from __future__ import annotations

from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from careerkit.store.files.file_names import slug

# A page of fewer parts needs no contents.
WORTH_CONTENTS = 4


@dataclass(frozen=True)
class PageParts:
    """A page's markup, part by part.

    Parameters
    ----------
    head, main, foot : str
        Safe markup; head and foot may be empty.
    contents : list of tuple of str and str
        Id and title of each part; empty where there are few.
    """

    head: str
    contents: list[tuple[str, str]]
    main: str
    foot: str


def arranged(markup: str) -> BeautifulSoup:
    """Return a page's parts with one first heading, ids to link to, and tables that a keyboard can scroll."""
    soup = BeautifulSoup(markup, "html.parser")
    for heading in soup.find_all("h1")[1:]:
        heading.name = "h2"
    taken: set[str] = set()
    for heading in soup.find_all("h2"):
        heading["id"] = _id(str(heading.get("id") or slug(heading.get_text(), "part")), taken)
    for table in soup.find_all("table"):
        _let_scroll(soup, table)
    return soup


def split(soup: BeautifulSoup) -> PageParts:
    """Return the parts of a page that was arranged; they are taken out of it."""
    titles = [(str(heading["id"]), " ".join(heading.get_text().split())) for heading in soup.find_all("h2")]
    head, foot = (_out(soup, name) for name in ("header", "footer"))
    return PageParts(head, titles if len(titles) >= WORTH_CONTENTS else [], str(soup), foot)


def _out(soup: BeautifulSoup, name: str) -> str:
    # A head or foot within a section is that section's own.
    found = soup.find(name, recursive=False)
    return str(found.extract()) if isinstance(found, Tag) else ""


def _id(wanted: str, taken: set[str]) -> str:
    made, number = wanted, 2
    while made in taken:
        made, number = f"{wanted}-{number}", number + 1
    taken.add(made)
    return made


def _let_scroll(soup: BeautifulSoup, table: Tag) -> None:
    around = table.find_parent(class_="ck-wide")
    if around is None:
        around = table.wrap(soup.new_tag("div", attrs={"class": "ck-wide", "tabindex": "0", "role": "region"}))
    around["aria-label"] = f"Table: {_caption(table)}"
    for heading in table.select("thead th:not([scope])"):
        heading["scope"] = "col"


def _caption(table: Tag) -> str:
    named = table.caption or table.find_previous(["h3", "h2", "h1"])
    return " ".join(named.get_text().split()) if named else "of this page"

"""Names for files: plain letters from any script, a number where a name is taken, and older names found again."""

from __future__ import annotations

import pytest

from careerkit.store.files.file_names import free, slug, slugs


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Ayşe Yılmaz", "ayse-yilmaz"),
        ("Łukasz", "lukasz"),
        ("山田 太郎", "shan-tian-tai-lang"),
        ("Нева", "neva"),
        ("O’Brien", "obrien"),
        ("../../x", "x"),
        ("<img>", "img"),
        ("…", "client"),
        ("a" * 60, "a" * 40),
    ],
)
def test_a_persons_name_makes_the_name_of_a_file_on_any_system(name, file):
    assert slug(name, "client") == file


@pytest.mark.parametrize(("name", "former"), [("Ayşe Yılmaz", "ayse-ylmaz"), ("王芳", "client"), ("Łukasz", "ukasz")])
def test_a_file_named_by_the_first_careerkit_is_still_found(name, former):
    assert slugs(name, "client") == [slug(name, "client"), former]


def test_a_name_that_never_changed_is_looked_for_once():
    assert slugs("Nora Berg", "client") == ["nora-berg"]


def test_a_path_that_is_taken_gets_the_next_number(tmp_path):
    names = []
    for _ in range(3):
        names.append(free(tmp_path / "wins.md").name)
        (tmp_path / names[-1]).write_text("mine")
    assert names == ["wins.md", "wins-2.md", "wins-3.md"]
    assert free(tmp_path / "wins.md", joint=" ").name == "wins 2.md"


def test_a_file_that_holds_the_same_may_be_taken(tmp_path):
    (tmp_path / "wins.md").write_text("mine")
    assert free(tmp_path / "wins.md", may_take=lambda path: path.read_text() == "mine").name == "wins.md"

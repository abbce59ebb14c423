"""How workbook.toml is read and written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from careerkit.errors import CareerkitError
from careerkit.records.settings import Settings
from careerkit.store.workbook_folder import save_settings


def write(folder: Path, text: str) -> Path:
    path = folder / "workbook.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_new_settings_have_an_id_of_their_own_and_the_usual_values():
    one, other = Settings.new(), Settings.new()
    assert one.id[0].isalpha()
    assert one.id != other.id
    assert (one.format, one.weekly_learning_hours, one.cadence, one.review_period, one.fiscal_first_month) == (
        1,
        2.0,
        {},
        "quarter",
        1,
    )
    assert one.today is None


def test_what_is_saved_is_loaded(tmp_path):
    settings = Settings("Nora Berg", "w1", 1, 3.5, {5: 30, 1: 180}, "month", 4, dt.date(2026, 10, 12))
    save_settings(tmp_path, settings)
    assert Settings.load(tmp_path) == settings


def test_another_owner_leaves_the_rest():
    settings = Settings.new()
    assert settings.owned_by("Ola").owner == "Ola"
    assert settings.owned_by("Ola").id == settings.id


def test_saving_keeps_a_persons_comments_order_and_own_lines(tmp_path):
    path = write(
        tmp_path,
        '# my file\nid = "w1"  # keep\nowner = "Nora"\nshoes = 38\n\n[cadence]\n# close friends\n5 = 30\n3 = 90\n',
    )
    save_settings(tmp_path, Settings("Ola", "w1", cadence={5: 20, 4: 60}, today=dt.date(2026, 10, 12)))
    text = path.read_text(encoding="utf-8")
    assert text.startswith('# my file\nid = "w1"  # keep\nowner = "Ola"\nshoes = 38\n')
    assert "# close friends\n5 = 20" in text
    assert Settings.load(tmp_path).cadence == {5: 20, 4: 60}
    assert Settings.load(tmp_path).today == dt.date(2026, 10, 12)


def test_a_day_that_is_given_up_goes_from_the_file(tmp_path):
    save_settings(tmp_path, Settings("Ola", "w1", today=dt.date(2026, 10, 12)))
    save_settings(tmp_path, Settings("Ola", "w1"))
    assert Settings.load(tmp_path).today is None


def test_saving_twice_writes_the_same(tmp_path):
    settings = Settings("Ola", "w1", cadence={5: 30})
    save_settings(tmp_path, settings)
    first = (tmp_path / "workbook.toml").read_bytes()
    save_settings(tmp_path, settings)
    assert (tmp_path / "workbook.toml").read_bytes() == first
    assert [file.name for file in tmp_path.iterdir()] == ["workbook.toml"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('id = "w1"\nowner = Nora', "cannot be understood.*line 2.*Correct that place"),
        ('id = "w1"\nformat = 2', "newer careerkit.*Update careerkit"),
        ('owner = "Nora"', "the id is missing"),
        ('id = "w1"\nfiscal_first_month = 13', "fiscal_first_month is 13. Write a month from 1 to 12"),
        ('id = "w1"\nfiscal_first_month = true', "fiscal_first_month is True"),
        ('id = "w1"\nreview_period = "fortnight"', "review_period is 'fortnight'. Write one of week, month"),
        ('id = "w1"\nweekly_learning_hours = "two"', "weekly_learning_hours is 'two'. Write a number"),
        ('id = "w1"\ntoday = "2026-10-12"', "today is '2026-10-12'. Write a day without quotes"),
        ('id = "w1"\n[cadence]\n7 = 30', "cadence is .*closeness 1 to 5"),
        ('id = "w1"\n[cadence]\n5 = 0', "cadence is"),
    ],
)
def test_a_broken_file_is_met_with_a_sentence(tmp_path, text, said):
    path = write(tmp_path, text)
    with pytest.raises(CareerkitError, match=said) as told:
        Settings.load(tmp_path)
    assert str(path) in str(told.value)


def test_a_missing_file_is_met_with_a_sentence(tmp_path):
    with pytest.raises(CareerkitError, match="is missing"):
        Settings.load(tmp_path)


def test_a_file_of_a_newer_careerkit_is_never_overwritten(tmp_path):
    path = write(tmp_path, 'id = "w1"\nformat = 2\n')
    with pytest.raises(CareerkitError, match="newer"):
        save_settings(tmp_path, Settings.new())
    assert path.read_text(encoding="utf-8") == 'id = "w1"\nformat = 2\n'


def test_a_byte_order_mark_in_front_is_read_over(tmp_path):
    (tmp_path / "workbook.toml").write_bytes(b'\xef\xbb\xbfid = "w1"\n')
    assert Settings.load(tmp_path).id == "w1"


def test_a_file_to_make_workbooks_from_gives_each_an_id_of_its_own(tmp_path):
    path = write(tmp_path, 'owner = "Nora"\ntoday = 2026-10-12\n')
    assert Settings.load_file(path).id != Settings.load_file(path).id
    assert Settings.load_file(path).today == dt.date(2026, 10, 12)

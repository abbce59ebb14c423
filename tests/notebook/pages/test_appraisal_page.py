"""The appraisal in the notebook: months recalled, headings read, wins placed, texts counted, a draft kept and taken back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from command_line import run
from form_driver import HOSTILE, buttons, pages, press, rows, sent, tags, words

from careerkit import Workbook

FORM = "Key achievements (max 60 characters)\nTraining and teamwork\nPlans for next year: 200"


@pytest.fixture
def book(book) -> Workbook:
    book.add("achievements", achieved_on="2026-02-10", title="Cut the close", result="Four days", metric="9 to 4", impact="organisation")
    book.add("achievements", achieved_on="2026-04-02", title="Trained three colleagues", impact="team or class")
    book.add("achievements", achieved_on="2026-05-02", title="Looked for another job", impact="beyond", private=True)
    return book


@pytest.fixture
def form(book) -> Any:
    made = book.appraisal()
    made.pasted.value = FORM
    press(made, "Use these headings")
    return made


def place(form: Any, named: str) -> Any:
    return next(row for row in form.places if named in words(pages(row)))


# -- recalling


def test_a_win_is_added_in_its_month_and_stands_there_at_once(book):
    recall = book.recall()
    march = recall.months[2]
    march.title.value, march.result.value = "Wrote the guide", "Nobody asks any more"
    press(march, "Add this win")
    last = rows(book, "achievements")[-1]
    assert (last["achieved_on"], last["title"], last["result"]) == ("2026-03-31", "Wrote the guide", "Nobody asks any more")
    assert "Wrote the guide" in words(pages(march)) and march.title.value == ""
    press(recall, "Undo")
    assert "Wrote the guide" not in words(pages(march)) and len(rows(book, "achievements")) == 3


def test_a_win_of_the_running_month_is_of_today(book):
    recall = book.recall()
    recall.months[-1].title.value = "Finished early"
    press(recall.months[-1], "Add this win")
    assert rows(book, "achievements")[-1]["achieved_on"] == "2026-10-12"


def test_an_empty_line_is_told_and_saves_nothing(book):
    recall = book.recall()
    press(recall.months[2], "Add this win")
    assert words(recall.notice.value) == "Write in a few words what you did in March, then save it."
    assert len(rows(book, "achievements")) == 3


def test_a_month_with_a_win_opens_its_line_when_asked(book):
    february = book.recall().months[1]
    assert buttons(february) == ["Add another"]
    press(february, "Add another")
    assert buttons(february) == ["Add this win"]


def test_a_private_win_is_only_counted(book):
    may = words(pages(book.recall().months[4]))
    assert "1 private win of this month stays out" in may and "another job" not in may


def test_another_period_shows_its_own_months_on_the_whole_page(book):
    recall, form = book.recall(), book.appraisal()
    recall.choice.choice.value = "2025"
    assert [row.month.name for row in recall.months][::11] == ["January 2025", "December 2025"]
    assert "For 2025." in words(pages(form))


def test_two_days_of_ones_own_are_a_period_and_wrong_ones_are_told(book):
    choice = book.recall().choice
    choice.choice.value = ""
    choice.last.value, choice.first.value = choice.last.value.replace(month=3, day=1), choice.first.value.replace(month=2, day=1)
    assert choice.period.name == "2026-02-01..2026-03-01"
    choice.first.value = choice.first.value.replace(month=4)
    assert words(choice.notice.value) == "The first day comes after the last. Choose an earlier one."
    assert choice.period.name == "2026-02-01..2026-03-01"


# -- headings and places


def test_nothing_but_the_headings_is_asked_for_at_first(book):
    form = book.appraisal()
    assert buttons(form) == ["Use these headings", "I have no form yet: use four usual headings"]
    press(form, "Use these headings")
    assert words(form.headings_notice.value) == "Paste the headings of your form into the box first, one a line."


def test_each_win_gets_a_first_place_with_its_reason(form):
    assert [box.message.text for box in form.boxes] == ["- Cut the close: Four days (9 to 4).", "- Trained three colleagues.", ""]
    assert "Proposed: it shares “training” with the heading." in words(pages(place(form, "Trained")))
    assert "another job" not in sent(form)


def test_a_win_is_moved_with_its_line(form):
    place(form, "Cut the close").choice.value = 1
    assert [box.message.text for box in form.boxes][:2] == ["", "- Trained three colleagues.\n- Cut the close: Four days (9 to 4)."]
    place(form, "Cut the close").choice.value = -1
    assert "“Cut the close” reached the whole organisation, and isn't in the draft yet." in words(form.gaps.value)


def test_the_count_follows_what_is_typed_and_nothing_is_cut(form):
    box = form.boxes[0]
    assert words(box.room.value) == "36 of 60 characters, 24 left."
    box.message.text = "😀" * 31
    assert words(box.room.value) == "62 of 60 characters: 2 too many. Nothing is cut; take out what matters least."
    assert "ck-wrong" in box.room._dom_classes and box.message.text == "😀" * 31
    assert "“Key achievements” is 2 characters too long" in words(form.gaps.value)
    assert "😀" * 31 in form.whole.text


def test_the_usual_headings_serve_where_there_is_no_form(book):
    form = book.appraisal()
    press(form, "I have no form yet: use four usual headings")
    assert [box.message.label for box in form.boxes] == ["Key achievements", "Goals", "Learning and development", "Working with others"]


def test_a_text_whose_heading_the_form_has_no_more_stays_at_the_end(form):
    form.pasted.value = "Results\nPlans for next year: 200"
    press(form, "Use these headings")
    assert [box.message.label for box in form.boxes] == ["Results", "Plans for next year", "Key achievements", "Training and teamwork"]
    assert "2 headings that the form no longer has stays at the end" in words(form.headings_notice.value)


# -- keeping


def test_a_draft_is_kept_and_found_again(book, form):
    form.boxes[2].message.text = "Hand over the rest."
    press(form, "Save draft")
    assert words(form.notice.value) == "Saved a moment ago."
    kept = [(row["period"], row["position"], row["heading"], row["limit"], row["text"]) for row in rows(book, "appraisals")]
    assert kept == [
        ("2026", "1", "Key achievements", "60", "- Cut the close: Four days (9 to 4)."),
        ("2026", "2", "Training and teamwork", "", "- Trained three colleagues."),
        ("2026", "3", "Plans for next year", "200", "Hand over the rest."),
    ]
    again = Workbook.open(book.folder, today="2026-10-12").appraisal()
    assert [box.message.text for box in again.boxes] == [row["text"] for row in rows(book, "appraisals")]
    assert again.pasted.value.splitlines()[0] == "Key achievements (60 characters)"
    assert place(again, "Cut the close").choice.value == 0


def test_a_second_save_changes_the_same_rows_and_one_without_a_change_is_told(book, form):
    press(form, "Save draft")
    before = [row["id"] for row in rows(book, "appraisals")]
    form.boxes[0].message.text = "Shorter."
    press(form, "Save draft")
    assert [row["id"] for row in rows(book, "appraisals")] == before and rows(book, "appraisals")[0]["text"] == "Shorter."
    press(form, "Save draft")
    assert words(form.notice.value) == "Nothing has changed since it was saved."


def test_what_is_taken_back_still_stands_in_the_fields(book, form):
    press(form, "Save draft")
    press(form, "Undo")
    assert rows(book, "appraisals") == [] and form.boxes[0].message.text == "- Cut the close: Four days (9 to 4)."
    press(form, "Save draft")
    assert len(rows(book, "appraisals")) == 3


def test_what_was_begun_outlives_a_second_run_of_the_cell(book, form):
    form.boxes[0].message.text = "Half a sentence"
    again = book.appraisal()
    assert again.boxes[0].message.text == "Half a sentence"
    assert words(again.notice.value) == "Here's what you started writing. It isn't saved yet."


def test_a_draft_changed_elsewhere_is_not_written_over_unasked(book, form):
    press(form, "Save draft")
    form.boxes[0].message.text = "Mine"
    other = Workbook.open(book.folder, today="2026-10-12")
    other.update("appraisals", rows(book, "appraisals")[0]["id"], text="Theirs")
    press(form, "Save draft")
    assert "changed elsewhere meanwhile" in words(form.notice.value) and rows(book, "appraisals")[0]["text"] == "Theirs"
    press(form, "Save draft")
    assert rows(book, "appraisals")[0]["text"] == "Mine"


def test_a_win_added_above_can_be_placed_below(book, form):
    recall = book.recall()
    recall.months[0].title.value = "Began well"
    press(recall.months[0], "Add this win")
    row = place(form, "Began well")
    assert row.choice.value == -1
    row.choice.value = 0
    assert form.boxes[0].message.text.endswith("- Began well.")


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_is_text_in_every_part(tmp_path, text):
    made = Workbook.open(Workbook.create(tmp_path / "career", owner=text).folder, today="2026-10-12")
    made.add("achievements", achieved_on="2026-02-10", title=text, result=text, metric=text, impact="organisation")
    recall, form = made.recall(), made.appraisal()
    form.pasted.value = f"{text}\nResults"
    press(form, "Use these headings")
    for page in (recall, form):
        assert tags(pages(page)) <= {"p", "strong", "span", "ul", "li", "h3"}
    assert text in words(pages(recall)) and text in words(pages(form)) and form.boxes[0].message.label == text


# -- the command


def test_the_command_prints_the_draft_and_saves_nothing(book, tmp_path):
    file = tmp_path / "form.txt"
    file.write_bytes(FORM.encode("utf-16"))
    code, out, _ = run("appraisal", "--workbook", str(book.folder), "--period", "2026", "--form", str(file))
    assert code == 0 and rows(book, "appraisals") == []
    assert "  February 2026\n    10 Feb  Cut the close" in out and "1 private win left out" in out and "another job" not in out
    assert "Key achievements\n  - Cut the close: Four days (9 to 4).\n  (36 of 60 characters, 24 left.)" in out
    assert "- “Plans for next year” is empty." in out


def test_the_command_takes_the_draft_that_is_kept(book, form):
    form.boxes[0].message.text = "My own words"
    press(form, "Save draft")
    told = json.loads(run("appraisal", "--workbook", str(book.folder), "--period", "2026", "--json")[1])
    assert [part["text"] for part in told["headings"]] == ["My own words", "- Trained three colleagues.", ""]
    assert told["headings"][0] | {"limit": 60, "length": 12, "counted_in": "characters"} == told["headings"][0]
    assert [win["title"] for win in told["wins"]] == ["Cut the close", "Trained three colleagues"]


def test_the_command_writes_markdown_and_never_over_a_file(book, tmp_path):
    out = tmp_path / "draft.md"
    code, said, _ = run("appraisal", "--workbook", str(book.folder), "--period", "2026", "--out", str(out))
    assert code == 0 and said.startswith(f"Wrote {out}.\n") and out.read_text("utf-8").startswith("# Appraisal\n\nMaya Lindt, 2026\n")
    code, _, err = run("appraisal", "--workbook", str(book.folder), "--period", "2026", "--out", str(out))
    assert code == 1 and "is there already" in err


@pytest.mark.parametrize(
    ("content", "said"), [(b"\n \n", "The form has no heading."), (b"\x89PNG\0\0", "holds no text"), (None, "could not be read")]
)
def test_a_form_that_says_nothing_is_told_in_a_sentence(book, tmp_path, content, said):
    file = tmp_path / "form.txt"
    if content is not None:
        file.write_bytes(content)
    code, out, err = run("appraisal", "--workbook", str(book.folder), "--form", str(file))
    assert (code, out) == (1, "") and said in err and err.count("\n") == 1


@pytest.mark.parametrize(("period", "said"), [("2030", "has not begun"), ("spring", "is not a period")])
def test_a_period_that_cannot_be_is_told_in_a_sentence(book, period, said):
    code, out, err = run("appraisal", "--workbook", str(book.folder), "--period", period)
    assert (code, out) == (1, "") and said in err and err.count("\n") == 1

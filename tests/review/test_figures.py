"""The figures of a review: they are the measures at both ends, explain themselves, and change by corrections alone."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import frames
import pandas as pd
import pytest
from form_driver import tags, words

from careerkit.review import outline
from careerkit.review.figures import MIME_TYPE, Figure, explained
from careerkit.review.review import Review
from careerkit.review.sections.corrections import changed, read_figures

START, END = dt.date(2026, 7, 1), dt.date(2026, 9, 30)
BEFORE = START - dt.timedelta(days=1)
LATER = dt.date(2026, 10, 12)
HOSTILE = '<script>alert(1)</script> " onfocus="alert(2)'


@pytest.fixture(scope="module")
def tables(example) -> dict[str, pd.DataFrame]:
    return example.tables()


@pytest.fixture(scope="module")
def review(example) -> Review:
    return example.review("2026Q3")


@pytest.fixture(scope="module")
def told(review) -> pd.DataFrame:
    return review.figures().set_index("key")


# -- true


@pytest.mark.parametrize(
    ("prefix", "since", "on"),
    [
        ("", START, END),
        ("previous: ", dt.date(2026, 4, 1), BEFORE),
        ("year before: ", dt.date(2025, 7, 1), dt.date(2025, 9, 30)),
    ],
)
def test_what_was_done_in_a_period_is_review_counts_of_its_days(example, told, prefix, since, on):
    counts = example.measure("review.counts", on=on, since=since).set_index("figure")
    mine = told[told["measure"] == "review.counts"]
    keys = [key for key in mine.index if key.startswith(prefix) and (prefix or ": " not in key)]
    assert len(keys) >= 20
    for key in keys:
        row = counts.loc[key.removeprefix(prefix)]
        assert (mine.loc[key, "value"], mine.loc[key, "records"]) == (row["value"], row["records"]), key


@pytest.mark.parametrize(("prefix", "on"), [("", END), ("previous: ", BEFORE)])
def test_how_things_stood_is_the_measure_on_the_last_day_and_on_the_day_before_the_first(example, told, prefix, on):
    pace = example.measure("goals.pace", on=on)
    active = pace[(pace["goal_status"] == "active") & (pace["status"] != "not started")]
    due, scores = example.measure("networking.due", on=on), example.measure("habits.index", on=on).set_index("habit")["score"]
    expected = {
        "goals on pace": active["status"].isin(("on track", "achieved")).sum(),
        "kept up": (due["days_overdue"] <= 0).sum(),
        "promises open": len(example.measure("networking.promises", on=on)),
        **{f"habit {name}": score for name, score in scores.items()},
    }
    assert {key: told.loc[prefix + key, "value"] for key in expected} == pytest.approx(expected)


def test_how_far_each_goal_was_is_goals_pace_on_the_last_day(example, told):
    progress = example.measure("goals.pace", on=END).set_index("goal_id")["progress"].dropna()
    assert len(progress) >= 10
    assert {key: told.loc[f"progress of goal {key}", "value"] for key in progress.index} == pytest.approx(progress.to_dict())


def test_the_figures_of_a_period_that_is_over_are_the_same_on_every_later_day(tables, review, told):
    for today in (dt.date(2026, 10, 1), dt.date(2027, 5, 1)):
        later = Review(tables, review.context.settings, "2026Q3", "self", today).figures()
        pd.testing.assert_frame_equal(later, told.reset_index())


def test_what_happens_after_the_period_changes_none_of_its_figures(tables, review, told):
    day = pd.Timestamp("2027-02-03 09:00:00")
    goals = tables["goals"]
    goal = goals[(goals["status"] == "active") & (goals["deadline"] > "2026-11-01")].iloc[0]
    change = {"field": "deadline", "was": goal["deadline"].strftime("%Y-%m-%d"), "now": "2028-01-01"}
    common = {"id": "later1", "private": False, "created_at": day, "updated_at": day}
    moved = {"changed_on": pd.Timestamp("2027-02-03"), "goal_id": goal["id"], **change, **common}
    won = {
        **tables["achievements"].iloc[0],
        "id": "later2",
        "achieved_on": pd.Timestamp("2027-02-01"),
        "created_at": day,
        "updated_at": day,
    }
    after = {
        **tables,
        "goals": goals.assign(deadline=goals["deadline"].mask(goals["id"] == goal["id"], pd.Timestamp("2028-01-01"))),
        "goal_changes": _with(tables["goal_changes"], moved),
        "achievements": _with(tables["achievements"], won),
    }
    later = Review(after, review.context.settings, "2026Q3", "self", dt.date(2027, 3, 1)).figures().set_index("key")
    pd.testing.assert_frame_equal(later[["value", "shown"]], told[["value", "shown"]])


def _with(frame: pd.DataFrame, row: dict) -> pd.DataFrame:
    return pd.concat([frame, pd.DataFrame([row])[list(frame.columns)].astype(frame.dtypes.to_dict())], ignore_index=True)


# -- explained


def test_every_figure_says_how_it_is_computed_and_names_records_that_are_there(tables, told):
    assert (told[["label", "shown", "measure", "formula"]] != "").all(axis=None)
    known = {key for frame in tables.values() for key in frame["id"]}
    assert {key for cell in told["records"] for key in cell.split(";") if key} <= known


def test_a_figure_is_a_button_described_by_its_formula_and_the_number_of_records():
    figure = Figure("wins", "Wins", "3", 3.0, "brand.wins", "wins achieved in the period", ("w1", "w2", "w3"))
    made = str(explained(figure, "tip-1", "3 wins"))
    assert '<button type="button" class="ck-fig" aria-describedby="tip-1">3 wins</button>' in made
    assert '<span role="tooltip" class="ck-tip" id="tip-1" hidden>Wins: wins achieved in the period. From 3 records.</span>' in made


def test_no_two_explanations_on_a_page_have_the_same_id(review):
    page = "".join(str(getattr(review, name)()) for name in ("lead", "glance", "wins", "goals", "people", "learning", "feedback"))
    ids = [part.split('"')[0] for part in page.split('class="ck-tip" id="')[1:]]
    assert len(ids) > 60 and len(set(ids)) == len(ids)


def test_a_figures_text_is_text():
    figure = Figure("goal", f"progress of {HOSTILE}", "50 %", 0.5, "goals.pace", HOSTILE, ())
    made = explained(figure, "tip-1")
    assert tags(made) == {"span", "button"}
    assert HOSTILE in words(made)


def test_the_appendix_names_every_figure_with_its_value_formula_and_records(review, told):
    said = words(review.appendix())
    own = told[[": " not in key or key.startswith("progress") for key in told.index]]
    shown = own[(own["value"] > 0).fillna(False)]
    assert all(figure["label"] in said and figure["formula"] in said for _, figure in shown.iterrows())


def test_the_appendix_carries_the_figures_as_they_are_kept(review, told):
    carried = review.appendix()._repr_mimebundle_()
    assert set(carried) == {"text/html", MIME_TYPE}
    listed = json.loads(json.dumps(carried[MIME_TYPE], allow_nan=False))
    assert [each["key"] for each in listed] == list(told.index)
    assert set(listed[0]) == {"key", "label", "shown", "value", "measure", "formula", "records"}
    assert all(isinstance(each["records"], list) for each in listed)


@pytest.mark.parametrize("audience", outline.READERS)
def test_an_empty_workbook_has_no_figure_that_is_wrong(audience):
    review = Review(frames.tables(), frames.settings(), "2026Q3", audience, LATER)
    assert (review.figures()["value"].dropna() == 0).all()
    assert words(review.glance()) == ""


# -- corrected

MADE = dt.datetime(2026, 10, 5, 8, 0)
WINS = [
    {"id": "w1", "title": "Cut the close", "achieved_on": "2026-08-14"},
    {"id": "w2", "title": "Gave a talk", "achieved_on": "2026-09-02"},
]


def _figures(wins: list[dict]) -> list[Figure]:
    review = Review(frames.tables(achievements=wins), frames.settings(), "2026Q3", "manager", LATER)
    return outline.figures(review.context)


def _changed(wins: list[dict]) -> list[tuple]:
    then = [figure.plain() for figure in _figures(WINS)]
    found = changed(then, MADE, _figures(wins), frames.tables(achievements=wins))
    return [(one.label, one.was, one.now, one.because) for one in found]


def test_while_nothing_is_corrected_no_figure_has_changed():
    assert _changed(WINS) == []


def test_a_record_that_was_corrected_since_is_named_with_the_figure_that_it_changed():
    moved = {**WINS[1], "achieved_on": "2026-10-02", "updated_at": "2026-10-07T10:00:00Z"}
    assert _changed([WINS[0], moved]) == [("Wins", "2", "1", ("corrected: win “Gave a talk”, 7 Oct 2026",))]


def test_a_record_that_was_added_since_is_named():
    added = {"id": "w3", "title": "Trained three", "achieved_on": "2026-09-09", "created_at": "2026-10-08T10:00:00Z"}
    assert _changed([*WINS, added]) == [("Wins", "2", "3", ("added: win “Trained three”, 8 Oct 2026",))]


def test_a_record_that_was_taken_out_is_counted_without_a_name():
    assert _changed(WINS[:1]) == [("Wins", "2", "1", ("a record that is no longer there",))]


def test_a_correction_that_changes_no_figure_is_not_told():
    renamed = {**WINS[1], "title": "Gave a keynote", "updated_at": "2026-10-07T10:00:00Z"}
    assert _changed([WINS[0], renamed]) == []


def _keep(folder: Path, figures: list[dict]) -> Path:
    path = folder / "figures.json"
    path.write_text(json.dumps({"made_at": "2026-10-05T10:00:00+02:00", "period": "2026Q3", "audience": "manager", "figures": figures}))
    return path


def test_a_review_made_again_shows_what_was_corrected_since(tmp_path):
    path = _keep(tmp_path, [figure.plain() for figure in _figures(WINS)])
    moved = {**WINS[1], "title": HOSTILE, "achieved_on": "2026-10-02", "updated_at": "2026-10-07T10:00:00Z"}
    again = Review(frames.tables(achievements=[WINS[0], moved]), frames.settings(), "2026Q3", "manager", LATER).corrections(path)
    assert "first made on 5 October 2026. Since then 1 figure changed" in words(again)
    assert HOSTILE.split('"')[0] in words(again) and "script" not in tags(again)


def test_a_review_made_again_without_corrections_says_so_in_one_line(tmp_path):
    path = _keep(tmp_path, [figure.plain() for figure in _figures(WINS)])
    again = Review(frames.tables(achievements=WINS), frames.settings(), "2026Q3", "manager", LATER).corrections(path)
    assert words(again) == "This review was first made on 5 October 2026; no figure has changed since."


@pytest.mark.parametrize(
    "content", [None, "", "{", "[]", '{"made_at": "yesterday", "figures": []}', '{"made_at": "2026-10-05", "figures": [{}]}']
)
def test_figures_that_are_not_there_or_cannot_be_read_are_nothing_to_compare_with(tmp_path, content):
    path = tmp_path / "figures.json"
    if content is not None:
        path.write_text(content)
    assert read_figures(path) is None


def test_without_an_earlier_make_nothing_is_shown():
    review = Review(frames.tables(achievements=WINS), frames.settings(), "2026Q3", "manager", LATER)
    assert str(review.corrections("")) == str(review.corrections(None)) == ""

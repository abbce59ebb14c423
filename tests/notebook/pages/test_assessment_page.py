"""The self-assessment notebook's forms, charts and sentences: empty, on the example, and after ten months away."""

from __future__ import annotations

import datetime as dt

import frames
import pytest
from form_driver import TODAY, pages, press, rows, sent, words

from careerkit import look, topics
from careerkit.notebook import guides
from careerkit.topics.assessment import charts, guide

LATER = dt.date(2027, 8, 12)
CHARTS = [name for name in vars(charts) if f"assessment.{name}" in {f"assessment.{each}" for each in topics._charts("assessment")}]


def skill(number: int = 1, name: str = "", **values) -> dict:
    return {"id": f"s{number}", "name": name or f"Skill {number}", **values}


def rating(on: str, level: int, skill_id: str = "s1", **values) -> dict:
    return {"rated_on": on, "skill_id": skill_id, "rater": "self", "level": level, "evidence": "Ran the close", **values}


def said(on: dt.date = TODAY, **tables) -> list[str]:
    return guide.findings(frames.tables(**tables), on, frames.settings())


def status(on: dt.date = TODAY, **tables) -> str:
    return guide.status(frames.tables(**tables), on, frames.settings())


# -- how the topic stands


def test_skills_are_counted_or_those_that_wait_for_a_rating():
    assert status() == "none yet"
    assert status(skills=[skill()]) == "1 to rate"
    assert status(skills=[skill()], skill_ratings=[rating("2026-04-16", 3)]) == "1 skill"
    assert status(skills=[skill()], skill_ratings=[rating("2026-04-15", 3)]) == "1 to rate"


# -- what the records say


def test_skills_without_a_level_are_told_first_and_what_matters_most_is_named():
    assert said(skills=[skill(1), skill(2, importance=5)]) == ["2 of your skills have no level yet. Begin with “Skill 2”."]
    assert said(skills=[skill()]) == ["“Skill 1” has no level yet. What would you say today?"]


def test_levels_of_more_than_half_a_year_ago_are_told():
    told = said(skills=[skill()], skill_ratings=[rating("2026-04-15", 3)])
    assert told == ["“Skill 1” has had no level from you for half a year. What would you say today?"]


@pytest.mark.parametrize(("on", "asked"), [("2026-07-14", False), ("2026-07-13", True)])
def test_after_a_quarter_it_asks_what_has_moved(on, asked):
    told = said(skills=[skill()], skill_ratings=[rating(on, 3)])
    assert (told[0] == f"You last looked at your skills on {look.day(dt.date.fromisoformat(on))}. Has “Skill 1” moved since?") is asked


def test_the_largest_gap_is_named_with_someone_who_is_strong_in_it():
    told = {"skills": [skill(target_level=4)], "skill_ratings": [rating("2026-10-01", 3)]}
    sentence = "“Skill 1” is 1 level below where you want it, the gap that matters most."
    assert said(**told) == [f"{sentence} Who do you know who is good at it?"]
    assert said(**told, contacts=[{"name": "Ada", "skill_ids": "s1"}]) == [f"{sentence} What would you ask Ada about it?"]


def test_a_chosen_role_is_what_the_gap_is_measured_against_and_no_role_is_asked_for():
    told = {"skills": [skill(target_level=4)], "skill_ratings": [rating("2026-10-01", 3)]}
    role = {"id": "r1", "name": "Head of Data", "status": "testing"}
    targets = [{"role_id": "r1", "skill_id": "s1", "level": 5}]
    assert "where you want it" in said(**told, roles=[role], role_targets=targets)[0]
    chosen = {**role, "status": "chosen"}
    assert said(**told, roles=[chosen], role_targets=targets)[0].startswith("“Skill 1” is 2 levels below what Head of Data asks for")
    assert "where you want it" in said(**told, roles=[chosen])[0]


def test_an_old_gap_is_told_as_of_its_day():
    told = said(LATER, skills=[skill(target_level=4)], skill_ratings=[rating("2026-10-01", 3)])
    assert told[1].startswith("“Skill 1” was 1 level below where you want it when you rated it on 1 Oct 2026")


def test_a_latest_rating_without_an_example_is_asked_about():
    told = said(skills=[skill(1), skill(2)], skill_ratings=[rating("2026-10-01", 3, evidence=""), rating("2026-10-01", 3, "s2")])
    assert told == ["Your latest rating of “Skill 1” has no example. What happened that shows it?"]


def test_a_role_that_no_longer_fits_is_warned_of_with_what_fell_furthest():
    fits = [
        {"rated_on": on, "dimension": word, "score": score}
        for on, scores in (("2025-10-05", (4, 4, 5)), ("2026-10-04", (3, 4, 1)))
        for word, score in zip(("growth", "people", "workload"), scores, strict=True)
    ]
    told = {"skills": [skill()], "skill_ratings": [rating("2026-10-01", 3)], "role_fit": fits}
    post = {"title": "Analyst", "started_on": "2025-01-01"}
    assert said(**told, positions=[post])[0] == (
        "Your role as Analyst no longer fits you as it did: “workload” was at 1 of 5 on 4 Oct 2026."
        " What would have to change, and who could help with it?"
    )
    assert said(**told)[0].startswith("Your role no longer fits you as it did")
    assert charts.fit(frames.tables(**told, positions=[post]), TODAY, frames.settings()).layout.title.text.startswith(
        "▲ Your role as Analyst"
    )
    assert "fits" not in said(dt.date(2026, 10, 3), **told, positions=[post])[0]


def test_a_strength_is_called_idle_only_when_there_was_half_a_year():
    told = {"skills": [skill()], "skill_ratings": [rating("2026-10-01", 4, enjoyment=4)]}
    assert not any("half a year" in sentence for sentence in said(**told))
    told["skill_ratings"].append(rating("2026-04-01", 4, enjoyment=4))
    assert said(**told) == ["“Skill 1” is a strength that no goal or win has used for half a year. Where could it help you next?"]


def test_when_nothing_asks_for_attention_what_rose_is_told_or_the_next_skill_asked_for():
    risen = [rating("2025-10-01", 2), rating("2026-10-01", 3)]
    assert said(skills=[skill()], skill_ratings=risen) == [
        "“Skill 1” rose from 2 to 3 within a year. What helped, and could it help another skill?"
    ]
    assert said(skills=[skill()], skill_ratings=risen[1:]) == [
        "“Skill 1” is rated and where you want it. Which skill would you like to add?"
    ]


@pytest.mark.parametrize("on", ["2024-01-01", "2024-10-13", "2025-05-01", "2026-05-01", "2026-10-12", "2027-08-12"])
def test_on_any_day_of_the_example_there_are_one_to_three_sentences_that_ask_or_say_what_to_do(example, on):
    told = guides.findings("assessment", example.tables(), dt.date.fromisoformat(on), example.settings)
    assert 1 <= len(told) <= 3
    assert all(sentence.endswith("?") or "Begin with" in sentence for sentence in told)


def test_in_spring_2026_the_example_is_warned_and_in_autumn_no_more(example):
    warned = [
        any("no longer fits" in sentence for sentence in guides.findings("assessment", example.tables(), day, example.settings))
        for day in (dt.date(2026, 4, 25), dt.date(2026, 4, 26), TODAY)
    ]
    assert warned == [False, True, False]


# -- charts


def alternative(made) -> str:
    """Return what a person who cannot see a chart is told."""
    return words(made) if isinstance(made, look.Html) else made.layout.meta["description"]


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("on", [dt.date(2000, 1, 1), TODAY, LATER])
def test_every_chart_is_drawn_empty_on_the_example_and_after_ten_months(example, name, on):
    for tables in (frames.tables(), example.tables()):
        made = topics.chart(f"assessment.{name}")(tables, on, frames.settings())
        assert len(alternative(made)) > 20


def test_there_are_charts_to_be_drawn():
    assert {"gaps", "quadrants", "changes", "fit", "roles", "who_could_help", "say_versus_do"} <= set(CHARTS)


def drawn(name: str, **tables):
    return topics.chart(f"assessment.{name}")(frames.tables(**tables), TODAY, frames.settings())


def test_quadrants_name_what_shares_a_place_one_below_the_other_and_never_over_another():
    skills = [skill(number) for number in range(7)]
    ratings = [rating("2026-10-01", 4, f"s{number}", enjoyment=4) for number in range(6)] + [rating("2026-10-01", 2, "s6", enjoyment=5)]
    figure = drawn("quadrants", skills=skills, skill_ratings=ratings)
    labels = {(each.x, each.y): each.text for each in figure.layout.annotations if "Skill" in each.text}
    assert sorted(labels.values()) == ["Skill 0<br>Skill 1<br>Skill 2<br>and 3 more", "Skill 6"]
    assert len(figure.data) == 2
    assert "Skill 5" in figure.data[1].hovertemplate


def test_sixty_skills_stay_apart_in_the_quadrants():
    skills = [skill(number, f"A skill with quite a long name {number}") for number in range(60)]
    ratings = [rating("2026-10-01", number % 6, f"s{number}", enjoyment=number % 5 + 1) for number in range(60)]
    figure = drawn("quadrants", skills=skills, skill_ratings=ratings)
    labels = [each for each in figure.layout.annotations if "skill" in each.text]
    assert len({(each.x, each.y) for each in labels}) == len(labels) == 30
    assert all(len(line) <= charts.LETTERS for each in labels for line in each.text.split("<br>"))
    assert all(each.text.count("<br>") < charts.MOST_NAMES for each in labels)


def test_labels_of_lines_that_end_together_are_moved_apart():
    assert look.apart([4, 4, 5, 3], 0.3, 5.7) == pytest.approx([4, 4.3, 5, 3])
    assert look.apart([5, 5, 5, 1], 0.5, 5.7) == pytest.approx([4.7, 5.2, 5.7, 1])


def test_roles_are_compared_skill_by_skill():
    told = {
        "skills": [skill(1), skill(2)],
        "skill_ratings": [rating("2026-10-01", 2)],
        "roles": [{"id": "r1", "name": "Head"}, {"id": "r2", "name": "Expert"}],
        "role_targets": [
            {"role_id": "r1", "skill_id": "s1", "level": 4},
            {"role_id": "r2", "skill_id": "s1", "level": 2},
            {"role_id": "r2", "skill_id": "s2", "level": 3},
        ],
    }
    made = words(drawn("roles", **told))
    for part in ("2 levels to go · asks for 4", "✓ there · asks for 2", "not asked for", "asks for 3", "1 of 2 there", "50 % to go"):
        assert part in made


def test_long_lists_say_how_many_more_there_are():
    skills = [skill(number, f"Skill {number:02}") for number in range(13)]
    told = [rating("2026-10-01", 4, each["id"], enjoyment=4, evidence="") for each in skills]
    for name, more in (("evidence", "And 3 more skills."), ("strengths", "And 3 more strengths.")):
        made = words(drawn(name, skills=skills, skill_ratings=told))
        assert sum(each["name"] in made for each in skills) == 10
        assert made.endswith(more)
    assert "more" not in words(drawn("evidence", skills=skills[:10], skill_ratings=told[:10]))


@pytest.mark.parametrize(
    ("expires", "lead", "told"),
    [
        ("2026-10-11", None, "renew it, or leave it"),
        ("2027-01-10", None, "begin now"),
        ("2027-01-11", None, "begin by 13 Oct 2026"),
        ("2027-01-11", 30, "begin by 12 Dec 2026"),
        (None, None, ""),
    ],
)
def test_a_credential_says_when_to_begin_its_renewal(expires, lead, told):
    row = {"name": "Steward", "status": "earned", "expires_on": expires, "renewal_days": lead, "skill_id": "s1"}
    made = words(drawn("credentials", credentials=[row], skills=[skill()]))
    assert made.endswith(told)
    assert "Skill 1" in made
    assert ("begin" in made) is ("begin" in told)


# -- forms


def test_every_form_of_the_topic_can_be_shown_on_an_empty_workbook(book):
    for name in guide.FORMS:
        assert book.form(name).plan.record.table in topics.RECORDS


def test_a_peers_rating_is_shown_by_no_form_and_no_chart_of_the_topic(book):
    key = book.add("skills", name="Writing")
    book.add("skill_ratings", skill_id=key, rated_on="2026-10-01", rater="peer", rater_name="Ola Nordmann", level=2, evidence="Too long")
    made = [*(book.form(name) for name in guide.FORMS), book.form("skill_ratings"), book.rating()]
    made += [book.chart(f"assessment.{name}") for name in CHARTS]
    assert not any(text in sent(each) for each in made for text in ("Ola Nordmann", "Too long"))


def test_an_experiment_is_a_learning_item_of_that_kind(book):
    book.add("learning_items", title="A book", kind="book")
    form = book.form("assessment.experiment")
    form.fields["title"].value, form.fields["status"].value = "A day with Ola", "doing"
    press(form, "Save experiment")
    row = rows(book, "learning_items")[1]
    assert (row["title"], row["kind"], row["status"]) == ("A day with Ola", "experiment", "doing")
    assert row["started_on"] == book.today.isoformat()
    assert "A day with Ola" in pages(form)
    assert "A book" not in pages(form)


def test_an_interview_is_planned_here_and_leaves_the_list_once_held(book):
    key = book.add("contacts", name="Ada")
    form = book.form("assessment.interview")
    form.fields["contact_ids"].value, form.fields["planned_on"].value = key, dt.date(2030, 1, 1)
    press(form, "Save interview")
    (talk,) = rows(book, "interactions")
    assert (talk["kind"], talk["planned_on"], talk["happened_on"]) == ("informational interview", "2030-01-01", "")
    assert "Ada" in pages(form)
    book.update("interactions", talk["id"], happened_on="2026-01-01")
    assert "Ada" not in pages(form)


def test_a_role_is_chosen_when_one_is_ready_and_begins_as_explored(book):
    form = book.form("roles")
    form.fields["name"].value = "Head of Data"
    press(form, "Save role")
    assert rows(book, "roles")[0]["status"] == "exploring"

"""The feedback notebook's parts: forms, the next step of each feedback, texts, charts, and what nobody is shown."""

from __future__ import annotations

import datetime as dt
import json

import frames
import pytest
from form_driver import HOSTILE, SAVED, TODAY, buttons, fill, pages, press, rows, save, seen, tags, words

from careerkit import CareerkitError, Workbook, look
from careerkit.notebook.widgets.staged_form import StagedForm
from careerkit.topics.feedback import charts, guide
from careerkit.topics.feedback.loop import first_name

CHARTS = ("loop", "closure", "blind_spots", "spot_goals")


def asked(book: Workbook, **values) -> str:
    return book.add("feedback", **{"giver": "Omar Aziz", "question": "What should I do less of?", "requested_on": "2026-10-01", **values})


def stored(book: Workbook) -> dict[str, str]:
    (row,) = rows(book, "feedback")
    return row


def question(form: StagedForm) -> str:
    return words(form.question.value)


# -- asking, and what came unasked


def test_a_question_is_asked_with_two_weeks_to_answer(book):
    save(book.form("feedback.ask"), giver="Omar Aziz", question="What should I do less of?")
    assert (stored(book)["requested_on"], stored(book)["due_on"]) == ("2026-10-12", "2026-10-26")


def test_a_day_that_one_chose_stays(book):
    save(book.form("feedback.ask"), giver="Omar Aziz", question="What should I do less of?", due_on=dt.date(2026, 10, 15))
    assert stored(book)["due_on"] == "2026-10-15"


def test_an_old_appraisal_is_written_down_with_its_day(book):
    form = book.form("feedback.unasked")
    fill(form, giver="Ruth Adeyemi", relationship="manager", received_on=dt.date(2024, 3, 1), to_improve="Be in the room.")
    press(form, "Save what you were told")
    assert (stored(book)["requested_on"], stored(book)["received_on"], stored(book)["to_improve"]) == ("", "2024-03-01", "Be in the room.")


def test_each_form_lists_only_its_own(book):
    asked(book)
    book.add("feedback", giver="Liz Farrow", received_on="2026-09-01", to_improve="Write did.")
    assert "Omar Aziz" in pages(book.form("feedback.ask").list) and "Liz" not in pages(book.form("feedback.ask").list)
    assert "Liz Farrow" in pages(book.form("feedback.unasked").list) and "Omar" not in pages(book.form("feedback.unasked").list)


# -- the next step, one at a time


def test_the_whole_way_from_an_answer_to_telling_the_giver(book):
    asked(book)
    form = book.stages("feedback")
    assert question(form).startswith("Has an answer come?")
    save(form, to_improve="Let us finish.", first_reaction="I only want to help.")
    assert stored(book)["received_on"] == "2026-10-12"
    assert question(form).startswith("What was your first reaction?") and "Come back tomorrow" in question(form)
    assert words(form.notice.value) == SAVED

    book.today = dt.date(2026, 10, 13)
    form = book.stages("feedback")
    assert question(form).startswith("What part of it is useful?")
    assert all(text in words(form.known.value) for text in ("Omar Aziz", "Let us finish.", "I only want to help."))
    save(form, reflection="Help too early is mistrust.")
    assert question(form).startswith("What will you do with it?")
    save(form, decision="act", action="Ask, then wait.")
    assert question(form).startswith("Have you done it?")
    fill(form, acted_on=dt.date(2026, 10, 13))
    press(form, "Save the day")
    assert question(form).startswith("Have you told them?")
    press(form, "Close the loop")
    row = stored(book)
    assert [row[name] for name in ("reflected_on", "decided_on", "acted_on", "followed_up_on")] == ["2026-10-13"] * 4
    assert "One question at a time." in words(pages(form)) and "Close the loop" not in buttons(form)
    assert words(form.notice.value) == SAVED


@pytest.mark.parametrize("decision", ["keep doing", "not now"])
def test_who_does_not_act_tells_the_giver_all_the_same(book, decision):
    asked(book, received_on="2026-10-05", reflected_on="2026-10-06", decided_on="2026-10-07", decision=decision)
    assert question(book.stages("feedback")).startswith("Have you told them?")


def test_a_reminder_is_noted_and_an_answer_still_waited_for(book):
    asked(book)
    form = save(book.stages("feedback"), reminded_on=dt.date(2026, 10, 12))
    assert (stored(book)["reminded_on"], stored(book)["received_on"]) == ("2026-10-12", "")
    assert question(form).startswith("Has an answer come?")


def test_who_would_rather_not_is_left_in_peace(book):
    asked(book)
    form = save(book.stages("feedback"), declined_on=dt.date(2026, 10, 12))
    assert "One question at a time." in words(pages(form))


def test_one_undo_goes_one_step_back(book):
    asked(book, received_on="2026-10-05")
    form = save(book.stages("feedback"), reflection="Help too early is mistrust.")
    press(form, "Undo")
    assert stored(book)["reflection"] == "" and question(form).startswith("What part of it is useful?")


def test_a_stage_without_its_answer_is_told_beside_the_field(book):
    asked(book, received_on="2026-10-05")
    form = book.stages("feedback")
    press(form, "Save what is useful")
    assert words(form.fields["reflection"].note.value) == "What part of it is useful: fill it in to save."
    assert words(form.notice.value) == "Not saved yet: see the note in red."
    assert stored(book)["reflected_on"] == ""


def test_a_day_before_asking_is_told_beside_the_field(book):
    asked(book)
    form = save(book.stages("feedback"), received_on=dt.date(2026, 9, 1))
    assert "It came before it was asked for" in words(form.fields["received_on"].note.value)


def test_what_is_nearly_closed_comes_first_and_another_can_be_chosen(book):
    asked(book)
    asked(book, giver="Priya Raman", received_on="2026-10-02", acted_on="2026-10-05")
    form = book.stages("feedback")
    assert [label.split(" · ")[0] for label, _ in form.choice.options] == ["Priya Raman", "Omar Aziz"]
    assert question(form).startswith("Have you told them?")
    form.choice.index = 1
    assert question(form).startswith("Has an answer come?")


def test_what_was_begun_outlives_another_choice_another_save_and_a_second_run(book):
    asked(book)
    asked(book, giver="Priya Raman", received_on="2026-10-02")
    form = book.stages("feedback")
    fill(form, reflection="Perhaps she is right")
    form.choice.index = 1
    form.choice.index = 0
    assert form.fields["reflection"].value == "Perhaps she is right"
    book.add("goals", title="Give two talks")
    assert form.fields["reflection"].value == "Perhaps she is right"
    again = book.stages("feedback")
    assert again.fields["reflection"].value == "Perhaps she is right"
    assert words(again.notice.value) == "Here's what you started writing. It isn't saved yet."


def test_what_was_changed_elsewhere_meanwhile_is_shown_first(book):
    key = asked(book, received_on="2026-10-05")
    form = book.stages("feedback")
    fill(form, reflection="Mine")
    Workbook.open(book.folder).update("feedback", key, to_improve="A correction")
    press(form, "Save what is useful")
    assert words(form.notice.value) == "This was changed elsewhere meanwhile. Look at it once more, then save again."
    assert "A correction" in words(form.known.value) and stored(book)["reflection"] == ""
    press(form, "Save what is useful")
    assert (stored(book)["reflection"], stored(book)["to_improve"]) == ("Mine", "A correction")


def test_opening_it_writes_nothing(example):
    before = (example.folder / "data" / "feedback.csv").read_bytes()
    form = example.stages("feedback")
    for index in range(len(form.choice.options)):
        form.choice.index = index
    assert (example.folder / "data" / "feedback.csv").read_bytes() == before and not example.drafts


def test_a_topic_without_stages_is_a_sentence(book):
    with pytest.raises(CareerkitError, match=r"Nothing in 'goals' has stages\. There are .*feedback"):
        book.stages("goals")


# -- texts


@pytest.mark.parametrize(
    ("name", "greeted"),
    [("Omar Aziz", "Omar"), ("Lukas, Mei-Ling and Paul", "Lukas, Mei-Ling and Paul"), ("Dr. Weiss", "Dr. Weiss"), ("", "")],
)
def test_whom_one_greets(name, greeted):
    assert first_name(name) == greeted


def test_the_text_that_asks_has_the_question_the_day_and_a_way_out(book):
    asked(book, requested_on="2026-10-12", due_on="2026-10-26")
    text = book.letter("feedback.ask").message.text
    assert text.startswith("Hello Omar,\n\n") and text.endswith("\n\nMaya Lindt")
    assert "What should I do less of?" in text and "by Monday, 26 October," in text and "rather not" in text


def test_a_reminder_is_written_once_and_not_too_early(book):
    key = asked(book, due_on="2026-10-13")
    assert book.letter("feedback.remind").message.text == ""
    book.update("feedback", key, due_on="2026-10-12")
    assert "On 1 October 2026 I asked you: What should I do less of?" in book.letter("feedback.remind").message.text
    book.update("feedback", key, reminded_on="2026-10-12")
    assert book.letter("feedback.remind").message.text == ""


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "I am still thinking about it"),
        (
            {"decided_on": "2026-10-08", "decision": "act", "action": "wait"},
            "I have decided to do something about it. Wait. In a few weeks",
        ),
        ({"decided_on": "2026-10-08", "decision": "keep doing"}, "I will keep doing it."),
        ({"decided_on": "2026-10-08", "decision": "not now"}, "Other things have to come first for now"),
        ({"acted_on": "2026-10-09", "action": "Asked, and waited."}, "I have done something about it. Asked, and waited. I would be glad"),
    ],
)
def test_the_thank_you_tells_what_came_of_it(book, values, said):
    asked(book, received_on="2026-10-05", to_improve="Let us finish.", **values)
    text = book.letter("feedback.thank").message.text
    assert "Thank you for what you told me on 5 October 2026. You said: “Let us finish.”" in text
    assert said in text


def test_what_is_for_oneself_alone_is_in_no_text(book):
    asked(book, received_on="2026-10-05", first_reaction="SECRET", reflection="INNER", acted_on="2026-10-06")
    for name in guide.LETTERS:
        assert "SECRET" not in book.letter(name).message.text and "INNER" not in book.letter(name).message.text


# -- nobody's words where they would be told apart


def rate(book: Workbook, level: int, rater: str, name: str, words: str = "") -> None:
    book.add("skill_ratings", skill_id="s1", rated_on="2026-09-01", rater=rater, rater_name=name, level=level, evidence=words)


@pytest.fixture
def rated(book) -> Workbook:
    book.add("skills", id="s1", name="Delegation")
    rate(book, 4, "self", "")
    for rater, name in (("peer", "Paula"), ("report", "Quentin"), ("manager", "Ruth")):
        rate(book, 2, rater, name, f"WORDS OF {name}")
    return book


def everything(book: Workbook) -> str:
    """Return all that the notebook shows of ratings."""
    forms = [book.table("skill_ratings"), book.form("skill_ratings"), book.form("feedback.rating")]
    shown = [pages(form) for form in forms]
    shown += [json.dumps([str(getattr(each, "options", "")) for each in seen(form)]) for form in forms]
    shown += [_chart(book, name) for name in CHARTS]
    return words("\n".join([*shown, *guide.findings(book.tables(), book.today, book.settings)]))


def _chart(book: Workbook, name: str) -> str:
    made = book.figure(f"feedback.{name}")
    return str(made) if isinstance(made, look.Html) else str(made.to_plotly_json())


def test_of_two_peers_nothing_is_shown_anywhere(rated):
    told = everything(rated)
    assert "Ruth" in told
    assert [name for name in ("Paula", "Quentin", "WORDS OF P", "WORDS OF Q", "2 others") if name in told] == []


def test_of_three_only_the_mean_is_shown(rated):
    rate(rated, 5, "other", "Omar", "WORDS OF Omar")
    told = everything(rated)
    assert "3 others" in told
    assert [name for name in ("Paula", "Quentin", "Omar") if name in told] == []


def test_a_rating_by_a_peer_can_be_noted_and_is_kept(rated):
    form = rated.form("feedback.rating")
    fill(form, skill_id="s1", rater_name="Omar", level="3")
    press(form, "Save rating")
    last = rows(rated, "skill_ratings")[-1]
    assert (last["rater"], last["rater_name"], last["level"]) == ("peer", "Omar", "3")


# -- charts


@pytest.mark.parametrize("name", CHARTS)
def test_on_an_empty_workbook_a_chart_invites(book, name):
    made = book.figure(f"feedback.{name}")
    told = words(made) if isinstance(made, look.Html) else made.layout.meta["description"]
    assert told.endswith(".") and len(told) > 30


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_is_text_in_every_chart(name, text):
    levels = (("self", "", 5), ("manager", text, 2))
    ratings = [
        {"skill_id": "s1", "rated_on": "2026-09-01", "rater": rater, "rater_name": who, "level": level} for rater, who, level in levels
    ]
    tables = frames.tables(
        skills=[{"id": "s1", "name": text}],
        skill_ratings=ratings,
        feedback=[{"giver": text, "question": text, "requested_on": "2026-09-20", "decided_on": "2026-10-01", "action": text}],
        goals=[{"title": text, "skill_id": "s1", "started_on": "2026-09-10"}],
    )
    made = getattr(charts, name)(tables, TODAY, frames.settings())
    if isinstance(made, look.Html):
        assert tags(made) <= {"table", "caption", "thead", "tbody", "tr", "th", "td", "span", "strong", "br", "p"}
        assert text in words(made)
    else:
        drawn = [*(note.text for note in made.layout.annotations), *(made.layout.yaxis.ticktext or ())]
        assert all("<img" not in each and "<script" not in each and "$" not in each for each in drawn)


def test_the_open_ones_are_listed_with_what_is_next(example):
    told = words(example.figure("feedback.loop"))
    assert "Grace Mbeki" in told and "Tell Grace what came of it" in told
    assert "Ruth Adeyemi" not in told


def test_the_spots_are_described_for_those_who_cannot_see_them(example):
    told = example.figure("feedback.blind_spots").layout.meta["description"]
    assert "Delegation: you 4, 5 others 2.8, Ines Valdivia 3, Ruth Adeyemi 3, others see it differently" in told


def test_a_spot_without_a_goal_is_named(example):
    told = words(example.figure("feedback.spot_goals"))
    assert "Hand over the weekly operations report for good" in told and "not rated again yet" in told
    assert "No goal yet: Budgeting." in told


# -- what the records say


def said(on: dt.date = TODAY, **tables) -> list[str]:
    return guide.findings(frames.tables(**tables), on, frames.settings())


def test_nothing_yet_invites_to_ask():
    assert said() == [
        "No feedback is written down yet. Who saw you at work this month? Ask them one question that they can answer from memory."
    ]


def test_the_oldest_that_was_used_and_not_told_is_named():
    told = [
        {"giver": "Omar Aziz", "received_on": "2026-08-01", "acted_on": "2026-09-01"},
        {"giver": "Priya Raman", "received_on": "2026-08-01", "acted_on": "2026-09-05"},
    ]
    assert said(feedback=told)[0] == "On 1 Sep 2026 you acted on what Omar Aziz told you. Tell Omar what came of it; two lines are enough."


def test_what_came_today_is_left_in_peace_until_tomorrow():
    row = {"giver": "Omar Aziz", "received_on": "2026-10-12"}
    assert "useful" not in " ".join(said(feedback=[row]))
    assert said(dt.date(2026, 10, 13), feedback=[row]) == [
        "What Omar Aziz told you on 12 Oct 2026 waits for a second look. What part of it is useful?"
    ]


def test_one_reminder_is_proposed_and_no_second():
    row = {"giver": "Omar Aziz", "requested_on": "2026-09-20"}
    assert said(feedback=[row]) == ["Omar Aziz was asked on 20 Sep 2026 and has not answered. One friendly reminder is enough."]
    assert "reminder" not in said(feedback=[{**row, "reminded_on": "2026-10-06"}])[0]


def test_when_all_is_closed_it_says_how_much_and_asks_on():
    row = {"giver": "Omar Aziz", "requested_on": "2026-08-20", "received_on": "2026-09-01", "followed_up_on": "2026-10-01"}
    (sentence,) = said(feedback=[row])
    done, asked_on, ahead = sentence.split(". ")
    assert done == "Of 1 answer or remark, you told the giver what came of 1"
    assert (asked_on, ahead) == ("You last asked on 20 Aug 2026", "Who could you ask one question this week?")


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([], "none yet"),
        ([{"requested_on": "2026-10-01"}], "1 asked"),
        ([{"requested_on": "2026-10-01"}, {"received_on": "2026-10-01"}], "1 to close"),
        ([{"received_on": "2026-09-01", "followed_up_on": "2026-10-01"}], "all closed"),
    ],
)
def test_the_navigation_says_how_it_stands(rows, status):
    assert guide.status(frames.tables(feedback=rows), TODAY, frames.settings()) == status

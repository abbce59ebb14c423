"""Back and forth between a coach and a client, on three folders: a coach's rows come in, and no client's row is ever touched."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from example_counts import examples
from hostile_bundles import coach_bundle, marked
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careerkit import Workbook
from careerkit.errors import CareerkitError
from careerkit.sharing import keys, proposals, receive, send
from careerkit.sharing.bundle import Bundle, pack
from careerkit.sharing.comments import comment as remark
from careerkit.sharing.rules import checked, is_from, mark_of
from careerkit.sharing.selection import TOPICS, Choice
from careerkit.sharing.unpack import unpack

OWNER, COACH = "Maren Okafor", "Ines Valdivia"
ASSIGNMENT = {"title": "Three possible sponsors", "notebook": "02_networking", "given_on": "2026-09-09", "due_on": "2026-10-04"}
SKILL = {"name": "Delegation", "importance": 4, "target_level": 4, "level_anchors": "1: does it all\n5: asks first"}
QUESTION = {"topic": "goals", "question": "Who loses if this succeeds?"}


@dataclass
class Pair:
    """A client's workbook, the coach's copy of it, and the coach's key."""

    client: Workbook
    copy: Workbook
    key: str

    def to_client(self, bundle: Bundle, dry_run: bool = False) -> receive.Received:
        given = marked(bundle, self.client.folder) if bundle.kind == "coach" and not bundle.mark else bundle
        return receive.take_in(self.client.store, self.client.settings.id, arrived(given), dry_run)

    def from_coach(self) -> receive.Received:
        keys.keep_pairing(self.copy.folder, keys.pairing(self.client.folder))
        return self.to_client(send.from_coach(self.copy.store, self.client.settings.id, COACH, self.key))

    def to_coach(self, choice: Choice | None = None) -> receive.Received:
        shown = send.preview(self.client.store, self.client.settings, choice or Choice(TOPICS), COACH)
        bundle = send.for_coach(self.client.store, self.client.settings, shown, self.key, COACH)
        return receive.take_in(self.copy.store, self.client.settings.id, arrived(bundle), coach=self.key)


def arrived(bundle: Bundle) -> Bundle:
    """Return a bundle as it is read at the other end."""
    return checked(unpack(pack(bundle)))


@pytest.fixture
def pair(tmp_path: Path, key: str) -> Pair:
    client, copy = Workbook.create(tmp_path / "client", owner=OWNER), Workbook.create(tmp_path / "copy", owner=OWNER)
    pair = Pair(client, copy, key)
    clock = iter(f"2026-09-09T10:{number // 60:02}:{number % 60:02}" for number in range(3_000))
    for book in (client, copy):
        book.store.now = lambda: dt.datetime.fromisoformat(next(clock))
    starter = send.starter(COACH, key, {"assignments": [ASSIGNMENT], "prompts": [QUESTION], "skills": [SKILL]}, "2026-09-09T09:00:00Z")
    pair.to_client(starter)
    return pair


def test_a_starter_brings_assignments_and_questions_and_the_coachs_key(pair):
    (row,) = pair.client.read("assignments").to_dict("records")
    assert (row["title"], row["author"], is_from(row["id"], pair.key)) == ("Three possible sponsors", COACH, True)
    assert list(pair.client.read("prompts")["question"]) == ["Who loses if this succeeds?"]
    assert keys.coach(pair.client.folder) == keys.Partner(COACH, pair.key)


def test_proposed_skills_wait_for_the_clients_answer(pair):
    assert pair.client.read("skills").empty
    (waiting,) = proposals.held(pair.client.folder)
    assert (waiting.name, waiting.author) == ("Delegation", COACH)
    proposals.accept(pair.client.store, "delegation")
    (skill,) = pair.client.read("skills").to_dict("records")
    assert (skill["target_level"], skill["level_anchors"]) == (4, SKILL["level_anchors"]) and not is_from(skill["id"], pair.key)
    assert proposals.held(pair.client.folder) == []
    assert pair.client.undo() == "Undone: the skill Delegation, which Ines Valdivia proposed."


def test_a_proposed_skill_that_one_has_fills_only_what_is_blank(pair):
    pair.client.add("skills", name="DELEGATION", target_level=2)
    proposals.accept(pair.client.store, "Delegation")
    (skill,) = pair.client.read("skills").to_dict("records")
    assert (skill["name"], skill["target_level"], skill["importance"]) == ("DELEGATION", 2, 4)


def test_a_proposed_skill_can_be_declined(pair):
    proposals.decline(pair.client.folder, "Delegation")
    assert proposals.held(pair.client.folder) == [] and pair.client.read("skills").empty
    with pytest.raises(CareerkitError, match="None is waiting for an answer"):
        proposals.accept(pair.client.store, "Delegation")


def test_the_secret_that_a_client_shares_lets_the_coach_answer_and_no_other_client(pair):
    """The copy learns it from what the client shared; without that, what the coach makes is taken in nowhere."""
    unpaired = send.from_coach(pair.copy.store, pair.client.settings.id, COACH, pair.key)
    pair.to_coach()
    answer = send.from_coach(pair.copy.store, pair.client.settings.id, COACH, pair.key)
    assert receive.take_in(pair.client.store, pair.client.settings.id, arrived(answer)).conflicts == []
    with pytest.raises(CareerkitError, match="it lacks the mark that only they can make"):
        receive.take_in(pair.client.store, pair.client.settings.id, arrived(unpaired))


def test_a_full_round(pair):
    goal = pair.client.add("goals", title="Find a sponsor")
    (assigned,) = pair.client.read("assignments")["id"]
    pair.client.update("assignments", assigned, started_on="2026-09-13", submitted_on="2026-10-05")
    pair.to_coach()
    assert list(pair.copy.read("assignments")["submitted_on"].dt.strftime("%Y-%m-%d")) == ["2026-10-05"]
    remark(pair.copy.store, "goals", goal, "Who loses if this succeeds?", COACH, "2026-10-06", pair.key)
    pair.copy.update("assignments", assigned, done_on="2026-10-06")
    assert pair.from_coach().summary()[1:] == ["assignments: 1 changed.", "comments: 1 new."]
    (said,) = pair.client.read("comments").to_dict("records")
    assert (said["author"], said["record_id"], said["text"]) == (COACH, goal, "Who loses if this succeeds?")
    remark(pair.client.store, "goals", goal, "The owner of the old portal.", OWNER, "2026-10-07", reply_to=said["id"])
    pair.client.update("comments", said["id"], resolved_on="2026-10-07")
    pair.to_coach()
    there = pair.copy.read("comments").set_index("id")
    assert sorted(there["author"]) == [COACH, OWNER] and f"{there.at[said['id'], 'resolved_on']:%Y-%m-%d}" == "2026-10-07"
    assert f"{pair.client.read('assignments')['done_on'][0]:%Y-%m-%d}" == "2026-10-06"


def test_what_the_client_wrote_into_a_coachs_row_is_not_overwritten_by_a_later_bundle(pair):
    (assigned,) = pair.client.read("assignments")["id"]
    pair.to_coach()
    pair.client.update("assignments", assigned, started_on="2026-09-13", instructions="My own note.")
    pair.copy.update("assignments", assigned, due_on="2026-11-01", instructions="Ask two people.")
    received = pair.from_coach()
    (row,) = pair.client.read("assignments").to_dict("records")
    assert (f"{row['due_on']:%Y-%m-%d}", f"{row['started_on']:%Y-%m-%d}", row["instructions"]) == (
        "2026-11-01",
        "2026-09-13",
        "My own note.",
    )
    assert [(each.mine, each.theirs) for each in received.conflicts] == [("My own note.", "Ask two people.")]


def test_a_dry_run_says_the_same_and_stores_nothing(pair):
    bundle = coach_bundle(pair.key, workbook=pair.client.settings.id)
    keys.pairing(pair.client.folder)
    before = {file: file.read_bytes() for file in pair.client.folder.rglob("*") if file.is_file()}
    said = pair.to_client(bundle, dry_run=True).summary()
    assert {file: file.read_bytes() for file in pair.client.folder.rglob("*") if file.is_file()} == before
    assert pair.to_client(bundle).summary() == said


def test_taking_in_the_same_again_changes_nothing_and_an_older_one_is_refused(pair):
    old = coach_bundle(pair.key, workbook=pair.client.settings.id)
    new = replace(old, made_at="2026-10-08T10:00:00Z", parts=coach_bundle(pair.key).parts)
    pair.to_client(new)
    assert pair.to_client(new).summary()[1:] == ["There is nothing in it that isn't here already."]
    with pytest.raises(CareerkitError, match="A later bundle than this one"):
        pair.to_client(old)


def test_undo_takes_a_bundle_back_and_it_can_be_taken_in_again(pair):
    bundle = coach_bundle(pair.key, workbook=pair.client.settings.id)
    pair.to_client(bundle)
    assert pair.client.undo() == "Undone: took in what Ines Valdivia sent." and pair.client.read("comments").empty
    pair.to_client(bundle)
    assert len(pair.client.read("comments")) == 1


def test_a_comment_that_the_client_deleted_stays_deleted(pair):
    bundle = coach_bundle(pair.key, workbook=pair.client.settings.id)
    pair.to_client(bundle)
    pair.client.delete("comments", next(iter(bundle.parts["comments"].rows)))
    pair.to_client(bundle)
    assert pair.client.read("comments").empty


def test_a_rating_of_a_skill_that_is_gone_is_left_out_and_the_rest_comes_in(pair):
    pair.client.add("skills", name="Delegation")
    pair.to_coach()
    (skill,) = pair.copy.read("skills")["id"]
    rating = {"rated_on": "2026-10-06", "skill_id": skill, "rater": "coach", "rater_name": COACH, "level": 4}
    pair.copy.add("skill_ratings", id=mark_of(pair.key) + "k1m48akrcmw4nj", **rating)
    remark(pair.copy.store, "skills", skill, "Four in my eyes.", COACH, "2026-10-06", pair.key)
    pair.client.delete("skills", skill)
    received = pair.from_coach()
    assert received.left_out == ["One row of skill_ratings was left out: its skill is no longer in your workbook."]
    assert len(pair.client.read("comments")) == 1 and pair.client.read("skill_ratings").empty


def test_the_coachs_copy_follows_what_the_client_shares_and_keeps_what_the_coach_wrote(pair):
    first, second = (pair.client.add("goals", title=title) for title in ("Find a sponsor", "Learn to sail"))
    pair.to_coach()
    kept = remark(pair.copy.store, "goals", first, "Who?", COACH, "2026-10-06", pair.key)
    pair.client.update("goals", second, private=True)
    pair.client.update("goals", first, title="Find two sponsors")
    pair.to_coach()
    assert list(pair.copy.read("goals")["title"]) == ["Find two sponsors"] and list(pair.copy.read("comments")["id"]) == [kept]


def test_names_hidden_for_the_coach_do_not_come_back_as_changes(pair):
    pair.client.add("contacts", name="Oskar Lindqvist", organisation="Tessel Foods")
    starter = send.starter(
        COACH, pair.key, {"assignments": [{**ASSIGNMENT, "instructions": "Ask Oskar how it felt at Tessel Foods."}]}, "2026-09-09T09:30:00Z"
    )
    pair.to_client(starter)
    pair.to_coach()
    assert "Oskar" not in "".join(pair.copy.read("assignments")["instructions"]).replace("Tessel", "Oskar")
    assert pair.from_coach().changes == [] and "Ask Oskar how it felt at Tessel Foods." in list(
        pair.client.read("assignments")["instructions"]
    )


def test_what_the_client_changes_in_the_coachs_words_stays_with_the_client(pair):
    pair.to_coach()
    (assigned,) = pair.client.read("assignments")["id"]
    pair.client.update("assignments", assigned, instructions="Do nothing.", submitted_on="2026-10-01")
    pair.to_coach()
    (row,) = pair.copy.read("assignments").to_dict("records")
    assert (row["instructions"], f"{row['submitted_on']:%Y-%m-%d}") == ("", "2026-10-01")


def test_a_pseudonym_in_a_coachs_comment_is_read_by_the_client_as_the_name_behind_it(pair):
    contact = pair.client.add("contacts", name="Oskar Lindqvist")
    pair.to_coach()
    (called,) = pair.copy.read("contacts")["name"]
    remark(pair.copy.store, "contacts", contact, f"Ask {called} twice.", COACH, "2026-10-06", pair.key)
    pair.from_coach()
    assert list(pair.client.read("comments")["text"]) == ["Ask Oskar Lindqvist twice."]
    assert pair.from_coach().changes == [] and pair.to_coach().changes == []


def test_a_coachs_note_and_a_private_row_of_theirs_are_in_no_bundle(pair):
    goal = pair.client.add("goals", title="Find a sponsor")
    pair.to_coach()
    mine = remark(pair.copy.store, "goals", goal, "I doubt it.", COACH, "2026-10-06", pair.key)
    pair.copy.update("comments", mine, private=True)
    assert "comments" not in send.from_coach(pair.copy.store, pair.client.settings.id, COACH, pair.key).parts
    assert all("coach_notes" not in tables for tables in (send.rules.FROM_COACH["coach"], send.rules.FROM_COACH["starter"]))


texts = st.text(alphabet="abcé <&\n;,\"'", min_size=1, max_size=8).filter(str.strip)
tails = st.sampled_from(["", "k1m0f9weq7ghg1", "kgro", "k1m25c5rdt3p0e"])


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory, key) -> Workbook:
    book = Workbook.create(tmp_path_factory.mktemp("lived") / "book", owner=OWNER, example=True)
    keys.keep_coach(book.folder, keys.Partner(COACH, key))
    return book


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["comments", "assignments", "sessions", "prompts", "skill_ratings"]), st.booleans(), texts, st.integers(0, 9)
        ),
        max_size=6,
    ),
    st.integers(1, 28),
)
def test_nothing_that_a_coach_can_send_changes_a_clients_row(lived_in, key, rows, day):
    """Rows with ids of the coach's own, or of the client's: either the whole is refused, or the client's rows stand to the letter."""
    coaching = ("comments", "assignments", "sessions", "prompts", "skill_ratings")
    before = {table: lived_in.store.data.snapshot(table).sheet.all_texts() for table in coaching}
    others = {file: file.read_bytes() for file in (lived_in.folder / "data").glob("*.csv") if file.stem not in coaching}
    parts: dict[str, dict[str, dict[str, str]]] = {}
    for table, own, text, number in rows:
        theirs = list(before[table])
        id = f"{mark_of(key)}k1m48akrcm{number:04}" if own else theirs[number % len(theirs)]
        parts.setdefault(table, {})[id] = {
            **before[table][theirs[0]],
            "id": id,
            "author": COACH,
            "rater": "coach",
            "rater_name": COACH,
            "text": text,
            "title": text,
            "agenda": text,
            "question": text,
            "evidence": text,
        }
    made = {table: send._part(lived_in.store.data.record(table), of) for table, of in parts.items()}
    bundle = Bundle("coach", lived_in.settings.id, COACH, key, f"2026-10-{day:02}T10:00:00Z", made)
    with contextlib.suppress(CareerkitError):
        receive.take_in(lived_in.store, lived_in.settings.id, arrived(bundle))
    for table, of_table in before.items():
        now = lived_in.store.data.snapshot(table).sheet.all_texts()
        assert {id: texts for id, texts in of_table.items() if not is_from(id, key)} == {
            id: texts for id, texts in now.items() if not is_from(id, key)
        }
    assert all(file.read_bytes() == content for file, content in others.items())

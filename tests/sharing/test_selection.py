"""What leaves for a coach: chosen topics and fields, and nothing else of the example by any way."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hostile_bundles import unzipped

from careerkit import Workbook
from careerkit.errors import CareerkitError
from careerkit.sharing import keys, send
from careerkit.sharing.bundle import pack
from careerkit.sharing.pseudonyms import WORD, folded, split_names
from careerkit.sharing.selection import NAMES, TOPICS, Choice, Selection, is_written, select
from careerkit.sharing.unpack import unpack
from careerkit.topics import RECORDS

OWNER, COACH = "Maren Okafor", "Ines Valdivia"
SECRET = b"s" * 32
Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Workbook:
    return Workbook.create(tmp_path_factory.mktemp("leaving") / "book", owner=OWNER, example=True)


@pytest.fixture(scope="module")
def tables(book) -> Tables:
    return {table: book.read(table) for table in RECORDS}


@pytest.fixture(scope="module")
def all_hidden(tables) -> Selection:
    return select(tables, Choice(TOPICS), SECRET, OWNER, COACH)


@pytest.fixture(scope="module")
def all_text(tables) -> Selection:
    return select(tables, Choice(TOPICS, free_text=True), SECRET, OWNER, COACH)


def as_sent(book: Workbook, chosen: Selection, key: str) -> str:
    """Return every byte of a bundle's members, as text."""
    bundle = send.for_coach(book.store, book.settings, chosen, key, COACH)
    return "\n".join(content.decode() for content in unzipped(pack(bundle)).values())


def written(tables: Tables, table: str, name: str) -> set[str]:
    return {str(cell) for cell in tables[table][name] if pd.notna(cell) and str(cell).strip()}


def texts_of_private_rows(tables: Tables) -> set[str]:
    """Return what stands in private rows, and in the steps, talks and remarks that belong to them, and nowhere else."""
    private = {key for frame in tables.values() for key in frame["id"][frame["private"].astype(bool)]}
    found, elsewhere = set(), set()
    for table, frame in tables.items():
        links = [
            name
            for name, kind in RECORDS[table].fields.items()
            if kind.kind.startswith("reference") and (kind.required or name == "contact_ids")
        ]
        for row in frame.to_dict("records"):
            ids = {part for name in links for part in str(row[name]).split(";") if part}
            inside = row["id"] in private or (ids and ids <= private)
            cells = {str(row[name]) for name, kind in RECORDS[table].fields.items() if is_written(kind) and name != "id"}
            (found if inside else elsewhere).update(cells)
    return {text for text in found - elsewhere if text.strip()}


def originals(tables: Tables, chosen: Selection) -> str:
    """Return the cells that leave, as they stand in the workbook."""
    found = []
    for table, part in chosen.parts.items():
        frame = tables[table][tables[table]["id"].isin(part.rows)]
        found += [str(cell) for name in part.columns if name not in chosen.hidden[table] for cell in frame[name]]
        found += [
            str(cell) for name in part.columns if name in ("title", "text", "agenda", "agreed", "instructions") for cell in frame[name]
        ]
    return "\n".join(found)


# -- nothing withheld is in it


def test_no_private_and_no_withheld_text_of_the_example_is_in_the_bytes_of_a_bundle(book, tables, all_hidden, key):
    sent = as_sent(book, all_hidden, key)
    withheld = texts_of_private_rows(tables) | written(tables, "feedback", "first_reaction")
    for table, part in all_hidden.parts.items():
        names = [name for name, kind in RECORDS[table].fields.items() if is_written(kind) and name not in part.columns]
        withheld |= {text for name in names for text in written(tables, table, name)}
    # A short text such as "finance" may stand within another that was chosen.
    chosen = originals(tables, all_hidden)
    looked_for = {text for text in withheld if text not in chosen}
    people = {text for table, names in NAMES.items() for name in names for text in written(tables, table, name)} - {OWNER, COACH}
    assert len(looked_for) > 600 and len(people) >= 60
    assert not {text for text in looked_for | people if text in sent}


def test_no_name_of_a_third_person_and_no_part_of_one_is_in_it_even_with_free_text(book, tables, all_text, key):
    people = {
        name for table, names in NAMES.items() for column in names for text in written(tables, table, column) for name in split_names(text)
    }
    spared = {word for name in (OWNER, COACH) for word in WORD.findall(folded(name))}
    words = {word for name in people for word in WORD.findall(folded(name)) if len(word) > 3} - spared - {"grace", "mark"}
    sent = set(WORD.findall(folded(as_sent(book, all_text, key))))
    assert len(words) > 100 and not words & sent


def test_first_reactions_and_peers_ratings_never_leave_whatever_is_chosen(book, tables, key):
    chosen = select(tables, Choice(TOPICS, names=True, free_text=True, details=True), SECRET, OWNER, COACH)
    sent = as_sent(book, chosen, key)
    assert written(tables, "feedback", "first_reaction") and not any(text in sent for text in written(tables, "feedback", "first_reaction"))
    assert {row["rater"] for row in chosen.parts["skill_ratings"].rows.values()} == {"self", "manager", "coach"}
    assert not any(text in sent for text in texts_of_private_rows(tables))


def test_secrets_and_keys_are_in_no_bundle(tmp_path, monkeypatch, book, all_text):
    monkeypatch.setenv("CAREERKIT_KEYS", str(tmp_path))
    mine = keys.own_or_new()
    sent = as_sent(book, all_text, mine.public)
    assert mine.private not in sent and keys.workbook_secret(book.folder).hex() not in sent and mine.public in sent


# -- what is chosen


def test_without_further_choice_only_goals_and_coaching_leave(tables):
    chosen = select(tables, Choice(), SECRET, OWNER, COACH)
    assert set(chosen.parts) == {"goals", "goal_changes", "action_steps", "check_ins", "comments", "assignments", "sessions", "prompts"}


def test_fields_narrow_what_leaves(tables):
    chosen = select(tables, Choice(("goals",), fields={"goals": ("title", "deadline")}), SECRET)
    assert chosen.parts["goals"].columns == ("id", "title", "deadline", "private", "created_at", "updated_at")


def test_fields_never_widen_it(tables):
    chosen = select(tables, Choice(("feedback",), fields={"feedback": ("first_reaction", "reflection")}), SECRET)
    assert chosen.parts["feedback"].columns == ("id", "private", "created_at", "updated_at")


@pytest.mark.parametrize(
    "choice, said",
    [
        (Choice(("golas",)), "no topic 'golas' to share. Choose among assessment"),
        (Choice(("goals",), fields={"contacts": ("name",)}), "'contacts' belongs to no topic that you chose"),
        (Choice(("goals",), fields={"goals": ("colour",)}), "goals has no column 'colour'"),
    ],
)
def test_a_choice_that_cannot_be_is_told(tables, choice, said):
    with pytest.raises(CareerkitError, match=said):
        select(tables, choice, SECRET)


def test_names_free_text_and_details_leave_when_chosen(tables):
    chosen = select(tables, Choice(("networking",), names=True, free_text=True, details=True), SECRET)
    ruth = next(row for row in chosen.parts["contacts"].rows.values() if row["name"] == "Ruth Adeyemi")
    assert ruth["organisation"] == "Larkfield Freight" and ruth["role"] == "Head of Analytics" and "names replaced" not in chosen.withheld


def test_details_leave_only_when_chosen(tables):
    assert not {"email", "phone", "link"} & set(select(tables, Choice(("networking",), names=True), SECRET).parts["contacts"].columns)
    assert {"email", "phone", "link"} < set(select(tables, Choice(("networking",), details=True), SECRET).parts["contacts"].columns)


def test_one_person_has_one_pseudonym_in_every_table(tables, all_hidden):
    contact = next(key for key, row in zip(tables["contacts"]["id"], tables["contacts"]["name"], strict=True) if row == "Ruth Adeyemi")
    called = all_hidden.parts["contacts"].rows[contact]["name"]
    rated = {row["rater_name"] for row in all_hidden.parts["skill_ratings"].rows.values() if row["rater"] == "manager"}
    steps = [row["title"] for row in all_hidden.parts["action_steps"].rows.values()]
    assert rated == {called} and f"Ask {called} what is missing" in steps


def test_ones_own_organisation_keeps_its_name_and_others_have_one_pseudonym_each(tables, all_hidden):
    own = {row["organisation"] for row in all_hidden.parts["positions"].rows.values()}
    theirs = [row["organisation"] for row in all_hidden.parts["contacts"].rows.values() if row["organisation"]]
    assert "Larkfield Freight" in own and "Larkfield Freight" in theirs
    assert all(name in own or name.startswith("Organisation ") for name in theirs)
    kept = tables["contacts"][tables["contacts"]["id"].isin(all_hidden.parts["contacts"].rows)]
    assert len(set(theirs)) == kept["organisation"][kept["organisation"] != ""].nunique()


def test_a_measure_still_knows_that_something_was_written(all_hidden):
    assert {row["why"] for row in all_hidden.parts["goals"].rows.values()} == {"…"}


def test_a_column_that_a_later_version_adds_stays_out(tables, monkeypatch):
    record = RECORDS["goals"]
    later = type(record.fields["why"])(label="Secret", name="secret")
    monkeypatch.setitem(record.fields, "secret", later)
    more = {**tables, "goals": tables["goals"].assign(secret="hush")}
    assert "secret" not in select(more, Choice(TOPICS), SECRET).parts["goals"].columns


# -- the preview and the manifest


def test_the_preview_is_exactly_what_arrives(book, all_hidden, key):
    arrived = unpack(pack(send.for_coach(book.store, book.settings, all_hidden, key, COACH)))
    assert arrived.rows() == {table: part.rows for table, part in all_hidden.parts.items()}
    assert {table: part.columns for table, part in arrived.parts.items()} == {
        table: part.columns for table, part in all_hidden.parts.items()
    }


def test_what_stays_is_counted_in_the_manifest_and_nothing_else_is_told_of_it(book, all_hidden, key, tables):
    arrived = unpack(pack(send.for_coach(book.store, book.settings, all_hidden, key, COACH)))
    assert arrived.withheld == all_hidden.withheld
    peers = ~tables["skill_ratings"]["rater"].isin(["self", "manager", "coach"])
    assert arrived.withheld["skill_ratings"] == int(peers.sum()) and arrived.withheld["feedback.first_reaction"] > 0
    assert arrived.withheld["private records"] > 0 and arrived.withheld["names replaced"] > 0


def test_columns_withheld_or_with_names_replaced_are_listed_so_that_they_are_no_change(all_hidden):
    assert {"why", "title"} & set(all_hidden.hidden["goals"]) == {"why"}
    assert {"name", "email", "notes", "organisation"} <= set(all_hidden.hidden["contacts"]) and "closeness" not in all_hidden.hidden[
        "contacts"
    ]
    assert "title" in all_hidden.hidden["action_steps"]


def test_the_preview_tells_rows_columns_and_what_stays(all_hidden):
    lines = all_hidden.summary()
    assert lines[0].startswith("positions: ") and ", title, organisation, target_role" in lines[0]
    assert lines[-1].startswith("Not in it: private records (")


def test_the_tables_are_left_as_they_were(tables):
    before = {table: frame.copy(deep=True) for table, frame in tables.items()}
    select(tables, Choice(TOPICS, free_text=True), SECRET)
    for table, frame in before.items():
        pd.testing.assert_frame_equal(tables[table], frame)


def test_a_workbook_without_an_owner_cannot_be_shared(tmp_path, key):
    book = Workbook.create(tmp_path / "book")
    with pytest.raises(CareerkitError, match="doesn't have your name yet"):
        send.for_coach(book.store, book.settings, send.preview(book.store, book.settings, Choice()), key)


def test_an_empty_workbook_leaves_no_rows(tmp_path):
    book = Workbook.create(tmp_path / "book", owner=OWNER)
    chosen = send.preview(book.store, book.settings, Choice(TOPICS))
    assert not any(part.rows for part in chosen.parts.values()) and chosen.summary() == []


def test_a_bundle_is_not_written_over_a_file_that_is_there(tmp_path):
    file = Path(tmp_path / "mine.careerkit")
    send.write(b"sealed", file)
    with pytest.raises(CareerkitError, match="is there already"):
        send.write(b"other", file)
    assert file.read_bytes() == b"sealed"

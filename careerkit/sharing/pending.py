"""What came in and waits for an answer: skills that a coach proposed, and fields that two machines of one owner changed."""

from __future__ import annotations

from careerkit.errors import CareerkitError
from careerkit.sharing import proposals
from careerkit.sharing.sync_state import SELF, Bases
from careerkit.store.merging.merge import Conflict, Place
from careerkit.store.repair import keep_conflicts, kept_conflicts
from careerkit.store.store import Store


def waiting(store: Store) -> list[dict[str, str]]:
    """Return a mapping for each: author and skill, or table, id, column, mine and theirs."""
    proposed = [{"author": each.author, "skill": each.name} for each in proposals.held(store.folder)]
    met = undecided(store)
    return [*proposed, *({**vars(each.place), "mine": each.mine, "theirs": each.theirs} for each in met)]


def undecided(store: Store) -> list[Conflict]:
    """Return the conflicts with one's other machine, or a copy that a sync client left, that are still open: the texts still differ."""
    with store.workspace.existing_journal() as journal:
        latest = Bases(store.folder, SELF).in_force(journal)[:1]
        copied = kept_conflicts(journal) if journal else []
    found = list({conflict.place: conflict for conflict in [*copied, *(met for base in latest for met in base.conflicts)]}.values())
    rows = {each.place.table: store.data.snapshot(each.place.table).sheet.all_texts() for each in found}
    return [each for each in found if rows[each.place.table].get(each.place.id, {}).get(each.place.column, each.theirs) != each.theirs]


def keep_mine(store: Store, table: str, id: str, column: str) -> str:
    """Decide a conflict for the text that is here; to take the other, change the record to it.

    Raises
    ------
    CareerkitError
        When that field is in no conflict.
    """
    place = Place(table, id, column)
    if place not in [each.place for each in undecided(store)]:
        raise CareerkitError(f"{table} {id} {column} isn't waiting for a decision. careerkit receive lists what is.")
    Bases(store.folder, SELF).decide(place)
    with store.workspace.transaction() as transaction:
        keep_conflicts(transaction.journal, [one for one in kept_conflicts(transaction.journal) if one.place != place])
    return "What is here is kept, and goes to your other machine with the next careerkit share --for self."

"""Many processes at one workbook: every acknowledged record stands once, readers never miss one, no count is lost.

By default 8 processes add 25 records each. The long run, 200 each: CAREERKIT_LONG=1 python -m pytest -n 0 tests/store/faults
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fleet import LONG, litter, opened, parsed, raw
from processes import Numbers, begun, done, looking_on

from careerkit.errors import StaleRecord

WRITERS, COUNTERS = 8, 4
EACH = 200 if LONG else 25


def test_eight_processes_that_add_at_once_keep_every_record_once_and_a_reader_never_misses_one(tmp_path):
    acknowledged, reader = Numbers(WRITERS), opened(tmp_path)
    before: set[str] = set()

    def add(writer: int) -> None:
        store = opened(tmp_path)
        for number in range(EACH):
            store.add_many("boats", [{"id": f"k{writer}x{number}", "name": f"{writer} {number}"}])
            acknowledged[writer] = number + 1

    def look() -> None:
        least = acknowledged.sum()
        for ids in (set(parsed(raw(tmp_path))), set(reader.read("boats")["id"])):
            assert before <= ids, f"{sorted(before - ids)} vanished"
            assert len(ids) >= least
            before.update(ids)

    with looking_on(look):
        done([begun(lambda say, writer=writer: add(writer)) for writer in range(WRITERS)])
    stands = parsed(raw(tmp_path))
    assert {key: row["name"] for key, row in stands.items()} == {
        f"k{writer}x{number}": f"{writer} {number}" for writer in range(WRITERS) for number in range(EACH)
    }
    assert litter(tmp_path) == []


def test_four_processes_that_count_up_one_number_lose_no_update(tmp_path):
    (key,) = opened(tmp_path).add_many("boats", [{"name": "Mira", "length": 0}])

    def count(say: Callable[[str], None]) -> None:
        store, refused = opened(tmp_path), 0
        for _ in range(EACH):
            while True:
                seen = store.read("boats").iloc[0]
                try:
                    store.update("boats", key, {"length": seen["length"] + 1}, seen=seen)
                    break
                except StaleRecord:
                    refused += 1
        say(f"refused {refused} times")

    done([begun(count) for _ in range(COUNTERS)])
    assert opened(tmp_path).read("boats")["length"].iloc[0] == COUNTERS * EACH


def test_a_save_from_a_copy_that_another_process_has_overtaken_is_refused_with_both_texts(tmp_path):
    store = opened(tmp_path)
    (key,) = store.add_many("boats", [{"name": "Mira", "log": "old"}])
    seen = store.read("boats").iloc[0]
    done([begun(lambda say: opened(tmp_path).update("boats", key, {"log": "theirs"}))])
    with pytest.raises(StaleRecord) as error:
        store.update("boats", key, {"log": "mine"}, seen=seen)
    assert (error.value.mine["log"], error.value.theirs["log"]) == ("mine", "theirs")
    assert parsed(raw(tmp_path))[key]["log"] == "theirs"

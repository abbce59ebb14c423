"""The coach's side: a practice folder with a copy of each client's workbook, and what goes back and forth with it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from careerkit.coach.practice import Practice

__all__ = ["Practice"]


def __getattr__(name: str) -> Any:
    # As with Workbook: what loads pandas waits until it is asked for.
    if name == "Practice":
        from careerkit.coach.practice import Practice

        return Practice
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

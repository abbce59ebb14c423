"""When a goal will be reached, if it goes on as it did."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from statistics import NormalDist, median

FEWEST = 3
# A day further off than this is no forecast any more.
FURTHEST = 36_525


def theil_sen(days: Sequence[float], values: Sequence[float], confidence: float = 0.95) -> tuple[float, float, float]:
    """Return the slope of the Theil-Sen line, and its lower and upper confidence limits, per day.

    The slope is the median of the slopes of all pairs; the limits are those of Sen (1968), Estimates of the regression
    coefficient based on Kendall's tau, with the variance corrected for ties, as ``scipy.stats.theilslopes`` has them.
    Three times NaN when all days are the same.
    """
    pairs = combinations(zip(days, values, strict=True), 2)
    slopes = sorted((b[1] - a[1]) / (b[0] - a[0]) for a, b in pairs if a[0] != b[0])
    if not slopes:
        return math.nan, math.nan, math.nan
    spread = NormalDist().inv_cdf(0.5 + confidence / 2) * math.sqrt(max(_variance(days, values), 0.0))
    upper = min(round((len(slopes) + spread) / 2), len(slopes) - 1)
    lower = max(round((len(slopes) - spread) / 2) - 1, 0)
    return median(slopes), slopes[lower], slopes[upper]


def _variance(days: Sequence[float], values: Sequence[float]) -> float:
    def term(size: int) -> int:
        return size * (size - 1) * (2 * size + 5)

    ties = [sum(term(list(cells).count(cell)) for cell in set(cells)) for cells in (days, values)]
    return (term(len(days)) - sum(ties)) / 18


def reached(days: Sequence[float], values: Sequence[float], baseline: float, target: float) -> tuple[float, float, float]:
    """Return the earliest, likeliest and latest day on which the lines reach the target.

    The lines go through the medians of days and values; where half the values lie beyond the target already, the days
    are past ones. NaN stands for never: fewer than three values, a line that stands still or leads away from the
    target, or one that takes more than a century.

    Parameters
    ----------
    days : sequence of float
        Days since any fixed one.
    values : sequence of float
        The values on these days.
    baseline, target : float
        From where to where.
    """
    if len(days) < FEWEST or target == baseline:
        return math.nan, math.nan, math.nan
    slope, *limits = theil_sen(days, values)
    way = 1 if target > baseline else -1
    left = way * (target - median(values))

    def day(speed: float) -> float:
        ahead = left / (way * speed) if way * speed > 0 else math.inf
        # A line that never gets there stands on the side on which the days run out: behind, once the target is passed.
        return math.ceil(median(days) + ahead - 1e-9) if abs(ahead) < FURTHEST else math.copysign(math.inf, left)

    low, high = sorted(map(day, limits))
    return _or_never(low), _or_never(day(slope)), _or_never(high)


def _or_never(day: float) -> float:
    return math.nan if math.isinf(day) else float(day)

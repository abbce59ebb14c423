"""The top of a review: whose it is, and what moved, in three sentences."""

from __future__ import annotations

from typing import Any

from careerkit import look
from careerkit.records import is_blank
from careerkit.review import key_figures
from careerkit.review.context import Scene, lower_first
from careerkit.review.figures import Figure
from careerkit.review.sections.layout import NOTHING, apart, marked, sentence, wide
from careerkit.topics.assessment import snapshot

KICKERS = {
    "week": "Weekly review", "month": "Monthly review", "quarter": "Quarterly review", "fiscal quarter": "Quarterly review",
    "year": "Yearly review", "fiscal year": "Yearly review", "days": "Review",
}  # fmt: skip
MOST = 3
# What stands in the small table of the key figures: the section it belongs to, and the figure.
GLANCE = (
    ("wins", "wins"), ("finished", "goals finished"), ("goals", "goals finished"), ("goals", key_figures.on_pace),
    ("progress", key_figures.on_pace), ("network", "people spoken to"), ("network", "promises kept"), ("learning", "hours studied"),
    ("learning", "learning items finished"), ("feedback", "feedback received"), ("skills", "skills rated higher"),
    ("coaching", "sessions held"),
)  # fmt: skip


def header(scene: Scene) -> look.Html:
    """Return the title: which period, whose, compared with which."""
    compared = [lower_first(each.period.label) for each in scene.ends()[1:]]
    parts = [part for part in (scene.settings.owner, _position(scene), scene.period.days()) if part]
    parts += [f"compared with {look.listed(compared)}"] if compared else []
    notes = []
    if scene.running:
        notes.append(f"This period is still running. What you see is as of {look.long_day(scene.on)}.")
    if scene.settings.today:
        notes.append(f"An example with an invented person, as of {look.long_day(scene.settings.today)}.")
    return look.Html(
        f'<header><div class="ck-kicker">{KICKERS[scene.period.kind]}</div><h1>{look.text(scene.period.label)}</h1>'
        f'<p class="ck-sub">{apart(parts)}</p>{"".join(str(look.paragraph(note, "note")) for note in notes)}</header>'
    )


def _position(scene: Scene) -> str:
    held = snapshot.held_positions(scene.tables, scene.on)
    if held.empty:
        return ""
    latest = held.iloc[0]
    aim = f", aiming at {latest['target_role']}" if latest["target_role"] else ""
    return f"{latest['title']}{aim}"


def lead(scene: Scene) -> look.Html:
    """Return up to three computed sentences; a gain comes first when the records bear one out."""
    gains = [said for gain in _GAINS if str(said := gain(scene))]
    told = [said for state in _STATES if str(said := state(scene))]
    # A gain that tells more of the same would crowd out what else there is to see.
    chosen = [*gains[:1], *told, *gains[1:]][:MOST] or [_nothing(scene)]
    return look.Html(f'<section class="ck-lead" aria-label="In short">{"".join(f"<p>{one}</p>" for one in chosen)}</section>')


def _nothing(scene: Scene) -> look.Html:
    if scene.own:
        return sentence("Nothing was written down in this period yet. One goal, or one conversation, is enough to begin with.")
    return sentence("Nothing was written down in this period.")


def _finished(scene: Scene) -> look.Html:
    done = [plan.goal["title"] for plan in scene.plans if plan.status == "done" and scene.before < plan.day.date() <= scene.on]
    if not done or not (scene.shows("goals") or scene.shows("finished")):
        return NOTHING
    figure = scene.counted("goals finished")
    more = ("; ", scene.fig(figure, f"{len(done)} goals"), " in all") if len(done) > 1 else ()
    return sentence("You finished " if scene.own else "Finished: ", marked(done[0]), *more, ".")


def _won(scene: Scene) -> look.Html:
    figure = scene.counted("wins")
    if not scene.shows("wins") or not figure.value:
        return NOTHING
    shown = scene.fig(figure, look.count(int(figure.value), "win"))
    reach = _of_them(scene, scene.counted("wins that reached further"), figure, "for the whole organisation or beyond")
    return sentence(*("You noted ", marked(shown)) if scene.own else (marked(shown),), *reach, *_compared(scene, "wins"), ".")


def _habit_rose(scene: Scene) -> look.Html:
    if not scene.shows("habits") or not scene.previous:
        return NOTHING
    gained = (scene.habits["score"] - scene.previous.habits["score"]).dropna()
    if gained.empty or gained.max() < 1:
        return NOTHING
    name = str(gained.idxmax())
    now, then = key_figures.habit(scene, name), key_figures.habit(scene.previous, name)
    if now.shown == then.shown:
        return NOTHING
    rise = sentence("from ", scene.fig(then), " to ", scene.fig(now))
    return sentence(f"Your {key_figures.NAMES[name].lower()} habit rose ", marked(rise), ".")


def _rated_higher(scene: Scene) -> look.Html:
    figure = scene.counted("skills rated higher")
    if not scene.shows("skills") or not figure.value:
        return NOTHING
    shown = scene.fig(figure, look.count(int(figure.value), "skill"))
    stand = "stands" if figure.value == 1 else "stand"
    return sentence(marked(shown), f" {stand} higher than when the {scene.noun} began.")


def _told_back(scene: Scene) -> look.Html:
    figure = scene.counted("givers told")
    if not scene.shows("feedback") or not figure.value:
        return NOTHING
    shown = scene.fig(figure, look.count(int(figure.value), "person", "people"))
    if scene.own:
        return sentence("You told ", marked(shown), " what became of their feedback.")
    return sentence(marked(shown), " heard what became of their feedback.")


def _kept_pace(scene: Scene) -> look.Html:
    figure = key_figures.on_pace(scene)
    active = len(key_figures.started(scene))
    if not (scene.shows("goals") or scene.shows("progress")) or not active:
        return NOTHING
    shown = scene.fig(figure, f"{figure.shown} active {'goal' if active == 1 else 'goals'}")
    return sentence(marked(shown), f" {'keeps' if figure.value == 1 else 'keep'} pace with the calendar", *_compared_pace(scene), ".")


def _compared_pace(scene: Scene) -> tuple[Any, ...]:
    if not scene.previous or key_figures.started(scene.previous).empty:
        return ()
    return (f"; when the {scene.noun} began it was ", scene.fig(key_figures.on_pace(scene.previous)))


def _spoke(scene: Scene) -> look.Html:
    figure, first = scene.counted("people spoken to"), scene.counted("people spoken to for the first time")
    if not scene.shows("network") or not figure.value:
        return NOTHING
    shown = scene.fig(figure, look.count(int(figure.value), "person", "people"))
    new = _of_them(scene, first, figure, "for the first time")
    said = ("You spoke to ", marked(shown)) if scene.own else (marked(shown), " spoken to")
    return sentence(*said, *new, *_compared(scene, "people spoken to"), ".")


def _of_them(scene: Scene, part: Figure, whole: Figure, what: str) -> tuple[Any, ...]:
    if not part.value:
        return ()
    if part.value < (whole.value or 0):
        return (", ", scene.fig(part), f" of them {what}")
    return (", ", *((scene.fig(part, "all"), " of them ") if part.value > 1 else ()), what)


def _studied(scene: Scene) -> look.Html:
    figure = scene.counted("hours studied")
    if not scene.shows("learning") or not figure.value:
        return NOTHING
    shown = scene.fig(figure, f"{figure.shown} {'hour' if figure.shown == '1' else 'hours'}")
    target = scene.counts.loc["hours studied", "of"]
    against = "" if is_blank(target) else f", against a target of {look.number(round(float(target), 1))}"
    said = ("You learned for ", marked(shown)) if scene.own else (marked(shown), " of study")
    return sentence(*said, against, *_compared(scene, "hours studied"), ".")


def _sat(scene: Scene) -> look.Html:
    figure = scene.counted("sessions held", whole=True)
    if not scene.shows("coaching") or scene.own or not scene.counts.loc["sessions held", "of"]:
        return NOTHING
    return sentence(marked(scene.fig(figure, f"{figure.shown} sessions")), " took place.")


def _waiting(scene: Scene) -> look.Html:
    late = int((scene.due["days_overdue"] > 0).sum())
    if not scene.own or not late:
        return NOTHING
    waits = "is waiting" if late == 1 else "are waiting"
    return sentence(marked(scene.fig(key_figures.kept_up(scene), look.count(late, "person", "people"))), f" {waits} to hear from you.")


def _added(scene: Scene) -> look.Html:
    figure = scene.counted("contacts added")
    if not scene.shows("network") or not figure.value:
        return NOTHING
    shown = scene.fig(figure, look.count(int(figure.value), "contact"))
    return sentence("You wrote down ", marked(shown), ".") if scene.own else sentence(marked(shown), " added.")


def _compared(scene: Scene, name: str) -> tuple[Any, ...]:
    """Return '; 9 in the quarter before, 11 a year before', as far as there were records."""
    told: list[Any] = []
    for each in scene.ends()[1:]:
        told += [", " if told else "; ", scene.fig(each.counted(name)), f" {'in ' if each.end == 'previous' else ''}{each.when}"]
    return tuple(told)


_GAINS = (_finished, _won, _habit_rose, _rated_higher, _told_back)
_STATES = (_kept_pace, _spoke, _studied, _sat, _waiting, _added)


def glance(scene: Scene) -> look.Html:
    """Return the key figures of this period beside those of the one before and of a year before."""
    ends = scene.ends()
    if scene.first is None or not (rows := _glance_rows(scene, ends)):
        return NOTHING
    now = f"This {scene.noun}{', so far' if scene.running else ''}"
    heads = ["Figure", now, *(f"{each.when[:1].upper()}{each.when[1:]}" for each in ends[1:])]
    return look.Html(f'<section class="ck-glance" aria-label="Key figures">{wide(heads, rows, "Key figures")}</section>')


def _glance_rows(scene: Scene, ends: list[Scene]) -> list[tuple[Any, ...]]:
    rows: dict[str, tuple[Any, ...]] = {}
    for section, name in GLANCE:
        if scene.shows(section):
            told = [name(each) if callable(name) else each.counted(name, whole=name == "sessions held") for each in ends]
            if any(figure.value or figure.records for figure in told):
                rows.setdefault(told[0].label, (look.strong(told[0].label), *(_cell(scene, figure) for figure in told)))
    return list(rows.values())


def _cell(scene: Scene, figure: Figure) -> look.Html:
    return scene.fig(figure)

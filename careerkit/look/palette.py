"""The colours and typefaces, and how each status looks."""

from __future__ import annotations

INK, MUTED, LINE, WASH, PAPER = "#1c2733", "#5b6876", "#dfe3e7", "#f6f7f5", "#ffffff"
TEAL, AMBER, RED, BLUE, GREY = "#0f766e", "#b45309", "#b42318", "#1d4ed8", "#9aa5b0"
SANS = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
SERIF = 'Georgia, "Iowan Old Style", "Times New Roman", serif'

# A status is always a colour, a symbol and a word, so that it can be told without colours.
STATUS = {
    "achieved": ("✓", BLUE, "x"),
    "on track": ("●", TEAL, "circle"),
    "behind": ("▲", AMBER, "triangle-up"),
    "at risk": ("■", RED, "square"),
    "missed": ("■", RED, "square"),
    "no recent check-in": ("○", MUTED, "circle-open"),
    "not started": ("○", MUTED, "circle-open"),
    "unclear": ("○", MUTED, "circle-open"),
}

"""Goals: a number that moves, a date, and steps."""

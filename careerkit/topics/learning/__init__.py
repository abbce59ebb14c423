"""Learning: courses, hours, credentials and trends."""

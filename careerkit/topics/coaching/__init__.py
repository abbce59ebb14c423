"""Coaching: comments, assignments, sessions and questions."""

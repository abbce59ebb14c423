"""Feedback: asked for, received, used and closed."""

"""Habits: five habits and their index."""

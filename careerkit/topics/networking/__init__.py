"""Networking: people, conversations and events."""

"""The sections of a review, a module each."""

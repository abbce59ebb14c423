"""The sections of a review, one module each."""

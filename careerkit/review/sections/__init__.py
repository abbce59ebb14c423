"""The sections of a review, a module for each subject."""

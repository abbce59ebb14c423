"""Parts of a notebook that are more than one form: ratings, questions, a file to import, a report to make."""

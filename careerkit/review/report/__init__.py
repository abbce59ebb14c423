"""A review as files: run as a notebook, shown as one page, printed, filed and listed."""

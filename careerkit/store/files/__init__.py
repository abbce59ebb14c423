"""A table's file: read whatever a spreadsheet did to it, and written whole or not at all."""

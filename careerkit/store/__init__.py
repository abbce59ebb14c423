"""A folder of CSVs: typed reads, locked and atomic saves, undo, check, repair, restore."""

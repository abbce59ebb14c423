"""What the workbook remembers: the journal of every save, and the dated backups."""

"""What a notebook's cells call: forms, tables, charts that follow a save, and the way from page to page."""

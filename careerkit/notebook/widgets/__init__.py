"""The widgets that pages are made of: elements, fields, forms, live charts, comments, letters."""

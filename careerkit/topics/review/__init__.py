"""Review: a period looked back on."""

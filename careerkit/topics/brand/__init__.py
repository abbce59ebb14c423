"""Brand: what you did, and what you are known for."""

"""Bundles between a coach and a client, or two machines of one owner: what leaves, how it is sealed, and how it is taken in."""

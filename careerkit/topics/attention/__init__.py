"""Attention: what is due or slipping, over all topics."""

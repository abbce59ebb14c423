"""Two versions of one table brought together, and the copies that sync clients leave."""

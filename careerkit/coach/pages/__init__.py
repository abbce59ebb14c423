"""What the coach's notebooks show and fill: the inbox, the page of a session, what is prepared for clients."""

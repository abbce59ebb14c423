"""The draft of an appraisal: its headings, and which wins and figures go under which."""

"""The review of a period: its sections, the report made of them, and the appraisal drafted from the same records."""

"""Self-assessment: skills, roles and how the present one fits."""

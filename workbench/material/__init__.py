"""Documents, informants and segments: what was said, by whom, and to which group they belong."""

"""Words in their places: search with context, and codings found by rules."""

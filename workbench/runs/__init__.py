"""Papermill runs of the parameterised notebooks: one for each segment and language."""

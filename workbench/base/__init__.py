"""Problems, text files, strict YAML, records and languages: what knows nothing of the field."""

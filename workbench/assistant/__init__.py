"""The assistant: a language model asked to code, seen first, judged after, and nobody's voice."""

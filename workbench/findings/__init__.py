"""Tables that count people, then documents, then passages; expected against experienced."""

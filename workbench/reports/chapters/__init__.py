"""What the chapters of the handbook tell that is more than a register: a module a chapter."""

"""The care model put to work: its registers, who is covered, what the year holds, what flows."""

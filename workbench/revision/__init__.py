"""The codebook as a living text: changes that take the codings along, and versions compared."""

"""The codebook and the coders' judgements: codes, codings and where their words stand."""

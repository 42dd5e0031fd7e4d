"""Coding by people: codebooks, the codes they make by them, and the exchange of codes between coders."""

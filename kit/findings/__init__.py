"""Findings, from documents to span tables: naming, sourcing, voice, agency, and hints at where to read."""

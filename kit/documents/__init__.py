"""Documents: read from files or the shelf of corpora, divided into sentences and words; and span tables."""

"""Measures: what is counted, divided and compared, with its error; span tables in, tables of numbers out."""

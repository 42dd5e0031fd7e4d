"""A grammar of English: phrases, passives, names, sources, speakers, and the clauses that report what somebody said."""

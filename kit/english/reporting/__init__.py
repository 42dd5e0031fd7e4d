"""Who says what: the clauses of a text that report speech or writing, found by rules.

Every form of a cue (`kit/words/cues.csv`: verbs with what they take, nouns, prepositions) is a candidate. Four
questions decide: how is the form used (`verb_forms`), who is its source (`source_of`), where does what is said stand
(`order`, `complements`, `extents`), and is it itself a part of what somebody else says (`nesting`)? `cue_verdicts` asks
them of each candidate of a sentence, which ends as a `Clause` or as `Rejected` with the reason in plain words. Then
`whole_document` adds what no word introduces: the marks of `headlines`, the turns of `transcripts`, and quotations
that are `uncued`.
"""

from .clause import Clause, Rejected, Span
from .transcripts import TURN
from .whole_document import clauses

__all__ = ["TURN", "Clause", "Rejected", "Span", "clauses"]

"""Who says what: the clauses of a text that report speech or writing, found by rules.

Every form of a cue (`kit/words/cues.csv`: verbs with what they take, nouns, prepositions) is a candidate. Four
questions decide: how is the form used (`verb_forms`), who is its source (`sources`), where does what is said stand
(`order`, `complements`, `extents`), and is it itself a part of what somebody else says (`nesting`)? `verdicts` asks
them of each candidate of a sentence, which ends as a `Clause` or as `Rejected` with the reason in plain words. Then
`document` adds what no word introduces: the marks of `headlines`, the turns of `transcripts`, other `quotations`.
"""

from .clause import Clause, Rejected, Span
from .document import clauses
from .transcripts import TURN

__all__ = ["TURN", "Clause", "Rejected", "Span", "clauses"]

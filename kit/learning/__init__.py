"""What a learner does: lessons’ questions, exercises, coding; kept, packed and written out."""

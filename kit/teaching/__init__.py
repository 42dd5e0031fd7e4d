"""What a teacher does: a class’ hand-ins on one page, lessons as pages, a corpus of one’s own."""

"""Views: sentences behind a number, concordances, cards, figures, and panels to explore."""

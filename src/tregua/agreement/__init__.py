"""The text of the deal and what it means.

What lives here: the typed model; reading ``*.deal.md`` (``reading/``), the block kinds
(``clauses/``), the linter (``lint/``), the bundled deals (``library/``).
What may not: anything about what happened.
Where to begin reading: ``model.py`` (what a deal is), then ``reading/text.py`` (how it is written).
"""

"""Which reports tell of the same thing.

What lives here: linking of observations into incidents, reversibly, each link with its reasons;
units and tallies of count claims.
What may not: who did it, whether it was forbidden.
Where to begin reading: ``model.py``.
"""

"""Plays over the whole road: the examples that a deal carries, and attacks on a small record.

What lives here: scenarios of a deal turned into records, the road walked, expectations compared; a
stage with a centre, two sides and a neutral, and what is done to their record.
What may not: any rule of its own; the ledger of a real deal.
Where to begin reading: ``check.py``, and ``play_attacks.py``.
"""

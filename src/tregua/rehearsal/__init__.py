"""Examples that a deal carries, played over the whole road.

What lives here: scenarios of a deal turned into records, the road walked, expectations compared.
What may not: any rule of its own; the ledger of a real deal.
Where to begin reading: ``check.py``.
"""

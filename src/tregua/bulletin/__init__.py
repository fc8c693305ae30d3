"""What goes out: the picture composed into blocks, and the blocks written for terminal, JSON, page.

What lives here: composition, writers, the map and the strip of days.
What may not: any computing of answers; the ledger.
Where to begin reading: ``blocks.py``, then ``compose.py``.
"""

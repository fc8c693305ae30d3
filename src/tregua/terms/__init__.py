"""The words that all rooms share.

What lives here: pure values: times with precision, places with radius, estimates, notes.
What may not: files, networks, clocks, policy.
Where to begin reading: ``time.py``, then ``estimate.py``.
"""

"""Two tallies side by side: only A, only B, both, contradict, not comparable; with the records.

Numbers of different unit, period or scope are never added, subtracted or drawn on one axis.
"""

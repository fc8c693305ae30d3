"""Where the deal stands: a pure function of agreement, assessments, statements and a time.

What lives here: phases, clocks as intervals, gates with what is missing, consequences due, the
claims of each side about the state, the strip of days.
What may not: a store, a clock of the machine.
Where to begin reading: ``model.py``.
"""

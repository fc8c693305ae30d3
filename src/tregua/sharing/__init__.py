"""Who may see what: the one door out of the record, releases, sealed bodies, erasure.

What lives here: `view.visible`, through which everything passes that is handed to anybody.
What may not: how a page looks, what a report means.
Where to begin reading: ``view.py``, then ``visit.py``, which opens bodies and logs who reads.
"""

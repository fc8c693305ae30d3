"""Who, from biased and contradicting sources.

What lives here: names in reports resolved to hypotheses, camps of reporters, the distribution.
What may not: whether the act was forbidden.
Where to begin reading: ``model.py``.
"""

"""When an entry came, and whether the reports of a sealed window were committed and opened in time.

What lives here: the bracket of cosignature times, sealed reporting windows.
What may not: what was reported.
Where to begin reading: ``bracket.py``.
"""

"""What came in, before anyone believes it.

What lives here: the record types of a report, the readers of source formats (``readers/``), checks
of ranges and sums, the refusal file, the downloader.
What may not: matching, judging.
Where to begin reading: ``model.py``, then ``reader.py``.
"""

"""Entries that their makers sign: open fields for everybody, the rest behind salted digests.

What lives here: SD-JWT entries (RFC 9901), their strict reading, keys and their life, chains.
What may not: where entries are kept, what a report means.
Where to begin reading: ``claims.py``, then ``read.py``.
"""

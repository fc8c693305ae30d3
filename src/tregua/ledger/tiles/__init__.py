"""A log as files: entries in bundles, hashes in tiles (C2SP tlog-tiles), on a disk or a USB stick.

Knows how a log lies in a folder and what it proves; not what an entry says, nor who signs it.
Begin with ``names.py``.
"""

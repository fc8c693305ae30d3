"""An archive of a record that outlives the program: plain files, and their digests, in one zip.

Knows which files there are and whether they hold; not what a record says, nor who may see it.
Begin with ``check_archive.py``.
"""

"""Where the record is kept: one kind of store a file, all of them behind one suite of tests.

What lives here: SQL and the words of its errors; nothing outside this folder writes either.
What may not: the meaning of an entry, signatures, clocks.
Where to begin reading: ``memory.py``, ``growing.py``, then ``sqlite.py``. The list of kinds
is in ``open.py``, what all of them promise in ``store.py``.
"""

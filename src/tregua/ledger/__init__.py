"""The floor: append-only, provable; knows entries, not their meaning.

What lives here: entries and who signs them (``signing``), the RFC 6962 tree, the ``stores``, the
audit; notes and checkpoints (``notes``), the log as files (``tiles``), who cosigns it (``witness``,
``mirror``), the centre's ``beat``, sealed ``windows``.
What may not: a word of the agreement.
Where to begin reading: ``store.py``, then ``tree.py``.
"""

"""The floor: append-only, provable; knows entries, not their meaning.

What lives here: canonical entries, the RFC 6962 tree, the stores, the audit.
What may not: a word of the agreement.
Where to begin reading: ``store.py``, then ``tree.py``.
"""

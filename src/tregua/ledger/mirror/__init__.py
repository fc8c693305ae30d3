"""A machine of one side that keeps a whole copy of the record and signs only what it holds.

Fetches from an address or a USB stick, hashes every entry again, stores, then cosigns. Begin with
``mirror.py``.
"""

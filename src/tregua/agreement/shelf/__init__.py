"""The library of past deals and the catalogue of clause types: what is used where, compared.

Where to begin reading: ``shelf.py``, ``catalogue.py``, ``comparison.py``.
"""

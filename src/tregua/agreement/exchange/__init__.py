"""A deal written out again: in its own form (the formatter) and as JSON, both ways, with a schema.

Where to begin reading: ``write.py`` (layout only), ``to_json.py``, ``from_json.py``.
"""

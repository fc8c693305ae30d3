"""A deal in time and between sides: versions in force, what two drafts change, what has no mirror.

Where to begin reading: ``in_force.py``, ``diff.py``, ``symmetry.py``.
"""

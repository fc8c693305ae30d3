"""The centre's beat: write the record as files, sign it, ask the sides, say who has not answered.

Publication goes by the clock and not by what was reported, so that its time betrays nothing. Begin
with ``publish.py``.
"""

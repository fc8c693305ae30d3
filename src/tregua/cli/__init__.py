"""The door: one file per command; it parses, calls the centre, prints.

What lives here: commands, their words, exit codes, the outermost frame for errors.
What may not: any rule of the field.
Where to begin reading: ``main.py``.
"""

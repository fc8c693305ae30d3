"""From the characters of a deal file to the model: lines, values, checks, building.

Where to begin reading: ``text.py`` (headings, paragraphs, fences), ``parse.py`` (lines of a block),
``check.py`` (every mistake, each at its own place), ``build.py`` (the typed model).
"""

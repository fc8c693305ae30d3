"""What an editor asks while a deal is being written.

What lives here: one pure function for each question of the Language Server Protocol (notes while
typing, completion, hover, definition, references, rename, outline), and the wiring to an editor in
``server.py``, the only file that knows a protocol library.
What may not: reading the language a second time; every answer starts from ``read_deal_text``.
Where to begin reading: ``document.py``, then ``walk.py``.
"""

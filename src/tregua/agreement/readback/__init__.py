"""What a deal says, told back in English, Russian and Arabic, beside the clause that it encodes.

Where to begin reading: ``read_back.py`` (the rows), then the writers ``to_deal_html.py``,
``to_deal_docx.py``, ``to_deal_text.py``.
"""

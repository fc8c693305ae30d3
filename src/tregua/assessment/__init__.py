"""The engine: norms x incidents x coverage -> kept / violated / undetermined, with reasons.

What lives here: the machine's recomputable answer and its explanation.
What may not: any person's decision, any publishing.
Where to begin reading: ``model.py``, then ``assess.py``.
"""

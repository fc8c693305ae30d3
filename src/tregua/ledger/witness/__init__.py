"""A machine that signs what it has seen of a log, and never two histories (C2SP tlog-witness).

It sees sizes, roots and proofs, no entry. Begin with ``witness.py``; ``serve.py`` listens.
"""

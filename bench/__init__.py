"""How long the road takes, measured beside a plain peer in the same run.

``python -m bench`` makes its rows from a fixed seed; ``--data PATH`` takes real ones.
A figure without a peer says little on a machine that nobody knows, so each stands beside one.
"""

"""Texts that are signed and checked: keys, notes, checkpoints, cosignatures, proofs, policies.

Bytes to values and back, as the C2SP specifications write them (signed-note, tlog-checkpoint,
tlog-cosignature, tlog-proof, tlog-policy); no file, no network, no clock. Begin with ``note.py``.
"""

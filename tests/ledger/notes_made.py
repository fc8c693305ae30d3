"""Keys, checkpoints and policies that the tests make for themselves."""

from tregua.ledger.notes.checkpoint import LogHead
from tregua.ledger.notes.key import KeyType
from tregua.ledger.notes.note import SignedNote
from tregua.ledger.notes.policy import Policy
from tregua.ledger.notes.read_policy import read_policy
from tregua.ledger.notes.signer import SigningKey
from tregua.ledger.tree import leaf_hash, root_of

ORIGIN = "centre.example/ledger/1"
NOW = 1_473_930_000  # 2016-09-15T09:00Z
LOG = SigningKey(ORIGIN, KeyType.NOTE, b"\x01" * 32)
A = SigningKey("side-a.example/mirror", KeyType.COSIGNATURE, b"\x02" * 32)
B = SigningKey("side-b.example/mirror", KeyType.ML_DSA, b"\x03" * 32)
UN = SigningKey("un.example/witness", KeyType.COSIGNATURE, b"\x04" * 32)
COSIGNERS = {"A": A, "B": B, "UN": UN}
LEAVES = tuple(leaf_hash(b"entry %d" % n) for n in range(40))

SIDES = "group sides all A B\nquorum sides\n"
THREE = "group sides all A B\ngroup three all sides UN\nquorum three\n"
TWO = "group ok 2 A B UN\nquorum ok\n"
NOBODY = "quorum none\n"


def policy_text(rules: str = SIDES, urls: dict[str, str] | None = None) -> bytes:
    """Write a policy with the log, A, B and UN."""
    where = urls or {}
    lines = [f"log {LOG.public}\n"]
    lines += [
        f"witness {name} {key.public} {where.get(name, f'https://{name}.example/')}\n"
        for name, key in COSIGNERS.items()
    ]
    return "".join([*lines, rules]).encode()


def policy(rules: str = SIDES) -> Policy:
    return read_policy(policy_text(rules))


def checkpoint(size: int, *cosigners: SigningKey, log: SigningKey = LOG) -> SignedNote:
    """Sign the tree of the first leaves."""
    text = LogHead(ORIGIN, size, root_of(LEAVES[:size])).text()
    lines = [key.cosign(text, time=NOW + n) for n, key in enumerate(cosigners)]
    return SignedNote(text, (log.sign(text), *lines))

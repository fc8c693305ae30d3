# fmt: off
"""Checks a record without the program that made it: ``python tregua_verify.py COMMAND ...``.

It needs Python 3.11 and the package cryptography (47 or newer); no network, no settings. What it
trusts is what you hand it: policy and annex must be those that were signed on paper.

    proof POLICY PROOF ENTRY   the entry stands in a history that those named have acknowledged
    ledger POLICY DIR [ANNEX]  every entry, tile and checkpoint in DIR; who signed each entry, in
                               which order, with a key valid there. ANNEX (else DIR/annex) holds
                               root keys and texts; a dash for POLICY or ANNEX checks without it
    body ENTRY BODY            every disclosure of BODY belongs to the entry; none is dropped
    conflict FILE              exit code 4 when it proves that a log signed two histories
    since OLD NEW DIR          checkpoint NEW only adds to OLD; `ledger` checks their signatures
    tree TREE ENTRIES          an exported answer: entries, records, parts, and/or/not, outcome

Exit code: 0 good, 2 wrong use, 3 unreadable, 4 it does not hold; --json for machines. Not proved:
that what was reported is true; when an entry was made; that nobody was shown another history.
"""
import json
import re
import sys
from base64 import b64decode, b64encode
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

Key = tuple[str, int, bytes, bytes]  # of a log or cosigner: name, type, public bytes, id
NOTE, COSIGNATURE, ML_DSA = 1, 4, 6  # types of key in notes; below: sizes of public keys in bytes
SIZES, ALGS = {NOTE: 32, COSIGNATURE: 32, ML_DSA: 1312}, {"EdDSA": 32, "ML-DSA-44": 1312}
N, HASH, HEX = "(0|[1-9][0-9]{0,18})", "[A-Za-z0-9+/]{43}=", "[0-9a-f]{64}"
LINES = "((?:\u2014 [^\\s+]+ [A-Za-z0-9+/]{7,}={0,2}\n)+)"  # of signatures, under an empty line
CHECKPOINT = f"(([^\n]+)\n{N}\n({HASH})\n(?:[^\n]+\n)*)\n{LINES}"
PROOF_FORM = f"c2sp.org/tlog-proof@v1\n(?:extra [^\n]*\n)?index {N}\n((?:{HASH}\n){{0,63}})\n(.*)"
CONFLICT = f"tregua-conflict@v1\nlog ([^\n]+)\nleaves {N}\nnotes {N} {N}\n((?:{HASH}\n)*)\n(.*)"
KID = "[a-z0-9][a-z0-9.-]{0,62}/[a-z0-9][a-z0-9.-]{0,62}"
TILE = "tile/(entries|[0-9]{1,2})/((?!x000)(?:x[0-9]{3}/)*[0-9]{3})(?:[.]p/((?!0|256)[0-9]{1,3}))?"
ANNEX = f"root ([a-z0-9.-]+) ([\\w-]+) ([\\w-]+)\n|agreement ({HEX})\n|(?:#|releaser )[^\n]*\n"
OPEN = {*"iss kind seq prev iat agr window ref rel key _sd _sd_alg".split()}
TERMS = {"key": {"kid", "alg", "pub", "kinds", "since", "until"}, "revocation": {"kid", "since"}}
KINDS = {*"""agreement report nil tally opening reply link finding vote consequence release
    erasure key revocation notice bulletin epoch""".split()}
BESIDE = {"held", "period", "tolerance", "passed", "people", "assumption", "standard"}
ODD = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)  # form is wrong
class Refused(Exception):
    """Why something is unreadable (exit code 3) or does not hold (4): code and sentence."""

def need(holds: object, why: str, code: int = 4) -> None:
    if not holds:
        raise Refused(code, why)
def read(path: Path | str, most: int = 2**28) -> bytes:
    need(Path(path).stat().st_size <= most, f"{path} has more than {most:,} bytes", 3)
    return Path(path).read_bytes()
def entries_of(path: Path) -> list[bytes]:  # of a bundle: each stands behind its length
    found, at, bundle = list[bytes](), 0, read(path)
    while at < len(bundle):
        start, at = at + 2, at + 2 + int.from_bytes(bundle[at:at + 2], "big")
        found.append(bundle[start:at])
    need(at == len(bundle), f"{path}: it does not hold whole entries")
    return found
def parts(form: str, data: bytes, what: str) -> tuple[Any, ...]:
    text = data.decode("utf-8", "replace")  # UTF-8 without control characters, wholly of this form
    found = None if re.search("[\0-\x09\x0b-\x1f]", text) else re.fullmatch(form, text, re.DOTALL)
    need(found and text.encode() == data, f"the {what} is not in its form", 3)
    return found.groups() if found else ()
def decode(text: str, url: str = "") -> bytes:  # base64 in its one spelling, base64url unpadded
    data = b64decode(text.translate({45: "+", 95: "/"}) + "=" * (-len(text) % 4 if url else 0))
    again = b64encode(data, b"-_").rstrip(b"=") if url else b64encode(data)
    need(again.decode() == text, "base64 is not in its one spelling", 3)
    return data
def strict_json(data: bytes) -> Any:  # of one meaning: no key twice, no NaN, no half characters
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        need(len(dict(pairs)) == len(pairs), "a key stands twice in one object", 3)
        return dict(pairs)
    value = json.loads(data.decode(), object_pairs_hook=unique)
    return value if json.dumps(value, ensure_ascii=False, allow_nan=False).encode() else None

def hash_of(*of: bytes) -> bytes:  # RFC 6962, 2.1: the leaf of one entry, or the node above two
    return sha256(bytes([len(of) - 1]) + b"".join(of)).digest()
def root_of(row: bytes) -> bytes:  # over hashes side by side; one without a sibling rises as it is
    while len(row) > 32:
        pairs = [sha256(b"\1" + row[n:n + 64]).digest() for n in range(0, len(row) - 32, 64)]
        row = b"".join([*pairs, row[64 * len(pairs):]])
    return row or sha256(b"").digest()
def root_by(path: list[bytes], leaf: bytes, index: int, size: int) -> bytes:
    need(index < size and (size > 1) == bool(path), "the path is not one of this place")
    half, below = 1 << max(0, (size - 1).bit_length() - 1), path[:-1]
    if path and index < half:
        return hash_of(root_by(below, leaf, index, half), path[-1])
    return hash_of(path[-1], root_by(below, leaf, index - half, size - half)) if path else leaf

def read_key(text: bytes, *types: int) -> Key:
    name, shown, encoded = parts(r"([^\s+]+)\+([0-9a-f]{8})\+(.+)", text, "key")
    typed, key_id = decode(encoded), sha256(f"{name}\n".encode() + decode(encoded)).digest()[:4]
    fit = typed and typed[0] in types and len(typed) == 1 + SIZES[typed[0]]
    need(fit and key_id.hex() == shown, f"the key {name} has another type, length or id", 3)
    return name, typed[0], typed[1:], key_id
def check_signature(by: str, kind: object, public: bytes, signature: bytes, text: bytes) -> None:
    try:
        key: Any = MLDSA44PublicKey if kind in {ML_DSA, "ML-DSA-44"} else Ed25519PublicKey
        key.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        raise Refused(4, f"{by} did not sign this: the signature does not hold") from None

class Policy:  # who must have cosigned a checkpoint; read strictly, line by line
    def __init__(self, data: bytes) -> None:
        self.logs, self.cosigners, self.quorum = list[Key](), dict[bytes, Key](), b""
        self.groups, used = dict[bytes, tuple[int, list[bytes]]](), [b"none"]
        fit = data.endswith(b"\n") and not re.search(rb"[\0-\x08\x0b-\x1f\x7f]", data)
        for line in data.split(b"\n"):
            names = {b"none", *self.cosigners, *self.groups}
            match [word for word in re.split(rb"[ \t]+", line) if word]:
                case [b"log", key] | [b"log", key, _]:
                    self.logs.append(read_key(key, NOTE, ML_DSA))
                case [b"witness", name, key] | [b"witness", name, key, _] if name not in names:
                    self.cosigners[name] = read_key(key, COSIGNATURE, ML_DSA)
                case [b"group", name, least, *members] if name not in names:
                    least = {b"all": b"%d" % len(members), b"any": b"1"}.get(least, least)
                    count = int(least) if re.fullmatch(rb"[1-9]\d{0,5}", least) else 0
                    self.groups[name], used = (count, members), used + members
                    fit &= 0 < count <= len(members) and len({*used}) == len(used)
                    fit &= names.issuperset(members)
                case [b"quorum", name] if name in names and not self.quorum:
                    self.quorum = name
                case [word, *_]:
                    fit = fit and word.startswith(b"#")
            need(fit, f"the policy is cut, or wrong at the line {line!r:.60}", 3)
        keys = [public for _, _, public, _ in (*self.logs, *self.cosigners.values())]
        need(self.quorum and len(set(keys)) == len(keys), "no quorum, or one key twice", 3)
    def is_met(self, by: dict[Key, int]) -> bool:
        met = {b"none", *(name for name, key in self.cosigners.items() if key in by)}
        for name, (least, members) in self.groups.items():
            met |= {name} if sum(member in met for member in members) >= least else set()
        return self.quorum in met

class Checkpoint:  # a signed note that tells the size and root of a log
    def __init__(self, data: bytes) -> None:
        self.text, self.origin, size, root, under = parts(CHECKPOINT, data, "checkpoint")
        self.size, self.root = int(size), decode(root)
        self.lines = [line[2:].split(" ") for line in under[:-1].split("\n")]
        need(len(data) <= 131_072 and self.size < 2**63, "the note is too large", 3)
    def signers(self, keys: list[Key], *, of_log: bool = False) -> dict[Key, int]:
        found = dict[Key, int]()  # the keys that signed; a known key's bad line fails the note
        for name, line in ((name, decode(text)) for name, text in self.lines):
            for key in (key for key in keys if (key[0], key[3]) == (name, line[:4])):
                cut = 4 if key[1] == NOTE else 12
                check_signature(name, key[1], key[2], line[cut:], self.under(key, line[4:cut]))
                found[key] = int.from_bytes(line[4:cut], "big")
                timed = of_log or 0 < found[key] <= datetime.now(UTC).timestamp() + 300
                need(timed, f"the cosignature of {name} states an impossible time")
        return found
    def under(self, key: Key, stated: bytes) -> bytes:  # what a key signs (tlog-cosignature)
        if key[1] != ML_DSA:
            head = f"cosignature/v1\ntime {int.from_bytes(stated, 'big')}\n" if stated else ""
            return f"{head}{self.text}".encode()
        by, origin = (bytes([len(n) % 256]) + n for n in (key[0].encode(), self.origin.encode()))
        return b"subtree/v1\n\0" + by + stated + origin + self.size.to_bytes(16, "big") + self.root
    def held(self, policy: Policy) -> tuple[bool, str]:  # whether the quorum is met; who signed
        log = self.signers([key for key in policy.logs if key[0] == self.origin], of_log=True)
        need(log, f"no log of the policy signed this checkpoint of {self.origin}")
        by = self.signers(list(policy.cosigners.values()))
        said = ", ".join(sorted(key[0] for key in by)) or "nobody"
        return policy.is_met(by), f"checkpoint {self.size} is signed by the log, and by {said}"

def proof(policy_file: str, proof_file: str, entry_file: str) -> Any:
    policy, entry = Policy(read(policy_file)), read(entry_file)
    index, path, note = parts(PROOF_FORM, read(proof_file, 2**18), "proof")
    checkpoint, siblings = Checkpoint(note.encode()), [decode(line) for line in path.split()]
    is_met, said = checkpoint.held(policy)
    root = root_by(siblings, hash_of(entry), int(index), checkpoint.size)
    need(root == checkpoint.root, f"the entry does not stand at index {index}")
    yield from (said, f"the entry stands at index {index} of {checkpoint.size}")
    need(is_met, "the quorum of the policy has not acknowledged this checkpoint")
def conflict(file: str) -> Any:
    log, count, cut, rest, lines, text = parts(CONFLICT, read(file, 2**26), "conflict file")
    key, notes, leaves = read_key(log.encode(), NOTE, ML_DSA), text.encode(), lines.split()
    one, two = Checkpoint(notes[:int(cut)]), Checkpoint(notes[int(cut):])
    fit, signed = int(count) == len(leaves) and int(cut) + int(rest) == len(notes), False
    with suppress(Refused):
        signed = all(n.origin == key[0] and n.signers([key], of_log=True) for n in (one, two))
    began, ended = (root_of(b"".join(map(decode, leaves[:n.size]))) for n in (one, two))
    longer = one.size < two.size == len(leaves) and ended == two.root
    need(fit and signed and (one.size == two.size or longer), "nothing is proved by this file", 3)
    need(one.root == (began if longer else two.root), f"{key[0]} signed two histories")
    yield f"{key[0]} signed {one.size} and {two.size} entries, and both can be true"

def is_marking(value: Any) -> bool:  # names at least one audience; sorted, each once
    fit = isinstance(value, list) and value and all(isinstance(v, str) and v.strip() for v in value)
    return bool(fit) and value == sorted(set(value))
def read_entry(data: bytes) -> dict[str, Any]:  # strictly (RFC 9901, 7.1): refuse, never repair
    *split, signature = parts("([^.]+)[.]([^.]+)[.]([^.]+)", data, "entry")
    head, claims = (strict_json(decode(part, "url")) for part in split)
    fit = len(data) <= 16_384 and decode(signature, "url") and head.keys() == {"alg", "kid", "typ"}
    fit = fit and OPEN - {"prev", "window", "ref", "key"} <= claims.keys() <= OPEN
    terms, sd, ref, kind = claims.get("key", {}), claims["_sd"], claims.get("ref"), claims["kind"]
    fit = fit and head["typ"] == "entry+sd-jwt" and re.fullmatch(KID, head["kid"])
    fit = fit and {head["alg"], terms.get("alg", "EdDSA")} <= ALGS.keys() and claims["seq"] > 0
    fit = fit and head["kid"].split("/")[0] == claims["iss"] and claims["_sd_alg"] == "sha-256"
    fit = fit and {len(decode(d, "url")) for d in sd} <= {32} and sd == sorted(set(sd))
    fit = fit and is_marking(claims["rel"]) and re.fullmatch(HEX, claims["agr"])
    fit = fit and (ref is None or (type(ref) is list and 0 < len(set(ref)) == len(ref) <= 64))
    fit = fit and all(re.fullmatch(HEX, leaf) for leaf in ref or [])
    fit = fit and type(claims["seq"]) is type(claims["iat"]) is int and claims["iat"] >= 0
    fit = fit and (claims["seq"] > 1) == ("prev" in claims) and claims.get("window", "-").strip()
    fit = fit and {*terms} == TERMS.get(kind, set()) and {kind, *terms.get("kinds", [])} <= KINDS
    if fit and terms:
        since, until = terms["since"], terms.get("until", 2**40)
        fit = type(since) is type(until) is int and 0 <= since < until <= 2**40
        fit = fit and re.fullmatch(KID, terms["kid"]) and terms.get("kinds", KINDS)
        fit = fit and (kind != "key" or len(decode(terms["pub"], "url")) == ALGS[terms["alg"]])
    need(fit, "its fields are not in their form, or contradict each other", 3)
    return {**claims, **head}

class Signers:  # whose key was valid where, and the chain of each: from the annex, then entries
    def __init__(self, annex: bytes) -> None:
        parts(f"(?:{ANNEX})*", annex, "annex")
        lines = re.findall(ANNEX, annex.decode())
        self.texts, self.last, self.seen = {t for *_, t in lines if t}, dict[str, Any](), set[str]()
        self.keys: dict[str, dict[str, Any]] = {f"{who}/root": {"alg": alg, "pub": pub, "since": 0,
            "until": 2**40, "kinds": [*TERMS, "epoch"]} for who, alg, pub, _ in lines if who}
    def take(self, data: bytes, index: int) -> None:  # take the next entry if it may stand here
        entry, leaf, (signed, _, end) = read_entry(data), hash_of(data).hex(), data.rpartition(b".")
        kid, kind, (seq, prev) = entry["kid"], entry["kind"], self.last.get(entry["kid"], (0, None))
        need(leaf not in self.seen, "it repeats an entry that came before")
        key = self.keys.get(kid, {})
        need(key, f"the key {kid} is not known here")
        need("revoked" not in key, f"the key {kid} was revoked by entry {key.get('revoked')}")
        fit = entry["alg"] == key["alg"] and key["since"] <= entry["iat"] < key["until"]
        need(fit and kind in key["kinds"], f"{kid} may not sign this, or not then")
        public, signature = (decode(text, "url") for text in (key["pub"], end.decode()))
        check_signature(kid, key["alg"], public, signature, signed)
        need(entry["seq"] == seq + 1, f"it is number {entry['seq']} of {kid}, not {seq + 1}")
        need(entry.get("prev") == prev, f"it does not follow the entry of {kid} before it")
        self.texts |= {entry["agr"]} if kind == "agreement" else set()
        need(entry["agr"] in (self.texts or {"00" * 32}), "it names a text not in force here")
        root = [] if index == 0 and len(entry.get("ref", [])) == 1 else [""]  # of an older ledger
        refs = root if kind == "epoch" else entry.get("ref", [])
        need(self.seen.issuperset(refs), "it refers to what did not come before it")
        self.last[kid] = entry["seq"], leaf
        self.seen.add(leaf)
        if "key" in entry:  # a root key names another key of its owner, or ends it
            terms, new = entry["key"], self.keys.get(entry["key"]["kid"])
            fit = (new and "revoked" not in new) if kind == "revocation" else not new
            fit = fit and terms["kid"].split("/")[0] == entry["iss"] == kid.removesuffix("/root")
            fit = fit and not {*TERMS, "epoch"}.intersection(terms.get("kinds", []))
            need(fit, f"it may not say this of the key {terms['kid']}")
            self.keys[terms["kid"]] = {**new, "revoked": index} if new else terms

def disclosed(entry: dict[str, Any], disclosures: list[str]) -> dict[str, Any]:
    found, digests = dict[str, Any](), [decode(digest, "url") for digest in entry["_sd"]]
    for text in disclosures:  # one that does not belong fails them all
        need(sha256(text.encode()).digest() in digests, f"no digest fits a disclosure: {text:.20}")
        salt, name, told = strict_json(decode(text, "url"))
        fit: Any = len(text) <= 8192 and len(decode(salt, "url")) >= 16 and isinstance(name, str)
        fit = fit and name not in {"", "...", *OPEN, *found} and told.keys() == {"v", "rel"}
        fit = fit and is_marking(told["rel"]) and {*told["rel"]} <= {*entry["rel"]}
        need(fit, f"its field {name!r:.40} is not in its form")
        found[name] = told["v"]
    return found
def body(entry_file: str, body_file: str) -> Any:
    entry, shown = read(entry_file), read(body_file, 2**20)
    need(shown.startswith(entry + b"~") and shown.endswith(b"~"), "the body is of another entry")
    found = disclosed(read_entry(entry), shown.decode("ascii", "replace").split("~")[1:-1])
    yield f"{len(found)} fields belong to this entry: {', '.join(sorted(found))}"

class Log:  # a log as files: what its bundles hold must be what tiles and checkpoints say
    def __init__(self, folder: str) -> None:
        self.tiles, self.notes = dict[tuple[str, int, int], Path](), dict[str, Checkpoint]()
        for path in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            name = path.relative_to(folder).as_posix()
            if tile := re.fullmatch(TILE, name):
                self.tiles[tile[1], int(re.sub("[x/]", "", tile[2])), int(tile[3] or 256)] = path
            elif re.match("checkpoint(s/|$|[.])", name):
                self.notes[name] = Checkpoint(read(path))
        self.bundles, leaves, shown = dict[int, Path](), bytearray(), list[bytes]()
        for (level, n, width), path in sorted(self.tiles.items()):
            if level == "entries":  # a bundle begins with what one of an older size has shown
                known, before, shown = len(leaves) // 32 - 256 * n, shown, entries_of(path)
                fit = known >= 0 and len(shown) == width and shown[:known] == before[:known]
                need(fit, f"{path} does not fit behind the {len(leaves) // 32} entries before it")
                leaves += b"".join([sha256(b"\0" + entry).digest() for entry in shown[known:]])
                self.bundles[n] = path
        self.rows, self.size, row = dict[str, bytes](), len(leaves) // 32, bytes(leaves)
        while row:  # the hashes of each level; only a full tile is one of the level above
            self.rows[str(len(self.rows))] = row
            row = b"".join([root_of(row[n:n + 8192]) for n in range(0, len(row) - 8191, 8192)])
    def check_tiles(self, size: int) -> None:  # those that are there, and none of this size misses
        for (level, n, width), path in self.tiles.items():
            row = self.rows.get(level, b"")[8192 * n:8192 * n + 32 * width]
            data = b"" if level == "entries" else read(path)
            if level != "entries" and (data != row or len(row) != 32 * width):
                bad = [i for i in range(width) if data[32 * i:][:32] != row[32 * i:][:32]]
                leaf = f"entry {256 * n + bad[0]} does not hash to its leaf" if bad else ""
                raise Refused(4, f"{path}: {(level == '0' and leaf) or 'it is wrong'}")
        for level in ["entries", *map(str, range(size.bit_length() + 7 >> 3))]:
            held = size >> 8 * int(level.replace("entries", "0"))
            for n, width in ((n >> 8, min(256, held - n)) for n in range(0, held, 256)):
                there = {(level, n, width), (level, n, 256)} & self.tiles.keys()
                need(there, f"the tile {n} of level {level} is missing")
    def check(self, note: Checkpoint) -> None:  # by the tiles that a log of its size has
        need(note.size <= self.size, f"entry {self.size} of {note.size} is missing")
        root = b""
        for level, row in enumerate(self.rows.values()):
            part = row[note.size >> 8 * level + 8 << 13:note.size >> 8 * level << 5] + root
            root = part and root_of(part)
        need(root_of(root) == note.root, f"another root than checkpoint {note.size}")

def ledger(policy_file: str, folder: str, annex: str = "") -> Any:
    policy = None if policy_file == "-" else Policy(read(policy_file))
    signers = None if annex == "-" else Signers(read(annex or Path(folder) / "annex"))
    need((log := Log(folder)).notes or not policy, "there is no checkpoint in the folder", 3)
    log.check_tiles(max((note.size for note in log.notes.values()), default=0))
    yield f"{log.size} entries hash to leaves; {len(log.tiles)} bundles and tiles hold"
    for name, note in log.notes.items():
        log.check(note)
        is_met, said = note.held(policy) if policy else (True, f"who signed {name} stays open")
        yield said
        need(is_met or name != "checkpoint", "the quorum of the policy has not acknowledged it")
    entries = (entry for path in log.bundles.values() for entry in entries_of(path))
    for index, entry in enumerate(entries if signers else ()):
        try:
            signers.take(entry, index) if signers else None
        except (Refused, *ODD) as error:
            raise Refused(4, f"entry {index}: {error.args[-1]}") from None
    yield "every entry is signed by a key valid there" if signers else "who signed stays open"
def since(old: str, new: str, folder: str) -> Any:
    before, after, log = Checkpoint(read(old)), Checkpoint(read(new)), Log(folder)
    need(before.origin == after.origin, "they are checkpoints of two logs")
    need(before.size <= after.size, f"the log went back from {before.size} to {after.size}")
    log.check(after)
    log.check(before)
    yield f"{after.size - before.size} entries came behind the {before.size}, which are the same"

def tree(tree_file: str, entries_file: str) -> Any:
    found, lines = json.loads(read(tree_file)), read(entries_file).splitlines()
    leaves, told = [hash_of(line.partition(b"~")[0]) for line in lines], [*map(origin_of, lines)]
    for one in found if isinstance(found, list) else [found]:
        check_answer(one, leaves, told)
        yield f"{one['id']}: {one['assessment']}, as far as nodes and entries are checked here"
    yield "not checked here but by check_tree.py: kinds, times, places, shares against the reports"
def origin_of(line: bytes) -> Any:  # whose record an entry holds and when it was known
    entry, *shown = line.decode().rstrip("~").split("~")
    claims, leaf = read_entry(entry.encode()), hash_of(entry.encode()).hex()
    told, since = disclosed(claims, shown), datetime.fromtimestamp(claims["iat"], UTC).isoformat()
    itself = {"source": claims["iss"], "key": leaf[:12], "known": since}  # where that is hidden
    return told.get("source") or ("record" in told and itself)
def check_answer(tree: dict[str, Any], leaves: list[bytes], told: list[Any]) -> None:
    text = json.dumps({name: value for name, value in tree.items() if name != "digest"},
                      sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    need(sha256(text.encode()).hexdigest() == tree["digest"], "the tree was changed")
    size, until, answer = tree["as_of"]["seq"], tree["as_of"]["until"], tree["assessment"]
    same = size <= len(leaves) and root_of(b"".join(leaves[:size])).hex() == tree["as_of"]["head"]
    need(same, "the entries are others")
    at, held = datetime.fromisoformat, [origin for origin in told[:size] if origin]
    known = {f"{o['source']}:{o['key']}" for o in held if not until or at(o["known"]) <= at(until)}
    records = walk({**tree, "facts": [], "records": []}, known)
    need(sorted(records) == tree["records"], "its records are not those of its nodes")
    need((answer == "undetermined") == bool(tree["reasons"]), "only an open answer has reasons")
    need(answer != "kept" or not tree["must"], "what is certainly violated is not kept")
    facts = [(dict(one["facts"])["test"], one["holds"]) for one in tree["because"]]
    if "happened" in dict(facts):  # one incident is certain only when every element of it is
        unsure = {t for t, h in facts if (h is not False if t == "exception" else not h)}
        need(unsure <= BESIDE or not tree["must"], f"it cannot be certain: {unsure} is open")
def walk(one: dict[str, Any], known: set[str]) -> set[str]:  # a node and its parts: their records
    values, test = [part["holds"] for part in one["because"]], dict(one["facts"]).get("test")
    need(one["parts"] == len(values), f"a part of {test or 'the answer'} is missing")
    need(set(one["records"]) <= known, f"{test} names a record that was not known")
    if test in {"all", "any", "not"}:  # a false part decides all, a true one any
        decides = test == "any"
        value = decides if decides in values else None if None in values else not decides
        value = value if test != "not" else {True: False, False: True}.get(values[0])
        need(one["holds"] is value, f"the parts of {test} make it {value}")
    return set(one["records"]).union(*(walk(part, known) for part in one["because"]))

COMMANDS = {one.__name__: one for one in (proof, ledger, body, conflict, since, tree)}
def main(words: list[str]) -> int:
    command, *given = [word for word in words if word != "--json"] or [""]
    run, said, code, last = COMMANDS.get(command), list[str](), 0, "good"
    most, least = (run.__code__.co_argcount, len(run.__defaults__ or ())) if run else (0, 0)
    if run is None or not most - least <= len(given) <= most:
        sys.stderr.write(__doc__ or "")
        return 2
    try:
        said.extend(run(*given))
    except Refused as refused:
        code, last = refused.args
    except ODD as error:
        code, last = 3, f"{getattr(error, 'filename', '') or 'it'} is not there, or not in its form"
    last = {0: last, 3: f"unreadable: {last}", 4: f"fails: {last}"}[code]
    told = {"command": command, "said": said, "result": last, "exit": code}
    sys.stdout.write((json.dumps(told) if "--json" in words else "\n".join([*said, last])) + "\n")
    return code
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A log as files: the names, the proofs, what a kill leaves, and what a changed byte shows."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import Count
from tregua.errors import EntryRefused, LedgerDamaged, NoteRefused, StoreUnwritable
from tregua.ledger.notes.checkpoint import LogHead, read_head_text
from tregua.ledger.notes.note import read_note
from tregua.ledger.tiles.bundle import bundle_of, entries_of
from tregua.ledger.tiles.check_log import check_log
from tregua.ledger.tiles.durable import DurableFolder
from tregua.ledger.tiles.names import ENTRIES, Tile, tile_named, tiles_of
from tregua.ledger.tiles.read_tiles import FileSource, FolderSource, entries_in
from tregua.ledger.tiles.tiled_tree import TiledTree
from tregua.ledger.tiles.write_tiles import extend, missing_files
from tregua.ledger.tree import (
    EMPTY_ROOT,
    Frontier,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
)

SIZES = (1, 255, 256, 257, 511, 512, 1000)


def entries(first: int, end: int) -> list[bytes]:
    return [b"entry %d" % n for n in range(first, end)]


@pytest.mark.parametrize(
    ("tile", "name"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(63, 999, 255), "tile/63/999.p/255"),
        (Tile(ENTRIES, 1000, 1), "tile/entries/x001/000.p/1"),
    ],
)
def test_the_name_of_a_tile(tile: Tile, name: str) -> None:
    """A name is read back as the tile that it names."""
    assert name == str(tile)
    assert tile == tile_named(name)


@pytest.mark.parametrize(
    "name",
    [
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/../../key",
        "tile/0/000/",
        "checkpoint",
        "/tile/0/000",
        "tile/0/000\n",
    ],
)
def test_what_is_no_name_of_a_tile(name: str) -> None:
    """Another spelling, a level or width that does not exist, a way out of the folder."""
    assert tile_named(name) is None


@given(
    tile=st.builds(Tile, st.integers(-1, 63), st.integers(0, 10**15), st.integers(1, 256)),
    noise=st.text("tile/ens0159x.p", max_size=24),
)
def test_every_tile_has_one_name(tile: Tile, noise: str) -> None:
    """A name leads back to its tile; what is read as a name is written alike."""
    assert tile == tile_named(str(tile))
    for text in (noise, f"tile/{noise}", f"tile/0/{noise}"):
        other = tile_named(text)
        assert other is None or text == str(other)


def test_the_files_of_70_000_entries() -> None:
    """The example of the specification: 273 full tiles and one of 112, one and 17, one of 1."""
    tiles = list(tiles_of(70_000))
    by_level = [[t.width for t in tiles if t.level == level] for level in (ENTRIES, 0, 1, 2, 3)]
    full = [256] * 273
    assert [[*full, 112], [*full, 112], [256, 17], [1], []] == by_level
    assert ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"] == [str(t) for t in tiles_of(256)]
    assert [] == list(tiles_of(0))


@given(old=st.integers(0, 70_000), more=st.integers(0, 70_000))
def test_what_is_new_with_growth(old: int, more: int) -> None:
    """The files beyond a size are those of the new size that the old one does not have."""
    had, new = set(tiles_of(old)), list(tiles_of(old + more))
    assert [tile for tile in new if tile not in had] == list(tiles_of(old + more, beyond=old))


def log_of(folder: Path, *sizes: int) -> FolderSource:
    held = 0
    for size in sizes:
        held = extend(DurableFolder(folder), entries(held, size), size=held)
    return FolderSource(folder)


@settings(max_examples=15)
@given(cuts=st.lists(st.integers(0, 1200), min_size=1, max_size=4), data=st.data())
def test_proofs_from_tiles_are_those_from_leaves(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], data: st.DataObject
) -> None:
    """However the log grew, its root and proofs are those of the tree over all leaves."""
    source = log_of(tmp_path_factory.mktemp("log"), *sorted(cuts))
    size = max(cuts)
    leaves = [leaf_hash(entry) for entry in entries(0, size)]
    tree = TiledTree(source, size)
    assert root_of(leaves) == tree.root()
    assert Frontier().grow(leaves) == tree.frontier()
    check_log(source, LogHead("log", size, tree.root()))
    if size:
        index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
        assert inclusion_proof(leaves, index) == tree.inclusion_proof(index)
        assert consistency_proof(leaves, old) == tree.consistency_proof(old)
        assert root_of(leaves[:old]) == tree.root(old)


class Seventy(FileSource):
    """Tiles of 70,000 entries made when they are asked for."""

    def __init__(self) -> None:
        self.name = "made"
        self.levels = [[leaf_hash(b'{"i": %d, "t": "incident"}' % n) for n in range(70_000)]]
        while len(self.levels[-1]) >= 256:
            below = self.levels[-1]
            full = range(0, len(below) - len(below) % 256, 256)
            self.levels.append([root_of(below[n : n + 256]) for n in full])

    def read(self, name: str, *, most: int) -> bytes | None:
        tile = tile_named(name)
        assert tile is not None
        start = tile.index * 256
        data = b"".join(self.levels[tile.level][start : start + tile.width])
        assert len(data) <= most
        return data


def test_three_levels_of_tiles() -> None:
    """Proofs over 70,000 entries and three levels hold."""
    source = Seventy()
    tree = TiledTree(source, 70_000)
    root = tree.root()
    for index in (0, 255, 256, 65_535, 65_536, 69_887, 69_999):
        proof = tree.inclusion_proof(index)
        leaf = source.levels[0][index]
        assert check_inclusion(proof, leaf=leaf, index=index, size=70_000, root=root)
    for old in (1, 256, 65_536, 65_537, 69_999, 70_000):
        assert check_consistency(
            tree.consistency_proof(old),
            old_size=old,
            old_root=tree.root(old),
            new_size=70_000,
            new_root=root,
        )


def test_an_empty_log_has_the_empty_root_and_no_proof(tmp_path: Path) -> None:
    """No file, the root of nothing, and an index error for a proof."""
    tree = TiledTree(log_of(tmp_path, 0), 0)
    assert EMPTY_ROOT == tree.root()
    assert [] == list(tmp_path.rglob("*"))
    with pytest.raises(IndexError):
        tree.inclusion_proof(0)
    with pytest.raises(IndexError):
        tree.consistency_proof(0)


@pytest.mark.parametrize("size", SIZES)
def test_the_files_that_are_there_are_those_of_the_specification(size: int, tmp_path: Path) -> None:
    """Written in one go, a log has exactly the files that its size tells."""
    log_of(tmp_path, size)
    there = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert {str(tile) for tile in tiles_of(size)} == there
    assert [] == missing_files(tmp_path, size)


def test_a_partial_tile_that_was_removed_is_read_from_the_full_one(tmp_path: Path) -> None:
    """Once the full tile is there, the partial one may go; the old size is still proved."""
    source = log_of(tmp_path, 200, 300)
    (tmp_path / "tile/0/000.p/200").unlink()
    (tmp_path / "tile/entries/000.p/200").unlink()
    leaves = [leaf_hash(entry) for entry in entries(0, 200)]
    check_log(source, LogHead("log", 200, root_of(leaves)))


CHANGES = {
    "tile/entries/001": r"entry 300: its bytes in .* do not hash to its leaf",
    "tile/0/001": r"entry 300: its bytes in .* do not hash to its leaf",
    "tile/1/000.p/3": r"tile/1/000\.p/3: it is not what the tiles below it give",
}


@pytest.mark.parametrize("name", CHANGES)
def test_one_changed_byte_is_named(name: str, tmp_path: Path) -> None:
    """The entry or the tile that was changed is named."""
    source = log_of(tmp_path, 1000)
    head = LogHead("log", 1000, TiledTree(source, 1000).root())
    path = tmp_path / name
    data = bytearray(path.read_bytes())
    at = data.index(b"entry 300") if "entries" in name else 32 * (300 % 256)
    data[at % len(data)] ^= 1
    path.write_bytes(data)
    with pytest.raises(LedgerDamaged, match=CHANGES[name]):
        check_log(source, head)


def test_a_history_made_anew_gives_another_root(tmp_path: Path) -> None:
    """When entries and tiles were all made anew, the checkpoint is what disagrees."""
    leaves = [leaf_hash(entry) for entry in entries(0, 300)]
    changed = [*entries(0, 100), b"another", *entries(101, 300)]
    extend(DurableFolder(tmp_path), changed, size=0)
    with pytest.raises(LedgerDamaged, match="its 300 entries give the root"):
        check_log(FolderSource(tmp_path), LogHead("log", 300, root_of(leaves)))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A tile that is gone is named, and the check fails."""
    source = log_of(tmp_path, 600)
    head = LogHead("log", 600, TiledTree(source, 600).root())
    (tmp_path / "tile/0/001").unlink()
    assert ["tile/0/001"] == [str(tile) for tile in missing_files(tmp_path, 600)]
    with pytest.raises(LedgerDamaged, match="tile/0/001: it is not there"):
        check_log(source, head)


@given(data=st.binary(max_size=400), width=st.integers(0, 5))
def test_any_bytes_are_a_bundle_or_refused(data: bytes, width: int) -> None:
    """What is taken for a bundle is written back byte for byte."""
    try:
        held = entries_of(data, width)
    except NoteRefused:
        return
    if all(held):
        assert data == bundle_of(held)


def test_what_no_bundle_holds() -> None:
    """An empty entry and one of 65,536 bytes are refused; 65,535 bytes fit."""
    assert [b"x" * 65_535] == entries_of(bundle_of([b"x" * 65_535]), 1)
    for entry in (b"", b"x" * 65_536):
        with pytest.raises(EntryRefused):
            bundle_of([entry])


def test_half_written_files_are_removed_and_a_failure_leaves_the_old_log(tmp_path: Path) -> None:
    """A temporary file is no part of the log; a disk that takes no more leaves what was there."""
    folder = DurableFolder(tmp_path)
    source = log_of(tmp_path, 300)
    head = LogHead("log", 300, TiledTree(source, 300).root())
    (tmp_path / "tile/0/.part-001").write_bytes(b"half")
    assert 1 == folder.clear_parts()
    (tmp_path / "tile/0/002.p").write_bytes(b"in the way")
    with pytest.raises(StoreUnwritable, match="what was signed before is untouched"):
        extend(folder, entries(300, 600), size=300)
    check_log(source, head)


@pytest.mark.outside
def test_the_log_of_tessera(vectors: Path, count: Count) -> None:
    """A real tiled log of other software is checked whole at each of its checkpoints."""
    folder = vectors / "tessera-log"
    if not folder.is_dir():
        pytest.skip("the folder tessera-log is absent from the vectors")
    files = sorted(folder.glob("checkpoint.*"))
    for file in files:
        check_log(FolderSource(folder), read_head_text(read_note(file.read_bytes()).text))
    count(len(files), "checkpoints of a log checked whole")


@pytest.mark.outside
def test_our_writer_writes_the_files_of_tessera(
    vectors: Path, tmp_path: Path, count: Count
) -> None:
    """The entries of the other log, written by us, give its files byte for byte."""
    folder = vectors / "tessera-log"
    notes = [read_note(file.read_bytes()) for file in folder.glob("checkpoint.*")]
    size = max((read_head_text(note.text).size for note in notes), default=0)
    if not size:
        pytest.skip("no checkpoint of tessera-log is among the vectors")
    tiles = list(tiles_of(size))
    bundles = [t for t in tiles if t.level == ENTRIES]
    held = [e for t in bundles for e in entries_in(FolderSource(folder), t.index, t.width)]
    extend(DurableFolder(tmp_path), held, size=0)
    for tile in tiles:
        assert (folder / str(tile)).read_bytes() == (tmp_path / str(tile)).read_bytes()
    count(len(tiles), "files")

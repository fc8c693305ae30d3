"""Blocks into the typed model: what each becomes, and what stays open."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tregua.agreement.model import Act, Named, Norm, Shifted
from tregua.agreement.read import read_deal_text
from tregua.agreement.value import Amount, Nothing, Undefined

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tregua.agreement.read import Reading

    Read = Callable[[str], Reading]


def _norm(read: Read, world: str, block: str) -> Norm:
    reading = read(f"{world}\n```deal\n{block}\n```\n")
    assert () == reading.notes
    return reading.agreement.norms[-1]


def test_a_prohibition_forbids(read: Read, world: str) -> None:
    """A prohibition is read with its bearers by id, and says what the text does not say."""
    block = """prohibition p "P"
    on: b, a
    must not: attack(weapon: any), seize-ground
    during: truce
    where: undefined "areas to be agreed"
    on violation: none
    tolerance: 2 per 24 hours
    assumed by drafter: on violation "read whole"
    words not defined: "rapid", "safe" """
    norm = _norm(read, world, block)
    assert ("prohibition", "forbid", ("a", "b")) == (norm.kind, norm.shape, norm.bearers)
    assert (Act("attack", (("weapon", "any"),)), Act("seize-ground")) == norm.acts
    assert (("truce",), Undefined("areas to be agreed"), Nothing(), None) == (
        norm.during,
        norm.where,
        norm.consequences,
        norm.against,
    )
    assert (2, Amount(Decimal(24), "hours")) == (norm.tolerance, norm.tolerance_per)
    assert (("on violation", "read whole"),) == norm.assumed
    assert ("rapid", "safe") == norm.undefined_words
    assert ("machine", True) == (norm.check, norm.still_owed)


def test_all_parties_are_the_parties(read: Read, world: str) -> None:
    """The name all-parties stands for every party of the deal, and for nobody else."""
    norm = _norm(read, world, "prohibition p\n    on: all-parties, agencies, a\n    must not: fly")
    assert ("a", "agencies", "b") == norm.bearers


def test_an_unhindered_permission_forbids_hindering(read: Read, world: str) -> None:
    """Free passage is a prohibition of hindering, on whoever owes it."""
    block = "permission p\n    on: agencies\n    may: deliver\n    unhindered: yes"
    norm = _norm(read, world, block)
    assert ("forbid", ("controller",), ("agencies",)) == (norm.shape, norm.bearers, norm.holders)
    assert (Act("obstruct-aid"), Act("obstruct-monitor")) == norm.acts
    said = _norm(read, world, f"{block}\n    owed by: b, a\n    hindering is: inspect, delay")
    assert (("a", "b"), (Act("inspect"), Act("delay"))) == (said.bearers, said.acts)


def test_a_plain_permission_allows(read: Read, world: str) -> None:
    """A permission without unhindered binds nobody."""
    norm = _norm(read, world, "permission p\n    on: a\n    may: surveillance-flight")
    assert ("allow", None, ("a",)) == (norm.shape, norm.bearers, norm.holders)
    assert (Act("surveillance-flight"),) == norm.acts


def test_a_duty_is_achieved_or_kept(read: Read, world: str) -> None:
    """A duty with must is achieved by a time; with must keep it is maintained."""
    block = """duty d
    on: a
    must: release(persons: detainees)
    when: in-force(truce)
    within: 24 hours 20 minutes
    deadline: D + 2 days
    still owed: no"""
    norm = _norm(read, world, block)
    assert ("achieve", Amount(Decimal(1460), "minutes"), False) == (
        norm.shape,
        norm.within,
        norm.still_owed,
    )
    assert Shifted(Named("D"), 1, Amount(Decimal(2), "days")) == norm.deadline
    kept = _norm(read, world, "duty d\n    on: a\n    must keep: restrain(of: b)")
    assert ("maintain", (Act("restrain", (("of", "b"),)),)) == (kept.shape, kept.acts)


def test_a_range_of_time_stays_open(read: Read, world: str) -> None:
    """A range is not turned into one of its ends."""
    norm = _norm(read, world, "duty d\n    on: a\n    must: demine\n    within: 10..12 hours")
    assert Undefined("10..12 hours") == norm.within


def test_the_standard_of_proof_comes_from_the_verification(read: Read, world: str) -> None:
    """Coverage and probabilities reach a norm by its own key first, then by what names it."""
    watch = """verification anyone
    of: any
    coverage: 0.5

verification special
    of: attacks
    violated at: 90 %
    kept at: undefined

"""
    reading = read(f"{world}\n```deal\n{watch}```\n")
    norm = reading.agreement.norm("attacks")
    assert norm is not None
    assert (None, Decimal("0.9"), Undefined()) == (norm.coverage, norm.violated_at, norm.kept_at)
    other = _norm(read, world, f"{watch}prohibition p\n    on: a\n    must not: fly")
    assert (Decimal("0.5"), None) == (other.coverage, other.violated_at)
    by = _norm(
        read, world, f"{watch}prohibition p\n    on: a\n    must not: fly\n    verified by: special"
    )
    assert (None, Decimal("0.9")) == (by.coverage, by.violated_at)


def test_phases_powers_and_zones(read: Read, world: str) -> None:
    """The small deal has its phase from D for 48 hours, the power that sets D, and its zone."""
    deal = read(world).agreement
    phase = deal.phase("truce")
    assert phase is not None
    assert (Named("D"), Amount(Decimal(48), "hours"), None) == (
        phase.starts,
        phase.lasts,
        phase.ends,
    )
    assert [("fix-d", ("council",), "set", "D")] == [
        (p.id, p.holder, p.does, p.sets) for p in deal.powers
    ]
    assert ("valley-2030", "Truce of the valley", "Asia/Damascus", True) == (
        deal.id,
        deal.title,
        deal.zone,
        deal.zone_is_stated,
    )
    assert ["valley"] == [g.id for g in deal.grounds]
    council = deal.anyone("council")
    assert council is not None
    assert ("a", "b") == council.members


def test_a_deal_without_a_zone_says_so(read: Read, world: str) -> None:
    """Without a time zone in the header, times without an offset stay unresolved."""
    deal = read(world.replace("time zone: Asia/Damascus\n", "declared: 2030-01-01\n")).agreement
    assert ("UTC", False) == (deal.zone, deal.zone_is_stated)


def test_acts_of_the_deal_extend_the_tree(read: Read, world: str) -> None:
    """A row of an acts block adds a kind under its parent, and norms may use it."""
    rows = 'acts local\n    row: tunnel, fortify, "tunnelling"\n    row: shaft, tunnel, "shaft"\n\n'
    norm = _norm(read, world, f"{rows}prohibition p\n    on: a\n    must not: shaft")
    assert (Act("shaft"),) == norm.acts
    deal = read(f"{world}\n```deal\n{rows}```\n").agreement
    assert (("tunnel", "fortify"), ("shaft", "tunnel")) == deal.act_parents


def test_names_in_three_languages(read_blocks: Read) -> None:
    """Titles are kept by language, aliases in any script."""
    who = read_blocks(
        'party a "Side A"\n    is: state\n    ru: "Сторона А"\n    ar: "الطرف أ"\n'
        '    aliases: "A1", "А1"'
    ).agreement.who[0]
    assert (("en", "Side A"), ("ru", "Сторона А"), ("ar", "الطرف أ")) == who.names
    assert ("A1", "А1") == who.aliases


ZONE = 'zone z "Z"\n    is: area\n    geometry: "z.geojson"'


def _with_shape(header: str, folder: Path | None) -> Reading:
    return read_deal_text(f"{header}```deal\n{ZONE}\n```\n", file="z.deal.md", beside=folder)


def test_a_geometry_file_beside_the_deal_is_read(header: str, tmp_path: Path) -> None:
    """The geometry of a feature in a GeoJSON file becomes the place's shape, in canonical form."""
    (tmp_path / "z.geojson").write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {},'
        ' "geometry": {"type": "Point", "coordinates": [37.1, 36.2]}}]}'
    )
    reading = _with_shape(header, tmp_path)
    assert () == reading.notes
    ground = reading.agreement.grounds[0]
    assert ("z.geojson", '{"coordinates":[37.1,36.2],"type":"Point"}') == (
        ground.geometry,
        ground.shape,
    )


def test_a_geometry_that_cannot_be_read_costs_a_note(header: str, tmp_path: Path) -> None:
    """A file that is missing or holds no geometry is noted at the value, and nothing is guessed."""
    contents = (None, "[1, NaN]", "{}", '{"type": "Point"}', "not json", "[" * 100_000)
    for content in contents:
        if content is not None:
            (tmp_path / "z.geojson").write_text(content)
        reading = _with_shape(header, tmp_path)
        assert [("D007", 10 + 1, 15)] == [
            (n.code, n.spot.line, n.spot.column) for n in reading.notes
        ]
        assert "" == reading.agreement.grounds[0].shape


def test_without_a_folder_no_geometry_is_looked_for(header: str) -> None:
    """A deal read from text alone keeps the name of its geometry file and says nothing about it."""
    assert () == _with_shape(header, None).notes

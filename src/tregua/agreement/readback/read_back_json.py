"""The read-back as plain values for JSON: the same rows, each value as text without isolates."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tregua.agreement.readback.read_back import BlockRead, Point, ReadBack, Row, Section
    from tregua.agreement.readback.runs import Line


def read_back_json(read: ReadBack) -> dict[str, object]:
    """Return the whole read-back."""
    return {
        "language": read.language,
        "title": read.title,
        "digest": {"file": read.digests[0], "text": read.digests[1]},
        "head": [_row(r) for r in read.head],
        "sections": [_section(s) for s in read.sections],
        "open": [_point(p) for p in read.open],
        "assumed": [_point(p) for p in read.assumed],
    }


def _section(section: Section) -> dict[str, object]:
    return {
        "instrument": section.instrument,
        "clause": section.label,
        "title": section.title,
        "segments": [
            {
                "paragraphs": [
                    {"mark": p.mark, "pointer": p.pointer, "text": p.text} for p in s.paragraphs
                ],
                "blocks": [_block(b) for b in s.blocks],
            }
            for s in section.segments
        ],
    }


def _block(block: BlockRead) -> dict[str, object]:
    return {
        "kind": block.kind,
        "kind_label": block.kind_label,
        "id": block.id,
        "name": block.name.text,
        "title": block.title,
        "rows": [_row(r) for r in block.rows],
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "key": row.key,
        "label": row.label,
        "values": [_text(v) for v in row.values],
        "state": row.state.value,
        "marks": list(row.marks),
        "assumed": list(row.assumed),
    }


def _point(point: Point) -> dict[str, object]:
    return {
        "clause": point.clause,
        "block": point.block.target,
        "label": point.label,
        "text": point.text,
    }


def _text(line: Line) -> str:
    return "".join(run.text for run in line)

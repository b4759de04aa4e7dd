"""Characters and edges of a page, printed or scanned → its paragraphs and tables from the top down."""

from __future__ import annotations

from dataclasses import replace

from index.document import Block, Cell, Paragraph, Place, Table
from index.readers.borderless import blocks_of
from index.readers.notemarks import with_raised
from index.readers.pdflines import Line, lines_of, text_of
from index.readers.pdfpage import PageContent
from index.readers.pdftables import Grid, GridCell, find_grids

__all__ = ["page_blocks"]


def page_blocks(content: PageContent) -> list[Block]:
    """Tables and lines of a page, from the top down."""
    content = replace(content, chars=with_raised(content.chars))
    grids, outside = find_grids(content)
    blocks: list[tuple[float, Block]] = []
    rest: list[Line] = []
    for grid in grids:
        found, prose = _table_blocks(grid, content.number)
        blocks += found
        rest += prose
    lines = sorted([*lines_of(outside), *rest], key=lambda line: line.box[1])
    blocks += blocks_of(lines, content)
    return [block for _, block in sorted(blocks, key=lambda pair: pair[0])]


def _table_blocks(grid: Grid, page: int) -> tuple[list[tuple[float, Block]], list[Line]]:
    """The table, parted where a full-width row holds prose; the prose as lines."""
    blocks: list[tuple[float, Block]] = []
    prose: list[Line] = []
    part: list[list[GridCell]] = []
    for row in grid.rows:
        if len(row) == 1 and _is_prose(row[0], grid):
            prose += lines_of(row[0].chars)
            blocks += _table(part, page)
            part = []
        else:
            part.append(row)
    return blocks + _table(part, page), prose


def _is_prose(cell: GridCell, grid: Grid) -> bool:
    """A row of one cell with more text than any heading in a table has."""
    return cell.rowspan == 1 and cell.colspan == len(grid.lefts) and len(cell.chars) > 45


def _table(rows: list[list[GridCell]], page: int) -> list[tuple[float, Block]]:
    if not any(cell.chars for row in rows for cell in row):
        return []
    if all(len(row) <= 1 for row in rows):
        lines = [line for row in rows for cell in row for line in lines_of(cell.chars)]
        return [(line.box[1], Paragraph(line.text, Place(page=page, box=line.box))) for line in lines]
    cells = [cell for row in rows for cell in row]
    box = (
        min(cell.box[0] for cell in cells),
        min(cell.box[1] for cell in cells),
        max(cell.box[2] for cell in cells),
        max(cell.box[3] for cell in cells),
    )
    return [(box[1], Table(tuple(tuple(_cell(cell, page) for cell in row) for row in rows), Place(page=page, box=box)))]


def _cell(cell: GridCell, page: int) -> Cell:
    return Cell(text_of(cell.chars), Place(page=page, box=cell.box), cell.column, cell.colspan, cell.rowspan)

import { fitText, widthOf } from './fit-text';
import { type Line, type Span, type Style, styled } from './line';
import { safeText } from './safe-text';

/** A column of a table of `Row`. */
export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row) => string;
  readonly style?: (row: Row) => Style | undefined;
  readonly align?: 'left' | 'right';
  /** Columns on the screen at most. @default as wide as its widest text */
  readonly most?: number;
  /** May be cut when the screen is narrow, and takes what is left over. At most one of a table. */
  readonly flexible?: boolean;
}

const GAP = 2;

/** Head and rows, at most `width` columns wide as long as the columns that cannot be cut allow it. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): Line[] {
  const widths = widthsOf(columns, rows, width);
  const head = columns.map(({ title, align }, index) =>
    styled('dim', fitText(title, widths[index] ?? 0, align)),
  );
  return [joined(head), ...rows.map((row) => renderRow(columns, row, widths))];
}

function renderRow<Row>(columns: readonly Column<Row>[], row: Row, widths: readonly number[]): Line {
  return joined(
    columns.map((column, index) => {
      const text = fitText(column.text(row), widths[index] ?? 0, column.align);
      const style = column.style?.(row);
      return style === undefined ? text : styled(style, text);
    }),
  );
}

function widthsOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number): number[] {
  const natural = columns.map(({ title, text, most }) => {
    const widest = rows.reduce((most, row) => Math.max(most, widthOf(safeText(text(row)))), widthOf(title));
    return Math.min(widest, most ?? Number.POSITIVE_INFINITY);
  });
  const total = natural.reduce((sum, own) => sum + own, GAP * (columns.length - 1));
  const excess = Math.max(0, total - width);
  return natural.map((own, index) =>
    columns[index]?.flexible ? Math.max(Math.min(8, own), own - excess) : own,
  );
}

function joined(cells: readonly Span[]): Line {
  return cells.flatMap((cell, index) => (index === 0 ? [cell] : [' '.repeat(GAP), cell]));
}

import type { ComponentChildren } from 'preact';

/** A column; with `href` its head is a link that sorts by it. */
export interface Column {
  label: string;
  href?: string;
  sorted?: 'ascending' | 'descending' | undefined;
  /** What is in it needs no name where each row is laid out as lines. */
  speaksForItself?: boolean;
}

export interface Row {
  key: string;
  /** The first cell is what the row is about, and has its link. */
  cells: readonly ComponentChildren[];
  /** Where a link of the page leads to this row. */
  id?: string;
}

interface TableProps {
  /** What the table has, for who hears it. */
  label: string;
  columns: readonly Column[];
  rows: readonly Row[];
}

/** A table that is laid out as lines is none for a screen reader anymore, unless it says so. */
const told = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  head: { role: 'columnheader' },
  first: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const;

/** A table whose rows are links. On a narrow screen each row becomes a few lines, told as a table all the same. */
export function Table({ label, columns, rows }: TableProps) {
  return (
    <table class="rows" {...told.table} aria-label={label}>
      <thead {...told.group}>
        <tr {...told.row}>
          {columns.map(({ label: head, href, sorted }) => (
            <th key={head} {...told.head} scope="col" aria-sort={sorted}>
              {href ? (
                <a href={href}>
                  {head}
                  {sorted && <span aria-hidden="true">{sorted === 'ascending' ? ' ↑' : ' ↓'}</span>}
                </a>
              ) : (
                head
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...told.group}>
        {rows.map(({ key, cells, id }) => (
          <tr key={key} {...told.row} id={id}>
            {cells.map((cell, place) =>
              place === 0 ? (
                <th key={columns[place]?.label} {...told.first} scope="row">
                  {cell}
                </th>
              ) : (
                <td key={columns[place]?.label} {...told.cell} data-label={nameInLines(columns[place])}>
                  {cell}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function nameInLines(column: Column | undefined): string | undefined {
  return column?.speaksForItself ? undefined : column?.label;
}

import type { ComponentChildren } from "preact";
import { Faults } from "../doors/form";
import type { Live } from "./live";

// One table for every list: the head stays, numbers stand right, an empty list says what would fill it.

export interface Column<T> {
  head: ComponentChildren;
  cell: (row: T) => ComponentChildren;
  number?: boolean;
}

interface Props<T> {
  label: string;
  live: Pick<Live<T[]>, "data" | "fault"> & { more?: (() => void) | null };
  columns: Column<T>[];
  id: (row: T) => string;
  row?: (row: T) => Record<string, string | undefined>;
  empty: string;
}

// A question that failed is said above the rows that the one before it gave.
export function Table<T>(props: Props<T>) {
  const { data, fault } = props.live;
  return (
    <>
      {fault && <Faults fault={fault} />}
      {(data || !fault) && <Body {...props} />}
    </>
  );
}

function Body<T>({ label, live, columns, id, row, empty }: Props<T>) {
  if (!live.data) return <p class="loading" role="status">Loading…</p>;
  if (live.data.length === 0) return <p class="empty">{empty}</p>;
  return (
    <div class="table-box" role="region" aria-label={label} tabIndex={0}>
      <table aria-label={label}>
        <thead>
          <tr>
            {columns.map((c, i) => (
              <th key={i} scope="col" class={c.number ? "number" : ""}>
                {c.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {live.data.map((r) => (
            <tr key={id(r)} {...row?.(r)}>
              {columns.map((c, i) => (
                <td key={i} class={c.number ? "number" : ""}>
                  {c.cell(r)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {live.more && (
        <button type="button" class="more" onClick={live.more}>
          More
        </button>
      )}
    </div>
  );
}

export function Pill({ status, words }: { status: string; words?: string | undefined }) {
  return <span class={`pill pill-${status}`}>{words ?? status.replaceAll("_", " ")}</span>;
}

export function Bar({ done, total, label }: { done: number; total: number; label: string }) {
  return (
    <span class="bar">
      <progress max={Math.max(total, 1)} value={done} aria-label={label} />
      <span>
        {done}/{total}
      </span>
    </span>
  );
}

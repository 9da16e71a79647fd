import type { ReactNode } from 'react'
import { useSay } from '../language.ts'
import { compare, download, toCsv } from './table.ts'
import { Empty } from './states.tsx'
import { useListState, type ListState } from './list-state.ts'

export type Column<Row> = {
  readonly key: string
  readonly title: string
  /** The title in the downloaded file, where the value there is of another measure than what is shown. */
  readonly fileTitle?: string
  /** What is shown; by default the value. */
  readonly cell?: (row: Row) => ReactNode
  /** What is sorted, searched and downloaded. */
  readonly value?: (row: Row) => string | number | null
  readonly align?: 'right'
  readonly width?: string | number
  /** The row's own name. */
  readonly head?: boolean
}

type Props<Row> = {
  readonly caption: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  /**
   * The server searches, sorts and pages: `total` of all rows that were found; `rows` is one page of them.
   * Give the same `state` from `useListState` to the question. Without it, the table does so with the rows that it has.
   */
  readonly total?: number
  readonly state?: ListState
  /** Tells two tables of a page apart in its address. */
  readonly name?: string
  readonly limit?: number
  readonly searchable?: boolean
  /** The file's name, without its ending. */
  readonly csv?: string
  readonly tools?: ReactNode
  readonly empty?: ReactNode
}

const LIMIT = 50
const SEARCHABLE_MIN = 8

/** A table that can be searched, sorted, paged, downloaded and, on a phone, read downwards. */
export function DataTable<Row>({
  caption,
  rows,
  columns,
  rowKey,
  total,
  state,
  name,
  limit = LIMIT,
  searchable,
  csv,
  tools,
  empty,
}: Props<Row>) {
  const { t, language } = useSay()
  const own = useListState(name)
  const { find, sort, offset, set } = state ?? own
  const isServed = total !== undefined
  const valueOf = (column: Column<Row>, row: Row) => column.value?.(row) ?? null
  const found = isServed ? rows : search(rows, columns, find, valueOf)
  const [key, isDown] = sort.startsWith('-') ? [sort.slice(1), true] : [sort, false]
  const by = columns.find((column) => column.key === key)
  const sorted =
    isServed || !by
      ? found
      : found.toSorted((a, b) => compare(valueOf(by, a), valueOf(by, b), language) * (isDown ? -1 : 1))
  const shown = isServed ? rows : sorted.slice(offset, offset + limit)
  const count = total ?? found.length
  const hasSearch = searchable ?? (isServed || rows.length > SEARCHABLE_MIN)
  return (
    <div>
      {(hasSearch || csv || tools) && (
        <div className="table-tools">
          {hasSearch && (
            <input
              type="search"
              className="field"
              defaultValue={find}
              placeholder={t('search')}
              aria-label={`${t('search')}: ${caption}`}
              onChange={(event) => set({ find: event.target.value, offset: 0 })}
            />
          )}
          {tools}
          {csv && (
            <button
              type="button"
              className="btn tight push"
              onClick={() => download(`${csv}.csv`, toCsv(columns, sorted))}
            >
              {t('download')}
            </button>
          )}
        </div>
      )}
      {shown.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label={`${caption} · ${t('table')}`}>
          <table className="stacking">
            <caption className="visually-hidden">{caption}</caption>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th
                    key={column.key}
                    scope="col"
                    className={column.align}
                    style={{ width: column.width }}
                    aria-sort={ariaSort(column.key === key, isDown)}
                  >
                    {column.value ? (
                      <button
                        type="button"
                        className="sort"
                        title={t('sortBy', { column: column.title })}
                        onClick={() => set({ sort: column.key === key && !isDown ? `-${key}` : column.key, offset: 0 })}
                      >
                        {column.title} <span aria-hidden>{column.key === key ? (isDown ? '↓' : '↑') : ''}</span>
                      </button>
                    ) : (
                      column.title
                    )}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={rowKey(row)}>
                  {columns.map((column) => {
                    const Cell = column.head ? 'th' : 'td'
                    return (
                      <Cell
                        key={column.key}
                        scope={column.head ? 'row' : undefined}
                        data-label={column.head ? '' : column.title}
                        className={column.align === 'right' ? 'right num' : undefined}
                      >
                        {column.cell ? <span>{column.cell(row)}</span> : (valueOf(column, row) ?? '—')}
                      </Cell>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {count > 0 && <Foot count={count} offset={offset} limit={limit} onOffset={(to) => set({ offset: to })} />}
    </div>
  )
}

const ariaSort = (isSorted: boolean, isDown: boolean) => (isSorted ? (isDown ? 'descending' : 'ascending') : undefined)

const search = <Row,>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  find: string,
  valueOf: (column: Column<Row>, row: Row) => string | number | null,
) => {
  const words = find.trim().toLowerCase()
  if (words === '') return rows
  return rows.filter((row) =>
    columns.some((column) =>
      String(valueOf(column, row) ?? '')
        .toLowerCase()
        .includes(words),
    ),
  )
}

function Foot({
  count,
  offset,
  limit,
  onOffset,
}: {
  count: number
  offset: number
  limit: number
  onOffset: (to: number) => void
}) {
  const { t } = useSay()
  if (count <= limit) return <div className="table-foot">{t('rows', { total: count })}</div>
  return (
    <div className="table-foot">
      <span aria-live="polite">
        {t('range', { from: offset + 1, to: Math.min(count, offset + limit), total: count })}
      </span>
      <button
        type="button"
        className="btn tight"
        disabled={offset === 0}
        onClick={() => onOffset(Math.max(0, offset - limit))}
      >
        {t('previous')}
      </button>
      <button
        type="button"
        className="btn tight"
        disabled={offset + limit >= count}
        onClick={() => onOffset(offset + limit)}
      >
        {t('next')}
      </button>
    </div>
  )
}

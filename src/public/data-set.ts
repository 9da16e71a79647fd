import type { Text } from '#kernel/words.ts'
import type { Visit } from './visit.ts'

export type Value = string | number | null

/** A set of open data: what it is, what each column means, and its rows as of the day. */
export type DataSet = {
  readonly id: string
  readonly title: Text
  readonly about: Text
  /** It is told year by year. */
  readonly isYearly?: boolean
  readonly columns: readonly { readonly key: string; readonly about: Text }[]
  rows(visit: Visit, year: number): Promise<readonly (readonly Value[])[]>
}

export const PAGE = 200
export const column = (key: string, zh: string, en: string) => ({ key, about: { zh, en } })
export const place = [
  column('unit', '单位在本系统中的编号，不随更名变化', 'the place’s id in this system; it stays when it is renamed'),
  column('code', '行政区划代码（GB/T 2260）；没有的为空', 'code of GB/T 2260; empty where there is none'),
  column('name_zh', '中文名称', 'name in Chinese'),
  column('name_en', '英文名称', 'name in English'),
]

/** All pages of a list, one after the other. */
export async function all<Row>(
  page: (offset: number) => Promise<{ readonly total: number; readonly rows: readonly Row[] }>,
) {
  const rows: Row[] = []
  for (;;) {
    const next = await page(rows.length)
    rows.push(...next.rows)
    if (next.rows.length === 0 || rows.length >= next.total) return rows
  }
}

import { z } from 'zod'
import type { Text } from '#kernel/words.ts'
import { html, type Html } from './html.ts'
import { dayIn, type Visit } from './visit.ts'

export const ROWS = 50
/** Where in a long list one is. */
export const offset = z.int().min(0).max(100_000).default(0)

const words = {
  range: { zh: '第 {from}–{to} 条，共 {total} 条', en: '{from}–{to} of {total}' },
  before: { zh: '上一页', en: 'Previous page' },
  after: { zh: '下一页', en: 'Next page' },
  pages: { zh: '翻页', en: 'Pages' },
  none: { zh: '没有内容。', en: 'There is nothing here.' },
} satisfies Record<string, Text>

type Cell = Html | string | number | null | undefined
export type Column<Row> = {
  readonly title: string
  readonly cell: (row: Row) => Cell
  readonly isNumber?: boolean
  readonly isHead?: boolean
}

/** A table with its caption; each row is named by its head cell. */
export function table<Row>(visit: Visit, caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  if (rows.length === 0) return html`<p class="sub">${visit.say(words.none)}</p>`
  // On a narrow screen a row is read downwards, and each cell says what it is.
  const cell = (row: Row, { title, cell: of, isNumber, isHead }: Column<Row>) =>
    isHead === true
      ? html`<th scope="row">${of(row)}</th>`
      : html`<td data-title="${title}" class="${isNumber === true && 'num'}">${of(row)}</td>`
  return html`<div class="table">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ title, isNumber }) => html`<th scope="col" class="${isNumber === true && 'num'}">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${columns.map((column) => cell(row, column))}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`
}

/** The way through a long list, a page at a time. */
export function pages(
  visit: Visit,
  {
    offset: at,
    total,
    query = {},
  }: { offset: number; total: number; query?: Readonly<Record<string, string | number | undefined>> },
): Html {
  if (total <= ROWS && at === 0) return html``
  const to = (next: number) => visit.to(visit.path, { ...query, offset: next === 0 ? undefined : next })
  const range = visit
    .say(words.range)
    .replace('{from}', String(Math.min(at + 1, total)))
    .replace('{to}', String(Math.min(at + ROWS, total)))
    .replace('{total}', String(total))
  return html`<nav class="pages" aria-label="${visit.say(words.pages)}">
    <span>${range}</span>
    ${at > 0 && html`<a rel="prev" href="${to(Math.max(0, at - ROWS))}">${visit.say(words.before)}</a>`}
    ${at + ROWS < total && html`<a rel="next" href="${to(at + ROWS)}">${visit.say(words.after)}</a>`}
  </nav>`
}

/** What a form that only looks keeps of where one is: the language, the day, and what else is chosen. */
export const hidden = (visit: Visit, query: Readonly<Record<string, string | undefined>> = {}): Html =>
  html`${Object.entries({
    ...query,
    ...(visit.on !== visit.today && { on: visit.on }),
    ...(visit.isSaid && { lang: visit.language }),
  }).map(([name, value]) => value !== undefined && html`<input type="hidden" name="${name}" value="${value}" />`)}`

export const link = (visit: Visit, path: string, text: string): Html => html`<a href="${visit.to(path)}">${text}</a>`
export const day = (visit: Visit, value: string | null): Html =>
  value === null ? html`—` : html`<time datetime="${value}">${dayIn(visit.language, value)}</time>`
export const light = (colour: string, text: string): Html => html`<span class="light ${colour}">${text}</span>`
export const section = (title: string, body: Html): Html =>
  html`<section>
    <h2>${title}</h2>
    ${body}
  </section>`
export const facts = (rows: readonly (readonly [string, Cell])[]): Html =>
  html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`

import { z } from 'zod'
import { NotFound } from '#kernel/ask.ts'
import type { Text } from '#kernel/words.ts'
import { Year } from '#kernel/words.ts'
import { toCsv } from '#src/http/csv.ts'
import type { DataSet } from './data-set.ts'
import { dataSets } from './data-sets.ts'
import type { Page } from './frame.ts'
import { html } from './html.ts'
import { section, table } from './parts.ts'
import type { Written } from './shelf.ts'
import type { Visit } from './visit.ts'

const words = {
  title: { zh: '开放数据', en: 'Open data' },
  sub: {
    zh: '每份数据都有 CSV 和 JSON 两种格式，地址不变，下载的是当日的情况，加 ?on=2018-01-31 则是那一天的情况；列的含义写在下面，JSON 里也有。',
    en: 'Each set comes as CSV and as JSON at an address that stays; what is fetched stands as of the day, or, with ?on=2018-01-31, as of that one. What each column means is told here, and in the JSON itself.',
  },
  licence: { zh: '使用条件', en: 'Licence' },
  columns: { zh: '列', en: 'Columns' },
  column: { zh: '列名', en: 'Column' },
  meaning: { zh: '含义', en: 'Meaning' },
  yearly: {
    zh: '按年度：在地址后加 ?year=2018；不加为当年。',
    en: 'By year: add ?year=2018 to the address; without it, the present year.',
  },
  catalogue: { zh: '目录（JSON）', en: 'Catalogue (JSON)' },
  books: { zh: '资金账目的国际通用格式', en: 'The books of funds in international formats' },
  aid: { zh: '项目（Open Contracting for Infrastructure）', en: 'projects (Open Contracting for Infrastructure)' },
} satisfies Record<string, Text>

/** The licence is whoever runs it to choose; it is shipped as one that asks for the source to be named. */
const licence = {
  id: 'CC-BY-4.0',
  url: 'https://creativecommons.org/licenses/by/4.0/',
  says: {
    zh: '知识共享 署名 4.0（CC BY 4.0）：注明来源即可自由使用。这是本系统的设定，无文件依据。',
    en: 'Creative Commons Attribution 4.0 (CC BY 4.0): free to use if the source is named. It is a setting of this system; no document gives it.',
  },
} as const

const madeUp = {
  zh: '演示数据：区划、贫困县名单及退出年度、中央资金总额为事实，其余为虚构。',
  en: 'Demonstration: divisions, the list of poor counties with their year of exit and the centre’s totals are facts; all else is made up.',
} as const

/** What there is to fetch, and what each column of it means. */
export function data(visit: Visit): Promise<Page> {
  visit.query(z.object({}))
  const { say } = visit
  const sets = dataSets.map((set) => {
    const file = (ending: string) => visit.to(`/public/data/${set.id}.${ending}`)
    return section(
      say(set.title),
      html`<p>${say(set.about)}${set.isYearly && ` ${say(words.yearly)}`}</p>
        <p><a href="${file('csv')}">${set.id}.csv</a> · <a href="${file('json')}">${set.id}.json</a></p>
        ${table(
          visit,
          say(words.columns),
          [
            { title: say(words.column), isHead: true, cell: (column) => html`<code>${column.key}</code>` },
            { title: say(words.meaning), cell: (column) => say(column.about) },
          ],
          set.columns,
        )}`,
    )
  })
  const body = html`<p class="sub">${say(words.sub)}</p>
    <p>
      ${say(words.licence)}: <a href="${licence.url}" rel="license external">${licence.id}</a>. ${say(licence.says)}
    </p>
    <p><a href="${visit.to('/public/data/catalogue.json')}">${say(words.catalogue)}</a></p>
    ${sets}
    ${section(
      say(words.books),
      html`<p>
        <a href="/api/exports/funds.iati.xml">IATI (XML)</a> ·
        <a href="/api/exports/funds.oc4ids.json">OC4IDS (JSON)</a>: ${say(words.aid)}
      </p>`,
    )}`
  return Promise.resolve({ title: say(words.title), body })
}

const described = (visit: Visit, set: DataSet) => ({
  id: set.id,
  title: set.title,
  about: set.about,
  licence,
  asOf: visit.on,
  madeUp: visit.program.mode === 'demonstration' ? madeUp : null,
  yearly: set.isYearly ?? false,
  columns: set.columns,
})

/** The catalogue for programs. */
export function catalogue(visit: Visit): Promise<Written> {
  visit.query(z.object({}))
  const sets = dataSets.map((set) => ({
    ...described(visit, set),
    files: [
      { type: 'text/csv', address: `/public/data/${set.id}.csv` },
      { type: 'application/json', address: `/public/data/${set.id}.json` },
    ],
  }))
  return Promise.resolve({ type: JSON_TYPE, text: JSON.stringify({ licence, asOf: visit.on, sets }, null, 1) })
}

const JSON_TYPE = 'application/json; charset=utf-8'

/** One set as a file. */
export async function dataFile(visit: Visit, file: string): Promise<Written> {
  const [, id, ending] = /^([a-z-]+)\.(csv|json)$/.exec(file) ?? []
  const set = dataSets.find((each) => each.id === id)
  if (!set || !ending) throw new NotFound({ zh: '没有这份数据。', en: 'There is no such set of data.' })
  const { year } = set.isYearly
    ? visit.query(z.object({ year: Year.optional() }))
    : { ...visit.query(z.object({})), year: undefined }
  const of = year ?? Number(visit.on.slice(0, 4))
  const rows = await set.rows(visit, of)
  if (ending === 'json') {
    const things = rows.map((row) => Object.fromEntries(set.columns.map(({ key }, at) => [key, row[at] ?? null])))
    const told = { ...described(visit, set), ...(set.isYearly && { year: of }), rows: things }
    return { type: JSON_TYPE, text: JSON.stringify(told) }
  }
  const name = `${set.id}${set.isYearly ? `-${of}` : ''}-${visit.on}.csv`
  return {
    type: 'text/csv; charset=utf-8',
    text: toCsv([set.columns.map(({ key }) => key), ...rows]),
    headers: { 'content-disposition': `attachment; filename="${name}"` },
  }
}

import { sql } from 'kysely'
import type { By, Line, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import type { Figure } from '#kernel/figure.ts'
import { programmeBelow } from '#kernel/programme.ts'
import type { Day, Text } from '#kernel/words.ts'
import { type FieldKind, minutesOf, plainTitle } from './fields.ts'
import { listed } from './held.ts'
import type { Use } from './requests.ts'

/** So many units are named one by one in a refusal. */
export const NAMED_MAX = 5
const YEAR_DAYS = 365

type Field = { readonly kind: FieldKind; readonly title?: string | undefined; readonly figure?: string | undefined }

type Receiver = { readonly id: string; readonly name: Text; readonly code: string | null }

export const yearOf = (by: Pick<By, 'on'>) => Number(by.on.slice(0, 4))

/** How many requests a year a unit may be asked, by the charter. */
export const budgetOf = (unit: Pick<Receiver, 'code'>, { charter, on }: By): number =>
  charter.getParameter('request_budget', on, [unit.code]).value

export const minutesFor = (fields: readonly Field[], { charter, on }: By): number =>
  fields.reduce((sum, { kind }) => sum + (kind === 'figure' ? 0 : minutesOf(charter, kind, on)), 0)

/** The units asked, as far as they stand below and answer requests; and the names of those that do not. */
export async function chosenBelow(tx: Tx, unit: string, receivers: readonly string[] | undefined, by: By) {
  const tiers = Object.keys(by.charter.findDuty('answer-requests', by.on)?.held_by ?? {})
  if (!receivers || receivers.length === 0) {
    const below = await programmeBelow(tx, unit, by.on)
    return { found: below.filter((each) => each.isDesignated && tiers.includes(each.tier)), strange: [] }
  }
  const asked = [...new Set(receivers)]
  const { rows } = await sql<Receiver & { zh: string; en: string; tier: string; isBelow: boolean }>`
    select v.unit_id as id, v.code, v.tier, v.name_zh as zh, v.name_en as en,
           ${unit} = any (v.lineage) and v.unit_id <> ${unit} as "isBelow"
      from unnest(${asked}::uuid[]) u (id)
      join unit_version v on v.unit_id = u.id and (v.valid_at @> ${by.on}::date) is true
     order by v.code nulls last, v.name_en`.execute(tx)
  const isFit = (row: (typeof rows)[number]) => row.isBelow && tiers.includes(row.tier)
  const known = new Set(rows.map((row) => row.id))
  return {
    found: rows.filter(isFit).map(({ zh, en, id, code }): Receiver => ({ id, code, name: { zh, en } })),
    strange: [
      ...rows.filter((row) => !isFit(row)).map(({ zh, en }) => ({ zh, en })),
      ...asked.filter((id) => !known.has(id)).map((id) => ({ zh: id, en: id })),
    ],
  }
}

/** Which of the questions some of the units were asked within a year, and by whom. */
export async function askedBefore(tx: Tx, units: readonly Receiver[], fields: readonly Field[], by: By) {
  const titles = fields.flatMap(({ kind, title }) => (kind !== 'figure' && title ? [title] : []))
  if (titles.length === 0 || units.length === 0) return []
  const { rows } = await sql<{ title: string; request: string; on: Day; zh: string; en: string }>`
    select distinct on (lower(f.title)) f.title, r.title as request, r.on_day as "on", v.name_zh as zh, v.name_en as en
      from unnest(${titles.map((title) => title.toLowerCase())}::text[]) t (title)
      join report_request_field f on lower(f.title) = t.title and f.kind <> 'figure'
      join report_request r on r.id = f.request_id and r.on_day > ${by.on}::date - ${YEAR_DAYS}::int
      join unit_version v on v.unit_id = r.unit_id and (v.valid_at @> r.on_day) is true
     where exists (select from report_request_receiver p where p.request_id = r.id
                      and p.unit_id = any (${units.map((unit) => unit.id)}::uuid[]))
     order by lower(f.title), r.on_day desc`.execute(tx)
  return rows.map(({ zh, en, ...row }) => ({ ...row, by: { zh, en } }))
}

/** Every field says what it asks, and every figure is one. */
export function fieldRule(
  field: Field,
  n: number,
  figures: readonly Figure[],
  refuse: Refuse<'field-incomplete' | 'unknown-figure'>,
): readonly Line<'field-incomplete' | 'unknown-figure'>[] {
  if (field.kind !== 'figure') return [plainTitle(field.title ?? '') !== '' || refuse('field-incomplete', { n })]
  if (!field.figure) return [refuse('field-incomplete', { n })]
  const isKnown = figures.some((figure) => figure.name === field.figure)
  return [isKnown || refuse('unknown-figure', { figure: field.figure })]
}

/** Each unit whose budget is spent, with who used it up; beyond a few, the units are counted. */
export function budgetRule(
  found: readonly Receiver[],
  uses: readonly Use[],
  by: By,
  refuse: Refuse<'budget-spent'>,
): readonly Line<'budget-spent'>[] {
  const used = Map.groupBy(uses, (use) => use.unit)
  const spent = found.filter((unit) => (used.get(unit.id) ?? []).length >= budgetOf(unit, by))
  return spent.slice(0, NAMED_MAX).map((unit, at) => {
    const others = spent.length - NAMED_MAX
    const more: Text =
      at === NAMED_MAX - 1 && others > 0
        ? { zh: `（另有${others}个单位也已用完）`, en: ` (and so are those of ${others} more)` }
        : { zh: '', en: '' }
    const list = listed(
      (used.get(unit.id) ?? []).map((use) => ({
        zh: `${use.on} ${use.by.zh}《${use.title}》`,
        en: `${use.on} ${use.by.en} «${use.title}»`,
      })),
    )
    return refuse('budget-spent', {
      unit: unit.name,
      year: yearOf(by),
      budget: budgetOf(unit, by),
      used: { zh: list.zh + more.zh, en: list.en + more.en },
    })
  })
}

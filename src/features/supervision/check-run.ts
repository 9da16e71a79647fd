import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { type Check, type Finding, runCheck, shippedChecks } from '#kernel/check.ts'
import { v7 } from '#kernel/uuid.ts'
import type { Day } from '#kernel/words.ts'
import { UnitId } from '#kernel/words.ts'
import { inspectDuty } from './inspection-facts.ts'

const findCheck = (id: string): Check | undefined => shippedChecks().find((check) => check.id === id)

/**
 * Runs one check over everything and keeps what it found: how many, in which units, what is new since the run before and what has gone.
 * The mechanism's clock does it every night; whoever inspects at the top may do it at any time.
 */
export const keepCheck = act({
  name: 'check.run',
  title: { zh: '运行核查并留存', en: 'Run a check and keep what it finds' },
  purpose: {
    zh: '按当日数据运行一条核查规则，留存各单位的数量、比上次新增和消除的情形。',
    en: 'Runs one check as of the day and keeps the count of each unit, what is new since the last run, and what has gone.',
  },
  duty: inspectDuty,
  automatic: true,
  input: z.object({
    unit: UnitId.meta({ label: { zh: '最高一级单位', en: 'Root unit' } }),
    check: z
      .string()
      .trim()
      .min(2)
      .max(80)
      .meta({ label: { zh: '核查规则', en: 'Check' } }),
  }),
  refusals: {
    'unknown-check': {
      zh: '没有“{check}”这条核查规则。',
      en: 'There is no check «{check}».',
      topic: { zh: '核查规则存在', en: 'the check exists' },
    },
    'not-the-whole': {
      zh: '核查对全部单位运行，须由最高一级办理。',
      en: 'A check is run over everything, at the root.',
      topic: { zh: '由最高一级办理', en: 'it is run at the root' },
    },
    'ran-later': {
      zh: '这条核查已留存{day}的结果，不能再补早先的。',
      en: 'This check was kept on {day} already; no earlier day is put before it.',
      topic: { zh: '没有更晚的结果', en: 'no later run was kept' },
      notJudgedWith: ['unknown-check'],
    },
  },
  about: {
    kind: 'check',
    input: (check: { unit: string; id: string }) => ({ unit: check.unit, check: check.id }),
  },
  over: (input) => input.unit,
  /** What it finds is read as of one moment, before the transaction: it touches every table there is. Acts avoid reading whole tables; here it pays. */
  async ahead(db, { check }, { charter, on }) {
    const found = findCheck(check)
    if (!found) return []
    await sql`select set_config('enable_seqscan', 'on', true)`.execute(db)
    return numbered(await runCheck(db, found, on, charter))
  },
  async facts(tx, { check }) {
    const { rows } = await sql<{ n: number; day: Day; total: number }>`
      select n, on_day as day, total from check_run where check_id = ${check} order by n desc limit 1`.execute(tx)
    return { check: findCheck(check), last: rows[0] }
  },
  rule: ({ check, last }, { check: id }, refuse, by) => [
    check !== undefined || refuse('unknown-check', { check: id }),
    by.lineage.length === 1 || refuse('not-the-whole'),
    last === undefined || last.day <= by.on || refuse('ran-later', { day: last.day }),
  ],
  async effect(tx, { check: id }, { check, last }, by, found) {
    if (!check) throw new Error('A check that does not exist was not refused.')
    const n = (last?.n ?? 0) + 1
    const { rows: known } = await sql<{ id: string; key: string }>`
      select r.id, ${keyOf} as key from check_row r
       where r.check_id = ${id} and not exists (select from check_row_gone g where g.row_id = r.id)`.execute(tx)
    const before = new Set(known.map((row) => row.key))
    const fresh = found.filter((row) => !before.has(row.key)).map((row) => ({ ...row, id: v7() }))
    const now = new Set(found.map((row) => row.key))
    const gone = known.filter((row) => !now.has(row.key)).map((row) => row.id)
    const counts = [...Map.groupBy(found, (row) => row.unit)].map(([unit, rows]) => ({ unit, total: rows.length }))
    await sql`
      insert into check_run (check_id, n, on_day, severity, duty, title_zh, title_en, total, fresh, gone, previous_day, previous_total, act_id)
      values (${id}, ${n}, ${by.on}, ${check.severity}, ${check.duty}, ${check.title.zh}, ${check.title.en}, ${found.length}, ${fresh.length},
              ${gone.length}, ${last?.day ?? null}, ${last?.total ?? 0}, ${by.act})`.execute(tx)
    await sql`
      insert into check_run_unit (check_id, n, unit_id, total, act_id)
      select ${id}, ${n}, c.unit, c.total, ${by.act} from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as c (unit uuid, total int)`.execute(
      tx,
    )
    await sql`
      insert into check_row (id, check_id, n, unit_id, record, k, label_zh, label_en, since, act_id)
      select r.id, ${id}, ${n}, r.unit, r.record, r.k, r.zh, r.en, r.since, ${by.act}
        from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb)
             as r (id uuid, unit uuid, record text, k int, zh text, en text, since date)`.execute(tx)
    await sql`
      insert into check_row_gone (row_id, check_id, n, act_id)
      select r, ${id}, ${n}, ${by.act} from unnest(${gone}::uuid[]) r`.execute(tx)
    return { check: id, run: n, total: found.length, fresh: fresh.length, gone: gone.length }
  },
})

/** What tells a row from others, whatever its words say today: its unit, its record, and which of several it is. */
const keyOf = sql`r.unit_id || ' ' || r.record || ' ' || r.k`

function numbered(findings: readonly Finding[]) {
  const seen = new Map<string, number>()
  return findings.map(({ unit, record, label, since }) => {
    const thing = `${unit} ${record}`
    const k = (seen.get(thing) ?? 0) + 1
    seen.set(thing, k)
    return { unit, record, k, zh: label.zh, en: label.en, since, key: `${thing} ${k}` }
  })
}

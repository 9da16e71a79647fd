import { sql } from 'kysely'
import { z } from 'zod'
import { lineagesOf } from '#kernel/abilities.ts'
import { act, type By } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { type Day, Year } from '#kernel/words.ts'
import { subjectOf } from './books.ts'
import { toBasisPoints } from './proposal.ts'
import { drawSample, type Ranked } from './sample.ts'
import type { State } from './state.ts'

/**
 * The root draws the share of the reported exits that it evaluates itself; the others go on to be approved.
 * Anybody can draw again with the seed and must find the same counties.
 */
export const drawExits = act({
  name: 'exit.draw',
  title: { zh: '抽取评估检查名单', en: 'Draw the exits to evaluate' },
  purpose: {
    zh: '在已报告、尚未抽取的退出县中按规定比例抽取专项评估检查名单；同一种子必得同一结果。',
    en: 'Draws the share to be evaluated from all reported exits of a year; the same seed always gives the same counties.',
  },
  duty: 'evaluate-exits',
  parameters: ['exit_evaluation_share'],
  final: true,
  input: z.object({
    year: Year.meta({ label: { zh: '退出年度', en: 'Year of exit' }, widget: 'year' }),
    seed: z
      .string()
      .trim()
      .min(4)
      .max(200)
      .meta({
        label: { zh: '随机种子', en: 'Seed' },
        hint: {
          zh: '应事先公布，例如某日公开的彩票号码。',
          en: 'Announced beforehand: a number drawn in public on a known day, for instance.',
        },
      }),
  }),
  refusals: {
    'nothing-to-draw': {
      zh: '{year}年没有已报告而尚未抽取的退出县。',
      en: 'No exit of {year} is reported and not drawn yet.',
      topic: { zh: '有待抽取的县', en: 'there are exits to draw from' },
    },
  },
  then: [
    { zh: '抽中的县接受专项评估检查。', en: 'Those drawn are evaluated.' },
    { zh: '未抽中的县直接转批准。', en: 'The others go on to be approved.' },
  ],
  about: {
    kind: 'exit',
    offered: (exit: { state: State; share: number }) => exit.state === 'reported' && exit.share < 10_000,
    input: (exit: { year: number }) => ({ year: exit.year }),
    over: (exit: { root: string }) => exit.root,
  },
  async over(_input, { db, on }) {
    const { rows } = await sql<{ id: string }>`
      select unit_id as id from unit_version where parent_id is null and (valid_at @> ${on}::date) is true limit 1`.execute(
      db,
    )
    if (!rows[0]) throw new Error('There is no programme.')
    return rows[0].id
  },
  async facts(tx, { year }, by) {
    const { rows } = await sql<Reported>`
      select unit, ordinal, round, "on" from (
        select distinct on (unit_id) unit_id as unit, ordinal, round, state, on_day as "on"
          from exit_step where exit_year = ${year} order by unit_id, ordinal desc) s
       where state = 'reported'`.execute(tx)
    return {
      reported: rows,
      groups: await shareByUnit(
        tx,
        rows.map((row) => row.unit),
        year,
        by,
      ),
    }
  },
  rule: ({ groups }, { year }, refuse) => [groups.size > 0 || refuse('nothing-to-draw', { year })],
  async effect(tx, { year, seed }, { reported, groups }, by) {
    const ranked = [...groups].flatMap(([share_bp, units]) =>
      drawSample(units, seed, year, share_bp).map((each) => ({
        ...each,
        evidence: { seed, share_bp, of: units.length, rank: each.rank, digest: each.digest },
      })),
    )
    await recordDraw(tx, reported, ranked, year, by)
    const unitsWhere = (isDrawn: boolean) => ranked.filter((each) => each.isDrawn === isDrawn).map((each) => each.unit)
    return { year, drawn: unitsWhere(true), released: unitsWhere(false) }
  },
  subject: ({ year }) => subjectOf(year),
  settles: (_input, { released }) => released,
  obliges: (_input, { released }) => released,
})

type Reported = { readonly unit: string; readonly ordinal: number; readonly round: number; readonly on: Day }
type Drawn = Ranked & { readonly evidence: Readonly<Record<string, unknown>> }

/** Adds the step to every case at once. */
async function recordDraw(tx: Tx, reported: readonly Reported[], ranked: readonly Drawn[], year: number, by: By) {
  const byUnit = new Map(reported.map((each) => [each.unit, each]))
  const steps = ranked.map(({ unit, isDrawn, evidence }) => ({
    ...byUnit.get(unit),
    outcome: isDrawn ? 'drawn' : 'released',
    evidence,
  }))
  await sql`
    insert into exit_step (unit_id, exit_year, ordinal, round, step, outcome, state, on_day, evidence, act_id, from_state, from_day, from_round)
    select (s->>'unit')::uuid, ${year}, (s->>'ordinal')::int + 1, (s->>'round')::int, 'draw', s->>'outcome', s->>'outcome', ${by.on},
           s->'evidence', ${by.act}, 'reported', (s->>'on')::date, (s->>'round')::int
      from jsonb_array_elements(${JSON.stringify(steps)}::jsonb) s`.execute(tx)
}

/** The share that holds for each county in the year of its exit; counties of one share are drawn from together. */
async function shareByUnit(tx: Tx, units: readonly string[], year: number, by: By): Promise<Map<number, string[]>> {
  const lineages = await lineagesOf(tx, units, by.on)
  const groups = new Map<number, string[]>()
  for (const unit of units) {
    const codes = (lineages.get(unit) ?? []).map((each) => each.code)
    const share_bp = toBasisPoints(by.charter.getParameter('exit_evaluation_share', `${year}-12-31`, codes).value)
    groups.set(share_bp, [...(groups.get(share_bp) ?? []), unit])
  }
  return groups
}

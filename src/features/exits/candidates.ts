import { sql } from 'kysely'
import { z } from 'zod'
import { lineagesOf, withAbilities } from '#kernel/abilities.ts'
import type { Refuse } from '#kernel/act.ts'
import { ask, type Reader } from '#kernel/ask.ts'
import { tell } from '#kernel/outcome.ts'
import { type Text, UnitId, Year } from '#kernel/words.ts'
import { isLetterComplete } from '#features/letters/index.ts'
import { poorCounty, schedulesOn } from '#features/schedules/index.ts'
import { casesOn } from './books.ts'
import { limitsFrom, proposalAdvice, proposalRefusals, proposalRule, readProposals } from './proposal.ts'
import { openStates, type State } from './state.ts'

type Candidate = { unit: string; zh: string; en: string; code: string | null; state: State | null }

/** The counties that should leave in a year and have no case under way: what each still lacks, by the act's own rule. */
export const exitCandidates = ask({
  name: 'exit.candidates',
  title: { zh: '拟退出县准备情况', en: 'Counties about to propose' },
  purpose: {
    zh: '进度安排在该年度退出、尚未在办的贫困县还差什么；与“提出退出”用同一规则判断。',
    en: 'Poor counties scheduled for a year without a case under way: what each still lacks, judged by the rule of the proposal itself.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    year: Year.optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(100).default(50),
  }),
  async answer(reader, { unit, year = Number(reader.on.slice(0, 4)), offset, limit }) {
    const { on, db } = reader
    const { rows } = await sql<Candidate & { total: number }>`
      select v.unit_id as unit, v.name_zh as zh, v.name_en as en, v.code, c.state, count(*) over ()::int as total
        from (${schedulesOn(on)}) s
        join unit_designation d on d.unit_id = s.unit_id and d.kind = ${poorCounty} and (d.valid_at @> ${on}::date) is true
        join unit_version v on v.unit_id = s.unit_id and (v.valid_at @> ${on}::date) is true
        left join (${casesOn(on, year)}) c on c.unit_id = s.unit_id
       where s.exit_year = ${year} and v.lineage @> array[${unit}]::uuid[]
         and (c.state is null or c.state <> all (${openStates}::text[]))
       order by v.code nulls last, v.unit_id limit ${limit} offset ${offset}`.execute(db)
    return {
      year,
      total: rows[0]?.total ?? 0,
      items: await withAbilities(reader, 'exit', await judged(reader, rows, year)),
    }
  },
})

async function judged(reader: Reader, rows: readonly Candidate[], year: number) {
  const { db, on, charter } = reader
  const units = rows.map((row) => row.unit)
  const [proposals, lineages, letters] = await Promise.all([
    readProposals(db, units, year, on),
    lineagesOf(db, units, on),
    Promise.all(units.map((each) => isLetterComplete(db, each, on))),
  ])
  return rows.flatMap(({ unit, zh, en, code, state }, at) => {
    const proposal = proposals.get(unit)
    if (!proposal) return []
    const codes = (lineages.get(unit) ?? []).map((each) => each.code)
    const limits = limitsFrom((id) => charter.findParameter(id, on, codes))
    const name: Text = { zh, en }
    const lines = proposalRule(
      { ...proposal, letter: letters[at] === true },
      limits,
      { name, year, on },
      reason('refusal'),
      reason('advice'),
    )
    const reasons = lines.filter((line) => typeof line === 'object')
    const root = lineages.get(unit)?.at(-1)?.id ?? unit
    return {
      unit,
      name,
      code,
      year,
      state: state ?? ('none' as const),
      root,
      isCommissioned: false,
      share: 0,
      headcount: proposal.headcount,
      limits,
      missing: reasons.filter((line) => line.weight === 'refusal').map((line) => tell(proposalRefusals, line)),
      advice: reasons.filter((line) => line.weight === 'advice').map((line) => tell(proposalAdvice, line)),
    }
  })
}

const reason =
  (weight: 'refusal' | 'advice'): Refuse<string> =>
  (code, facts = {}) => ({ code, facts, weight })

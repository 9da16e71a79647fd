import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { findLineage, type Lineage } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'
import { attestationsOf, ExitCase, readCase, type StepRow } from './books.ts'
import { boardCases } from './board.ts'
import { limitsOfMetrics } from './metrics.ts'
import { objectionsOf } from './objections.ts'
import { limitsFrom } from './proposal.ts'
import { type Stage, stageNames, stages } from './state.ts'

type Hand = {
  act: string
  unit: string
  zh: string
  en: string
  post: string
  personId: string | null
  personZh: string | null
  personEn: string | null
  madeUp: boolean | null
}

/** At which of the seven steps each recorded step belongs. */
const stageOfStep: Readonly<Record<StepRow['step'], Stage>> = {
  propose: 'propose',
  withdraw: 'propose',
  review: 'review',
  commission: 'verify',
  verify: 'verify',
  notice: 'notice',
  objection: 'notice',
  report: 'report',
  draw: 'evaluate',
  evaluate: 'evaluate',
  approve: 'approve',
  revoke: 'approve',
}

/** One case with everything in it: the seven steps, who took them, on what evidence, and what comes next. */
export const showExit = ask({
  name: 'exit.show',
  title: { zh: '一个县的退出', en: 'One county’s exit' },
  purpose: {
    zh: '七个步骤由谁何时办理、依据什么、评估指标与标准、公示与异议、封存的证据和以往各轮。',
    en: 'The seven steps with who, when and on what evidence; metrics against limits; notice and objections; the sealed evidence; earlier rounds.',
  },
  access: 'seated',
  input: z.object(ExitCase),
  async answer(reader, { unit, year }) {
    const { on, db } = reader
    const [lineage, at, attestations] = await Promise.all([
      findLineage(db, unit, on),
      readCase(db, unit, year, on),
      attestationsOf(db, unit, year, on),
    ])
    if (!lineage) throw new NotFound({ zh: '当日没有这个单位。', en: 'There was no such unit that day.' })
    const last = at.steps.at(-1)
    const row = {
      unit,
      zh: lineage[0].name.zh,
      en: lineage[0].name.en,
      code: lineage[0].code,
      year,
      round: at.round,
      state: at.state,
      since: at.since ?? on,
      lastStep: last?.step ?? ('propose' as const),
      lastOutcome: last?.outcome ?? ('done' as const),
      remarks: last?.remarks ?? null,
    }
    const [[thing], steps, notices, objections, sealed] = await Promise.all([
      boardCases(reader, [row]).then((cases) => withAbilities(reader, 'exit', cases)),
      withHands(reader, at.steps, on),
      noticesOf(reader, unit, year),
      objectionsOf(reader, unit, year),
      sealedOf(reader, unit, year),
    ])
    return {
      ...thing!,
      since: at.since,
      limits: limitsOf(reader, lineage),
      attestations,
      steps: stages.slice(0, -1).map((stage) => ({
        stage,
        name: stageNames[stage],
        rows: steps.filter((step) => step.round === at.round && stageOfStep[step.step] === stage),
      })),
      earlier: steps.filter((step) => step.round < at.round),
      notices,
      objections: await withAbilities(reader, 'objection', objections),
      sealed,
    }
  },
})

const limitsOf = ({ charter, on }: Reader, lineage: Lineage) => {
  const codes = lineage.map((unit) => unit.code)
  return {
    ...limitsFrom((id) => charter.findParameter(id, on, codes)),
    metrics: limitsOfMetrics((id) => charter.getParameter(id, on, codes)),
  }
}

/** Who took each step: the seat, and the person who answers for it. */
async function withHands({ db, charter }: Reader, steps: readonly StepRow[], on: Day) {
  const { rows } = await sql<Hand>`
    select j.id as act, v.unit_id as unit, v.name_zh as zh, v.name_en as en, j.seat_post as post, p.id as "personId",
           p.name_zh as "personZh", p.name_en as "personEn", p.made_up as "madeUp"
      from journal j
      join lateral (select * from unit_version w where w.unit_id = j.seat_unit_id and lower(w.valid_at) <= ${on}::date
                     order by lower(w.valid_at) desc limit 1) v on true
      left join person p on p.id = j.principal_id
     where j.id = any (${steps.map((step) => step.act)}::uuid[])`.execute(db)
  const hands = new Map(rows.map((row) => [row.act, row]))
  return steps.map((step) => {
    const hand = hands.get(step.act)
    return {
      ...step,
      by: hand
        ? {
            unit: hand.unit,
            unitName: { zh: hand.zh, en: hand.en } satisfies Text,
            post: hand.post,
            postName: charter.findPost(hand.post)?.name ?? { zh: hand.post, en: hand.post },
            person: hand.personId
              ? {
                  id: hand.personId,
                  name: { zh: hand.personZh ?? '', en: hand.personEn ?? '' },
                  madeUp: hand.madeUp === true,
                }
              : null,
          }
        : null,
    }
  })
}

type NoticeShown = { round: number; from: Day; until: Day; address: string; isOpen: boolean }

async function noticesOf({ db, on }: Reader, unit: string, year: number): Promise<readonly NoticeShown[]> {
  const { rows } = await sql<NoticeShown>`
    select round, from_day as "from", until_day as until, until_day >= ${on}::date as "isOpen",
           '/notices/' || unit_id || '/' || exit_year || '/' || round as address
      from exit_notice where unit_id = ${unit} and exit_year = ${year} and from_day <= ${on}::date order by round desc`.execute(
    db,
  )
  return rows
}

async function sealedOf({ db, on }: Reader, unit: string, year: number) {
  const { rows } = await sql<{ round: number; sha256: string; on: Day; act: string; length: number }>`
    select round, sha256, on_day as "on", act_id as act, length(evidence) as length from exit_evidence
     where unit_id = ${unit} and exit_year = ${year} and on_day <= ${on}::date order by round desc limit 1`.execute(db)
  return rows[0] ?? null
}

/** The sealed text itself, so that anybody with a seat can compute its digest again. */
export const showEvidence = ask({
  name: 'exit.evidence',
  title: { zh: '封存的证据', en: 'The sealed evidence' },
  purpose: {
    zh: '批准时封存的全部证据原文及其SHA-256，可自行核对。',
    en: 'The evidence that an approval sealed, word for word, with its SHA-256, to be checked by anyone.',
  },
  access: 'seated',
  input: z.object({ ...ExitCase, round: z.int().min(1).optional() }),
  async answer({ db, on }, { unit, year, round }) {
    const { rows } = await sql<{ round: number; sha256: string; evidence: string; on: Day; act: string }>`
      select round, sha256, evidence, on_day as "on", act_id as act from exit_evidence
       where unit_id = ${unit} and exit_year = ${year} and on_day <= ${on}::date
         and (${round ?? null}::int is null or round = ${round ?? null}) order by round desc limit 1`.execute(db)
    if (!rows[0]) throw new NotFound({ zh: '还没有封存的证据。', en: 'No evidence was sealed.' })
    return rows[0]
  },
})

/** What a county has attested for a year, the newest first; the others are what it corrected. */
export const showHeadcount = ask({
  name: 'headcount.show',
  title: { zh: '贫困发生率', en: 'The attested headcount' },
  purpose: { zh: '县确认的贫困发生率及历次更正。', en: 'What the county has attested, and every correction.' },
  access: 'seated',
  input: z.object(ExitCase),
  async answer(reader, { unit, year }) {
    const attestations = await attestationsOf(reader.db, unit, year, reader.on)
    return { unit, year, counts: attestations[0] ?? null, earlier: attestations.slice(1) }
  },
})

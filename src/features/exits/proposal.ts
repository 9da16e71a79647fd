import { sql } from 'kysely'
import type { Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Db, Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'
import { poorCounty, schedulesOn } from '#features/schedules/index.ts'
import type { Attestation } from './books.ts'
import { type State, standings } from './state.ts'

/** What a county's proposal is judged by; the act and the list of candidates judge by the same. */
export type ProposalFacts = {
  readonly poor: boolean
  /** Where its cases stand, of every year. */
  readonly cases: readonly { readonly year: number; readonly state: State; readonly on: Day }[]
  readonly headcount: Pick<
    Attestation,
    'id' | 'poorPersons' | 'ruralPersons' | 'villages' | 'villagesOut' | 'asOf'
  > | null
  readonly scheduled: { readonly version: number; readonly exitYear: number } | null
  readonly letter: boolean
}

/** The limits that hold for the county, in basis points; there may be none for villages. */
export type ProposalLimits = {
  readonly headcountMax_bp: number
  readonly villagesOutMin_bp: number | null
}

type Lookup = (id: string) => { readonly value: number } | undefined

/** Reads the limits of a proposal; `find` looks a parameter up for the county. */
export function limitsFrom(find: Lookup): ProposalLimits {
  const headcount = find('exit_headcount_max')
  const villages = find('exit_villages_out_min')
  if (!headcount) throw new Error('The charter gives no «exit_headcount_max».')
  return {
    headcountMax_bp: toBasisPoints(headcount.value),
    villagesOutMin_bp: villages ? toBasisPoints(villages.value) : null,
  }
}

export const toBasisPoints = (percent: number): number => Math.round(percent * 100)
export const asPercent = (value_bp: number): string => `${(value_bp / 100).toFixed(2)}%`

/** A share for people to read, cut and never rounded: 2.004 % reads «2.00 %», and is told beside the two counts. */
export const sharePercent = (part: number, whole: number): string =>
  whole === 0 ? '—' : asPercent(Math.floor((part * 10_000) / whole))

/** Whether a share lies at or below a limit: whole numbers on both sides, so that nothing is rounded in anybody's favour. */
export const isAtMost = (part: number, whole: number, limit_bp: number): boolean => part * 10_000 <= limit_bp * whole
export const isAtLeast = (part: number, whole: number, limit_bp: number): boolean => part * 10_000 >= limit_bp * whole

type Row = {
  unit: string
  poor: boolean
  cases: ProposalFacts['cases'] | null
  headcount: ProposalFacts['headcount']
  scheduled: ProposalFacts['scheduled']
}

/** What proposals of some counties for a year would be judged by, in one query; an act sees every case, of whatever day. */
export async function readProposals(
  db: Db | Tx,
  units: readonly string[],
  year: number,
  on: Day,
  casesOn: Day | null = on,
): Promise<Map<string, Omit<ProposalFacts, 'letter'>>> {
  const { rows } = await sql<Row>`
    select u.id as unit,
           exists (select from unit_designation d
                    where d.unit_id = u.id and d.kind = ${poorCounty} and (d.valid_at @> ${on}::date) is true) as poor,
           (select json_agg(json_build_object('year', s.exit_year, 'state', s.state, 'on', s.on_day) order by s.exit_year)
              from (select distinct on (exit_year) exit_year, state, on_day from exit_step
                     where unit_id = u.id and (${casesOn}::date is null or on_day <= ${casesOn}::date) order by exit_year, ordinal desc) s) as cases,
           (select json_build_object('id', h.id, 'poorPersons', h.poor_persons, 'ruralPersons', h.rural_persons,
                                     'villages', h.villages, 'villagesOut', h.villages_out, 'asOf', h.as_of)
              from headcount_attestation h
             where h.unit_id = u.id and h.year = ${year} and h.on_day <= ${on}::date order by h.id desc limit 1) as headcount,
           (select json_build_object('version', c.version, 'exitYear', c.exit_year)
              from (${schedulesOn(on)}) c where c.unit_id = u.id) as scheduled
      from unnest(${units}::uuid[]) as u (id)`.execute(db)
  return new Map(
    rows.map(({ unit, poor, cases, headcount, scheduled }) => [
      unit,
      { poor, cases: cases ?? [], headcount, scheduled },
    ]),
  )
}

/** Every reason for which a county cannot propose yet, its self-check aside. */
export const proposalRefusals = {
  'not-a-poor-county': {
    zh: '{unit}不在当日的贫困县名单上。',
    en: '{unit} is not on the list of poor counties that day.',
    topic: { zh: '在贫困县名单上', en: 'on the list of poor counties' },
  },
  'already-open': {
    zh: '{year}年的退出正在办理：{state}。',
    en: 'The exit for {year} is under way: {state}.',
    topic: { zh: '没有在办的退出', en: 'no exit under way' },
    remedy: { zh: '等待办理，或在初审前撤回。', en: 'Wait for it, or withdraw it before the review.' },
  },
  'already-out': {
    zh: '{unit}已于{on}批准退出。',
    en: 'The exit of {unit} was approved on {on}.',
    topic: { zh: '尚未退出', en: 'not out yet' },
  },
  'year-not-begun': {
    zh: '{year}年尚未开始。',
    en: 'The year {year} has not begun.',
    topic: { zh: '退出年度已开始', en: 'the year of exit has begun' },
  },
  'no-headcount': {
    zh: '{unit}还没有确认{year}年的贫困发生率。',
    en: '{unit} has not attested its headcount for {year}.',
    topic: { zh: '已确认贫困发生率', en: 'the headcount is attested' },
    remedy: { zh: '由县扶贫办主任先确认。', en: 'Attest it first.' },
    cites: 'duty:attest-headcount',
  },
  'headcount-above-limit': {
    zh: '贫困发生率{rate}（{poor}人，农村人口{rural}人），高于上限{limit}。',
    en: 'The headcount is {rate} ({poor} of {rural} rural people), above the limit of {limit}.',
    topic: { zh: '贫困发生率不高于上限', en: 'the headcount is within the limit' },
    notJudgedWith: ['no-headcount'],
    cites: 'parameter:exit_headcount_max',
  },
  'villages-out-below-minimum': {
    zh: '贫困村{villages}个中已退出{out}个，为{share}，低于当地要求的{limit}。',
    en: '{out} of {villages} poor villages are out: {share}, below the {limit} that is asked for here.',
    topic: { zh: '贫困村退出比例', en: 'enough villages are out' },
    notJudgedWith: ['no-headcount'],
    cites: 'parameter:exit_villages_out_min',
  },
  'no-schedule': {
    zh: '{unit}没有经上一级同意的进度安排。',
    en: '{unit} has no schedule that the level above has consented to.',
    topic: { zh: '进度安排已同意', en: 'the schedule is consented to' },
    remedy: { zh: '先报进度安排并取得同意。', en: 'Set the schedule and have it consented to.' },
    cites: 'duty:set-schedule',
  },
  'letter-unsigned': {
    zh: '{unit}与上级的责任书尚未签署齐全。',
    en: 'The letter of responsibility of {unit} is not signed by everybody yet.',
    topic: { zh: '责任书已签署', en: 'the letter of responsibility is signed' },
    remedy: { zh: '双方党政正职先签署责任书。', en: 'Have it signed by the principals of both sides.' },
    cites: 'duty:sign-letters',
  },
} as const satisfies Record<string, RefusalText>

export const proposalAdvice = {
  'earlier-than-scheduled': {
    zh: '进度安排的退出年度是{scheduled}年，本次为{year}年。',
    en: 'The schedule says {scheduled}; this proposes {year}.',
  },
  'later-than-scheduled': {
    zh: '进度安排的退出年度{scheduled}年已过，本次为{year}年。',
    en: 'The schedule said {scheduled}; this proposes {year}.',
  },
} as const satisfies Record<string, RefusalText>

type Code = keyof typeof proposalRefusals
type Advice = keyof typeof proposalAdvice
type Place = { readonly name: Text; readonly year: number; readonly on: Day }

/** Judges a proposal: pure, and the only place where it is decided. */
export function proposalRule(
  facts: ProposalFacts,
  limits: ProposalLimits,
  { name, year, on }: Place,
  refuse: Refuse<Code>,
  advise: Refuse<Advice>,
): readonly Line<Code | Advice>[] {
  const { poor, cases, headcount, scheduled, letter } = facts
  const open = cases.find((each) => standings[each.state].isOpen)
  const out = cases.find((each) => each.state === 'approved' && (!poor || each.year === year))
  return [
    poor || out !== undefined || refuse('not-a-poor-county', { unit: name }),
    out === undefined || refuse('already-out', { unit: name, on: out.on }),
    open === undefined || refuse('already-open', { year: open.year, state: standings[open.state].name }),
    String(year) <= on.slice(0, 4) || refuse('year-not-begun', { year }),
    ...headcountLines(headcount, limits, { name, year, on }, refuse),
    scheduled !== null || refuse('no-schedule', { unit: name }),
    letter || refuse('letter-unsigned', { unit: name }),
    scheduled === null ||
      scheduled.exitYear <= year ||
      advise('earlier-than-scheduled', { scheduled: scheduled.exitYear, year }),
    scheduled === null ||
      scheduled.exitYear >= year ||
      advise('later-than-scheduled', { scheduled: scheduled.exitYear, year }),
  ]
}

function headcountLines(
  headcount: ProposalFacts['headcount'],
  { headcountMax_bp, villagesOutMin_bp }: ProposalLimits,
  { name, year }: Place,
  refuse: Refuse<Code>,
): readonly Line<Code>[] {
  if (headcount === null) return [refuse('no-headcount', { unit: name, year })]
  const { poorPersons: poor, ruralPersons: rural, villages, villagesOut: out } = headcount
  return [
    isAtMost(poor, rural, headcountMax_bp) ||
      refuse('headcount-above-limit', {
        poor,
        rural,
        rate: sharePercent(poor, rural),
        limit: asPercent(headcountMax_bp),
      }),
    villagesOutMin_bp === null ||
      isAtLeast(out, villages, villagesOutMin_bp) ||
      refuse('villages-out-below-minimum', {
        out,
        villages,
        share: sharePercent(out, villages),
        limit: asPercent(villagesOutMin_bp),
      }),
  ]
}

import { sql } from 'kysely'
import { z } from 'zod'
import { act, type By } from '#kernel/act.ts'
import { lineagesOf } from '#kernel/abilities.ts'
import type { Tx } from '#kernel/db.ts'
import { scattered } from '#kernel/uuid.ts'
import { UnitId, Year } from '#kernel/words.ts'
import type { Text } from '#kernel/words.ts'
import { type County, type Design, frameDigest, madeUpTotals, madeUpVillages, type Village } from './sample-frame.ts'
import { FrameCounty, madeUpFrame, precisionInput } from './sample-input.ts'
import { type CountyPlan, planCounty } from './sample-plan.ts'

const COUNTIES_MAX = 300

const whyUnreachable: Readonly<Record<Extract<CountyPlan, { unreachable: string }>['unreachable'], Text>> = {
  'too-few-villages': { zh: '有的层不足两个村', en: 'a stratum has fewer than two villages' },
  'too-few-households': { zh: '户数太少', en: 'there are too few households' },
  'not-exact-enough': {
    zh: '访遍所有村也达不到所要的精度',
    en: 'not even a visit to every village is as exact as wanted',
  },
}

type Place = Omit<
  County,
  'n' | 'villagesDrawn' | 'stratumCounties' | 'stratumDrawn' | 'ruralPersons' | 'poorPersons' | 'exitedPersons'
> & {
  readonly name: Text
  readonly isBelow: boolean
  readonly totals: { ruralPersons: number | null; poorPersons: number | null; exitedPersons: number | null }
  readonly plan: CountyPlan
}

/** A third party's evaluation is designed: which counties, which villages, how exact. Nobody knows yet who will be asked. */
export const designEvaluation = act({
  name: 'evaluation.design',
  title: { zh: '设计抽样评估', en: 'Design an evaluation by sample' },
  purpose: {
    zh: '确定第三方评估的范围、分层和精度，算出每县要访问多少村、多少户；抽样框从此不变。',
    en: 'Fixes what a third party evaluates, its strata and how exact it must be; says how many villages and households that takes. The frame stays as it is from then on.',
  },
  duty: 'sample-for-evaluation',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '组织单位', en: 'Who commissions it' } }),
    year: Year,
    title: z
      .string()
      .trim()
      .min(2)
      .max(200)
      .meta({ label: { zh: '名称', en: 'Title' } }),
    counties: z
      .array(FrameCounty)
      .max(COUNTIES_MAX)
      .default([])
      .meta({
        label: { zh: '县和村', en: 'Counties and their villages' },
        hint: {
          zh: '不填则为该年度提出退出的各县。',
          en: 'Left empty: the counties that proposed their exit that year.',
        },
      }),
    drawnPerStratum: z
      .int()
      .min(0)
      .max(COUNTIES_MAX)
      .default(0)
      .meta({
        label: { zh: '每层抽几个县', en: 'Counties drawn from each stratum' },
        hint: { zh: '0 为全部县。', en: '0: all of them.' },
        widget: 'count',
      }),
    ...precisionInput,
    madeUpFrame,
  }),
  refusals: {
    'frame-empty': {
      zh: '没有可评估的县：{year}年没有县提出退出，也没有列出县。',
      en: 'There is no county to evaluate: none proposed its exit in {year}, and none was listed.',
      topic: { zh: '有可评估的县', en: 'there are counties to evaluate' },
    },
    'county-twice': {
      zh: '{county}列了两次。',
      en: '{county} stands in the frame twice.',
      topic: { zh: '县没有重复', en: 'no county stands in the frame twice' },
    },
    'county-not-below': {
      zh: '{county}不在本单位管辖之下；谁也不能评估自己或别人辖区的县。',
      en: '{county} does not lie below this unit; nobody evaluates itself, or another’s counties.',
      topic: { zh: '各县都在本单位之下', en: 'every county lies below the unit' },
    },
    'villages-missing': {
      zh: '{county}没有村名单和户数。',
      en: 'There is no list of villages with their households for {county}.',
      topic: { zh: '各县都有村名单', en: 'every county has its list of villages' },
      remedy: { zh: '导入村名单（村、层、户数）。', en: 'Import the list: village, stratum, households.' },
    },
    'village-in-frame-twice': {
      zh: '{county}的{village}列了两次。',
      en: '{village} of {county} stands in the frame twice.',
      topic: { zh: '村没有重复', en: 'no village stands in the frame twice' },
    },
    'totals-missing': {
      zh: '{county}缺农村人口、剩余贫困人口或已脱贫人口，算不出综合贫困发生率。',
      en: 'For {county} the rural population, the persons still poor or those who exited are missing; without them there is no composite headcount.',
      topic: { zh: '各县人口数齐全', en: 'the totals of every county are known' },
    },
    'totals-do-not-add-up': {
      zh: '{county}的剩余贫困人口加已脱贫人口超过农村人口。',
      en: 'In {county} those still poor and those who exited are more than the rural population.',
      topic: { zh: '人口数合理', en: 'the totals add up' },
    },
    'precision-out-of-reach': {
      zh: '{county}达不到所要的精度：{why}。',
      en: 'What is wanted is out of reach in {county}: {why}.',
      topic: { zh: '精度可以达到', en: 'the precision can be reached' },
      remedy: {
        zh: '放宽误差、减少每村户数，或合并层。',
        en: 'Allow a larger half-width, visit fewer households per village, or join strata.',
      },
    },
    'one-county-drawn': {
      zh: '每层抽一个县算不出误差；至少抽两个，或填 0 全部评估。',
      en: 'One county of a stratum tells nothing of its error: draw at least two, or enter 0 for all.',
      topic: { zh: '每层至少两个县', en: 'at least two counties of a stratum are drawn' },
    },
  },
  advice: {
    'frame-made-up': {
      zh: '抽样框为虚构，结果只能演示，不能用于批准退出。',
      en: 'The frame is made up: its result is for showing only, and no ground for an exit.',
    },
  },
  then: [
    { zh: '封存随机种子的摘要，定下抽样日。', en: 'Commit the digest of a seed, and name the day of the draw.' },
    { zh: '到日当众抽样，名单才产生。', en: 'On that day it is drawn in public; only then is there a list.' },
  ],
  about: {
    kind: 'evaluations',
    input: (here: { unit: string; year: number }) => ({ unit: here.unit, year: here.year }),
  },
  over: (input) => input.unit,
  async facts(tx, input, by) {
    const listed = input.counties.length > 0 ? input.counties : await exitsOf(tx, input.unit, input.year, by)
    const [lineages, attested] = await Promise.all([
      lineagesOf(
        tx,
        listed.map((each) => each.unit),
        by.on,
      ),
      attestedOf(
        tx,
        listed.map((each) => each.unit),
        input.year,
        by,
      ),
    ])
    return {
      places: listed.map((each): Place => {
        const lineage = lineages.get(each.unit) ?? []
        const isFrameMadeUp = input.madeUpFrame && each.villages.length === 0
        const villages = (isFrameMadeUp ? madeUpVillages(each.unit, input.year) : each.villages).map((village, at) => ({
          n: at + 1,
          ...village,
        }))
        const known = attested.get(each.unit)
        const guessed = isFrameMadeUp ? madeUpTotals(each.unit, input.year, villages) : undefined
        // A made-up frame makes up all of its totals, so that they belong together.
        const totals = {
          ruralPersons: each.ruralPersons ?? guessed?.ruralPersons ?? known?.ruralPersons ?? null,
          poorPersons: each.poorPersons ?? guessed?.poorPersons ?? known?.poorPersons ?? null,
          exitedPersons: each.exitedPersons ?? guessed?.exitedPersons ?? null,
        }
        return {
          unit: each.unit,
          stratum: each.stratum,
          name: lineage[0]?.name ?? { zh: each.unit, en: each.unit },
          isBelow: lineage.slice(1).some((unit) => unit.id === input.unit),
          totals,
          villages,
          plan: planCounty(designFrom(input), villages),
        }
      }),
    }
  },
  rule({ places }, { year, drawnPerStratum, madeUpFrame: isMadeUp }, refuse, _by, advise) {
    const twice = (place: Place, at: number) => places.findIndex((each) => each.unit === place.unit) !== at
    return [
      places.length > 0 || refuse('frame-empty', { year }),
      drawnPerStratum !== 1 || refuse('one-county-drawn'),
      !isMadeUp || advise('frame-made-up'),
      ...places.flatMap((place, at) => {
        const county = place.name
        const { ruralPersons, poorPersons, exitedPersons } = place.totals
        const again = firstTwice(place.villages)
        const isWhole = ruralPersons !== null && ruralPersons > 0 && poorPersons !== null && exitedPersons !== null
        return [
          !twice(place, at) || refuse('county-twice', { county }),
          place.isBelow || refuse('county-not-below', { county }),
          place.villages.length > 0 || refuse('villages-missing', { county }),
          again === undefined || refuse('village-in-frame-twice', { county, village: again }),
          isWhole || refuse('totals-missing', { county }),
          !isWhole || poorPersons + exitedPersons <= ruralPersons || refuse('totals-do-not-add-up', { county }),
          place.villages.length === 0 ||
            !('unreachable' in place.plan) ||
            refuse('precision-out-of-reach', { county, why: whyUnreachable[place.plan.unreachable] }),
        ]
      }),
    ]
  },
  async effect(tx, input, { places }, by) {
    const id = scattered(by.act, 0)
    const strata = Map.groupBy(places, (place) => place.stratum)
    const counties = places.map(({ unit, stratum, villages, totals, plan }, at) => {
      const here = strata.get(stratum)?.length ?? 1
      return {
        n: at + 1,
        unit,
        stratum,
        villages,
        ruralPersons: totals.ruralPersons ?? 0,
        poorPersons: totals.poorPersons ?? 0,
        exitedPersons: totals.exitedPersons ?? 0,
        villagesDrawn: 'villages' in plan ? plan.villages : 0,
        stratumCounties: here,
        stratumDrawn: input.drawnPerStratum === 0 ? here : Math.min(here, input.drawnPerStratum),
      }
    })
    const halfWidths_bp = places.map(({ plan }) => ('halfWidth' in plan ? plan.halfWidth * 10_000 : 0))
    const design = designFrom(input)
    await writeDesign(tx, { id, ...input, design, counties, halfWidths_bp }, by)
    return {
      unit: input.unit,
      evaluation: id,
      counties: counties.length,
      villages: counties.reduce((sum, each) => sum + each.villagesDrawn, 0),
      households: counties.reduce((sum, each) => sum + each.villagesDrawn * input.perVillage, 0),
    }
  },
})

type Input = {
  expected: number
  halfWidth: number
  confidence: number
  alike: number
  perVillage: number
  reserve: number
}
export const designFrom = ({ expected, halfWidth, confidence, alike, perVillage, reserve }: Input): Design => ({
  expected_bp: expected,
  halfWidth_bp: halfWidth,
  confidence_bp: confidence,
  alike_bp: alike,
  perVillage,
  reserve,
})

const firstTwice = (villages: readonly Village[]): string | undefined => {
  const seen = new Set<string>()
  return villages.find(({ name }) => seen.size === seen.add(name).size)?.name
}

/** The counties below a unit that proposed their exit of a year, the returned and withdrawn left out. */
async function exitsOf(tx: Tx, unit: string, year: number, by: By): Promise<z.output<typeof FrameCounty>[]> {
  const { rows } = await sql<{ unit: string }>`
    select unit from (
      select distinct on (e.unit_id) e.unit_id as unit, e.state, v.code
        from exit_step e join unit_version v on v.unit_id = e.unit_id and (v.valid_at @> ${by.on}::date) is true
       where e.exit_year = ${year} and e.on_day <= ${by.on}::date and v.lineage @> array[${unit}]::uuid[]
       order by e.unit_id, e.ordinal desc) x
     where state not in ('returned', 'withdrawn') order by code nulls last, unit`.execute(tx)
  return rows.map((row) => ({ ...row, stratum: 'all', villages: [] }))
}

async function attestedOf(tx: Tx, units: readonly string[], year: number, by: By) {
  const { rows } = await sql<{ unit: string; poorPersons: number; ruralPersons: number }>`
    select distinct on (unit_id) unit_id as unit, poor_persons as "poorPersons", rural_persons as "ruralPersons"
      from headcount_attestation where unit_id = any (${units}::uuid[]) and year = ${year} and on_day <= ${by.on}::date
     order by unit_id, on_day desc, id desc`.execute(tx)
  return new Map(rows.map((row) => [row.unit, row]))
}

type Writing = {
  readonly id: string
  readonly unit: string
  readonly year: number
  readonly title: string
  readonly madeUpFrame: boolean
  readonly design: Design
  readonly counties: readonly County[]
  readonly halfWidths_bp: readonly number[]
}

async function writeDesign(
  tx: Tx,
  { id, unit, year, title, madeUpFrame: isMadeUp, design, counties, halfWidths_bp }: Writing,
  by: By,
) {
  await tx
    .insertInto('sampling')
    .values({
      id,
      unit_id: unit,
      year,
      title,
      expected_bp: design.expected_bp,
      half_width_bp: design.halfWidth_bp,
      confidence_bp: design.confidence_bp,
      alike_bp: design.alike_bp,
      per_village: design.perVillage,
      reserve: design.reserve,
      frame_digest: frameDigest(design, counties),
      made_up: isMadeUp,
      on_day: by.on,
      act_id: by.act,
    })
    .execute()
  // Villages have rows of their own; what is undefined is not written.
  const rows = counties.map((county, at) => ({ ...county, villages: undefined, halfWidth_bp: halfWidths_bp[at] }))
  await sql`
    insert into sampling_county (sampling_id, n, unit_id, stratum, stratum_counties, stratum_drawn, rural_persons, poor_persons,
                                 exited_persons, villages_drawn, half_width_bp, act_id)
    select ${id}, c.n, c.unit, c.stratum, c."stratumCounties", c."stratumDrawn", c."ruralPersons", c."poorPersons", c."exitedPersons",
           c."villagesDrawn", c."halfWidth_bp", ${by.act}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           as c (n int, unit uuid, stratum text, "stratumCounties" int, "stratumDrawn" int, "ruralPersons" int, "poorPersons" int,
                 "exitedPersons" int, "villagesDrawn" int, "halfWidth_bp" numeric)`.execute(tx)
  const villages = counties.flatMap((county) => county.villages.map((village) => ({ county: county.n, ...village })))
  await sql`
    insert into sampling_village (sampling_id, county, n, name, stratum, households, act_id)
    select ${id}, v.county, v.n, v.name, v.stratum, v.households, ${by.act}
      from jsonb_to_recordset(${JSON.stringify(villages)}::jsonb)
           as v (county int, n int, name text, stratum text, households int)`.execute(tx)
}

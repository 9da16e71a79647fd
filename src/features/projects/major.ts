import { sql } from 'kysely'
import { z } from 'zod'
import { Provenance } from '#features/policies/index.ts'
import type { By, Line, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { programmeBelow } from '#kernel/programme.ts'
import { type Day, DocumentNumber, type Reason, Text, UnitId, Year } from '#kernel/words.ts'
import type {} from './major-tables.ts'
import { ProjectKind } from './kinds.ts'
import { givenTwice, nameIn, namesOf, Quantity, type Share, Shares, someOf, sumOf } from './shares.ts'

/** Which field of a county's project counts towards a major project. */
export const counting = {
  persons: { zh: '受益人口', en: 'persons who benefit' },
  households: { zh: '受益户数', en: 'households that benefit' },
  projects: { zh: '项目个数', en: 'projects' },
  nothing: { zh: '无法由项目库折算', en: 'cannot be read from the library' },
} as const satisfies Record<string, Text>

export const MajorProjectId = z
  .uuid()
  .meta({ label: { zh: '重大工程项目', en: 'Major project' }, widget: 'reference', finds: 'find.major-projects' })

/** What a major project says of itself; a revision says all of it again. */
export const majorInput = {
  unit: UnitId.meta({ label: { zh: '规划单位', en: 'Unit that devises it' } }),
  name: Text.meta({ label: { zh: '名称', en: 'Name' } }),
  kind: ProjectKind,
  from: Year.meta({ label: { zh: '起始年度', en: 'First year' } }),
  to: Year.meta({ label: { zh: '结束年度', en: 'Last year' } }),
  measure: Text.meta({
    label: { zh: '计量内容', en: 'What is counted' },
    hint: { zh: '如：搬迁人口', en: 'such as: people resettled' },
  }),
  counts: z.enum(['persons', 'households', 'projects', 'nothing']).meta({
    label: { zh: '县项目中计入的内容', en: 'What of a county’s project counts' },
    widget: 'choice',
    choices: counting,
  }),
  quantity: Quantity.meta({ label: { zh: '总量', en: 'Quantity' } }),
  document: DocumentNumber,
  shares: Shares,
  ...Provenance,
}
export const MajorInput = z.object(majorInput)
export type MajorInput = z.output<typeof MajorInput>

export const majorRefusals = {
  'not-the-deviser': {
    zh: '重大工程项目由{bearer}规划，不由{unit}规划。',
    en: 'Major projects are {bearer}’s to devise, not {unit}’s.',
    topic: { zh: '由承担职责的单位规划', en: 'devised by the unit that holds the duty' },
    cites: 'duty:devise-major-projects',
  },
  'years-reversed': {
    zh: '结束年度{to}早于起始年度{from}。',
    en: 'It would end in {to}, before it begins in {from}.',
    topic: { zh: '年度先后正确', en: 'the years run forward' },
    remedy: { zh: '改正起止年度。', en: 'Put the years right.' },
  },
  'years-past': {
    zh: '结束年度{to}已经过去。',
    en: 'Its last year, {to}, is past.',
    topic: { zh: '年度未过', en: 'its years are not past' },
    remedy: { zh: '规划到当年或以后年度。', en: 'Devise it for this year or later ones.' },
  },
  'name-in-use': {
    zh: '已有同名的重大工程项目《{name}》。',
    en: 'There is a major project «{name}» already.',
    topic: { zh: '名称未被使用', en: 'the name is free' },
    remedy: { zh: '修订已有的项目，或另取名称。', en: 'Revise that one, or give this another name.' },
  },
  'shares-do-not-add-up': {
    zh: '各份额合计{sum}，总量{whole}，相差{gap}。',
    en: 'The shares add up to {sum} of {whole}: {gap}.',
    topic: { zh: '份额合计等于总量', en: 'the shares add up to the whole' },
    remedy: { zh: '改正份额或总量。', en: 'Correct the shares or the whole.' },
  },
  'not-directly-below': {
    zh: '{names}不是{unit}的直接下级，或不在规划范围内。',
    en: '{names}: not directly below {unit}, or not of the programme.',
    topic: { zh: '份额给直接下级', en: 'every share goes to a unit directly below' },
  },
  'share-twice': {
    zh: '{names}出现两次。',
    en: '{names}: given two shares.',
    topic: { zh: '每个单位一份', en: 'one share for each unit' },
  },
} as const

/** How far some shares miss the whole, as a sentence says it; nothing if they make it up. */
export const findGap = (shares: readonly Share[], whole: number) => {
  const sum = sumOf(shares)
  const gap = sum - whole
  return gap === 0
    ? undefined
    : {
        sum,
        whole,
        gap: gap < 0 ? { zh: `少${-gap}`, en: `${-gap} short` } : { zh: `多${gap}`, en: `${gap} too many` },
      }
}

/** All that devising or revising is judged by, beside what is revised. */
export async function majorFacts(tx: Tx, { unit, name, shares }: MajorInput, on: Day) {
  const [below, names, { rows }] = await Promise.all([
    programmeBelow(tx, unit, on),
    namesOf(
      tx,
      shares.map((share) => share.unit),
      on,
    ),
    sql<{ id: string }>`
      select v.major_project_id as id from major_project_version v
       where (v.name_zh = ${name.zh} or v.name_en = ${name.en})
         and not exists (select from major_project_version n where n.major_project_id = v.major_project_id and n.version > v.version)`.execute(
      tx,
    ),
  ])
  const children = below.filter((each) => each.parent === unit)
  return {
    children: new Set(children.map((each) => each.id)),
    /** Those that have units of their own to divide their share among. */
    dividers: new Set(children.filter((each) => !each.isDesignated).map((each) => each.id)),
    names,
    ofThatName: rows.map((row) => row.id),
  }
}
type MajorFacts = Awaited<ReturnType<typeof majorFacts>>

/** What holds for every version of a major project. */
export function judgeMajor(
  { children, names, ofThatName }: MajorFacts,
  input: MajorInput,
  refuse: Refuse<keyof typeof majorRefusals>,
  by: By,
  self?: string,
): Line<keyof typeof majorRefusals>[] {
  const [unit] = by.lineage
  const nameOf = nameIn(names)
  const gap = findGap(input.shares, input.quantity)
  const strange = input.shares.filter((share) => !children.has(share.unit)).map((share) => nameOf(share.unit))
  const again = givenTwice(input.shares).map(nameOf)
  return [
    by.bearer.id === input.unit || refuse('not-the-deviser', { bearer: by.bearer.name, unit: unit.name }),
    input.from <= input.to || refuse('years-reversed', { from: input.from, to: input.to }),
    String(input.to) >= by.on.slice(0, 4) || refuse('years-past', { to: input.to }),
    ofThatName.every((id) => id === self) || refuse('name-in-use', { name: input.name }),
    !gap || refuse('shares-do-not-add-up', gap),
    strange.length === 0 || refuse('not-directly-below', { names: someOf(strange), unit: unit.name }),
    again.length === 0 || refuse('share-twice', { names: someOf(again) }),
  ]
}

/** Writes a version of a major project with its shares. */
export async function writeVersion(
  tx: Tx,
  major: string,
  version: number,
  input: MajorInput & { readonly reason?: z.output<typeof Reason> },
  by: By,
) {
  await tx
    .insertInto('major_project_version')
    .values({
      major_project_id: major,
      version,
      name_zh: input.name.zh,
      name_en: input.name.en,
      kind: input.kind,
      from_year: input.from,
      to_year: input.to,
      measure_zh: input.measure.zh,
      measure_en: input.measure.en,
      counts: input.counts,
      quantity: input.quantity,
      document_number: input.document,
      status: input.status,
      source: input.source ?? null,
      reason: input.reason ?? null,
      on_day: by.on,
      act_id: by.act,
    })
    .execute()
  await sql`insert into major_project_share (major_project_id, version, unit_id, quantity, act_id)
    select ${major}, ${version}, unit, quantity, ${by.act}
      from unnest(${input.shares.map((share) => share.unit)}::uuid[], ${input.shares.map((share) => share.quantity)}::int[]) as s (unit, quantity)`.execute(
    tx,
  )
}

/** The newest version of a major project that a unit devised, with its shares. */
export async function findMajor(tx: Tx, unit: string, major: string) {
  const [version, shares] = await Promise.all([
    tx
      .selectFrom('major_project_version as v')
      .innerJoin('major_project as m', 'm.id', 'v.major_project_id')
      .selectAll('v')
      .where('v.major_project_id', '=', major)
      .where('m.unit_id', '=', unit)
      .orderBy('v.version', 'desc')
      .limit(1)
      .executeTakeFirst(),
    sql<Share>`select unit_id as unit, quantity from major_project_share s
      where major_project_id = ${major}
        and version = (select max(version) from major_project_version where major_project_id = ${major})`.execute(tx),
  ])
  return version && { version, shares: shares.rows }
}

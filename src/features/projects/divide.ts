import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { programmeBelow } from '#kernel/programme.ts'
import { UnitId } from '#kernel/words.ts'
import { findGap, MajorProjectId, majorRefusals } from './major.ts'
import { areAlike, givenTwice, nameIn, namesOf, type Share, Shares, someOf } from './shares.ts'

/** So many parts fit into the address of a form that begins with the division that stands. */
const FILLED_MAX = 40

type Shown = {
  readonly unit: string
  readonly major: string
  readonly parts: readonly { readonly unit: string; readonly part: number }[]
}

/** A province divides its share of a major project among its poor counties; done again, the whole division is replaced. */
export const divideMajorProject = act({
  name: 'major-project.divide',
  title: { zh: '分解重大工程项目', en: 'Divide a major project' },
  purpose: {
    zh: '把本级承担的份额分解到所辖贫困县，合计须等于份额；再次分解则整体替换，旧的可查。',
    en: 'Divides the share among the poor counties, which adds up to it; done again, the division is replaced as a whole, and the older stays readable.',
  },
  duty: 'assign-projects',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '分解单位', en: 'Unit that divides' } }),
    major: MajorProjectId,
    shares: Shares,
  }),
  refusals: {
    'not-the-divider': {
      zh: '分解由{bearer}负责，不由{unit}负责。',
      en: 'Dividing is {bearer}’s duty, not {unit}’s.',
      topic: { zh: '由承担职责的单位分解', en: 'divided by the unit that holds the duty' },
      cites: 'duty:assign-projects',
    },
    'no-share': {
      zh: '{unit}在这个重大工程项目中没有份额。',
      en: '{unit} has no share of this major project.',
      topic: { zh: '本级有份额', en: 'the unit has a share' },
    },
    'shares-do-not-add-up': { ...majorRefusals['shares-do-not-add-up'], notJudgedWith: ['no-share'] },
    'not-a-poor-county': {
      zh: '{names}不是{unit}所辖的贫困县。',
      en: '{names}: no poor county within {unit}.',
      topic: { zh: '分解到所辖贫困县', en: 'every part goes to a poor county within' },
    },
    'share-twice': majorRefusals['share-twice'],
    unchanged: {
      zh: '与{on}的分解完全相同。',
      en: 'It is the division of {on} over again.',
      topic: { zh: '分解有变化', en: 'the division says something new' },
    },
  },
  then: [{ zh: '县据此安排项目，并在项目中注明。', en: 'The counties plan projects for it, and name it in them.' }],
  about: {
    kind: 'major-share',
    offered: (share: { hasBelow: boolean }) => share.hasBelow,
    input: ({ unit, major, parts }: Shown) => ({
      unit,
      major,
      ...(parts.length > 0 &&
        parts.length <= FILLED_MAX && { shares: parts.map((part) => ({ unit: part.unit, quantity: part.part })) }),
    }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, major, shares }, by) {
    const [below, names, { rows }, last] = await Promise.all([
      programmeBelow(tx, unit, by.on),
      namesOf(
        tx,
        shares.map((share) => share.unit),
        by.on,
      ),
      sql<{ version: number; quantity: number }>`
        select s.version, s.quantity from major_project_share s
         where s.major_project_id = ${major} and s.unit_id = ${unit}
           and s.version = (select max(v.version) from major_project_version v where v.major_project_id = ${major})`.execute(
        tx,
      ),
      sql<{ ordinal: number; quantity: number; on: string; parts: Share[] }>`
        select d.ordinal, d.quantity, d.on_day as on,
               (select coalesce(jsonb_agg(jsonb_build_object('unit', p.to_unit_id, 'quantity', p.quantity)), '[]') from major_project_part p
                 where p.major_project_id = d.major_project_id and p.unit_id = d.unit_id and p.ordinal = d.ordinal) as parts
          from major_project_division d where d.major_project_id = ${major} and d.unit_id = ${unit}
         order by d.ordinal desc limit 1`.execute(tx),
    ])
    return {
      counties: new Set(below.filter((each) => each.isDesignated).map((each) => each.id)),
      names,
      share: rows[0],
      last: last.rows[0],
    }
  },
  rule({ counties, names, share, last }, input, refuse, by) {
    const [unit] = by.lineage
    const nameOf = nameIn(names)
    const strange = input.shares.filter((each) => !counties.has(each.unit)).map((each) => nameOf(each.unit))
    const again = givenTwice(input.shares).map(nameOf)
    const gap = share && findGap(input.shares, share.quantity)
    const isSame = last !== undefined && last.quantity === share?.quantity && areAlike(last.parts, input.shares)
    return [
      by.bearer.id === input.unit || refuse('not-the-divider', { bearer: by.bearer.name, unit: unit.name }),
      share !== undefined || refuse('no-share', { unit: unit.name }),
      !gap || refuse('shares-do-not-add-up', gap),
      strange.length === 0 || refuse('not-a-poor-county', { names: someOf(strange), unit: unit.name }),
      again.length === 0 || refuse('share-twice', { names: someOf(again) }),
      !isSame || refuse('unchanged', { on: last.on }),
    ]
  },
  async effect(tx, { unit, major, shares }, { share, last }, by) {
    const ordinal = (last?.ordinal ?? 0) + 1
    await sql`insert into major_project_division (major_project_id, unit_id, ordinal, version, quantity, on_day, act_id)
      values (${major}, ${unit}, ${ordinal}, ${share?.version}, ${share?.quantity}, ${by.on}, ${by.act})`.execute(tx)
    await sql`insert into major_project_part (major_project_id, unit_id, ordinal, to_unit_id, quantity, act_id)
      select ${major}, ${unit}, ${ordinal}, part, quantity, ${by.act}
        from unnest(${shares.map((each) => each.unit)}::uuid[], ${shares.map((each) => each.quantity)}::int[]) as s (part, quantity)`.execute(
      tx,
    )
    return { major, counties: shares.map((each) => each.unit) }
  },
  subject: (input) => input.major,
})

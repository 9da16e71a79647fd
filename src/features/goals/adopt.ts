import { z } from 'zod'
import { Provenance } from '#features/policies/index.ts'
import { act } from '#kernel/act.ts'
import { v7 } from '#kernel/uuid.ts'
import { Text, UnitId, Year } from '#kernel/words.ts'

/** A province adopts its annual plan, or its rolling plan; a revised plan is a new version. */
export const adoptPlan = act({
  name: 'plan.adopt',
  title: { zh: '制定规划计划', en: 'Adopt a plan' },
  purpose: {
    zh: '制定本地区的年度计划或滚动规划；修订即为新的一版，旧版可查。',
    en: 'Adopts the annual plan or the rolling plan of a year; a revision is a new version, and the older stays readable.',
  },
  duty: 'take-overall-responsibility',
  input: z.object({
    unit: UnitId,
    kind: z.enum(['annual', 'rolling']).meta({
      label: { zh: '种类', en: 'Kind' },
      widget: 'choice',
      choices: { annual: { zh: '年度计划', en: 'Annual plan' }, rolling: { zh: '滚动规划', en: 'Rolling plan' } },
    }),
    year: Year,
    title: Text.meta({ label: { zh: '标题', en: 'Title' } }),
    text: Text.meta({ label: { zh: '内容', en: 'Content' }, widget: 'prose' }),
    status: Provenance.status,
  }),
  refusals: {
    'not-the-planner': {
      zh: '规划计划由{bearer}制定，不由{unit}制定。',
      en: 'The plan is {bearer}’s to adopt, not {unit}’s.',
      topic: { zh: '由承担职责的单位制定', en: 'adopted by the unit that holds the duty' },
      cites: 'duty:take-overall-responsibility',
    },
    'year-past': {
      zh: '{year}年已经过去。',
      en: '{year} is past.',
      topic: { zh: '年度未过', en: 'the year is not past' },
      remedy: { zh: '为当年或以后年度制定。', en: 'Adopt a plan for this year or a later one.' },
    },
    'plan-unchanged': {
      zh: '与{on}制定的一版完全相同。',
      en: 'It is word for word the plan adopted on {on}.',
      topic: { zh: '内容有变化', en: 'the plan says something new' },
    },
  },
  about: {
    kind: 'plan',
    offered: (plan: { isPast: boolean }) => !plan.isPast,
    input: (plan: { unit: string; kind: string; year: number }) => ({
      unit: plan.unit,
      kind: plan.kind,
      year: plan.year,
    }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, kind, year }) {
    const last = await tx
      .selectFrom('plan')
      .selectAll()
      .where('unit_id', '=', unit)
      .where('kind', '=', kind)
      .where('year', '=', year)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    return { last }
  },
  rule({ last }, { unit, year, title, text }, refuse, by) {
    const isSame =
      last &&
      last.title_zh === title.zh &&
      last.title_en === title.en &&
      last.text_zh === text.zh &&
      last.text_en === text.en
    return [
      by.bearer.id === unit || refuse('not-the-planner', { bearer: by.bearer.name, unit: by.lineage[0].name }),
      String(year) >= by.on.slice(0, 4) || refuse('year-past', { year }),
      !isSame || refuse('plan-unchanged', { on: last.adopted_on }),
    ]
  },
  async effect(tx, { unit, kind, year, title, text, status }, { last }, by) {
    const id = v7()
    const version = (last?.version ?? 0) + 1
    await tx
      .insertInto('plan')
      .values({
        id,
        unit_id: unit,
        kind,
        year,
        version,
        title_zh: title.zh,
        title_en: title.en,
        text_zh: text.zh,
        text_en: text.en,
        status,
        adopted_on: by.on,
        act_id: by.act,
      })
      .execute()
    return { plan: id, version }
  },
  subject: (input) => String(input.year),
  meets: (input) => input.kind === 'annual',
})

import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { v7 } from '#kernel/uuid.ts'
import { Day, Text, UnitId } from '#kernel/words.ts'
import { findPolicy, policyRefusals } from './find.ts'

const MEASURES_MAX = 200
const BodyId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/)

const Measure = z.strictObject({
  text: Text.meta({ label: { zh: '举措', en: 'Measure' }, widget: 'prose' }),
  lead: BodyId.meta({ label: { zh: '牵头部门', en: 'Lead department' } }),
  supporting: z
    .array(BodyId)
    .max(30)
    .default([])
    .meta({ label: { zh: '配合部门', en: 'Supporting departments' } }),
  due: Day.meta({ label: { zh: '完成时限', en: 'Due' } }),
})

type Shown = { unit: string; id: string; kind: string; isInForce: boolean }

/** The measures of a policy are divided among lead and supporting departments with dates (分工方案). */
export const dividePolicy = act({
  name: 'policy.divide',
  title: { zh: '分工到部门', en: 'Divide a policy among departments' },
  purpose: {
    zh: '把一份文件的举措逐条分工：牵头部门、配合部门、完成时限；再次分工整体替换前一次，旧分工可查。',
    en: 'Gives each measure of a policy a lead department, supporting ones and a due day; a later division replaces the former as a whole.',
  },
  duty: 'issue-policies-and-measures',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '发文单位', en: 'Issuing unit' } }),
    policy: z.uuid().meta({ label: { zh: '文件', en: 'Document' }, widget: 'reference' }),
    measures: z
      .array(Measure)
      .min(1)
      .max(MEASURES_MAX)
      .meta({ label: { zh: '分工方案', en: 'Division of labour' } }),
  }),
  refusals: {
    'policy-unknown': policyRefusals['policy-unknown'],
    'policy-superseded': policyRefusals['policy-superseded'],
    'not-a-department': {
      zh: '{bodies}不是{unit}的部门。',
      en: '{bodies}: no department of {unit}.',
      topic: { zh: '部门属于发文单位', en: 'every department is the issuing unit’s' },
      remedy: { zh: '从章程所列部门中选择。', en: 'Choose from the departments that the charter names.' },
    },
    'department-twice': {
      zh: '第{positions}条中同一部门出现两次。',
      en: 'In measure {positions} a department stands twice.',
      topic: { zh: '每条中部门不重复', en: 'no department stands twice in a measure' },
    },
    'due-in-the-past': {
      zh: '第{positions}条的时限早于当日{on}。',
      en: 'Measure {positions} is due before today, {on}.',
      topic: { zh: '时限在当日之后', en: 'every due day lies ahead' },
    },
  },
  about: {
    kind: 'policy',
    offered: (policy: Shown) => policy.isInForce && policy.kind !== 'localisation',
    input: (policy: Shown) => ({ unit: policy.unit, policy: policy.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { policy }, by) {
    const [found, last] = await Promise.all([
      findPolicy(tx, policy, by.on),
      tx
        .selectFrom('policy_division')
        .select('version')
        .where('policy_id', '=', policy)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst(),
    ])
    return { found, version: (last?.version ?? 0) + 1 }
  },
  rule({ found }, { unit, measures }, refuse, by) {
    const { tier, name } = by.lineage[0]
    const departments = by.charter.text.bodies
      .filter((body) => body.department && body.tier === tier)
      .map((body) => body.id)
    const named = measures.map((measure) => [measure.lead, ...measure.supporting])
    const strange = [...new Set(named.flat().filter((body) => !departments.includes(body)))]
    const positions = (isSo: (at: number) => boolean) =>
      measures.flatMap((_, at) => (isSo(at) ? [at + 1] : [])).join('、')
    const twice = positions((at) => new Set(named[at]).size < (named[at]?.length ?? 0))
    const past = positions((at) => (measures[at]?.due ?? by.on) < by.on)
    return [
      found?.unit === unit || refuse('policy-unknown', { unit: name }),
      !found?.supersededOn || refuse('policy-superseded', { title: found.title, on: found.supersededOn }),
      strange.length === 0 || refuse('not-a-department', { bodies: strange.join('、'), unit: name }),
      twice === '' || refuse('department-twice', { positions: twice }),
      past === '' || refuse('due-in-the-past', { positions: past, on: by.on }),
    ]
  },
  async effect(tx, { policy, measures }, { version }, by) {
    const id = v7()
    await tx
      .insertInto('policy_division')
      .values({ id, policy_id: policy, version, divided_on: by.on, act_id: by.act })
      .execute()
    const rows = JSON.stringify(measures.map((measure, at) => ({ ...measure, position: at + 1 })))
    await sql`insert into policy_measure (division_id, position, text_zh, text_en, due_on, act_id)
      select ${id}, (m->>'position')::int, m->'text'->>'zh', m->'text'->>'en', (m->>'due')::date, ${by.act}
        from jsonb_array_elements(${rows}::jsonb) m`.execute(tx)
    await sql`insert into policy_measure_department (division_id, position, body, role, act_id)
      select ${id}::uuid, (m->>'position')::int, m->>'lead', 'lead', ${by.act}::uuid from jsonb_array_elements(${rows}::jsonb) m
      union all
      select ${id}::uuid, (m->>'position')::int, body, 'support', ${by.act}::uuid
        from jsonb_array_elements(${rows}::jsonb) m, jsonb_array_elements_text(m->'supporting') body`.execute(tx)
    return { policy, division: id, version, measures: measures.length }
  },
  subject: (input) => input.policy,
})

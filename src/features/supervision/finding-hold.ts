import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import type { Text } from '#kernel/words.ts'
import { PostId, Reason } from '#kernel/words.ts'
import {
  findFinding,
  findingField,
  findingRefusals,
  goingOn,
  inspectorAbout,
  isGoingOn,
  responsibleField,
} from './finding-facts.ts'
import { inspectDuty, inspectorField } from './inspection-facts.ts'
import { stateWords } from './states.ts'

/** A principal of the unit responsible is spoken with about what is not put right. */
export const interviewFinding = act({
  name: 'finding.interview',
  title: { zh: '约谈', en: 'Interview the principal' },
  purpose: {
    zh: '就未销号的问题约谈责任单位主要负责人，记下谈了什么、如何承诺。',
    en: 'Speaks with a principal of the unit responsible about a finding that is not closed, and writes down what was said and promised.',
  },
  duty: inspectDuty,
  input: z.object({
    unit: inspectorField,
    finding: findingField,
    responsible: responsibleField
      .optional()
      .meta({ label: { zh: '责任单位', en: 'Unit responsible' }, widget: 'hidden' }),
    post: PostId.optional().meta({
      label: { zh: '被约谈的职务', en: 'Post interviewed' },
      hint: { zh: '不填则为首位主要负责人。', en: 'Left empty: the first principal.' },
    }),
    words: Reason.meta({ label: { zh: '约谈内容和承诺', en: 'What was said and promised' } }),
  }),
  refusals: {
    ...findingRefusals,
    'not-a-principal': {
      zh: '{post}不是责任单位的主要负责人。',
      en: '{post} is not a principal of the unit responsible.',
      topic: { zh: '约谈的是主要负责人', en: 'a principal is interviewed' },
      notJudgedWith: ['unknown-finding'],
    },
    'nobody-to-interview': {
      zh: '这个职务当日空缺，无人可约谈。',
      en: 'Nobody sits in this post on the day.',
      topic: { zh: '职务有人', en: 'somebody sits in the post' },
      notJudgedWith: ['unknown-finding', 'not-a-principal'],
    },
  },
  about: {
    ...inspectorAbout(...goingOn),
    input: ({ inspector, id, unit }: { readonly inspector: string; readonly id: string; readonly unit: string }) => ({
      unit: inspector,
      finding: id,
      responsible: unit,
    }),
  },
  over: (input) => input.unit,
  async facts(tx, { finding, post }, by) {
    const found = await findFinding(tx, finding, by.on)
    const { rows } = await sql<{ tier: string }>`
      select tier from unit_version where unit_id = ${found?.unit ?? finding} and (valid_at @> ${by.on}::date) is true`.execute(
      tx,
    )
    const principals = by.charter.tiers.find((tier) => tier.id === rows[0]?.tier)?.principals ?? []
    const asked = post ?? principals[0]
    const { rows: seated } = await sql<{ person: string }>`
      select person_id as person from appointment
       where unit_id = ${found?.unit ?? finding} and post = ${asked ?? ''} and (valid_at @> ${by.on}::date) is true`.execute(
      tx,
    )
    return { found, principals, asked, person: seated[0]?.person }
  },
  rule({ found, principals, asked, person }, { unit, responsible = found?.unit }, refuse) {
    if (found?.inspector !== unit || found.unit !== responsible) return [refuse('unknown-finding')]
    const isPrincipal = asked !== undefined && principals.includes(asked)
    return [
      isGoingOn(found.state) || refuse('not-at-this-step', { title: found.title, state: stateWords[found.state] }),
      isPrincipal || refuse('not-a-principal', { post: asked ?? '' }),
      !isPrincipal || person !== undefined || refuse('nobody-to-interview'),
    ]
  },
  async effect(tx, { unit, finding, words }, { asked, person }, by) {
    await sql`
      insert into finding_interview (finding_id, n, unit_id, post, person_id, words, on_day, act_id)
      select ${finding}, coalesce(max(n), 0) + 1, ${unit}, ${asked ?? ''}, ${person ?? null}, ${words}, ${by.on}, ${by.act}
        from finding_interview where finding_id = ${finding}`.execute(tx)
    return { finding, post: asked, person }
  },
})

/** What looks like a breach of discipline is handed to whoever enforces it. The finding itself is followed on. */
export const handOverFinding = act({
  name: 'finding.hand-over',
  title: { zh: '移交纪检机关', en: 'Hand over to discipline' },
  purpose: {
    zh: '把涉嫌违纪的问题线索移交负责执纪的职务；整改不因移交而停。',
    en: 'Hands what looks like a breach to the post that enforces discipline; putting it right goes on meanwhile.',
  },
  duty: inspectDuty,
  final: true,
  input: z.object({
    unit: inspectorField,
    finding: findingField,
    grounds: Reason.meta({ label: { zh: '移交理由', en: 'Grounds' } }),
  }),
  refusals: {
    ...findingRefusals,
    'handed-over-already': {
      zh: '已于{day}移交。',
      en: 'It was handed over on {day}.',
      topic: { zh: '尚未移交', en: 'it was not handed over before' },
      notJudgedWith: ['unknown-finding'],
    },
    'nobody-enforces': {
      zh: '当日章程还没有执纪职责。',
      en: 'The charter of the day has no duty to enforce discipline.',
      topic: { zh: '章程有执纪职责', en: 'somebody enforces discipline' },
      cites: 'duty:enforce-discipline',
    },
  },
  then: [{ zh: '执纪的职务在期限内作出结论。', en: 'Whoever enforces discipline concludes it in time.' }],
  about: {
    ...inspectorAbout('open', 'explained', 'rectified', 'returned', 'closed'),
    offered: (each: { readonly state: string; readonly handedOn: string | null }) =>
      each.state !== 'withdrawn' && each.handedOn === null,
  },
  over: (input) => input.unit,
  facts: async (tx, { finding }, by) => ({ found: await findFinding(tx, finding, by.on) }),
  rule({ found }, { unit }, refuse, by) {
    if (found?.inspector !== unit) return [refuse('unknown-finding')]
    return [
      found.state !== 'withdrawn' || refuse('not-at-this-step', { title: found.title, state: stateWords[found.state] }),
      found.handedOn === null || refuse('handed-over-already', { day: found.handedOn }),
      by.charter.findDuty('enforce-discipline', by.on) !== undefined || refuse('nobody-enforces'),
    ]
  },
  async effect(tx, { unit, finding, grounds }, { found }, by) {
    await tx
      .insertInto('finding_handover')
      .values({ finding_id: finding, unit_id: unit, grounds, on_day: by.on, act_id: by.act })
      .execute()
    return { finding, responsible: found?.unit ?? unit }
  },
  concerns: (_input, { finding, responsible }) => [{ unit: responsible, subject: finding }],
})

export const disciplineOutcomes = {
  'no-case': { zh: '不构成违纪', en: 'no breach' },
  warned: { zh: '谈话提醒', en: 'warned' },
  'case-opened': { zh: '立案', en: 'a case was opened' },
  sanctioned: { zh: '给予处分', en: 'sanctioned' },
} as const satisfies Record<string, Text>

/** Whoever enforces discipline says what came of it. */
export const concludeHandover = act({
  name: 'handover.conclude',
  title: { zh: '办结移交的线索', en: 'Conclude a handover' },
  purpose: {
    zh: '执纪的职务对移交的线索作出结论。',
    en: 'The post that enforces discipline says what came of what was handed over.',
  },
  duty: 'enforce-discipline',
  final: true,
  input: z.object({
    unit: responsibleField,
    finding: findingField,
    outcome: z
      .enum(['no-case', 'warned', 'case-opened', 'sanctioned'])
      .meta({ label: { zh: '结论', en: 'Outcome' }, widget: 'choice', choices: disciplineOutcomes }),
    words: Reason.meta({ label: { zh: '说明', en: 'In words' } }),
  }),
  refusals: {
    'unknown-finding': findingRefusals['unknown-finding'],
    'not-handed-over': {
      zh: '这个问题没有移交。',
      en: 'This finding was not handed over.',
      topic: { zh: '问题已移交', en: 'the finding was handed over' },
      notJudgedWith: ['unknown-finding'],
    },
    'concluded-already': {
      zh: '已有结论。',
      en: 'It was concluded before.',
      topic: { zh: '尚无结论', en: 'it was not concluded before' },
      notJudgedWith: ['unknown-finding'],
    },
  },
  about: {
    kind: 'finding',
    offered: (each: { readonly handedOn: string | null; readonly discipline: unknown }) =>
      each.handedOn !== null && each.discipline === null,
    input: (each: { readonly unit: string; readonly id: string }) => ({ unit: each.unit, finding: each.id }),
  },
  over: (input) => input.unit,
  facts: async (tx, { finding }, by) => ({ found: await findFinding(tx, finding, by.on) }),
  rule({ found }, { unit }, refuse) {
    if (found?.unit !== unit) return [refuse('unknown-finding')]
    return [found.handedOn !== null || refuse('not-handed-over'), !found.concluded || refuse('concluded-already')]
  },
  async effect(tx, { finding, outcome, words }, { found }, by) {
    await tx
      .insertInto('finding_discipline')
      .values({
        finding_id: finding,
        handed_on: found?.handedOn ?? by.on,
        outcome,
        words,
        on_day: by.on,
        act_id: by.act,
      })
      .execute()
    return { finding, outcome }
  },
  subject: (input) => input.finding,
})

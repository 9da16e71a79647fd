import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { send } from '#kernel/db.ts'
import { v7 } from '#kernel/uuid.ts'
import { Day, Reason, type Text, UnitId } from '#kernel/words.ts'
import { listed } from './held.ts'
import {
  addStep,
  atStep,
  findMatter,
  handleDuty,
  isWith,
  MatterId,
  matterRefusals,
  notWithYou,
  ownerName,
  ownersAbout,
  partiesOf,
  raiserOf,
} from './matters.ts'

const ASSIGNMENTS_MAX = 50

/** Whoever has a matter decides it: what was decided, and who does what by when. Each assignment is owed from then on. */
export const settleMatter = act({
  name: 'matter.settle',
  title: { zh: '答复并分工', en: 'Settle a matter' },
  purpose: {
    zh: '作出答复，写明谁、做什么、到哪一天；每项分工从当日起成为应办事项。',
    en: 'Decides the matter and says who does what by when; each assignment is owed from that day.',
  },
  duty: handleDuty,
  input: z.object({
    unit: UnitId.meta({ label: { zh: '办理单位', en: 'Unit that has it' } }),
    matter: MatterId,
    decision: Reason.meta({ label: { zh: '答复', en: 'Decision' } }),
    assignments: z
      .array(
        z.strictObject({
          unit: UnitId.meta({ label: { zh: '承办单位', en: 'Who does it' } }),
          task: Reason.meta({ label: { zh: '做什么', en: 'What' } }),
          due: Day.meta({ label: { zh: '完成期限', en: 'By when' } }),
        }),
      )
      .max(ASSIGNMENTS_MAX)
      .default([])
      .meta({ label: { zh: '分工', en: 'Who does what by when' } }),
  }),
  refusals: {
    ...matterRefusals,
    ...notWithYou,
    'outside-the-area': {
      zh: '{names}不在{unit}范围内，不能分派。',
      en: '{names}: not within {unit}, so nothing can be assigned there.',
      topic: { zh: '承办单位都在本级范围内', en: 'every assignment stays within the area' },
    },
    'due-past': {
      zh: '第{n}项分工的期限{due}已经过去。',
      en: 'Assignment {n} is due on {due}, which is past.',
      topic: { zh: '分工期限未过', en: 'no assignment is due in the past' },
    },
  },
  then: [
    { zh: '承办单位到期办结，逾期按章程督办。', en: 'Each assignment is done by its day, with the charter’s ladder.' },
    { zh: '提出单位在期限内确认，或重新提出一次。', en: 'Whoever raised it closes it, or reopens it once.' },
  ],
  about: ownersAbout,
  over: (input) => input.unit,
  async facts(tx, { matter, unit, assignments }, by) {
    const asked = [...new Set(assignments.map((each) => each.unit))]
    const tiers = Object.keys(by.charter.findDuty('raise-matters', by.on)?.held_by ?? {})
    const [found, parties, units, last] = await Promise.all([
      findMatter(tx, matter),
      partiesOf(tx, matter),
      sql<{ id: string; name: Text; isWithin: boolean }>`
        select v.unit_id as id, json_build_object('zh', v.name_zh, 'en', v.name_en) as name, ${unit} = any (v.lineage) and v.tier = any (${tiers}::text[]) as "isWithin"
          from unnest(${asked}::uuid[]) u (id)
          join unit_version v on v.unit_id = u.id and (v.valid_at @> ${by.on}::date) is true`.execute(tx),
      sql<{
        n: number
      }>`select coalesce(max(n), 0)::int as n from matter_assignment where matter_id = ${matter}`.execute(tx),
    ])
    const unknown = asked.filter((id) => !units.rows.some((row) => row.id === id))
    const strange = [
      ...units.rows.filter((row) => !row.isWithin).map((row) => row.name),
      ...unknown.map((id): Text => ({ zh: id, en: id })),
    ]
    return { found, parties, strange, last: last.rows[0]?.n ?? 0 }
  },
  rule({ found, strange }, { unit, assignments }, refuse, by) {
    if (!found) return [refuse('unknown-matter')]
    return [
      atStep(found, 'settle', refuse),
      found.state !== 'open' ||
        isWith(found, unit, by) ||
        refuse('not-with-you', { title: found.title, owner: ownerName(found, by) }),
      strange.length === 0 || refuse('outside-the-area', { names: listed(strange), unit: by.lineage[0].name }),
      ...assignments.map((each, at) => each.due >= by.on || refuse('due-past', { n: at + 1, due: each.due })),
    ]
  },
  async effect(tx, { matter, decision, assignments }, { found, parties, last }, by) {
    if (!found) throw new Error('A matter that does not exist was not refused.')
    addStep(tx, by, found, 'settle', await raiserOf(tx, found, by), decision)
    const given = assignments.map((each, at) => ({ ...each, id: v7(), n: last + at + 1 }))
    send(
      tx,
      sql`insert into matter_assignment (id, matter_id, n, unit_id, task, due_on, on_day, act_id)
        select a.id, ${matter}, a.n, a.unit, a.task, a.due, ${by.on}::date, ${by.act}
          from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as a (id uuid, n int, unit uuid, task text, due date)`.compile(
        tx,
      ),
    )
    return {
      matter,
      from: found.owner?.unit ?? found.unit,
      raiser: found.unit,
      parties,
      assignments: given.map(({ id, unit, due }) => ({ id, unit, due })),
    }
  },
  concerns(_input, result, obligation, how) {
    const { matter } = result
    if (how === 'settled')
      return (obligation === 'contribute-to-matter' ? result.parties : [result.from]).map((unit) => ({
        unit,
        subject: matter,
      }))
    if (obligation === 'answer-settlement') return [{ unit: result.raiser, subject: matter }]
    return result.assignments.map(({ id, unit, due }) => ({ unit, subject: id, due }))
  },
})

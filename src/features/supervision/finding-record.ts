import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { v7 } from '#kernel/uuid.ts'
import { Day, DutyId, Reason } from '#kernel/words.ts'
import { doerOf, responsibleField } from './finding-facts.ts'
import {
  findInspection,
  inspectDuty,
  inspectorField,
  listed,
  ownUnit,
  peopleOf,
  placesWithin,
} from './inspection-facts.ts'
import { severityWords } from './states.ts'

/** What may become a finding: a row of a check, a unit that was drawn, or nothing yet. */
export type ToBe = {
  readonly unit: string
  readonly inspector: string
  readonly isOpen: boolean
  readonly responsible?: string
  readonly inspection?: string
  readonly row?: string
  readonly duty?: string
  readonly title?: string
}

/** What was found is written down: what, whose, by when. It came up in an inspection, from a check's row, or by itself. */
export const recordFinding = act({
  name: 'finding.record',
  title: { zh: '记入问题清单', en: 'Record a finding' },
  purpose: {
    zh: '写明问题、责任单位和整改期限；同一单位（或其撤并前的单位）同一类问题再次出现，自动与上次销号的问题相连。',
    en: 'Says what is wrong, whose it is and by when; the same thing found again in the same unit, or in one that carries it on, is linked to the finding that was closed.',
  },
  duty: inspectDuty,
  input: z.object({
    unit: inspectorField,
    responsible: responsibleField,
    inspection: z
      .uuid()
      .optional()
      .meta({ label: { zh: '所属督查', en: 'Inspection' }, widget: 'hidden' }),
    row: z
      .uuid()
      .optional()
      .meta({ label: { zh: '核查查出的情形', en: 'Row of a check' }, widget: 'hidden' }),
    duty: DutyId.meta({
      label: { zh: '涉及的职责', en: 'Duty that it concerns' },
      hint: { zh: '按名称查找章程中的职责。', en: 'A duty of the charter, found by its name.' },
    }),
    title: z
      .string()
      .trim()
      .min(2)
      .max(200)
      .meta({ label: { zh: '问题', en: 'What is wrong' } }),
    facts: Reason.meta({ label: { zh: '事实和依据', en: 'Facts and evidence' } }),
    severity: z
      .enum(['info', 'warning', 'severe', 'critical'])
      .default('warning')
      .meta({ label: { zh: '严重程度', en: 'Severity' }, widget: 'choice', choices: severityWords }),
    due: Day.meta({ label: { zh: '整改期限', en: 'To be put right by' } }),
  }),
  refusals: {
    ...ownUnit,
    'unknown-duty': {
      zh: '章程没有“{duty}”这项职责。',
      en: 'The charter in force knows no duty «{duty}».',
      topic: { zh: '涉及的职责在章程中', en: 'the duty concerned stands in the charter' },
    },
    'outside-the-area': {
      zh: '{names}不在{unit}范围内。',
      en: '{names}: not within {unit}.',
      topic: { zh: '责任单位在本级范围内', en: 'the unit responsible lies within the area' },
    },
    'list-not-open': {
      zh: '这次督查不是本单位的，或名单尚未启封。',
      en: 'This inspection is not the unit’s own, or its list is not open yet.',
      topic: { zh: '督查名单已启封', en: 'the inspection’s list is open' },
    },
    'not-drawn': {
      zh: '{names}没有被这次督查抽中。',
      en: '{names} was not drawn for this inspection.',
      topic: { zh: '责任单位被抽中', en: 'the unit was drawn' },
      notJudgedWith: ['list-not-open'],
    },
    'not-found-by-check': {
      zh: '核查没有在这个单位查出这一情形，或已消除。',
      en: 'No check found this in the unit, or it has gone since.',
      topic: { zh: '核查查出了这一情形', en: 'a check found it here' },
    },
    'found-already': {
      zh: '这一情形已列入清单，尚未销号。',
      en: 'This is on the list already, and not closed.',
      topic: { zh: '没有重复列入', en: 'it is not on the list already' },
    },
    'due-past': {
      zh: '整改期限{due}已经过去。',
      en: 'It would be due on {due}, which is past.',
      topic: { zh: '整改期限未过', en: 'the day by which it is due lies ahead' },
    },
  },
  then: [
    {
      zh: '责任单位先说明原因，再整改并附证据。',
      en: 'The unit says the cause, then puts it right and gives the evidence.',
    },
    {
      zh: '由别的单位、别的人核验后销号，或说明理由退回。',
      en: 'Somebody else, of another unit, verifies: it is closed, or sent back with a reason.',
    },
  ],
  about: {
    kind: 'finding-to-be',
    offered: (each: ToBe) => each.isOpen,
    input: ({ inspector, responsible, inspection, row, duty, title }: ToBe) => ({
      unit: inspector,
      ...(responsible && { responsible }),
      ...(inspection && { inspection }),
      ...(row && { row }),
      ...(duty && { duty }),
      ...(title && { title }),
    }),
    over: (each: ToBe) => each.inspector,
  },
  over: (input) => input.unit,
  async facts(tx, { unit, responsible, inspection, row, duty }, by) {
    const [places, seated, found, drawn, checked] = await Promise.all([
      placesWithin(tx, [responsible], unit, by.on),
      peopleOf(tx, [doerOf(by)], [responsible], by.on),
      inspection ? findInspection(tx, inspection) : undefined,
      inspection ? wasDrawn(tx, inspection, responsible) : true,
      row ? findRow(tx, row) : undefined,
    ])
    const subject = checked?.check ?? duty
    const closed = await lastClosed(tx, responsible, subject, by.on)
    return { place: places[0], seated, inspection: found, drawn, row: checked, subject, closed }
  },
  rule(facts, { unit, responsible, inspection, row, duty, due }, refuse, by) {
    const names = facts.place?.name ?? { zh: responsible, en: responsible }
    const isOpen = facts.inspection?.unit === unit && facts.inspection.state === 'opened'
    const own = [...(unit === responsible ? [names] : []), ...facts.seated.map((each) => each.name)]
    return [
      own.length === 0 || refuse('inspector-of-own-unit', { names: listed(own) }),
      unit === responsible ||
        facts.place?.isWithin === true ||
        refuse('outside-the-area', { names, unit: by.lineage[0].name }),
      by.charter.findDuty(duty, by.on) !== undefined || refuse('unknown-duty', { duty }),
      inspection === undefined || isOpen || refuse('list-not-open'),
      inspection === undefined || !isOpen || facts.drawn || refuse('not-drawn', { names }),
      row === undefined || (facts.row?.unit === responsible && !facts.row.gone) || refuse('not-found-by-check'),
      facts.row?.listed !== true || refuse('found-already'),
      due >= by.on || refuse('due-past', { due }),
    ]
  },
  async effect(tx, input, { subject, closed }, by) {
    const id = v7()
    const { unit, responsible, duty, title, facts, severity, due } = input
    await tx
      .insertInto('finding')
      .values({
        id,
        inspector_unit_id: unit,
        unit_id: responsible,
        duty,
        subject,
        title,
        facts,
        severity,
        due_on: due,
        inspection_id: input.inspection ?? null,
        check_row_id: input.row ?? null,
        recurrence_of: closed?.id ?? null,
        recurred_in: closed && closed.unit !== responsible ? closed.unit : null,
        on_day: by.on,
        act_id: by.act,
      })
      .execute()
    await tx
      .insertInto('finding_step')
      .values({
        finding_id: id,
        ordinal: 1,
        step: 'record',
        state: 'open',
        unit_id: unit,
        person_id: doerOf(by),
        note: facts,
        due_on: due,
        on_day: by.on,
        act_id: by.act,
        responsible_unit_id: responsible,
        from_state: 'none',
        from_day: null,
        from_person: null,
      })
      .execute()
    return { finding: id, responsible, recurrenceOf: closed?.id ?? null, due }
  },
  concerns(_input, { finding, responsible, due }, obligation) {
    const thing = { unit: responsible, subject: finding }
    return [obligation === 'rectify-finding' ? { ...thing, due } : thing]
  },
})

async function wasDrawn(tx: Tx, inspection: string, unit: string): Promise<boolean> {
  const { rows } = await sql`
    select from inspection_drawn d join inspection_frame f on f.inspection_id = d.inspection_id and f.n = d.n
     where d.inspection_id = ${inspection} and f.unit_id = ${unit}`.execute(tx)
  return rows.length > 0
}

type Row = { readonly unit: string; readonly check: string; readonly gone: boolean; readonly listed: boolean }

/** A row that a check found, and whether it is on the list already. */
async function findRow(tx: Tx, id: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select r.unit_id as unit, r.check_id as check, exists (select from check_row_gone g where g.row_id = r.id) as gone,
           exists (select from finding f where f.check_row_id = r.id
                     and not exists (select from finding_step s where s.finding_id = f.id and s.state in ('closed', 'withdrawn'))) as listed
      from check_row r where r.id = ${id}`.execute(tx)
  return rows[0]
}

type Closed = { readonly id: string; readonly unit: string }

/** The finding of the same subject that was closed last, in this unit or in one that it carries on: what is found now has come back. */
async function lastClosed(tx: Tx, unit: string, subject: string, on: Day): Promise<Closed | undefined> {
  const { rows } = await sql<Closed>`
    with recursive place as (
      select ${unit}::uuid as id
      union
      select u.id from place p
        join unit_succession s on s.to_unit_id = p.id
        join unit u on u.id = s.from_unit_id and u.closed_on = s.on_day and u.closed_on <= ${on}::date
    )
    select f.id, f.unit_id as unit from place p join finding f on f.unit_id = p.id and f.subject = ${subject}
      join finding_step s on s.finding_id = f.id and s.state = 'closed' and s.on_day <= ${on}::date
     order by s.on_day desc, f.id desc limit 1`.execute(tx)
  return rows[0]
}

import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { addSpan } from '#kernel/calendar.ts'
import { Day, Reason, UnitId } from '#kernel/words.ts'
import { findOwed, isOwed, ItemId, owedRefusals } from './owed.ts'

/**
 * A superior puts off what is owed below it: beside meeting it and its losing its object, the only thing that changes what is owed.
 * A new dated row, never an edit; what was done before stands.
 */
export const extendObligation = act({
  name: 'obligation.extend',
  title: { zh: '批准延期', en: 'Put off what is owed' },
  purpose: {
    zh: '上级说明理由，把下级应办事项的期限推后；列表、亮灯和后续步骤按新期限计算，已采取的步骤不变。',
    en: 'A superior puts off what is owed below, with a reason; lists, lights and the steps to come follow the new day, and steps taken stand.',
  },
  duty: 'follow-up-the-late',
  parameters: ['extension_max'],
  input: z.object({
    unit: UnitId.meta({ label: { zh: '批准单位', en: 'Granting unit' } }),
    item: ItemId,
    due: Day.meta({ label: { zh: '新期限', en: 'New day' }, widget: 'day' }),
    reason: Reason,
  }),
  refusals: {
    ...owedRefusals,
    'not-the-superior': {
      zh: '这项的期限由{unit}批准推后。',
      en: 'It is for {unit} to put this off.',
      topic: { zh: '由本级批准', en: 'it is for this level to grant' },
      remedy: { zh: '请{unit}批准。', en: 'Ask {unit}.' },
      cites: 'duty:follow-up-the-late',
    },
    'own-obligation': {
      zh: '上面再无上级，自己的事项不能由自己延期。',
      en: 'Nobody stands above; nobody puts off what they owe themselves.',
      topic: { zh: '不是自己的事项', en: 'it is not one’s own' },
      remedy: { zh: '按期办理。', en: 'Do it in time.' },
    },
    'set-by-law': {
      zh: '“{title}”的期限由法律规定，不能推后。',
      en: 'The limit of «{title}» is set by law and cannot be put off.',
      topic: { zh: '期限可以推后', en: 'its limit may be put off' },
      remedy: { zh: '按法定期限办理。', en: 'Do it within the limit of the law.' },
    },
    'not-later': {
      zh: '现在的期限是{due}，新期限{day}须更晚，且不早于今天。',
      en: 'It is due on {due}; the new day {day} must be later, and not before today.',
      topic: { zh: '新期限更晚', en: 'the new day is later' },
      remedy: { zh: '选择更晚的日期。', en: 'Choose a later day.' },
    },
    'extension-too-long': {
      zh: '原期限{first}，最多推后到{last}。',
      en: 'It was due on {first} at first and may be put off to {last} at most.',
      topic: { zh: '在延期上限之内', en: 'it is within the longest extension' },
      remedy: { zh: '选择{last}或以前的日期。', en: 'Choose {last} or an earlier day.' },
      cites: 'parameter:extension_max',
    },
  },
  then: [
    { zh: '期限、亮灯和后续步骤按新日期计算。', en: 'Its day, its light and the steps to come follow the new day.' },
    { zh: '已经采取的步骤不撤销。', en: 'Steps that were taken are not undone.' },
  ],
  about: {
    kind: 'obligation',
    offered: (item: { extendable?: boolean }) => item.extendable === true,
    input: (item: { id: string; superior: { id: string } }) => ({ unit: item.superior.id, item: item.id }),
    over: (item: { unit: string; superior?: { id: string } }) => item.superior?.id ?? item.unit,
  },
  over: (input) => input.unit,
  async facts(tx, { item }, by) {
    const owed = await findOwed(tx, item, by)
    const declared = by.charter.text.obligations.find((each) => each.id === owed?.obligation)
    const max = by.charter.getSpan(
      'extension_max',
      by.on,
      by.lineage.map((unit) => unit.code),
    )
    return {
      owed,
      isByLaw: declared?.extendable === false,
      last: owed ? addSpan(owed.firstDueOn, max, by.charter.calendar) : by.on,
    }
  },
  rule({ owed, isByLaw, last }, { unit, due }, refuse, by) {
    if (!owed || owed.isSettled) return isOwed(owed, refuse)
    return [
      owed.superior.id === unit || refuse('not-the-superior', { unit: owed.superior.name }),
      owed.superior.id !== owed.bearer.id || refuse('own-obligation'),
      !isByLaw || refuse('set-by-law', { title: owed.title }),
      (due > owed.dueOn && due >= by.on) || refuse('not-later', { due: owed.dueOn, day: due }),
      due <= last || refuse('extension-too-long', { first: owed.firstDueOn, last }),
    ]
  },
  async effect(tx, { unit, item, due, reason }, { owed }, by) {
    const ordinal = (owed?.extensions ?? 0) + 1
    await sql`insert into obligation_extension (item_id, ordinal, due_on, from_due_on, by_unit_id, reason, on_day, act_id)
      values (${item}, ${ordinal}, ${due}, ${owed?.dueOn}, ${unit}, ${reason}, ${by.on}, ${by.act})`.execute(tx)
    return { item, ordinal, due }
  },
})

import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { withAbilities } from '#kernel/abilities.ts'
import { findLineage } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'
import { described, itemColumns, type Row, takenSteps } from './describe.ts'
import { datedLadder, takerOf } from './ladder.ts'

/** One item, for its permanent address: its ladder, what was answered, and what it was put off to. */
export const showObligation = ask({
  name: 'obligation.show',
  title: { zh: '应办事项详情', en: 'One obligation' },
  purpose: {
    zh: '一项应办事项的来由、期限、责任人、催办经过、答复、延期和结果。',
    en: 'Why an item is owed, by when, by whom, what was done about it, answered and put off, and how it ended.',
  },
  access: 'seated',
  input: z.object({ id: z.uuid() }),
  async answer(reader, { id }) {
    const { rows } = await sql<Row>`
      select ${itemColumns(reader.on)}
        from obligation_item i join unit_version v on v.unit_id = i.unit_id and (v.valid_at @> ${reader.on}::date) is true
       where i.id = ${id} and i.opened_on <= ${reader.on}::date`.execute(reader.db)
    const [plain] = await described(reader, rows)
    if (!plain) throw new NotFound({ zh: '没有这项应办事项。', en: 'There is no such obligation.' })
    const isLapsed = plain.lapsed_on !== null
    const item = isLapsed ? { ...plain, byHand: null, isUrged: false, extendable: false, next: null } : plain
    const [able] = await withAbilities(reader, 'obligation', [item])
    const [ladder, answers, extensions] = await Promise.all([
      ladderOfItem(reader, item),
      answersOf(reader, id),
      extensionsOf(reader, id),
    ])
    return { ...item, can: able?.can ?? [], ladder, answers, extensions }
  },
})

/** Who took a step: a person by name, or the mechanism. */
const actedBy = sql`json_build_object('kind', j.actor_kind, 'person', case when p.id is not null then
  json_build_object('id', p.id, 'name', json_build_object('zh', p.name_zh, 'en', p.name_en), 'madeUp', p.made_up) end)`
type ActedBy = {
  readonly kind: 'person' | 'public' | 'mechanism'
  readonly person: { readonly id: string; readonly name: Text; readonly madeUp: boolean } | null
}

type Item = Awaited<ReturnType<typeof described>>[number]

/** Every step of the charter for this item: done by which act on which day, or to come, or no longer needed. */
async function ladderOfItem(reader: Reader, item: Item) {
  const { charter, db, on } = reader
  const taken = (await takenSteps(reader, [item])).get(item.id) ?? []
  const lineage = await findLineage(db, item.unit, on)
  const { rows } = await sql<{ id: string; by: ActedBy }>`
    select j.id, ${actedBy} as by from journal j left join person p on p.id = j.person_id
     where j.id = any (${taken.map((each) => each.act)}::uuid[])`.execute(db)
  const dated = datedLadder(charter, item)
  const bearer = item.owes?.unit
  const isOver = item.met_on !== null || item.lapsed_on !== null
  return charter.text.escalation.flatMap((step) => {
    const done = taken.find((each) => each.step === step.step)
    const due = dated.find((each) => each.step.step === step.step)
    if (!done && !due) return []
    const taker = lineage && bearer && takerOf(charter, step, lineage, bearer)
    return [
      {
        step: step.step,
        title: step.title,
        afterWorkingDays: step.after_working_days,
        by: step.by,
        taker: taker ?? null,
        dueOn: due?.on ?? null,
        state: done ? ('done' as const) : isOver ? ('spared' as const) : ('ahead' as const),
        done: done
          ? {
              on: done.on,
              act: done.act,
              reason: done.reason,
              who: rows.find((row) => row.id === done.act)?.by ?? null,
            }
          : null,
      },
    ]
  })
}

async function answersOf({ db, on }: Reader, id: string) {
  const { rows } = await sql<{
    ordinal: number
    explanation: string
    promised: Day
    on: Day
    act: string
    by: ActedBy
  }>`
    select a.ordinal, a.explanation, a.promised_on as promised, a.on_day as on, a.act_id as act, ${actedBy} as by
      from obligation_answer a join journal j on j.id = a.act_id left join person p on p.id = j.person_id
     where a.item_id = ${id} and a.on_day <= ${on}::date order by a.ordinal`.execute(db)
  return rows
}

async function extensionsOf({ db, on }: Reader, id: string) {
  const { rows } = await sql<{
    ordinal: number
    due: Day
    before: Day
    reason: string
    on: Day
    act: string
    by: ActedBy
  }>`
    select x.ordinal, x.due_on as due, x.from_due_on as before, x.reason, x.on_day as on, x.act_id as act, ${actedBy} as by
      from obligation_extension x join journal j on j.id = x.act_id left join person p on p.id = j.person_id
     where x.item_id = ${id} and x.on_day <= ${on}::date order by x.ordinal`.execute(db)
  return rows
}

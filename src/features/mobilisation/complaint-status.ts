import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import type { Day, Text } from '#kernel/words.ts'
import { digestOf, noReceipt, Receipt } from './complaint-books.ts'
import { postOf } from './complaint-list.ts'
import {
  type ComplaintKind,
  complaintKinds,
  type ComplaintOutcome,
  complaintOutcomes,
  type ComplaintState,
  complaintStates,
  type ComplaintWay,
  complaintWay,
} from './complaint-words.ts'

type Told = {
  complaint: string
  unit: string
  kind: ComplaintKind
  on: Day
  files: number
  steps: {
    ordinal: number
    step: ComplaintWay
    state: ComplaintState
    handler: string
    outcome: ComplaintOutcome | null
    on: Day
    answer: string | null
  }[]
}

/** Whoever holds a receipt asks what became of what they filed. What they said themselves is not told again. */
export const complaintStatus = ask({
  name: 'complaint.status',
  title: { zh: '查询投诉举报', en: 'What became of a complaint' },
  purpose: {
    zh: '凭回执编号查询由谁办理、何时答复、答复内容。',
    en: 'With the receipt anyone sees who handles their complaint, by when it is answered, and the answer.',
  },
  access: 'public',
  input: z.object({ receipt: Receipt }),
  async answer(reader, { receipt }) {
    const { db, on } = reader
    const { rows } = await sql<{ told: Told | null }>`
      select complaint_by_receipt(${digestOf(receipt)}, ${on}::date) as told`.execute(db)
    const told = rows[0]?.told
    const last = told?.steps.at(-1)
    if (!told || !last) throw new NotFound(noReceipt)
    const [names, post, due] = await Promise.all([
      namesOf(reader, [told.unit, ...told.steps.map((step) => step.handler)]),
      postOf(reader, last.handler),
      dueOf(reader, told.complaint, last.handler),
    ])
    return {
      unit: told.unit,
      name: names.get(told.unit) ?? null,
      kindName: complaintKinds[told.kind],
      on: told.on,
      state: last.state,
      stateName: complaintStates[last.state],
      handlerName: names.get(last.handler) ?? null,
      post,
      due: last.state === 'open' ? due : null,
      files: told.files,
      steps: told.steps.map(({ handler, step, outcome, ...rest }) => ({
        ...rest,
        step,
        stepName: complaintWay[step],
        outcomeName: outcome && complaintOutcomes[outcome],
        handlerName: names.get(handler) ?? null,
      })),
    }
  },
})

async function namesOf({ db, on }: Reader, units: readonly string[]): Promise<ReadonlyMap<string, Text>> {
  const { rows } = await sql<{ unit: string; zh: string; en: string }>`
    select distinct on (unit_id) unit_id as unit, name_zh as zh, name_en as en from unit_version
     where unit_id = any (${[...new Set(units)]}::uuid[]) and lower(valid_at) <= ${on}::date
     order by unit_id, lower(valid_at) desc`.execute(db)
  return new Map(rows.map(({ unit, zh, en }) => [unit, { zh, en }]))
}

async function dueOf({ db, on }: Reader, complaint: string, unit: string): Promise<Day | null> {
  const { rows } = await sql<{ due: Day }>`
    select obligation_due(id, due_on, ${on}::date) as due from obligation_item
     where subject = ${complaint} and unit_id = ${unit} and obligation = 'answer-complaint' and opened_on <= ${on}::date
       and (met_on is null or met_on > ${on}::date) and (lapsed_on is null or lapsed_on > ${on}::date)`.execute(db)
  return rows[0]?.due ?? null
}

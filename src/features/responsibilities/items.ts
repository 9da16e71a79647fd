import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { AnyAct } from '#kernel/act.ts'
import { lineagesOf } from '#kernel/abilities.ts'
import type { Reader } from '#kernel/ask.ts'
import { metaOf } from '#kernel/input.ts'
import { findBearer } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'
import { standOf } from '#features/obligations/index.ts'
import { findProjects } from '#features/projects/index.ts'
import { ground, postWords } from './held.ts'

type Row = {
  id: string
  obligation: string
  duty: string
  unit: string
  zh: string
  en: string
  subject: string
  opened_on: Day
  due_on: Day
  opened_by: string
  input: Readonly<Record<string, unknown>>
  detail: { readonly result?: unknown }
}

/** Items that are owed on a day: neither met, nor left without an object, by then. */
export const owedOn = (on: Day) => sql`
  i.opened_on <= ${on}::date and (i.met_on is null or i.met_on > ${on}::date) and (i.lapsed_on is null or i.lapsed_on > ${on}::date)`

/** What is owed, with its words, its ground, the seat that owes it, and the acts that would meet it with what they need to know. */
export async function readItems(reader: Reader, which: RawBuilder<unknown>, limit: number) {
  const { on, charter, db, acts } = reader
  const { rows } = await sql<Row>`
    select i.id, i.obligation, i.duty, i.unit_id as unit, v.name_zh as zh, v.name_en as en, i.subject, i.opened_on,
           obligation_due(i.id, i.due_on, ${on}::date) as due_on, i.opened_by,
           j.input, j.detail
      from obligation_item i
      join unit_version v on v.unit_id = i.unit_id and (v.valid_at @> ${on}::date) is true
      join journal j on j.id = i.opened_by
     where ${owedOn(on)} and (${which})
     order by due_on, i.id limit ${limit}`.execute(db)
  const [lineages, projects] = await Promise.all([
    lineagesOf(
      db,
      rows.map((row) => row.unit),
      on,
    ),
    projectsOf(reader, rows),
  ])
  return rows.map(({ zh, en, input, detail, ...row }) => {
    const declared = charter.text.obligations.find((each) => each.id === row.obligation)
    const duty = charter.findDuty(row.duty, on)
    const lineage = lineages.get(row.unit)
    const bearer = duty && lineage && findBearer(charter, duty, lineage)
    const meeting = (declared?.met_by ?? []).flatMap((name) => acts.find((act) => act.name === name) ?? [])
    return {
      ...row,
      name: { zh, en } satisfies Text,
      /** The one of many things that it is owed about, where it is a project. */
      about: projects.get(row.subject) ?? null,
      title: declared?.title ?? { zh: row.obligation, en: row.obligation },
      dutyTitle: duty?.title ?? { zh: row.duty, en: row.duty },
      ...(declared && ground(charter, declared)),
      owes: bearer && { unit: bearer.unit, posts: bearer.posts.map((post) => postWords(charter, post)) },
      acts: meeting.map((act) => ({
        act: act.name,
        title: act.title,
        duty: act.duty,
        input: {
          ...knownInput(act, row.unit, input, detail.result),
          ...(act.about?.kind === 'project' &&
            projects.has(row.subject) &&
            act.about.input({ unit: row.unit, id: row.subject } as never)),
        },
      })),
      ...standOf(reader, row.due_on, null),
    }
  })
}
export type Item = Awaited<ReturnType<typeof readItems>>[number]

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The projects that items are owed about, by their ids, with their words and where they open. */
async function projectsOf({ db, on }: Reader, rows: readonly Pick<Row, 'subject'>[]) {
  const ids = rows.map((row) => row.subject).filter((subject) => UUID.test(subject))
  const found = ids.length === 0 ? [] : await findProjects(db, ids, on)
  return new Map(found.map(({ id, code, name }) => [id, { name: `${code} ${name}`, record: `/projects/${id}` }]))
}

/**
 * What a form can be told already: the references that the act which opened the item gave or made, under the same names.
 * Only references, units and years; what a person has to say is theirs.
 */
function knownInput(
  act: AnyAct,
  unit: string,
  input: Readonly<Record<string, unknown>>,
  result: unknown,
): Record<string, unknown> {
  const known: Record<string, unknown> = { ...input, ...(typeof result === 'object' ? result : undefined), unit }
  const shape = (act.input as z.ZodObject).shape
  return Object.fromEntries(
    Object.entries(shape).flatMap(([key, field]) =>
      isReference(field) && typeof known[key] !== 'object' && key in known ? [[key, known[key]]] : [],
    ),
  )
}

const isReference = (field: z.core.$ZodType): boolean => {
  const widget = metaOf(field)?.widget
  if (widget) return ['unit', 'year', 'reference', 'post', 'hidden'].includes(widget)
  const { format } = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' }) as { format?: string }
  return format === 'uuid'
}

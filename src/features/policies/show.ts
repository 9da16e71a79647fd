import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { sittings } from '#kernel/standing.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { readPolicies } from './list.ts'
import { readReceipts } from './receipts.ts'

const noSuch = () =>
  new NotFound({
    zh: '没有这份文件，或当日尚未发出。',
    en: 'There is no such document, or it was not issued by that day.',
  })

/** One document with all that followed from it. */
export const showPolicy = ask({
  name: 'policy.show',
  title: { zh: '政策文件详情', en: 'One policy' },
  purpose: {
    zh: '一份文件的要点、分工、签收（含谁还没有签收）、本地措施，以及是否已被取代。',
    en: 'A document’s main points, its division of labour, who has and who has not acknowledged it, how it was localised and whether it was superseded.',
  },
  access: 'public',
  input: z.object({ id: z.uuid() }),
  async answer(reader, { id }) {
    const [line] = await withAbilities(reader, 'policy', await readPolicies(reader, sql`id = ${id}`))
    if (!line) throw noSuch()
    const [text, division, supersession, localisations, replaced, receipts] = await Promise.all([
      reader.db
        .selectFrom('policy')
        .select(['summary_zh', 'summary_en', 'source', 'localises'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
      readDivision(reader, id, line.unit),
      readSupersession(reader, id),
      readPolicies(
        reader,
        sql`id in (select l.id from policy l where l.localises = ${id})`,
        sql`order by "issuedOn" desc limit 200`,
      ),
      readPolicies(
        reader,
        sql`id in (select s.policy_id from policy_supersession s where s.by_policy_id = ${id} and s.superseded_on <= ${reader.on}::date)`,
      ),
      readReceipts(reader, id, { state: 'missing', offset: 0, limit: 50 }),
    ])
    const [localises] = text.localises ? await readPolicies(reader, sql`id = ${text.localises}`) : []
    return {
      ...line,
      summary: { zh: text.summary_zh, en: text.summary_en } satisfies Text,
      source: text.source,
      localises: localises ?? null,
      division,
      supersession,
      replaces: replaced,
      localisations,
      /** The first who are missing; all of them by `policy.receipts`. */
      missing: receipts.receipts,
    }
  },
})

type MeasureRow = {
  version: number
  divided_on: Day
  act: string
  position: number
  zh: string
  en: string
  due: Day
  body: string
  role: 'lead' | 'support'
}

/** The division of labour that held on a day: measure by measure, with who heads each department. */
async function readDivision(reader: Reader, policy: string, unit: string) {
  const { on, charter } = reader
  const { rows } = await sql<MeasureRow>`
    select d.version, d.divided_on, d.act_id as act, m.position, m.text_zh as zh, m.text_en as en, m.due_on as due, b.body, b.role
      from (select * from policy_division where policy_id = ${policy} and divided_on <= ${on}::date order by version desc limit 1) d
      join policy_measure m on m.division_id = d.id
      join policy_measure_department b on b.division_id = m.division_id and b.position = m.position
     order by m.position, b.role, b.body`.execute(reader.db)
  const [first] = rows
  if (!first) return null
  const seated = await sittings(reader.db, [unit], on)
  const department = (id: string) => {
    const post = charter.text.posts.find((each) => each.body === id)
    const head = seated.find((sitting) => sitting.post === post?.id)
    const name = charter.text.bodies.find((each) => each.id === id)?.name ?? { zh: id, en: id }
    return { body: id, name, post: post?.id ?? null, postName: post?.name ?? null, head: head?.person ?? null }
  }
  const measures = Map.groupBy(rows, (row) => row.position)
  return {
    version: first.version,
    dividedOn: first.divided_on,
    act: first.act,
    measures: [...measures.values()].map((all) => ({
      position: all[0]?.position ?? 0,
      text: { zh: all[0]?.zh ?? '', en: all[0]?.en ?? '' } satisfies Text,
      due: all[0]?.due ?? on,
      lead: all.filter((row) => row.role === 'lead').map((row) => department(row.body))[0] ?? null,
      supporting: all.filter((row) => row.role === 'support').map((row) => department(row.body)),
    })),
  }
}

async function readSupersession(reader: Reader, policy: string) {
  const { rows } = await sql<{
    by: string
    zh: string
    en: string
    number: string | null
    reason: string
    on: Day
    act: string
  }>`
    select s.by_policy_id as by, p.title_zh as zh, p.title_en as en, p.number, s.reason, s.superseded_on as on, s.act_id as act
      from policy_supersession s join policy p on p.id = s.by_policy_id
     where s.policy_id = ${policy} and s.superseded_on <= ${reader.on}::date`.execute(reader.db)
  const [found] = rows
  if (!found) return null
  const { zh, en, ...row } = found
  return { ...row, title: { zh, en } satisfies Text }
}

/** Who received a document, who acknowledged it and who has not, page by page. */
export const listReceipts = ask({
  name: 'policy.receipts',
  title: { zh: '文件签收', en: 'Receipts of a policy' },
  purpose: {
    zh: '一份文件主送了谁、谁已签收、谁还没有。',
    en: 'Whom a document was sent to, who acknowledged it and who has not.',
  },
  access: 'public',
  input: z.object({
    policy: z.uuid().optional(),
    /** Only receivers at and below this unit. */
    unit: UnitId.optional(),
    /** Only this receiver itself. */
    receiver: UnitId.optional(),
    state: z.enum(['missing', 'acknowledged', 'all']).default('all'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  answer: (reader, { policy, ...page }) => readReceipts(reader, policy, page),
})

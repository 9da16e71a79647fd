import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import type { Light, Link } from '#kernel/link.ts'
import { findLineage, type Lineage, sittings } from '#kernel/standing.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { principalsOf } from './held.ts'
import { type Item, readItems } from './items.ts'

const ITEMS_MAX = 500
const SHOWN_MAX = 4

/** The column from the root down to a unit: who answers at each link, what each did last, what each owes next, and where it is stuck. */
export const chainOf = ask({
  name: 'chain.of',
  title: { zh: '责任链', en: 'The chain of responsibility' },
  purpose: {
    zh: '从中央到某单位的每一环：谁负责、最近办了什么、接下来应办什么；环与环之间交下了什么、答上了什么；卡在哪里。',
    en: 'Every link from the root to a unit: who answers, what was done last, what is owed next; what was handed down and answered up between them; where it is stuck.',
  },
  access: 'seated',
  input: z.object({ unit: UnitId }),
  async answer(reader, { unit }) {
    const { db, charter, on } = reader
    const lineage = await findLineage(db, unit, on)
    if (!lineage) throw new NotFound({ zh: `${on} 没有这个单位。`, en: `There was no such unit on ${on}.` })
    const ids = lineage.map((each) => each.id)
    const [seated, items, last, designated, ...linked] = await Promise.all([
      sittings(db, ids, on),
      readItems(reader, sql`i.unit_id = any (${ids}::uuid[])`, ITEMS_MAX),
      lastDeeds(reader, lineage),
      designations(reader, ids),
      ...reader.links.map((read) => read(reader, lineage)),
    ])
    const links = linked.flat()
    const rungs = [...lineage].reverse().map((each) => {
      const owed = items.filter((item) => item.owes?.unit.id === each.id)
      const principals = principalsOf(charter, each, seated)
      const isHeld = designated.has(each.id) && principals.some((principal) => principal.isTenureBound)
      const { name, role } = charter.tier(each.tier)
      return {
        unit: each,
        tier: { id: each.tier, name, role },
        principals,
        last: last.get(each.id) ?? null,
        owed: owed.slice(0, SHOWN_MAX),
        owedTotal: owed.length,
        late: owed.filter((item) => item.light === 'red').length,
        tenure: isHeld ? tenureNote : null,
      }
    })
    return { unit: lineage[0], on, rungs, links, stuck: stuckAt(items, links, rungs) }
  },
})

const tenureNote: Text = {
  zh: '退出前保持稳定（不脱贫不调整、不摘帽不调离）',
  en: 'in office until the exit: principals of a poor unit are not moved before it',
}

type Deed = { id: string; act: string; on: Day; title: Text; over: Text; post: string | null }

/** The last thing that each unit's seats did over a unit of this chain. */
async function lastDeeds({ db, on, acts }: Reader, lineage: Lineage): Promise<Map<string, Deed>> {
  const ids = lineage.map((unit) => unit.id)
  const { rows } = await sql<{ seat: string; id: string; act: string; on: Day; over: string; post: string | null }>`
    select s.seat, j.id, j.act, j.done_on as on, j.unit_id as over, j.seat_post as post
      from unnest(${ids}::uuid[]) s (seat)
      cross join lateral (
        select id, act, done_on, unit_id, seat_post from journal
         where seat_unit_id = s.seat and unit_id = any (${ids}::uuid[]) and done_on <= ${on}::date and outcome = 'done'
         order by done_on desc, seq desc limit 1) j`.execute(db)
  const names = new Map(lineage.map((unit) => [unit.id, unit.name]))
  return new Map(
    rows.map(({ seat, over, ...row }) => [
      seat,
      {
        ...row,
        title: acts.find((act) => act.name === row.act)?.title ?? { zh: row.act, en: row.act },
        over: names.get(over) ?? { zh: '', en: '' },
      },
    ]),
  )
}

async function designations({ db, on }: Reader, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ unit: string }>`
    select unit_id as unit from unit_designation where unit_id = any (${ids}::uuid[]) and (valid_at @> ${on}::date) is true`.execute(
    db,
  )
  return new Set(rows.map((row) => row.unit))
}

type Rungs = readonly {
  readonly unit: { readonly id: string; readonly name: Text }
  readonly principals: ReturnType<typeof principalsOf>
}[]
type Stuck = {
  readonly light: Light
  readonly words: Text
  readonly unit: string | null
  readonly record: string | null
}

/** One look says where it is stuck: the latest item first, then what waits closest to its day, then an empty seat. */
function stuckAt(items: readonly Item[], links: readonly Link[], rungs: Rungs): Stuck {
  const late = items.find((item) => item.light === 'red')
  const waiting = late ?? items.find((item) => item.light === 'yellow')
  if (waiting?.owes) {
    const { unit } = waiting.owes
    return {
      light: waiting.light,
      words: {
        zh: `${late ? '卡在' : '等'}：${unit.name.zh} · ${waiting.title.zh}，${waiting.words.zh}`,
        en: `${late ? 'Stuck at' : 'Waits for'} ${unit.name.en}: ${waiting.title.en}, ${waiting.words.en}`,
      },
      unit: unit.id,
      record: `/obligations/${waiting.id}`,
    }
  }
  const red = links.find((link) => link.light === 'red')
  if (red)
    return {
      light: 'red',
      words: { zh: `${red.label.zh}：${red.words.zh}`, en: `${red.label.en}: ${red.words.en}` },
      unit: red.lower,
      record: red.record,
    }
  const vacant = rungs.find((rung) => rung.principals.every((principal) => principal.person === null))
  if (vacant)
    return {
      light: 'yellow',
      words: {
        zh: `${vacant.unit.name.zh}主要负责人空缺`,
        en: `${vacant.unit.name.en} has nobody in its principal seats`,
      },
      unit: vacant.unit.id,
      record: null,
    }
  const open = items.length
  return {
    light: 'green',
    words:
      open === 0
        ? { zh: '无应办事项，无逾期', en: 'nothing is owed, nothing is late' }
        : { zh: `${open} 件在期限内，无逾期`, en: `${open} within time, nothing is late` },
    unit: null,
    record: null,
  }
}

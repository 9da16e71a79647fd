import { sql } from 'kysely'
import { z } from 'zod'
import { lineagesOf, withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound } from '#kernel/ask.ts'
import type { Waiting, WaitingFor } from '#kernel/waiting.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import {
  drawUnits,
  findInspection,
  inspectDuty,
  type Inspection,
  inspectionsOn,
  readFrame,
} from './inspection-facts.ts'
import { dueInspections } from './inspection-open.ts'
import { type FindingState, inspectionWords } from './states.ts'

type Row = Inspection & { unitName: Text; frame: number; findings: number; going: number; total: number }

/** Inspections that a unit plans, or that one of its units may be drawn for. */
export const listInspections = ask({
  name: 'inspection.list',
  title: { zh: '督查', en: 'Inspections' },
  purpose: {
    zh: '某单位组织的、或其范围内单位在抽取范围中的督查，走到哪一步，查出多少问题。',
    en: 'Inspections that a unit plans or whose frame reaches into it: how far they have come, and how much they found.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId.optional(),
    search: z.string().trim().max(100).optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, search, offset, limit }) {
    const { db, on } = reader
    const { rows } = await sql<Row>`
      select i.*, json_build_object('zh', v.name_zh, 'en', v.name_en) as "unitName", count(*) over ()::int as total,
             (select count(*)::int from inspection_frame f where f.inspection_id = i.id) as frame,
             (select count(*)::int from finding f where f.inspection_id = i.id and f.on_day <= ${on}::date) as findings,
             (select count(*)::int from finding f where f.inspection_id = i.id and f.on_day <= ${on}::date and not exists (
                select from finding_step s where s.finding_id = f.id and s.on_day <= ${on}::date and s.state in ('closed', 'withdrawn'))) as going
        from (${inspectionsOn(on)}) i
        join lateral (select name_zh, name_en, lineage from unit_version w where w.unit_id = i.unit and lower(w.valid_at) <= ${on}::date
                       order by lower(w.valid_at) desc limit 1) v on true
       where (${unit ?? null}::uuid is null or v.lineage @> array[${unit ?? null}]::uuid[] or exists (
               select from inspection_frame f join unit_version w on w.unit_id = f.unit_id and w.valid_at @> ${on}::date
                where f.inspection_id = i.id and w.lineage @> array[${unit ?? null}]::uuid[]))
         and (${search ?? null}::text is null or strpos(lower(i.title), lower(${search ?? null})) > 0)
       order by i.on desc, i.id desc limit ${limit} offset ${offset}`.execute(db)
    const desk = reader.actor?.kind === 'person' ? [{ unit: reader.actor.seat.unit }] : []
    return {
      total: rows[0]?.total ?? 0,
      inspections: rows.map(({ total: _all, ...row }) => ({ ...row, stateWords: inspectionWords[row.state] })),
      can: (await withAbilities(reader, 'inspection-desk', desk)).flatMap((each) => each.can),
    }
  },
})

type Place = { n: number; unit: string; name: Text; stratum: string; drawn: boolean }
type Found = { id: string; title: string; name: Text; unit: string; state: FindingState }

/** Whether the day of what comes next has come: the draw, or the opening. */
const isDue = ({ state, drawOn, opensOn }: Inspection, today: Day) => (state === 'planned' ? drawOn : opensOn) <= today

/** One inspection: its plan and committed seed, and from its day on the list, drawn again from the seed. */
export const showInspection = ask({
  name: 'inspection.show',
  title: { zh: '一次督查', en: 'One inspection' },
  purpose: {
    zh: '计划、种子的摘要、抽取范围；启封以后还有种子、名单和重新抽取的结果。',
    en: 'Plan, digest of the seed, frame; once it is opened, the seed, the list, and the list as it is drawn again from them.',
  },
  access: 'seated',
  input: z.object({ id: z.uuid() }),
  async answer(reader, { id }) {
    const { db, on, charter } = reader
    const found = await findInspection(db, id, on)
    if (!found) throw new NotFound({ zh: '当日没有这次督查', en: 'There was no such inspection on that day' })
    const isOpen = found.state === 'opened'
    const [{ rows: frame }, { rows: inspectors }, { rows: findings }, { rows: checks }, lineages] = await Promise.all([
      sql<Place>`
        select f.n, f.unit_id as unit, json_build_object('zh', v.name_zh, 'en', v.name_en) as name, f.stratum,
               ${isOpen} and d.n is not null as drawn
          from inspection_frame f
          left join inspection_drawn d on d.inspection_id = f.inspection_id and d.n = f.n
          join lateral (select name_zh, name_en from unit_version w where w.unit_id = f.unit_id and lower(w.valid_at) <= ${on}::date
                         order by lower(w.valid_at) desc limit 1) v on true
         where f.inspection_id = ${id} order by f.n`.execute(db),
      sql<{ id: string; name: Text; madeUp: boolean }>`
        select p.id, json_build_object('zh', p.name_zh, 'en', p.name_en) as name, p.made_up as "madeUp"
          from inspection_inspector i join person p on p.id = i.person_id where i.inspection_id = ${id} order by p.name_zh`.execute(
        db,
      ),
      sql<Found>`
        select f.id, f.title, f.unit_id as unit, json_build_object('zh', v.name_zh, 'en', v.name_en) as name, s.state
          from finding f
          join lateral (select state from finding_step s where s.finding_id = f.id and s.on_day <= ${on}::date order by s.ordinal desc limit 1) s on true
          join lateral (select name_zh, name_en from unit_version w where w.unit_id = f.unit_id and lower(w.valid_at) <= ${on}::date
                         order by lower(w.valid_at) desc limit 1) v on true
         where f.inspection_id = ${id} order by f.on_day, f.id`.execute(db),
      sql<{ id: string; zh: string; en: string }>`
        select distinct on (check_id) check_id as id, title_zh as zh, title_en as en from check_run
         where check_id = any (${found.topics}::text[]) and on_day <= ${on}::date order by check_id, n desc`.execute(
        db,
      ),
      lineagesOf(db, [found.unit], on),
    ])
    const titles = new Map(checks.map(({ id: check, ...title }) => [check, title]))
    const topics = found.topics.map((topic) => {
      const check = titles.get(topic)
      return {
        id: topic,
        isCheck: check !== undefined,
        title: check ?? charter.findDuty(topic, on)?.title ?? { zh: topic, en: topic },
      }
    })
    const drawn = frame.filter((each) => each.drawn).map((each) => each.n)
    const again = isOpen ? drawUnits(await readFrame(db, id), found.seed ?? '', found.beacon ?? '') : []
    const [shown] = await withAbilities(reader, 'inspection', [{ ...found, isDue: isDue(found, reader.today) }])
    const visits = frame
      .filter((each) => each.drawn)
      .map((each) => ({ ...each, inspector: found.unit, responsible: each.unit, inspection: id, isOpen: true }))
    return {
      ...shown!,
      unitName: lineages.get(found.unit)?.[0].name ?? { zh: found.unit, en: found.unit },
      stateWords: inspectionWords[found.state],
      topics,
      frame,
      /** The units drawn, once that is told. */
      drawn: await withAbilities(reader, 'finding-to-be', visits),
      inspectors,
      findings,
      /** Drawn again from the seed that was told; null as long as it is sealed. */
      isSameDrawnAgain: isOpen ? JSON.stringify(drawn) === JSON.stringify(again) : null,
    }
  },
})

/** A draw, or an opening, whose day has come. */
export const inspectionWaiting: WaitingFor = async ({ db, on }, units) =>
  (await dueInspections(db, on, units)).map(({ id, unit, title, what, day }): Waiting => ({
    kind: 'inspection',
    subject: id,
    title:
      what === 'draw'
        ? { zh: `抽取：${title}`, en: `Draw the units: ${title}` }
        : { zh: `启封：${title}`, en: `Open the list: ${title}` },
    unit,
    duty: inspectDuty,
    since: day,
    due: day,
    record: `/inspections/${id}`,
  }))

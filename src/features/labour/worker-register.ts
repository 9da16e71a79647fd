import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { scattered } from '#kernel/uuid.ts'
import { UnitId } from '#kernel/words.ts'
import { word } from './inputs.ts'
import { readSkills } from './read.ts'
import { addVersions, profile, profileLines, profileRefusals } from './profile.ts'
import { BATCH_MAX } from './words.ts'

const Worker = z.strictObject({
  nameZh: word(40, '姓名（中文）', 'Name (Chinese)'),
  nameEn: word(80, '姓名（英文）', 'Name (English)'),
  idNumber: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z-]{4,30}$/)
    .meta({ label: { zh: '证件号码', en: 'ID number' }, personal: true }),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9 -]{5,20}$/)
    .meta({ label: { zh: '电话', en: 'Telephone' }, personal: true }),
  ...profile,
  madeUp: z
    .boolean()
    .default(false)
    .meta({ label: { zh: '虚构', en: 'Made up' }, widget: 'hidden' }),
})

/** A county registers the people that it can send. ID numbers and telephones lie behind row security. */
export const registerWorkers = act({
  name: 'worker.register',
  title: { zh: '登记可选派人员', en: 'Register people who can be sent' },
  purpose: {
    zh: '登记可以驻村或担任帮扶责任人的人员：派出单位、籍贯、专长和限制。证件号码和电话只有本县承办人可以查看。',
    en: 'Registers people who can serve in a village or help households: who sends them, where they come from, their skills and limits. ID numbers and telephones are seen by the county’s own staff only.',
  },
  duty: 'coordinate-labour',
  rowSecurity: true,
  input: z.object({
    unit: UnitId,
    workers: z
      .array(Worker)
      .min(1)
      .max(BATCH_MAX)
      .meta({ label: { zh: '人员', en: 'People' } }),
  }),
  refusals: {
    'person-twice': {
      zh: '{worker}的证件号码在名单中列了两次。',
      en: 'The ID number of {worker} stands twice in the list.',
      topic: { zh: '名单中没有重复', en: 'nobody stands twice in the list' },
      remedy: { zh: '删去重复的一行。', en: 'Leave the second out.' },
    },
    'person-known': {
      zh: '{worker}已经登记（证件号码相同）。',
      en: '{worker} is registered already: the ID number is known.',
      topic: { zh: '人员尚未登记', en: 'the people are new' },
      remedy: {
        zh: '删去这一行；情况有变的用“更新人员情况”。',
        en: 'Leave them out; changes go by «Bring a record up to date».',
      },
    },
    ...profileRefusals,
  },
  about: { kind: 'labour', input: (county: { unit: string }) => ({ unit: county.unit }) },
  over: (input) => input.unit,
  async facts(tx, { unit, workers }) {
    const [known, skills] = await Promise.all([
      sql<{ n: number }>`
        select x.n::int as n from unnest(${workers.map((each) => each.idNumber)}::text[]) with ordinality as x (number, n)
          join worker_private w on w.unit_id = ${unit} and w.id_number = x.number`.execute(tx),
      readSkills(tx),
    ])
    return { known: known.rows.map((row) => row.n - 1), skills }
  },
  rule({ known, skills }, { workers }, refuse) {
    const numbers = workers.map((each) => each.idNumber)
    return workers.flatMap((each, at) => {
      const worker = { zh: each.nameZh, en: each.nameEn }
      return [
        numbers.indexOf(each.idNumber) === at || refuse('person-twice', { worker }),
        !known.includes(at) || refuse('person-known', { worker }),
        ...profileLines(worker, each, skills, refuse),
      ]
    })
  },
  async effect(tx, { unit, workers }, { skills }, by) {
    const ids = workers.map((_, at) => scattered(by.act, at))
    const column = <T>(of: (worker: (typeof workers)[number]) => T) => workers.map(of)
    await sql`insert into person (id, name_zh, name_en, made_up, act_id)
      select id, zh, en, made_up, ${by.act}
        from unnest(${ids}::uuid[], ${column((each) => each.nameZh)}::text[], ${column((each) => each.nameEn)}::text[],
                    ${column((each) => each.madeUp)}::boolean[]) as x (id, zh, en, made_up)`.execute(tx)
    await sql`insert into worker (id, unit_id, on_day, act_id)
      select id, ${unit}, ${by.on}, ${by.act} from unnest(${ids}::uuid[]) as x (id)`.execute(tx)
    await sql`insert into worker_private (worker_id, unit_id, id_number, phone, act_id)
      select id, ${unit}, number, phone, ${by.act}
        from unnest(${ids}::uuid[], ${column((each) => each.idNumber)}::text[], ${column((each) => each.phone)}::text[])
             as x (id, number, phone)`.execute(tx)
    await addVersions(
      tx,
      by,
      skills,
      workers.map((each, at) => ({ ...each, id: ids[at] ?? '', n: 1, available: true })),
    )
    return { unit, workers: ids }
  },
})

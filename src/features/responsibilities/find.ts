import { sql } from 'kysely'
import { z } from 'zod'
import { ask, type Reader } from '#kernel/ask.ts'
import type { Text } from '#kernel/words.ts'
import { asks as policyAsks } from '#features/policies/index.ts'
import { postWords } from './held.ts'

export type Found = {
  readonly kind: 'unit' | 'person' | 'act' | 'duty' | 'document'
  readonly label: Text
  /** What tells it from others of its name. */
  readonly about: Text
  readonly to: string
}

const UNITS_MAX = 8
const OTHERS_MAX = 5

/** Anything by its name: units, people, documents, duties, and things to do. */
export const findAnything = ask({
  name: 'find.anything',
  title: { zh: '查找', en: 'Find' },
  purpose: {
    zh: '按名称、代码、姓名、文号查单位、人员、文件、职责，或要办的事。',
    en: 'Units, people, documents, duties and things to do, by name, code or number.',
  },
  access: 'public',
  input: z.object({
    text: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .meta({ label: { zh: '查找内容', en: 'Text' } }),
  }),
  async answer(reader, { text }) {
    const isSeated = reader.actor?.kind === 'person'
    const [units, people, documents] = await Promise.all([
      findUnits(reader, text),
      isSeated ? findPeople(reader, text) : [],
      isSeated ? findDocuments(reader, text) : [],
    ])
    return { found: [...units, ...findActs(reader, text), ...documents, ...people, ...findDuties(reader, text)] }
  },
})

/** A text as a pattern that is found anywhere; what would mean something in a pattern means itself. */
export const likely = (text: string) => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

async function findUnits({ db, on, charter, actor }: Reader, text: string): Promise<readonly Found[]> {
  const { rows } = await sql<{
    id: string
    zh: string
    en: string
    tier: string
    code: string | null
    above_zh: string | null
    above_en: string | null
  }>`
    select v.unit_id as id, v.name_zh as zh, v.name_en as en, v.tier, v.code, p.name_zh as above_zh, p.name_en as above_en
      from unit_version v left join unit_version p on p.unit_id = v.parent_id and (p.valid_at @> ${on}::date) is true
     where (v.valid_at @> ${on}::date) is true and (v.name_zh ilike ${likely(text)} or v.name_en ilike ${likely(text)} or v.code = ${text})
     order by (lower(v.name_en) = lower(${text}) or v.name_zh = ${text} or v.code = ${text}) desc,
              exists (select from unit_designation d where d.unit_id = v.unit_id) desc,
              strpos(lower(v.name_en || v.name_zh), lower(${text})), length(v.name_zh), v.code
     limit ${UNITS_MAX}`.execute(db)
  return rows.map((row) => ({
    kind: 'unit',
    label: { zh: row.zh, en: row.en },
    about: {
      zh: [row.above_zh, charter.tier(row.tier).name.zh, row.code].filter(Boolean).join(' · '),
      en: [row.above_en, charter.tier(row.tier).name.en, row.code].filter(Boolean).join(' · '),
    },
    to: actor?.kind === 'person' ? `/chain/${row.id}` : `/units/${row.id}`,
  }))
}

async function findPeople({ db, on, charter }: Reader, text: string): Promise<readonly Found[]> {
  const { rows } = await sql<{
    zh: string
    en: string
    id: string
    unit: string
    unit_zh: string
    unit_en: string
    post: string
  }>`
    select p.id, p.name_zh as zh, p.name_en as en, v.unit_id as unit, v.name_zh as unit_zh, v.name_en as unit_en, a.post
      from person p
      join appointment a on a.person_id = p.id and (a.valid_at @> ${on}::date) is true
      join unit_version v on v.unit_id = a.unit_id and (v.valid_at @> ${on}::date) is true
     where p.name_zh ilike ${likely(text)} or p.name_en ilike ${likely(text)}
     order by (p.name_zh = ${text} or lower(p.name_en) = lower(${text})) desc, v.code nulls first limit ${OTHERS_MAX}`.execute(
    db,
  )
  return rows.map((row) => {
    const { name } = postWords(charter, row.post)
    return {
      kind: 'person',
      label: { zh: row.zh, en: row.en },
      about: { zh: `${row.unit_zh} · ${name.zh}`, en: `${row.unit_en} · ${name.en}` },
      to: `/journal?person=${row.id}`,
    }
  })
}

async function findDocuments(reader: Reader, text: string): Promise<readonly Found[]> {
  const list = policyAsks.find((each) => each.name === 'policy.list')
  if (!list) return []
  const { policies } = await list.answer(reader, list.input.parse({ search: text, limit: OTHERS_MAX }))
  return policies.map((policy) => ({
    kind: 'document',
    label: policy.title,
    about: { zh: policy.number ?? policy.unitName.zh, en: policy.number ?? policy.unitName.en },
    to: `/policies/${policy.id}`,
  }))
}

const speaksOf = (text: string, ...texts: readonly string[]) =>
  texts.some((each) => each.toLowerCase().includes(text.toLowerCase()))

const findActs = ({ acts, charter, on }: Reader, text: string): readonly Found[] =>
  acts
    .filter((act) => !act.automatic && !act.founding && speaksOf(text, act.name, act.title.zh, act.title.en))
    .slice(0, OTHERS_MAX)
    .map((act) => ({
      kind: 'act',
      label: act.title,
      about: charter.findDuty(act.duty, on)?.title ?? { zh: '', en: '' },
      to: `/act/${act.name}`,
    }))

const findDuties = ({ charter, on }: Reader, text: string): readonly Found[] =>
  charter
    .dutiesOn(on)
    .filter((duty) => speaksOf(text, duty.id, duty.title.zh, duty.title.en))
    .slice(0, OTHERS_MAX)
    .map((duty) => ({
      kind: 'duty',
      label: duty.title,
      about: { zh: duty.article && `第${duty.article}条`, en: duty.article && `art. ${duty.article}` },
      to: `/charter?duty=${duty.id}`,
    }))

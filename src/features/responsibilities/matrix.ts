import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import type { Duty, Obligation } from '#kernel/charter.ts'
import { carriedOut } from '#kernel/charter-diff.ts'
import { findLineage, sittings, whoAnswers } from '#kernel/standing.ts'
import { UnitId } from '#kernel/words.ts'
import { ground, postWords } from './held.ts'

const Version = z
  .string()
  .max(40)
  .meta({ label: { zh: '章程版本', en: 'Version' } })

/** Who owes what: every duty of a version by tier, with its clause and article, its posts, its acts, and who holds it somewhere. */
export const charterMatrix = ask({
  name: 'charter.matrix',
  title: { zh: '责任矩阵', en: 'The responsibility matrix' },
  purpose: {
    zh: '章程某一版本的全部职责：原文、条款、出处、由哪一级哪个职务承担、办什么事；与上一版本相比增减了什么；在某单位由谁承担。',
    en: 'Every duty of a version of the charter: clause, article, source, posts by tier, acts; what the version before lacked; who holds it for a unit.',
  },
  access: 'public',
  input: z.object({ version: Version.optional(), unit: UnitId.optional() }),
  async answer(reader, { version, unit }) {
    const { charter } = reader
    const { versions } = charter.text
    const at =
      version === undefined
        ? versions.findIndex((each) => each.id === charter.versionOn(reader.on)?.id)
        : versions.findIndex((each) => each.id === version)
    const shown = versions[at]
    if (!shown) throw new NotFound({ zh: '章程没有这个版本。', en: 'The charter has no such version.' })
    const before = versions[at - 1]
    const now = charter.of(shown.id)
    const earlier = before && charter.of(before.id)
    const holders = await holdersFor(reader, unit, now.duties)
    const isNew = (duty: Duty) => earlier !== undefined && !earlier.duties.includes(duty)
    return {
      charter: { id: charter.id, title: charter.text.title },
      version: shown.id,
      versions: versions.map(({ id, from, title, source, status }) => ({
        id,
        from,
        title,
        status,
        source: charter.text.sources.find((each) => each.id === source)?.title ?? null,
        duties: charter.of(id).duties.length,
      })),
      tiers: charter.tiers.map(({ id, name, role, taken_over_by }) => ({
        id,
        name,
        role,
        takenOverBy: taken_over_by === undefined ? null : charter.tier(taken_over_by).name,
      })),
      duties: now.duties.map((duty) => ({
        ...dutyRow(reader, duty, now.obligations),
        isNew: isNew(duty),
        who: holders?.get(duty.id) ?? null,
      })),
      removed: (earlier?.duties ?? [])
        .filter((duty) => !now.duties.includes(duty))
        .map((duty) => dutyRow(reader, duty, earlier?.obligations ?? [])),
      before: before?.id ?? null,
    }
  },
})

function dutyRow({ charter, acts }: Reader, duty: Duty, obligations: readonly Obligation[]) {
  const { acts: own, through } = carriedOut(duty, acts)
  return {
    id: duty.id,
    title: duty.title,
    quote: duty.quote,
    ...ground(charter, duty),
    isJoint: duty.joint,
    isPublic: duty.public,
    held: Object.entries(duty.held_by).map(([tier, posts]) => ({
      tier,
      posts: posts.map((post) => postWords(charter, post)),
    })),
    acts: own.map((act) => ({ act: act.name, title: act.title })),
    /** The duties by whose acts it is carried out as well. */
    through: through.map((each) => ({
      id: each.duty,
      title: charter.text.duties.findLast(({ id }) => id === each.duty)?.title ?? { zh: each.duty, en: each.duty },
      acts: each.acts.map((act) => ({ act: act.name, title: act.title })),
    })),
    obligations: obligations
      .filter((each) => each.duty === duty.id)
      .map(({ id, title, recurring, within }) => ({ id, title, recurring: recurring ?? null, within: within ?? null })),
  }
}

async function holdersFor({ db, charter, on }: Reader, unit: string | undefined, duties: readonly Duty[]) {
  if (unit === undefined) return undefined
  const lineage = await findLineage(db, unit, on)
  if (!lineage) throw new NotFound({ zh: `${on} 没有这个单位。`, en: `There was no such unit on ${on}.` })
  const seated = await sittings(
    db,
    lineage.map((each) => each.id),
    on,
  )
  return new Map(duties.map((duty) => [duty.id, whoAnswers(charter, duty, lineage, seated)]))
}

/** The numbers of the law: dated, cited, and as they apply to a unit. */
export const charterParameters = ask({
  name: 'charter.parameters',
  title: { zh: '章程参数', en: 'The numbers of the charter' },
  purpose: {
    zh: '贫困线、退出标准、公示天数、办理时限等参数：历次数值、出处、各省差异，以及当日对某单位适用的数值。',
    en: 'Poverty line, exit limits, notice days, time limits: every value with its day and source, the provinces’ own, and what applies to a unit.',
  },
  access: 'public',
  input: z.object({ unit: UnitId.optional() }),
  async answer(reader, { unit }) {
    const { charter, db, on } = reader
    const lineage = unit === undefined ? undefined : await findLineage(db, unit, on)
    const codes = lineage?.map((each) => each.code) ?? []
    const names = await namesByCode(reader)
    const told = (id: string) => charter.text.sources.find((source) => source.id === id)?.title ?? { zh: id, en: id }
    const line = (value: { from: string; value: number; source: string; status: string }) => ({
      ...value,
      source: told(value.source),
    })
    return charter.text.parameters.map((parameter) => {
      const applies = charter.findParameter(parameter.id, on, codes)
      return {
        id: parameter.id,
        title: parameter.title,
        unit: parameter.unit,
        applies: applies ? line(applies) : null,
        values: parameter.values.map(line),
        own: Object.entries(parameter.by_unit).map(([code, values]) => ({
          code,
          name: names.get(code) ?? { zh: code, en: code },
          values: values.map(line),
        })),
      }
    })
  },
})

async function namesByCode({ db, charter }: Reader) {
  const codes = [...new Set(charter.text.parameters.flatMap((parameter) => Object.keys(parameter.by_unit)))]
  if (codes.length === 0) return new Map<string, { zh: string; en: string }>()
  const rows = await db
    .selectFrom('unit_version')
    .select(['code', 'name_zh as zh', 'name_en as en'])
    .where('code', 'in', codes)
    .execute()
  return new Map(rows.map(({ code, ...name }) => [code ?? '', name]))
}

/** What the charter calls its tiers, posts and duties, for every screen that names one. */
export const charterWords = ask({
  name: 'charter.words',
  title: { zh: '章程用语', en: 'The words of the charter' },
  purpose: {
    zh: '层级、职务、职责、应办事项和参数的名称。',
    en: 'What tiers, posts, duties, obligations and parameters are called.',
  },
  access: 'public',
  input: z.object({}),
  answer: ({ charter, on }) =>
    Promise.resolve({
      tiers: Object.fromEntries(charter.tiers.map(({ id, name }) => [id, name])),
      posts: Object.fromEntries(charter.text.posts.map(({ id, name }) => [id, name])),
      duties: Object.fromEntries(charter.dutiesOn(on).map(({ id, title }) => [id, title])),
      obligations: Object.fromEntries(charter.text.obligations.map(({ id, title }) => [id, title])),
      parameters: Object.fromEntries(charter.text.parameters.map(({ id, title }) => [id, title])),
      /** The tiers that hold each duty. */
      holders: Object.fromEntries(charter.dutiesOn(on).map(({ id, held_by }) => [id, Object.keys(held_by)])),
    }),
})

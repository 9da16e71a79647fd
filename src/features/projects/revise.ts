import { act } from '#kernel/act.ts'
import { Reason } from '#kernel/words.ts'
import { findMajor, judgeMajor, majorFacts, MajorInput, MajorProjectId, majorRefusals, writeVersion } from './major.ts'
import { areAlike } from './shares.ts'

/** The centre revises a major project with a reason; the older version stays readable, and only changed shares are divided again. */
export const reviseMajorProject = act({
  name: 'major-project.revise',
  title: { zh: '修订重大工程项目', en: 'Revise a major project' },
  purpose: {
    zh: '说明理由，以新的一版代替原来的一版，旧版可查；份额有变的下级重新分解。',
    en: 'Replaces a major project by a new version with a reason; the older stays readable, and units whose share changed divide it again.',
  },
  duty: 'devise-major-projects',
  input: MajorInput.extend({ major: MajorProjectId, reason: Reason }),
  refusals: {
    ...majorRefusals,
    'unknown-major-project': {
      zh: '{unit}没有规划这个重大工程项目。',
      en: '{unit} has devised no such major project.',
      topic: { zh: '项目已规划', en: 'the major project exists' },
    },
    unchanged: {
      zh: '与第{version}版完全相同。',
      en: 'It says the same as version {version}.',
      topic: { zh: '内容有变化', en: 'the revision says something new' },
      remedy: { zh: '改动内容后再修订。', en: 'Change something, then revise.' },
    },
  },
  then: [
    {
      zh: '份额有变的下级在时限内重新分解；份额取消的，待办随之消失。',
      en: 'Units whose share changed divide it again within the time limit; where a share is gone, what was owed for it is gone too.',
    },
  ],
  about: {
    kind: 'major-project',
    input: (major: MajorShown) => ({
      unit: major.unit,
      major: major.id,
      name: major.name,
      kind: major.kind,
      from: major.from,
      to: major.to,
      measure: major.measure,
      counts: major.counts,
      quantity: major.quantity,
      document: major.document,
      status: major.status,
      ...(major.shares && { shares: major.shares.map(({ unit, quantity }) => ({ unit, quantity })) }),
    }),
  },
  over: (input) => input.unit,
  async facts(tx, input, by) {
    const [facts, last] = await Promise.all([majorFacts(tx, input, by.on), findMajor(tx, input.unit, input.major)])
    return { ...facts, last }
  },
  rule({ last, ...facts }, input, refuse, by) {
    const version = last?.version
    const isSame =
      version &&
      areAlike(last.shares, input.shares) &&
      version.name_zh === input.name.zh &&
      version.name_en === input.name.en &&
      version.kind === input.kind &&
      version.from_year === input.from &&
      version.to_year === input.to &&
      version.measure_zh === input.measure.zh &&
      version.measure_en === input.measure.en &&
      version.counts === input.counts &&
      version.quantity === input.quantity &&
      version.document_number === input.document
    return [
      last !== undefined || refuse('unknown-major-project', { unit: by.lineage[0].name }),
      !isSame || refuse('unchanged', { version: version.version }),
      ...judgeMajor(facts, input, refuse, by, input.major),
    ]
  },
  async effect(tx, input, { last, dividers }, by) {
    const version = (last?.version.version ?? 0) + 1
    await writeVersion(tx, input.major, version, input, by)
    const before = new Map(last?.shares.map((share) => [share.unit, share.quantity]))
    const now = new Set(input.shares.map((share) => share.unit))
    return {
      major: input.major,
      version,
      dividing: input.shares
        .filter((share) => dividers.has(share.unit) && before.get(share.unit) !== share.quantity)
        .map((share) => share.unit),
      relieved: [...before.keys()].filter((unit) => !now.has(unit)),
    }
  },
  subject: (input) => input.major,
  obliges: (_input, result) => result.dividing,
  settles: (_input, result) => result.relieved,
})

type MajorShown = {
  readonly unit: string
  readonly id: string
  readonly name: MajorInput['name']
  readonly kind: MajorInput['kind']
  readonly from: number
  readonly to: number
  readonly measure: MajorInput['measure']
  readonly counts: MajorInput['counts']
  readonly quantity: number
  readonly document: string
  readonly status: MajorInput['status']
  readonly shares?: MajorInput['shares']
}

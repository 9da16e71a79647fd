import { act } from '#kernel/act.ts'
import { scattered } from '#kernel/uuid.ts'
import { judgeMajor, majorFacts, MajorInput, majorRefusals, writeVersion } from './major.ts'

/** The centre devises a major project: what is counted, how much of it, and what each unit directly below takes of it. */
export const deviseMajorProject = act({
  name: 'major-project.devise',
  title: { zh: '规划重大工程项目', en: 'Devise a major project' },
  purpose: {
    zh: '规划一个重大工程项目：年度、计量内容、总量，以及各直接下级的份额，份额合计须等于总量。',
    en: 'Devises a major project: its years, what is counted, how much of it, and the shares of the units directly below, which add up to the whole.',
  },
  duty: 'devise-major-projects',
  input: MajorInput,
  refusals: majorRefusals,
  then: [
    {
      zh: '各下级在时限内把份额分解到所辖贫困县。',
      en: 'Each unit below divides its share among its poor counties within the time limit.',
    },
    { zh: '县项目可注明所属重大工程项目，计入完成量。', en: 'Counties’ projects that name it count towards it.' },
  ],
  about: { kind: 'major-projects', input: (list: { unit: string }) => ({ unit: list.unit }) },
  over: (input) => input.unit,
  facts: (tx, input, by) => majorFacts(tx, input, by.on),
  rule: (facts, input, refuse, by) => judgeMajor(facts, input, refuse, by),
  async effect(tx, input, { dividers }, by) {
    const major = scattered(by.act, 0)
    await tx.insertInto('major_project').values({ id: major, unit_id: input.unit, act_id: by.act }).execute()
    await writeVersion(tx, major, 1, input, by)
    return { major, version: 1, dividing: input.shares.map((share) => share.unit).filter((unit) => dividers.has(unit)) }
  },
  subject: (_input, result) => result.major,
  obliges: (_input, result) => result.dividing,
})

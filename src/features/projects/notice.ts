import { z } from 'zod'
import { act, type By, type Line, type Refuse } from '#kernel/act.ts'
import { addSpan, type Span } from '#kernel/calendar.ts'
import { Day, type Text } from '#kernel/words.ts'
import { addRows, addSteps, readCases } from './books.ts'
import { areAt, asBatch, Batch, batchRefusals, chosen, offeredAt } from './batch.ts'
import type { Level } from './tables.ts'

export const levels: Readonly<Record<Level, { readonly name: Text; readonly parameter: string }>> = {
  village: { name: { zh: '村', en: 'village' }, parameter: 'project_notice_village' },
  township: { name: { zh: '乡镇', en: 'township' }, parameter: 'project_notice_township' },
  county: { name: { zh: '县', en: 'county' }, parameter: 'project_notice_county' },
}
const each = Object.keys(levels) as Level[]

const lastDay = (level: Level) =>
  Day.optional().meta({
    label: { zh: `${levels[level].name.zh}级公示截止日`, en: `Last day in the ${levels[level].name.en}` },
    hint: { zh: '不填则按规定的最短公示期。', en: 'Left empty, it is the shortest that the rules allow.' },
    widget: 'day',
  })

type UntilByLevel = Partial<Readonly<Record<Level, Day | undefined>>>

/** Projects are put before the public in the village, the township and the county, for as long as the rules say. */
export const noticeProjects = act({
  name: 'project.notice',
  title: { zh: '公示项目', en: 'Post the notices of projects' },
  purpose: {
    zh: '把论证通过的项目在村、乡镇、县三级公示；各级公示期满才能入库。',
    en: 'Puts argued projects before the public in village, township and county; they enter the library once every notice has stood its time.',
  },
  duty: 'keep-project-library',
  parameters: each.map((level) => levels[level].parameter),
  input: z.object({
    ...Batch,
    village: lastDay('village'),
    township: lastDay('township'),
    county: lastDay('county'),
  }),
  refusals: {
    ...batchRefusals,
    'notice-too-short': {
      zh: '{level}级公示到{until}为止，短于应有的{span}（至少到{least}）。',
      en: 'The notice in the {level} ends on {until}: shorter than the {span} that it must stand (at least until {least}).',
      topic: { zh: '公示时间足够', en: 'the notices stand long enough' },
      cites: 'parameter:project_notice_county',
    },
  },
  then: [{ zh: '三级公示期满后，审定入库。', en: 'When all three have ended, the projects can be admitted.' }],
  about: { kind: 'project', offered: offeredAt('notice'), input: asBatch },
  over: (input) => input.unit,
  facts: (tx, { projects }) => readCases(tx, projects),
  rule: (cases, input, refuse, by) => [
    ...areAt(cases, input, 'notice', refuse, by),
    ...each.map((level) => isLongEnough(level, input[level], refuse, by)),
  ],
  async effect(tx, { unit, projects, ...until }, cases, by) {
    const notices = noticesOf(until, by)
    const posted = chosen(cases, projects)
    const moved = addSteps(
      tx,
      by,
      posted.map((at) => ({ at, step: 'notice', outcome: 'done', evidence: { notices } })),
    )
    addRows(
      tx,
      by,
      'project_notice',
      posted.flatMap((at) =>
        notices.map(({ level, from, until: last, span }) => ({
          project_id: at.id,
          ordinal: at.ordinal + 1,
          level,
          from_day: from,
          until_day: last,
          span_value: span.value,
          span_unit: span.unit,
        })),
      ),
    )
    return { unit, notices, projects: moved }
  },
})

const spanOf = (level: Level, by: By): Span =>
  by.charter.getSpan(
    levels[level].parameter,
    by.on,
    by.lineage.map((unit) => unit.code),
  )

const leastOf = (level: Level, by: By): Day => addSpan(by.on, spanOf(level, by), by.charter.calendar)

function isLongEnough(
  level: Level,
  until: Day | undefined,
  refuse: Refuse<'notice-too-short'>,
  by: By,
): Line<'notice-too-short'> {
  const least = leastOf(level, by)
  if (until === undefined || until >= least) return true
  return refuse('notice-too-short', { level: levels[level].name, until, least, span: spanInWords(spanOf(level, by)) })
}

const spanInWords = ({ value, unit }: Span): Text =>
  unit === 'days' ? { zh: `${value}天`, en: `${value} days` } : { zh: `${value}个工作日`, en: `${value} working days` }

const noticesOf = (until: UntilByLevel, by: By) =>
  each.map((level) => ({
    level,
    from: by.on,
    until: until[level] ?? leastOf(level, by),
    span: spanOf(level, by),
  }))

import { sql } from 'kysely'
import { figure } from '#kernel/figure.ts'
import { assessmentsOn } from './assess-read.ts'

const address = sql`'/assessments/' || a.id`

export const assessmentsSigned = figure({
  name: 'assessments.signed',
  title: { zh: '已签发的年度考核', en: 'Assessments signed' },
  definition: {
    zh: '该年度的考核中，截至当日至少签发过一次结果的，计入被考核单位。',
    en: 'Assessments of the year whose result was signed at least once by the day; counted at the unit that was assessed.',
  },
  measure: { zh: '项', en: 'assessments' },
  kind: 'sum',
  duty: 'assess-below',
  better: 'more',
  yearly: true,
  records: ({ on, year }) => sql`
    select a.of as unit_id, 1 as value, ${address} as record, a.year || '年考核，第' || a.version || '版' as label_zh,
           'assessment of ' || a.year || ', version ' || a.version as label_en, a."signedOn" as since, a.act as act_id
      from (${assessmentsOn(on)}) a where a.year = ${year} and a.version > 0`,
})

export const assessmentsAppealed = figure({
  name: 'assessments.appealed',
  title: { zh: '申诉中的考核', en: 'Assessments appealed against' },
  definition: {
    zh: '当日处于申诉状态、尚未重新核定的考核，不论年度。',
    en: 'Assessments of any year that are appealed against on the day, and not verified anew.',
  },
  measure: { zh: '项', en: 'assessments' },
  kind: 'sum',
  duty: 'assess-below',
  better: 'less',
  records: ({ on }) => sql`
    select a.of as unit_id, 1 as value, ${address} as record, a.year || '年考核' as label_zh, 'assessment of ' || a.year as label_en,
           a.since, a.act as act_id
      from (${assessmentsOn(on)}) a where a.state = 'appealed'`,
})

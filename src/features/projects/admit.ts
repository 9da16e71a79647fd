import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'
import { addRows, addSteps, hasTaken, lastHand, readCases } from './books.ts'
import { areAt, asBatch, Batch, batchRefusals, chosen, eachOf, offeredAt, ready } from './batch.ts'
import { Decision, decisionRefusals, hasReason } from './decision.ts'
import { missingOf } from './draft.ts'
import { levels } from './notice.ts'
import type { Level } from './tables.ts'

type Notice = { readonly project: string; readonly level: Level; readonly until: Day }

/** The county decides upon noticed projects: into the library with all eleven fields, or back with a reason. */
export const admitProjects = act({
  name: 'project.admit',
  title: { zh: '审定入库', en: 'Admit projects to the library' },
  purpose: {
    zh: '三级公示期满后审定：十一项内容齐全的入库，否则说明理由退回。没有绩效目标的一律不得入库。',
    en: 'Once all notices have stood, the county decides: in with all eleven fields, or back with a reason. Without a performance target nothing enters.',
  },
  duty: 'keep-project-library',
  input: z.object({ ...Batch, ...Decision }),
  refusals: {
    ...batchRefusals,
    ...decisionRefusals,
    'notice-not-over': {
      zh: '项目{code}的{levels}公示到{until}为止，期满次日起方可入库。',
      en: 'The notice of project {code} ({levels}) stands until {until}; it can be admitted from the day after.',
      topic: { zh: '三级公示期满', en: 'all notices have stood' },
      notJudgedWith: ['unknown-project', 'not-at-this-step'],
      cites: 'parameter:project_notice_county',
    },
    'fields-missing': {
      zh: '项目{code}还缺：{fields}。',
      en: 'Project {code} still lacks: {fields}.',
      topic: { zh: '十一项内容齐全', en: 'all eleven fields are there' },
      notJudgedWith: ['unknown-project', 'not-at-this-step'],
      remedy: { zh: '退回，补齐后重新申报。', en: 'Return it, to be completed and proposed again.' },
    },
    'no-target': {
      zh: '项目{code}没有绩效目标，不得入库。',
      en: 'Project {code} has no performance target: without one it does not enter.',
      topic: { zh: '有绩效目标', en: 'a performance target is set' },
      notJudgedWith: ['unknown-project', 'not-at-this-step'],
      remedy: { zh: '退回，补上绩效目标后重新申报。', en: 'Return it, to be given a target and proposed again.' },
    },
    'admitted-by-arguer': {
      zh: '项目{code}由同一人论证，不得由其审定入库。',
      en: 'Project {code} was argued by the same person; somebody else decides on its entry.',
      topic: { zh: '不是论证人', en: 'somebody else argued' },
      notJudgedWith: ['unknown-project', 'not-at-this-step'],
    },
  },
  advice: {
    'no-township-opinion': {
      zh: '项目{code}没有乡镇审核意见。',
      en: 'Project {code} bears no opinion of its township.',
    },
  },
  then: [
    { zh: '入库后由上级下达，并可安排资金。', en: 'Admitted projects can be assigned, and money can go to them.' },
  ],
  about: { kind: 'project', offered: offeredAt('admit'), input: asBatch },
  over: (input) => input.unit,
  async facts(tx, { projects }) {
    const [cases, notices] = await Promise.all([readCases(tx, projects), readNotices(tx, projects)])
    return { cases, notices }
  },
  rule({ cases, notices }, input, refuse, by, advise) {
    const standing = ready(cases, input, 'admit', by)
    const decided = standing.map(
      (at) => !hasTaken(by, lastHand(at, 'argue')) || refuse('admitted-by-arguer', { code: at.code }),
    )
    const shared = [...areAt(cases, input, 'admit', refuse, by), hasReason(input, refuse), ...decided]
    if (input.outcome === 'return') return shared
    return [
      ...shared,
      ...standing.flatMap(({ id, code, content }) => {
        const open = notices.filter((notice) => notice.project === id && notice.until >= by.on)
        const missing = missingOf(content)
        const others = missing.filter((field) => !field.fields.includes('target'))
        return [
          open.length === 0 || refuse('notice-not-over', { code, ...whichStand(open) }),
          others.length === 0 || refuse('fields-missing', { code, fields: inWords(others.map((field) => field.name)) }),
          others.length === missing.length || refuse('no-target', { code }),
          content.townshipOpinion !== null || advise('no-township-opinion', { code }),
        ]
      }),
    ]
  },
  async effect(tx, { unit, projects, outcome, remarks }, { cases }, by) {
    const decided = chosen(cases, projects)
    const moved = addSteps(
      tx,
      by,
      decided.map((at) => ({ at, step: 'admit', outcome, remarks, evidence: { version: at.version } })),
    )
    if (outcome === 'pass')
      addRows(
        tx,
        by,
        'project_admission',
        decided.map((at) => ({ project_id: at.id, version: at.version })),
        { is_complete: true, on_day: by.on },
      )
    return { unit, outcome, projects: moved }
  },
  concerns: (_input, result) => eachOf(result),
})

const inWords = (names: readonly Text[]): Text => ({
  zh: names.map((name) => name.zh).join('、'),
  en: names.map((name) => name.en).join(', '),
})

const whichStand = (open: readonly Notice[]) => ({
  levels: inWords(open.map((notice) => levels[notice.level].name)),
  until: open
    .map((notice) => notice.until)
    .toSorted()
    .at(-1),
})

/** The notices of the last time that each project was put before the public. */
async function readNotices(tx: Tx, projects: readonly string[]): Promise<readonly Notice[]> {
  const { rows } = await sql<Notice>`
    select n.project_id as project, n.level, n.until_day as until
      from project_notice n
     where n.project_id = any (${[...new Set(projects)]}::uuid[])
       and n.ordinal = (select max(s.ordinal) from project_step s where s.project_id = n.project_id)
     order by n.project_id, n.level`.execute(tx)
  return rows
}

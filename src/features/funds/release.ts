import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason } from '#kernel/words.ts'
import { Items, personOf } from './commit.ts'
import {
  accountOf,
  byProject,
  holdingLines,
  holdingRefusals,
  readHolding,
  readProjects,
  rowsSaid,
  sumOf,
} from './holding.ts'
import { post } from './ledger.ts'
import { InBooks, Paper } from './lines.ts'
import { inWords } from './money.ts'

/** Gives back what was committed to projects and is not paid: free for other projects again. */
export const releaseFunds = act({
  name: 'funds.release',
  title: { zh: '收回项目安排', en: 'Release committed funds' },
  purpose: {
    zh: '把已安排到项目、尚未支付的资金收回，可改作他用；项目结余、项目撤销前都经此办理。',
    en: 'Gives back what was committed to a project and is not paid, such as what a work left over or before a project is withdrawn.',
  },
  duty: 'use-funds-well',
  input: z.object({ ...InBooks, ...Paper, items: Items, reason: Reason }),
  refusals: {
    ...holdingRefusals,
    'nothing-committed': {
      zh: '这项资金没有安排到这些项目（{rows}）。',
      en: 'Nothing of this line is committed to these projects ({rows}).',
      topic: { zh: '已安排到项目', en: 'money is committed to every project' },
      notJudgedWith: ['unknown-line', 'wrong-year'],
    },
    'exceeds-commitment': {
      zh: '项目{code}“{name}”尚未支付的安排为{left}，要收回{asked}。',
      en: '{left} is committed to project {code} «{name}» and not paid; {asked} was asked back.',
      topic: { zh: '不超过未支付的安排', en: 'within what is not paid' },
      remedy: { zh: '减少收回的金额。', en: 'Release less.' },
    },
  },
  about: {
    kind: 'fund-commitment',
    offered: (commitment: { committedFen: string }) => BigInt(commitment.committedFen) > 0n,
    input: ({ unit, line, year }: { unit: string; line: string; year: number }) => ({ unit, line, year }),
  },
  over: (input) => input.unit,
  async facts(tx, { items, ...held }, by) {
    const asked = items.map((item) => item.project)
    const [holding, projects] = await Promise.all([
      readHolding(tx, held, by.on, asked),
      readProjects(tx, asked, held, personOf(by)),
    ])
    return { holding, projects }
  },
  rule({ holding, projects }, { items, line, year }, refuse, by) {
    const none = items.flatMap(({ project }, at) => ((projects.get(project)?.committed ?? 0n) > 0n ? [] : [at + 1]))
    return [
      ...holdingLines(holding, { line, year }, refuse, by),
      !holding.years.has(year) || none.length === 0 || refuse('nothing-committed', { rows: rowsSaid(none) }),
      ...[...byProject(items)].map(([id, amount]) => {
        const project = projects.get(id)
        if (!project || project.committed === 0n) return true
        const { code, name, committed } = project
        return (
          amount <= committed ||
          refuse('exceeds-commitment', { code, name, left: inWords(committed), asked: inWords(amount) })
        )
      }),
    ]
  },
  effect(tx, { items, document, reason, ...held }, _facts, by) {
    post(tx, by, {
      unit: held.unit,
      document,
      note: reason,
      transfers: items.map(({ project, amount }) => ({
        kind: 'release',
        from: accountOf(held, 'committed', project),
        to: accountOf(held, 'available'),
        amount,
      })),
    })
    return Promise.resolve({ releasedFen: sumOf(items).toString() })
  },
  subject: ({ line, year }) => `${line}/${year}`,
})

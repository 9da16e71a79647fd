import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { Reason, yuanOf } from '#kernel/words.ts'
import { addRows, addSteps, readCases } from './books.ts'
import { areAt, asBatch, Batch, batchRefusals, chosen, eachOf, offeredAt, ready } from './batch.ts'

/** A project that cannot go ahead leaves, with a reason, until it is accepted; money that is committed to it is released first. */
export const withdrawProjects = act({
  name: 'project.withdraw',
  title: { zh: '撤销项目', en: 'Withdraw projects' },
  purpose: {
    zh: '不具备实施条件的项目说明理由撤销；已落实到项目的资金须先收回。',
    en: 'Projects that cannot go ahead are taken out with a reason; money that is committed to them is released first.',
  },
  duty: 'keep-project-library',
  input: z.object({ ...Batch, reason: Reason }),
  refusals: {
    ...batchRefusals,
    'money-committed': {
      zh: '项目{code}还有{amount}元已落实未支付的资金，不能撤销。',
      en: '{amount} yuan is still committed to project {code} and not paid; it cannot be withdrawn.',
      topic: { zh: '没有未支付的资金', en: 'no money is committed' },
      notJudgedWith: ['unknown-project', 'not-at-this-step'],
      remedy: { zh: '先由财政收回该项资金。', en: 'Release the money first.' },
    },
  },
  final: true,
  then: [{ zh: '撤销后不能恢复；需要时另立新项目。', en: 'It cannot be undone: a new project would be proposed.' }],
  about: { kind: 'project', offered: offeredAt('withdraw'), input: asBatch },
  over: (input) => input.unit,
  async facts(tx, { projects }) {
    const [cases, committed] = await Promise.all([readCases(tx, projects), readCommitted(tx, projects)])
    return { cases, committed }
  },
  rule: ({ cases, committed }, input, refuse, by) => [
    ...areAt(cases, input, 'withdraw', refuse, by),
    ...ready(cases, input, 'withdraw', by).map(({ id, code }) => {
      const amount = committed.get(id)
      return amount === undefined || refuse('money-committed', { code, amount: yuanOf(amount) })
    }),
  ],
  async effect(tx, { unit, projects, reason }, { cases }, by) {
    const withdrawn = chosen(cases, projects)
    const moved = addSteps(
      tx,
      by,
      withdrawn.map((at) => ({ at, step: 'withdraw', outcome: 'done', remarks: reason })),
    )
    addRows(
      tx,
      by,
      'project_withdrawal',
      withdrawn.map((at) => ({ project_id: at.id })),
      { on_day: by.on },
    )
    return { unit, projects: moved }
  },
  concerns: (_input, result) => eachOf(result),
})

/** What is committed to some projects and not paid yet. */
async function readCommitted(tx: Tx, projects: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ project: string; amount: bigint }>`
    select project_id as project, sum(balance)::bigint as amount from fund_account
     where project_id = any (${[...new Set(projects)]}::uuid[]) and kind = 'committed' and balance > 0
     group by project_id`.execute(tx)
  return new Map(rows.map((row) => [row.project, row.amount]))
}

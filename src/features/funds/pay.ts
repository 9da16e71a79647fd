import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { canonical } from '#kernel/canonical.ts'
import { send } from '#kernel/db.ts'
import { Fen, type Text } from '#kernel/words.ts'
import { personOf } from './commit.ts'
import {
  accountOf,
  byProject,
  holdingLines,
  holdingRefusals,
  Note,
  ProjectId,
  projectLines,
  projectRefusals,
  readHolding,
  readProjects,
  rowsSaid,
  signatures,
  sumOf,
} from './holding.ts'
import { post } from './ledger.ts'
import { InBooks, Paper } from './lines.ts'
import { inWords } from './money.ts'
import { hintsOf, readNegativeList } from './negative-list.ts'
import { PayeeId } from './payees.ts'

const PAYMENTS_MAX = 20_000

const Payment = z.strictObject({
  project: ProjectId,
  payee: PayeeId,
  amount: Fen,
  work: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .meta({
      label: { zh: '支付内容', en: 'What for' },
      hint: { zh: '写明工程或事项，勿写他人个人信息。', en: 'The piece of work; no personal data.' },
    }),
  milestone: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .meta({ label: { zh: '节点', en: 'Milestone' } }),
  externalId: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .meta({
      label: { zh: '外部编号', en: 'Id elsewhere' },
      hint: { zh: '来自其他系统的编号；同一编号只付一次。', en: 'What another program calls it; one id is paid once.' },
    }),
})
type Payment = z.output<typeof Payment>

/** What a payment says, in short: the same id with the same content is the same payment. */
const contentOf = ({ externalId: _id, amount, ...rest }: Payment, line: string, year: number) =>
  createHash('sha256')
    .update(canonical({ ...rest, amount: amount.toString(), line, year }))
    .digest('hex')

/** A county pays for its projects, out of what was committed to them: one payee or a payroll of thousands under one document. */
export const payFunds = act({
  name: 'funds.pay',
  title: { zh: '支付资金', en: 'Pay' },
  purpose: {
    zh: '在安排的资金之内向收款人支付；一份文件可付两万笔。安排资金的人不能支付。带外部编号的，同一编号只付一次。',
    en: 'Pays payees within what is committed to each project; up to twenty thousand payments under one document. Never by whoever committed the money. A payment with an id from elsewhere is made once.',
  },
  duty: 'use-funds-well',
  input: z.object({
    ...InBooks,
    ...Paper,
    payments: z
      .array(Payment)
      .min(1)
      .max(PAYMENTS_MAX)
      .meta({ label: { zh: '支付明细', en: 'Payments' } }),
    note: Note,
  }),
  refusals: {
    ...holdingRefusals,
    ...projectRefusals,
    'year-not-begun': {
      zh: '{year}年度尚未开始，不能提前支付。',
      en: 'The year {year} has not begun; nothing is paid out of its books yet.',
      topic: { zh: '预算年度已开始', en: 'the year has begun' },
    },
    'payee-unknown': {
      zh: '收款人不是{unit}登记的（{rows}）。',
      en: '{unit} has registered no such payee ({rows}).',
      topic: { zh: '收款人由本县登记', en: 'every payee is registered by this county' },
      remedy: { zh: '先登记收款人。', en: 'Register the payee first.' },
    },
    'own-commitment': {
      zh: '项目{code}“{name}”的这项资金是您安排的，须由他人支付。',
      en: 'You committed this money to project {code} «{name}»; somebody else pays it.',
      topic: { zh: '安排与支付分属两人', en: 'whoever committed does not pay' },
      remedy: { zh: '由另一承办人支付。', en: 'Let another holder of the duty pay.' },
    },
    'exceeds-commitment': {
      zh: '项目{code}“{name}”尚未支付的安排为{left}，本次要支付{asked}。',
      en: '{left} is committed to project {code} «{name}» and not paid; {asked} was asked.',
      topic: { zh: '不超过项目的安排', en: 'within what is committed to each project' },
      notJudgedWith: ['unknown-line', 'wrong-year', 'project-unknown'],
      remedy: { zh: '减少金额，或先安排资金。', en: 'Pay less, or commit more first.' },
    },
    'external-id-twice': {
      zh: '外部编号在名单中出现两次（{rows}）。',
      en: 'An id from elsewhere stands twice in the list ({rows}).',
      topic: { zh: '外部编号不重复', en: 'no id stands twice' },
    },
    'external-id-otherwise': {
      zh: '外部编号已用于另一笔内容不同的支付（{rows}）。',
      en: 'An id from elsewhere was used for a payment with another content ({rows}).',
      topic: { zh: '外部编号没有另作他用', en: 'no id means another payment' },
      remedy: {
        zh: '核对原支付；确为另一笔的，换用新编号。',
        en: 'Look at that payment; if this is another, give it a new id.',
      },
    },
  },
  advice: {
    'paid-already': {
      zh: '{rows}此前已支付，不会重复支付。',
      en: 'Paid already and not paid again: {rows}.',
    },
    'looks-twice': {
      zh: '{rows}与名单中另一笔的项目、收款人、金额和内容都相同。',
      en: 'The same project, payee, amount and work as another of the list: {rows}.',
    },
    'negative-list': {
      zh: '{rows}的内容提到“{word}”，资金不得用于{purpose}；确属此类的不要支付，否则请在支付内容中写清。',
      en: 'The text of {rows} speaks of «{word}»; the money is never for {purpose}. If it is that, do not pay; if not, let the text say so clearly.',
    },
  },
  then: [
    {
      zh: '项目的已安排减少，已支付增加；每一笔都可追到安排文件。',
      en: 'Less stands committed to each project and more as paid; every payment is followed up to its appropriation.',
    },
    { zh: '在凭证页生成付款文件，交开户银行。', en: 'The page of the document makes the file for the bank.' },
    { zh: '付错了只能冲正，不能修改。', en: 'What was wrong is reversed, never rewritten.' },
  ],
  about: {
    kind: 'fund-commitment',
    offered: (commitment: { committedFen: string }) => BigInt(commitment.committedFen) > 0n,
    input: ({ unit, line, year }: { unit: string; line: string; year: number }) => ({ unit, line, year }),
  },
  over: (input) => input.unit,
  async facts(tx, { payments, document: _document, note: _note, ...held }, by) {
    const ids = payments.flatMap((each) => (each.externalId === undefined ? [] : [each.externalId]))
    const projects = payments.map((each) => each.project)
    const [holding, found, strangers, external, negative] = await Promise.all([
      readHolding(tx, held, by.on, [...new Set(projects)]),
      readProjects(tx, projects, held, personOf(by)),
      sql<{ id: string }>`
        select x.id from unnest(${[...new Set(payments.map((each) => each.payee))]}::uuid[]) as x (id)
          left join payee p on p.id = x.id where p.unit_id is distinct from ${held.unit}::uuid`.execute(tx),
      sql<{ id: string; content: string }>`
        select external_id as id, content from fund_external where unit_id = ${held.unit} and external_id = any (${ids}::text[])`.execute(
        tx,
      ),
      readNegativeList(tx),
    ])
    return {
      holding,
      projects: found,
      strangers: new Set(strangers.rows.map((row) => row.id)),
      paid: new Map(external.rows.map((row) => [row.id, row.content])),
      negative,
    }
  },
  rule({ holding, projects, strangers, paid, negative }, { payments, line, year, document, note }, refuse, by, advise) {
    const [unit] = by.lineage
    const external = sorted(payments, paid, line, year)
    const places = (is: (payment: Payment) => boolean) => payments.flatMap((each, at) => (is(each) ? [at + 1] : []))
    const unregistered = places((each) => strangers.has(each.payee))
    const twice = repeated(payments.map((each) => each.externalId))
    const alike = repeated(
      payments.map((each) => (each.externalId === undefined ? contentOf(each, line, year) : undefined)),
    )
    const due = byProject(external.due)
    return [
      ...holdingLines(holding, { line, year }, refuse, by),
      Number(by.on.slice(0, 4)) >= year || refuse('year-not-begun', { year }),
      ...projectLines(payments, projects, refuse, unit),
      unregistered.length === 0 || refuse('payee-unknown', { unit: unit.name, rows: rowsSaid(unregistered) }),
      ...[...due].flatMap(([id, asked]) => {
        const project = projects.get(id)
        if (!project) return []
        const { code, name, committed, isCommittedByActor } = project
        return [
          !isCommittedByActor || refuse('own-commitment', { code, name }),
          asked <= committed ||
            refuse('exceeds-commitment', { code, name, left: inWords(committed), asked: inWords(asked) }),
        ]
      }),
      twice.length === 0 || refuse('external-id-twice', { rows: rowsSaid(twice) }),
      external.otherwise.length === 0 || refuse('external-id-otherwise', { rows: rowsSaid(external.otherwise) }),
      external.already.length === 0 || advise('paid-already', { rows: rowsSaid(external.already) }),
      alike.length === 0 || advise('looks-twice', { rows: rowsSaid(alike) }),
      ...hintsOf(negative, [`${document} ${note ?? ''}`, ...payments.map((each) => each.work)]).map(
        ({ purpose, word, places: at }) =>
          advise('negative-list', { purpose, word, rows: at[0] === 0 ? WHOLE_DOCUMENT : rowsSaid(at) }),
      ),
    ]
  },
  effect(tx, { payments, document, note, ...held }, { paid }, by) {
    const { line, unit, year } = held
    const { due, already } = sorted(payments, paid, line, year)
    if (due.length > 0) {
      post(tx, by, {
        unit,
        document,
        note,
        transfers: due.map(({ project, amount, externalId, content, payee, work, milestone }) => ({
          kind: 'pay',
          from: accountOf(held, 'committed', project),
          to: accountOf(held, 'paid', project),
          amount,
          payee,
          ...(work !== undefined && { work }),
          ...(milestone !== undefined && { milestone }),
          ...(externalId !== undefined && { external: { id: externalId, content } }),
        })),
      })
      const projects = byProject(due).keys()
      send(tx, signatures(tx, 'pay', { line, projects, person: personOf(by), on: by.on, act: by.act }))
    }
    return Promise.resolve({ paid: due.length, already: already.length, paidFen: sumOf(due).toString() })
  },
  subject: ({ line, year }) => `${line}/${year}`,
})

const WHOLE_DOCUMENT: Text = { zh: '文号或说明', en: 'the document or its note' }

/** Parts the payments that are to be made from those made before under the same id, and from those whose id means another. */
function sorted(payments: readonly Payment[], paid: ReadonlyMap<string, string>, line: string, year: number) {
  const due: (Payment & { readonly content: string })[] = []
  const already: number[] = []
  const otherwise: number[] = []
  for (const [at, payment] of payments.entries()) {
    const { externalId } = payment
    const content = externalId === undefined ? '' : contentOf(payment, line, year)
    const before = externalId === undefined ? undefined : paid.get(externalId)
    if (before === undefined) due.push({ ...payment, content })
    else (before === content ? already : otherwise).push(at + 1)
  }
  return { due, already, otherwise }
}

/** The places, from 1, of what stood in the list before. */
function repeated(keys: readonly (string | undefined)[]): number[] {
  const seen = new Set<string>()
  return keys.flatMap((key, at) => {
    if (key === undefined) return []
    if (seen.has(key)) return [at + 1]
    seen.add(key)
    return []
  })
}

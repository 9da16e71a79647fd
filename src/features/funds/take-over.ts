import { sql } from 'kysely'
import { z } from 'zod'
import { act, type By } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { findProjects } from '#features/projects/index.ts'
import { bookRefusals, goesOn, isOwnBooks } from './handing.ts'
import { divided, findForebear, type Forebear, type Heir } from './heirs.ts'
import { Note } from './holding.ts'
import { type Account, post, type Transfer } from './ledger.ts'
import { Paper, passingOn } from './lines.ts'
import { totalOf } from './money.ts'
import { listed } from './receivers.ts'

/** Whoever carries on a closed unit enters its books in their own: all that it held, under a document. */
export const takeOverFunds = act({
  name: 'funds.take-over',
  title: { zh: '接收撤并单位的资金', en: 'Take over the books of a closed unit' },
  purpose: {
    zh: '单位撤并后，由接续单位把原单位账上未安排的和已安排未支付的资金全部转入本级账目，资金和年度不变；分设的按份额分到各接续单位，已安排的随项目走。',
    en: 'When a unit was closed, whoever carries it on takes over all that it held, uncommitted and committed, of the same lines and years. Where it was divided each heir gets its share to the fen, and committed money goes with its project.',
  },
  duty: 'keep-fund-books',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '接续单位', en: 'Who carries it on' }, widget: 'unit' }),
    from: UnitId.meta({ label: { zh: '已撤并的单位', en: 'The closed unit' } }),
    ...Paper,
    note: Note,
  }),
  refusals: {
    'not-own-books': bookRefusals['not-own-books'],
    'day-runs-back': bookRefusals['day-runs-back'],
    'not-closed': {
      zh: '{from}在{day}没有撤并，账目仍由其自己管理。',
      en: '{from} was not closed on {day}; it keeps its books itself.',
      topic: { zh: '原单位已撤并', en: 'the unit is closed' },
    },
    'not-its-heir': {
      zh: '{unit}不是{from}的接续单位；{heirs}。',
      en: '{unit} does not carry on {from}; {heirs}.',
      topic: { zh: '是其接续单位', en: 'you carry it on' },
      notJudgedWith: ['not-closed'],
      remedy: { zh: '由接续单位办理。', en: 'Let whoever carries it on do it.' },
    },
    'nothing-held': {
      zh: '{from}账上没有可接收的资金。',
      en: 'Nothing is left in the books of {from} to take over.',
      topic: { zh: '账上有资金', en: 'there is money to take over' },
      notJudgedWith: ['not-closed', 'not-its-heir'],
    },
    'project-not-taken-over': {
      zh: '{from}分为{heirs}，项目{codes}还没有由其中之一接收，已安排给它的资金不知归谁。',
      en: '{from} was divided into {heirs}; project {codes} was taken over by none of them yet, so that nobody knows whose the money committed to it is.',
      topic: { zh: '有资金的项目已接收', en: 'projects with money were taken over' },
      notJudgedWith: ['not-closed', 'not-its-heir'],
      remedy: {
        zh: '先由接收项目的单位办理项目接收。',
        en: 'Let the county where it lies take over the project first.',
      },
      cites: 'duty:keep-project-library',
    },
  },
  then: [
    { zh: '转入的资金按原用途继续安排、支付。', en: 'The money is committed and paid as it was meant to be.' },
    { zh: '收款人由本级重新登记。', en: 'Payees are registered anew.' },
    {
      zh: '原单位尚未办完的转拨、公开等事项，由接续单位在时限内办理。',
      en: 'What the closed unit still owed, to pass money on or to publish it, its heirs owe from this day.',
    },
  ],
  about: {
    kind: 'forebear',
    offered: ({ heldFen }: { heldFen: string }) => heldFen !== '0',
    input: ({ unit, from }: { unit: string; from: string }) => ({ unit, from }),
  },
  over: (input) => input.unit,
  turns: (input) => [input.from],
  async facts(tx, { from }, by) {
    const [forebear, held] = await Promise.all([findForebear(tx, from, by.on), readHeld(tx, from)])
    const projects = await findProjects(
      tx,
      held.flatMap(({ project }) => project ?? []),
      by.on,
    )
    const units = [from, ...(forebear?.heirs.map((each) => each.unit) ?? [])]
    const [closed, last, owed] = await Promise.all([
      readClosedYears(tx, units),
      lastOf(tx, units),
      readOwed(tx, from, reopened(by)),
    ])
    return {
      forebear,
      held,
      closed,
      last,
      owed,
      homes: new Map(projects.map((project) => [project.id, project.unit])),
      codes: new Map(projects.map((project) => [project.id, project.code])),
    }
  },
  rule({ forebear, held, homes, codes, last }, { unit, from }, refuse, by) {
    const heirs = forebear?.heirs ?? []
    const name = forebear?.name ?? { zh: from, en: from }
    const isClosed = (forebear?.closedOn ?? null) !== null
    const isHeir = heirs.some((heir) => heir.unit === unit)
    const adrift = held.filter(({ project }) => project !== undefined && heirOf(project, homes, heirs) === undefined)
    return [
      isOwnBooks(refuse, by),
      isClosed || refuse('not-closed', { from: name, day: by.on }),
      !isClosed || isHeir || refuse('not-its-heir', { unit: by.lineage[0].name, from: name, heirs: heirsSaid(heirs) }),
      !isHeir || held.length > 0 || refuse('nothing-held', { from: name }),
      !isHeir ||
        adrift.length === 0 ||
        refuse('project-not-taken-over', {
          from: name,
          heirs: listed(heirs.map((heir) => heir.name)),
          codes: listed([...new Set(adrift.map(({ project }) => codes.get(project ?? '') ?? ''))]),
        }),
      !isHeir || goesOn([last], refuse, by),
    ]
  },
  effect(tx, { unit, from, document, note }, { forebear, held, homes, closed, owed }, by) {
    const heirs = forebear?.heirs ?? []
    const transfers = held.flatMap((account) => moved(account, heirs, homes, closed))
    post(tx, by, { unit, document, note, transfers })
    const taken = transfers.filter((each) => each.kind === 'take-over')
    const sumFor = (heir: string) => totalOf(taken.filter((each) => each.to.unit === heir).map((each) => each.amount))
    const receivers = heirs.filter((heir) => sumFor(heir.unit) > 0n)
    return Promise.resolve({
      from,
      amountFen: totalOf(taken.map((each) => each.amount)).toString(),
      accounts: held.length,
      heirs: receivers.map((heir) => ({ unit: heir.unit, amountFen: sumFor(heir.unit).toString() })),
      owed: owed.flatMap((each) => owing(each, heirs, taken, by).map(({ unit: heir }) => ({ ...each, unit: heir }))),
    })
  },
  /** What the closed unit owed about its money lapsed with it; whoever carries it on owes it from that day. */
  concerns: (_input, { owed }, obligation) => owed.filter((each) => each.obligation === obligation),
})

type Owed = { readonly obligation: string; readonly subject: string }

/** The obligations about money that a take-over opens anew. */
const reopened = (by: By) =>
  by.charter.obligationsOn(by.on).filter((each) => each.triggered?.by.includes('funds.take-over'))

/** What a unit still owed of these on the day on which it was closed. */
async function readOwed(
  tx: Tx,
  unit: string,
  obligations: readonly { readonly id: string }[],
): Promise<readonly Owed[]> {
  const { rows } = await sql<Owed>`
    select i.obligation, i.subject from unit u join obligation_item i on i.unit_id = u.id and i.lapsed_on = u.closed_on
     where u.id = ${unit} and i.obligation = any (${obligations.map((each) => each.id)}) order by 1, 2`.execute(tx)
  return rows
}

/**
 * Which heirs owe it now. Money is passed on by those who now have it and hold the duty; what a unit gave is told by its only heir, and
 * what it got by every heir who got of it, or by the only one.
 */
function owing(
  { obligation, subject }: Owed,
  heirs: readonly Heir[],
  taken: readonly Transfer[],
  by: By,
): readonly Heir[] {
  const found = reopened(by).find((each) => each.id === obligation)
  if (!found) return []
  const isMetBy = (...acts: readonly string[]) => found.met_by.some((act) => acts.includes(act))
  const isPassed = isMetBy('funds.allocate', 'funds.pass-on')
  const holders = by.charter.findDuty(found.duty, by.on)?.held_by ?? {}
  const got = taken
    .filter(({ to }) => subject.startsWith(passingOn(to.line, '')) && (!isPassed || to.kind === 'available'))
    .map(({ to }) => to.unit)
  const isOnly = heirs.length === 1
  return heirs
    .filter((heir) => heir.tier in holders && (got.includes(heir.unit) || (isOnly && !isPassed)))
    .filter(() => isOnly || !isMetBy('funds.publish-allocation'))
}

type HeldAccount = Account & { readonly kind: 'available' | 'committed'; readonly amount: bigint }

/** All that a unit holds, of all lines and years, in one order. */
async function readHeld(tx: Tx, unit: string): Promise<readonly HeldAccount[]> {
  const { rows } = await sql<Omit<HeldAccount, 'project'> & { project: string | null }>`
    select line_id as line, unit_id as unit, year, kind, project_id as project, balance as amount from fund_account
     where unit_id = ${unit} and kind in ('available', 'committed') and balance > 0 order by id`.execute(tx)
  return rows.map(({ project, ...row }) => ({ ...row, ...(project !== null && { project }) }))
}

/** Which years some units have closed, as `unit year`. */
async function readClosedYears(tx: Tx, units: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ unit: string; year: number }>`
    select unit_id as unit, year from fund_year_close where unit_id = any (${units}::uuid[])`.execute(tx)
  return new Set(rows.map(({ unit, year }) => `${unit} ${year}`))
}

/** The day of the last entry in what some units hold. */
async function lastOf(tx: Tx, units: readonly string[]): Promise<Day | null> {
  const { rows } = await sql<{ last: Day | null }>`
    select max(last_on) as last from fund_account
     where unit_id = any (${units}::uuid[]) and kind in ('available', 'committed')`.execute(tx)
  return rows[0]?.last ?? null
}

/** Whom money committed to a project goes to: whoever took over the project, or the only heir there is. */
const heirOf = (project: string, homes: ReadonlyMap<string, string>, heirs: readonly Heir[]): Heir | undefined =>
  heirs.find((heir) => heir.unit === homes.get(project)) ?? (heirs.length === 1 ? heirs[0] : undefined)

/**
 * What an account holds as transfers to the heirs. Where an heir has closed its books of the year, the money is first carried on in
 * those of the closed unit, until a year that is open.
 */
function moved(
  { amount, ...account }: HeldAccount,
  heirs: readonly Heir[],
  homes: ReadonlyMap<string, string>,
  closed: ReadonlySet<string>,
): Transfer[] {
  const { project } = account
  const heir = project === undefined ? undefined : heirOf(project, homes, heirs)
  const shares = heir ? [amount] : divided(amount, heirs)
  return (heir ? [heir] : heirs).flatMap(({ unit }, at) => {
    const share = shares[at] ?? 0n
    if (share === 0n) return []
    const transfers: Transfer[] = []
    let from: Account = account
    while (closed.has(`${unit} ${from.year}`)) {
      const next = { ...from, year: from.year + 1 }
      transfers.push({ kind: 'carry', from, to: next, amount: share })
      from = next
    }
    return [...transfers, { kind: 'take-over', from, to: { ...from, unit }, amount: share }]
  })
}

function heirsSaid(heirs: Forebear['heirs']): Text {
  if (heirs.length === 0) return { zh: '没有接续单位', en: 'nobody does' }
  const { zh, en } = listed(heirs.map((heir) => heir.name))
  return { zh: `接续单位是${zh}`, en: `it is carried on by ${en}` }
}

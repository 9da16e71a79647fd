import { z } from 'zod'
import { act, type By } from '#kernel/act.ts'
import { Reason, type Text, UnitId } from '#kernel/words.ts'
import { areOpen, bookRefusals, goesOn, isOwnBooks } from './handing.ts'
import { post } from './ledger.ts'
import { findLine, Paper, passingOn } from './lines.ts'
import { inWords, totalOf } from './money.ts'
import { accountOf, type Entered, findPosting, readEntered, type Shortfall, shortfalls } from './posting.ts'
import { listed } from './receivers.ts'

const TRANSFERS_MAX = 20_000

/** Takes back transfers of an earlier posting, or the whole of it: the only way in which an entry is corrected. */
export const reversePosting = act({
  name: 'funds.reverse',
  title: { zh: '冲正', en: 'Reverse an entry' },
  purpose: {
    zh: '冲回本单位以前记的一笔账或其中几笔，并说明理由；原账保留不动，冲正写明所更正的是哪一笔。',
    en: 'Takes back an earlier entry of your own, or some lines of it, with the reason. What was entered stays; the reversal names what it corrects.',
  },
  duty: 'keep-fund-books',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '记账单位', en: 'Whose entry' }, widget: 'unit' }),
    act: z
      .uuid()
      .meta({ label: { zh: '所冲正的记账', en: 'The entry to correct' }, widget: 'reference', finds: 'find.postings' }),
    transfers: z
      .array(z.int().min(1).max(TRANSFERS_MAX))
      .min(1)
      .max(TRANSFERS_MAX)
      .optional()
      .meta({
        label: { zh: '其中第几笔', en: 'Which of its lines' },
        hint: { zh: '不填则全部冲正', en: 'Left empty, all of them' },
      }),
    ...Paper,
    reason: Reason,
  }),
  refusals: {
    'not-own-books': bookRefusals['not-own-books'],
    'year-closed': bookRefusals['year-closed'],
    'day-runs-back': bookRefusals['day-runs-back'],
    'unknown-posting': {
      zh: '{day}没有这笔账（{act}）。',
      en: 'There was no such entry ({act}) on {day}.',
      topic: { zh: '所冲正的账存在', en: 'the entry exists' },
      remedy: { zh: '核对编号。', en: 'Check its id.' },
    },
    'unknown-transfer': {
      zh: '{document}没有第{numbers}笔。',
      en: '{document} has no line {numbers}.',
      topic: { zh: '所冲正的各笔存在', en: 'every line exists' },
      notJudgedWith: ['unknown-posting'],
    },
    'not-own-posting': {
      zh: '{document}是{owner}记的账，不是{unit}记的。',
      en: '{document} was entered by {owner}, not by {unit}.',
      topic: { zh: '是本单位记的账', en: 'the entry is your own' },
      notJudgedWith: ['unknown-posting'],
      remedy: {
        zh: '由记账单位冲正，或由接收单位退回。',
        en: 'Who entered it reverses it; who received the money returns it.',
      },
    },
    'reversed-before': {
      zh: '{document}第{numbers}笔已于{on}冲正。',
      en: '{document}, line {numbers}, was reversed on {on} already.',
      topic: { zh: '没有冲正过', en: 'it was not reversed before' },
      notJudgedWith: ['unknown-posting'],
      remedy: { zh: '只选尚未冲正的各笔。', en: 'Choose only the lines that were not reversed yet.' },
    },
    'is-a-reversal': {
      zh: '{document}第{numbers}笔本身就是冲正，不能再冲正。',
      en: '{document}, line {numbers}, is itself a reversal and is not reversed again.',
      topic: { zh: '本身不是冲正', en: 'it is no reversal itself' },
      notJudgedWith: ['unknown-posting'],
      remedy: { zh: '按原业务重新记账。', en: 'Enter what is right anew.' },
    },
    'disposed-of': {
      zh: '资金已经动用：{short}。',
      en: 'The money has been disposed of: {short}.',
      topic: { zh: '资金还没有动用', en: 'the money is still there' },
      notJudgedWith: ['unknown-posting', 'reversed-before', 'is-a-reversal', 'not-own-posting'],
      remedy: {
        zh: '先由接收单位退回或收回，或只冲正其余各笔。',
        en: 'Let the receiver return or release it first, or reverse only the other lines.',
      },
    },
    'project-withdrawn': {
      zh: '{document}第{numbers}笔是从已撤销的项目收回的资金，不能再退回该项目。',
      en: '{document}, line {numbers}, released money from a project that has been withdrawn since; it can’t go back there.',
      topic: { zh: '资金不回到已撤销的项目', en: 'nothing goes back to a withdrawn project' },
      notJudgedWith: ['unknown-posting'],
      cites: 'duty:keep-project-library',
    },
  },
  then: [
    {
      zh: '原账保留不动，另记一笔写明冲正哪一笔。',
      en: 'The entry stays as it is; another one names it and takes it back.',
    },
    { zh: '钱回到原来的账户，可以再安排、再支付。', en: 'The money is back where it came from and can be used again.' },
    {
      zh: '已到收款人手中的钱不会自己回来，须另行追回。',
      en: 'Money that a payee already has does not come back by itself; it must be claimed.',
    },
  ],
  about: {
    kind: 'fund-posting',
    offered: (posting: { isReversal: boolean; isReversed: boolean }) => !posting.isReversal && !posting.isReversed,
    input: ({ unit, act: id }: { unit: string; act: string }) => ({ unit, act: id }),
  },
  over: (input) => input.unit,
  async facts(tx, input, by) {
    const [posting, entered] = await Promise.all([findPosting(tx, input.act, by.on), readEntered(tx, input.act)])
    const line = entered[0] && (await findLine(tx, entered[0].from.line, by.on))
    return { posting, entered, line }
  },
  rule({ posting, entered }, { unit, act: id, transfers }, refuse, by) {
    if (!posting) return [isOwnBooks(refuse, by), refuse('unknown-posting', { act: id, day: by.on })]
    const taken = chosen(entered, transfers)
    const { document } = posting
    const missing = (transfers ?? []).filter((n) => !entered.some((each) => each.n === n))
    const before = taken.filter((each) => each.reversedOn !== null)
    const reversals = taken.filter((each) => each.kind === 'reverse')
    const withdrawn = taken.filter((each) => each.kind === 'release' && each.isWithdrawn)
    const isOwn = posting.unit === unit
    const short = before.length + reversals.length > 0 || !isOwn ? [] : shortfalls(taken)
    return [
      isOwnBooks(refuse, by),
      isOwn || refuse('not-own-posting', { document, owner: ownerOf(entered, posting.unit), unit: by.lineage[0].name }),
      missing.length === 0 || refuse('unknown-transfer', { document, numbers: listed(missing.map(String)) }),
      before.length === 0 ||
        refuse('reversed-before', { document, numbers: numbersOf(before), on: before[0]?.reversedOn ?? '' }),
      reversals.length === 0 || refuse('is-a-reversal', { document, numbers: numbersOf(reversals) }),
      withdrawn.length === 0 || refuse('project-withdrawn', { document, numbers: numbersOf(withdrawn) }),
      areOpen(closedOf(taken), namesIn(taken), refuse),
      goesOn(
        taken.flatMap(({ from, to }) => [from.lastOn, to.lastOn]),
        refuse,
        by,
      ),
      short.length === 0 || refuse('disposed-of', { short: listed(short.map(shortfallSaid)) }),
    ]
  },
  async effect(tx, { unit, act: id, transfers, document, reason }, { entered, line }, by) {
    const taken = chosen(entered, transfers)
    post(tx, by, {
      unit,
      document,
      note: reason,
      transfers: taken.map(({ n, from, to, amount }) => ({
        kind: 'reverse' as const,
        from: accountOf(to),
        to: accountOf(from),
        amount,
        reverses: { act: id, n },
      })),
    })
    return {
      reversed: taken.length,
      amountFen: totalOf(taken.map((each) => each.amount)).toString(),
      ...(line && { line: line.line, lineYear: line.year }),
      emptied: emptied(taken),
      passAgain: passAgain(taken, line?.unit, by),
    }
  },
  subject: (_, { line, lineYear }) => (line && lineYear ? passingOn(line, lineYear) : ''),
  settles: (_, { emptied: units }) => units,
  obliges: (_, { passAgain: owed }, obligation) => owed[obligation] ?? [],
})

const chosen = (entered: readonly Entered[], transfers: readonly number[] | undefined) =>
  transfers === undefined ? entered : entered.filter((each) => transfers.includes(each.n))

const numbersOf = (taken: readonly Entered[]) => listed(taken.map((each) => String(each.n)).toReversed())

function closedOf(taken: readonly Entered[]) {
  const books = taken.flatMap(({ from, to }) => [from, to])
  const closed = new Map(books.map((each) => [`${each.unit} ${each.year}`, each]))
  return [...closed.values()].flatMap(({ unit, year, closedOn }) =>
    closedOn === null ? [] : [{ unit, year, on: closedOn }],
  )
}

const namesIn = (taken: readonly Entered[]) =>
  new Map(taken.flatMap(({ from, to }) => [from, to]).map((each) => [each.unit, each.name]))

const ownerOf = (entered: readonly Entered[], unit: string): Text | string => namesIn(entered).get(unit) ?? unit

function shortfallSaid({ account, asked }: Shortfall): Text {
  const [left, wanted] = [inWords(account.balance), inWords(asked)]
  return {
    zh: `${account.name.zh}“${account.lineName.zh}”只剩${left.zh}，要冲回${wanted.zh}`,
    en: `${account.name.en} has ${left.en} of «${account.lineName.en}» left, and ${wanted.en} would be taken back`,
  }
}

/** The units below that have nothing of it left to pass on, once it is taken back from them. */
function emptied(taken: readonly Entered[]): string[] {
  const handed = taken.filter((each) => each.kind === 'allocate')
  const units = Map.groupBy(handed, (each) => each.to.unit)
  return [...units].flatMap(([unit, shares]) => {
    const left = (shares[0]?.to.balance ?? 0n) - totalOf(shares.map((each) => each.amount))
    return left === 0n ? [unit] : []
  })
}

/** Who has money of somebody else's line back in hand and owes to pass it on again, by the obligation. */
function passAgain(taken: readonly Entered[], owner: string | undefined, by: By): Readonly<Record<string, string[]>> {
  const tier = by.lineage[0].tier
  const isBack = taken.some((each) => each.kind === 'allocate') && owner !== by.lineage[0].id
  const owed = by.charter
    .obligationsOn(by.on)
    .filter((each) => each.triggered?.by.includes('funds.reverse'))
    .find((each) => tier in (by.charter.findDuty(each.duty, by.on)?.held_by ?? {}))
  return isBack && owed ? { [owed.id]: [by.lineage[0].id] } : {}
}

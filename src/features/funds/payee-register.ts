import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { send } from '#kernel/db.ts'
import { scattered } from '#kernel/uuid.ts'
import { UnitId } from '#kernel/words.ts'
import { rowsSaid } from './holding.ts'
import { PayeeKind, payeeKinds, shownOf } from './payees.ts'

const PAYEES_MAX = 20_000

const personal = (max: number, zh: string, en: string) =>
  z.string().trim().min(1).max(max).meta({ label: { zh, en }, personal: true })

const Payee = z.strictObject({
  kind: PayeeKind,
  name: personal(100, '户名', 'Name'),
  bank: personal(100, '开户行', 'Bank'),
  account: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z][0-9A-Za-z -]{2,38}[0-9A-Za-z]$/)
    .meta({
      label: { zh: '账号', en: 'Account' },
      hint: { zh: '按文本填写，以免位数丢失。', en: 'As text, so that no digit is lost.' },
      personal: true,
    }),
})

/** A county registers whom it pays. Names of people are shown masked; name, bank and account lie behind row security. */
export const registerPayees = act({
  name: 'payee.register',
  title: { zh: '登记收款人', en: 'Register payees' },
  purpose: {
    zh: '登记本县支付资金的收款人。农户姓名只显示姓；户名、开户行和账号只有本县承办人可以查看。已登记过的不重复登记。',
    en: 'Registers whom the county pays. Of a household only the surname is shown; name, bank and account are seen by the county’s own staff only. Who is known already is not registered twice.',
  },
  duty: 'use-funds-well',
  rowSecurity: true,
  input: z.object({
    unit: UnitId,
    payees: z
      .array(Payee)
      .min(1)
      .max(PAYEES_MAX)
      .meta({ label: { zh: '收款人', en: 'Payees' } }),
  }),
  refusals: {
    'payee-twice': {
      zh: '户名和账号相同的收款人在名单中列了两次（{rows}）。',
      en: 'A payee of the same name and account stands twice in the list ({rows}).',
      topic: { zh: '名单中没有重复', en: 'nobody stands twice in the list' },
      remedy: { zh: '删去重复的。', en: 'Leave the second out.' },
    },
    'payee-known-otherwise': {
      zh: '“{shown}”（{rows}）已登记为{kind}。',
      en: '«{shown}» ({rows}) is registered as {kind}.',
      topic: { zh: '与已登记的一致', en: 'it agrees with what is registered' },
      remedy: { zh: '核对收款人类别。', en: 'Check the kind of payee.' },
    },
  },
  advice: {
    'payee-known': {
      zh: '其中{count}个此前已登记（{rows}），不再重复登记。',
      en: '{count} of them are registered already ({rows}) and stay as they are.',
    },
  },
  over: (input) => input.unit,
  async facts(tx, { unit, payees }) {
    const { rows } = await sql<{ n: number; payee: string; kind: PayeeKind; shown: string }>`
      select x.n::int as n, p.payee_id as payee, y.kind, y.shown
        from unnest(${payees.map((each) => each.name)}::text[], ${payees.map((each) => each.account)}::text[])
             with ordinality as x (name, account, n)
        join payee_private p on p.unit_id = ${unit} and p.name = x.name and p.account = x.account
        join payee y on y.id = p.payee_id`.execute(tx)
    return { known: new Map(rows.map(({ n, ...row }) => [n, row])) }
  },
  rule({ known }, { payees }, refuse, _by, advise) {
    const seen = new Set<string>()
    const twice = payees.flatMap(({ name, account }, at) => {
      const key = `${name}\n${account}`
      if (seen.has(key)) return [at + 1]
      seen.add(key)
      return []
    })
    const otherwise = [...known].filter(([n, { kind }]) => payees[n - 1]?.kind !== kind)
    return [
      twice.length === 0 || refuse('payee-twice', { rows: rowsSaid(twice) }),
      ...otherwise.map(([n, { shown, kind }]) =>
        refuse('payee-known-otherwise', { shown, rows: rowsSaid([n]), kind: payeeKinds[kind] }),
      ),
      known.size === 0 || advise('payee-known', { count: known.size, rows: rowsSaid([...known.keys()]) }),
    ]
  },
  effect(tx, { unit, payees }, { known }, by) {
    const ids = payees.map((_, at) => known.get(at + 1)?.payee ?? scattered(by.act, at))
    const fresh = payees.flatMap((payee, at) => (known.has(at + 1) ? [] : [{ ...payee, id: ids[at] ?? '' }]))
    const column = (of: (payee: (typeof fresh)[number]) => string) => fresh.map(of)
    if (fresh.length > 0) {
      send(
        tx,
        sql`insert into payee (id, unit_id, kind, shown, act_id)
          select id, ${unit}, kind, shown, ${by.act}
            from unnest(${column((each) => each.id)}::uuid[], ${column((each) => each.kind)}::text[], ${column(shownOf)}::text[])
                 as x (id, kind, shown)`.compile(tx),
      )
      send(
        tx,
        sql`insert into payee_private (payee_id, unit_id, name, bank, account, act_id)
          select id, ${unit}, name, bank, account, ${by.act}
            from unnest(${column((each) => each.id)}::uuid[], ${column((each) => each.name)}::text[],
                        ${column((each) => each.bank)}::text[], ${column((each) => each.account)}::text[])
                 as x (id, name, bank, account)`.compile(tx),
      )
    }
    return Promise.resolve({ payees: ids, known: known.size })
  },
})

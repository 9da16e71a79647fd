import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openBook } from '#src/sheets/index.ts'
import { asAct } from '#test/act.ts'
import { enter, seedBooks } from '#test/seeded-books.ts'
import { idOf, World } from '#test/world.ts'
import { inCapitals, makePaymentFile } from './payment-file.ts'

const liuFinance = { as: ['Liu County', 'finance-director-county'], on: '2016-04-02' } as const

describe('payment files for a bank', () => {
  let world: World
  let seeded: Awaited<ReturnType<typeof seedBooks>>
  before(async () => {
    world = await World.open()
    seeded = await seedBooks(world)
  })
  after(() => world.close())

  const ask = (format: 'csv' | 'xlsx' = 'csv', payment = seeded.pay, unit = seeded.liu) => ({ unit, payment, format })
  const contentOf = (result: { base64: string }) => Buffer.from(result.base64, 'base64')

  it('Liu County’s finance director takes the payees, their accounts and the amounts in words and capitals to the bank', async () => {
    const made = await world.done(makePaymentFile, ask(), liuFinance)
    assert.equal(made.count, 2)
    assert.equal(made.totalFen, String(1_234_567_89n + 3_000_05n))
    assert.equal(made.name, '柳支-2016-7号.csv')
    const text = contentOf(made).toString()
    const [header, first, second, end] = text.split('\r\n')
    assert.equal(header, '\uFEFF序号,收款人户名,收款人账号,收款人开户行,金额,大写金额,用途,流水号')
    assert.equal(
      first,
      `1,"柳县""路桥""公司; (一分公司)|甲",622848001234567890,柳县农商行,1234567.89,人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分,"路基: 第一段, ""甲""",${seeded.pay}/1`,
    )
    assert.equal(
      second,
      `2,王小明,6217000000000000019,邮储银行柳县支行,3000.05,人民币叁仟元零伍分,柳支〔2016〕7号,${seeded.pay}/2`,
    )
    assert.equal(end, '')
  })

  it('In a sheet an account of nineteen digits keeps them all', async () => {
    const made = await world.done(makePaymentFile, ask('xlsx'), liuFinance)
    const book = await openBook(new Uint8Array(contentOf(made)))
    const rows = []
    for await (const row of book.sheets[0]?.rows() ?? []) rows.push(row)
    await book.close()
    assert.equal(rows.length, 3)
    assert.match(JSON.stringify(rows), /"6217000000000000019"/)
  })

  it('Who made it is journalled; what it held is kept nowhere', async () => {
    const { rows } = await world.engine.database.pool.query<{ text: string }>(
      `select detail::text || input::text as text from journal where act = 'payment-file.make'`,
    )
    assert.ok(rows.length >= 2)
    assert.ok(rows.every(({ text }) => !/王小明|6217|base64/.test(text)))
  })

  it('A payment that was reversed is not in the file again', async () => {
    const made = await world.done(makePaymentFile, ask(), liuFinance)
    assert.doesNotMatch(contentOf(made).toString(), /0\.77/)
  })

  it('Another county’s finance director may not make it, and the public may not', async () => {
    for (const as of [['Tong County', 'finance-director-county'], 'public'] as const)
      await assert.rejects(world.perform(makePaymentFile, ask(), { as, on: '2016-04-02' }))
    const own = { unit: idOf('Tong County'), payment: seeded.pay, format: 'csv' as const }
    assert.deepEqual(
      await world.codes(makePaymentFile, own, { as: ['Tong County', 'finance-director-county'], on: '2016-04-02' }),
      ['payment-unknown'],
    )
  })

  it("A payment that is not in the county's books is refused: 'payment-unknown'", async () => {
    assert.deepEqual(await world.codes(makePaymentFile, ask('csv', idOf('no payment')), liuFinance), [
      'payment-unknown',
    ])
  })

  it("A document under which nothing is left to pay is refused: 'nothing-to-pay'", async () => {
    assert.deepEqual(await world.codes(makePaymentFile, ask('csv', seeded.reversal), liuFinance), ['nothing-to-pay'])
  })

  it("A payee whose account nobody registered is named, and the file is refused: 'payee-without-account'", async () => {
    const payee = idOf('a payee without an account')
    await asAct(world, (client, act) =>
      client.query(`insert into payee (id, unit_id, kind, shown, act_id) values ($1, $2, 'household', '李*', $3)`, [
        payee,
        seeded.liu,
        act,
      ]),
    )
    const of = { line: idOf('line 1'), unit: seeded.liu, year: 2016, project: seeded.road }
    const payment = await enter(world, {
      unit: seeded.liu,
      on: '2016-06-01',
      document: '柳支〔2016〕20号',
      transfers: [
        { kind: 'pay', from: { ...of, kind: 'committed' }, to: { ...of, kind: 'paid' }, amount: 100n, payee },
      ],
    })
    const [told] = await world.refused(makePaymentFile, ask('csv', payment), { ...liuFinance, on: '2016-06-02' })
    assert.equal(told?.code, 'payee-without-account')
    assert.match(told?.sentence.zh ?? '', /1 个收款人.*李\*/)
  })

  it('Amounts are written in capitals as banks want them', () => {
    assert.equal(inCapitals(125_000_000n), '人民币壹佰贰拾伍万元整')
    assert.equal(inCapitals(125_000_050n), '人民币壹佰贰拾伍万元伍角整')
    assert.equal(inCapitals(10_000_705n), '人民币壹拾万零柒元零伍分')
    assert.equal(inCapitals(7n), '人民币柒分')
    assert.equal(inCapitals(9_000_000_000_000_001n), '人民币玖拾万亿元零壹分')
  })
})

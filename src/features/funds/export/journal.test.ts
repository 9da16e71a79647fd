import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { programs } from '#test/ledger-programs.ts'
import { readText } from '#test/plain-text-books.ts'
import { seedBooks } from '#test/seeded-books.ts'
import { idOf, World } from '#test/world.ts'
import { exportFunds } from './formats.ts'

const run = promisify(execFile)
const texts = ['hledger', 'ledger', 'beancount'] as const
type About = { unit?: string; year?: number; language?: 'zh' | 'en'; on?: string }

describe('the books as text for other programs', () => {
  let world: World
  let seeded: Awaited<ReturnType<typeof seedBooks>>
  let folder: string
  before(async () => {
    world = await World.open()
    seeded = await seedBooks(world)
    folder = mkdtempSync(path.join(tmpdir(), 'zeren-export-'))
  })
  after(async () => {
    rmSync(folder, { recursive: true })
    await world.close()
  })

  const exported = async (format: (typeof texts)[number], { on = '2016-12-31', language = 'zh', ...about }: About) => {
    const pieces: string[] = []
    await exportFunds({ db: world.db, on }, format, { ...about, language }, async (piece) => {
      pieces.push(String(piece))
    })
    return pieces.join('')
  }
  const balances = async (where = 'true') => {
    const { rows } = await world.engine.database.pool.query<{ balance: bigint }>(
      `select balance from fund_account a where version > 0 and ${where}`,
    )
    return rows.map(({ balance }) => balance).toSorted((a, b) => Number(a - b))
  }
  const scopes: readonly (readonly [string, () => About, string])[] = [
    ['the whole country', () => ({}), 'true'],
    ['the whole country in English', () => ({ language: 'en' }), 'true'],
    ['one county', () => ({ unit: seeded.liu }), 'LIU'],
    ['a province with all below it', () => ({ unit: seeded.qingshan }), 'QINGSHAN'],
    ['one year', () => ({ year: 2016 }), 'year = 2016'],
  ]
  const sqlOf = (where: string) =>
    where
      .replace('LIU', `unit_id = '${seeded.liu}'`)
      .replace('QINGSHAN', `unit_id in (select unit_id from unit_version where '${seeded.qingshan}' = any (lineage))`)

  for (const format of texts)
    for (const [what, about, where] of scopes)
      it(`The books of ${what}, added up again from the text for ${format}, hold what ours hold to the fen`, async () => {
        const text = readText(await exported(format, about()))
        assert.ok(text.transactions > 0)
        assert.deepEqual(text.unbalanced, [])
        assert.deepEqual(text.undeclared, [])
        assert.deepEqual(text.asserted, text.counted)
        const own = [...text.counted].filter(([name]) => !name.startsWith('Equity:'))
        assert.deepEqual(
          own.map(([, balance]) => balance).toSorted((a, b) => Number(a - b)),
          await balances(sqlOf(where)),
        )
      })

  for (const format of texts)
    for (const [what, about] of scopes)
      it(`${format} itself, where it is installed, takes ${what} without a word in its strictest mode`, async () => {
        const file = path.join(folder, `books.${format}`)
        const text = await exported(format, about())
        writeFileSync(file, text)
        const { asserted } = readText(text)
        assert.ok(asserted.size > 0)
        for (const { program, strict } of await programs(format)) {
          const { stdout, stderr } = await run(program, strict(file), { env: { ...process.env, LC_ALL: 'C.UTF-8' } })
          assert.equal(stderr + (format === 'ledger' ? '' : stdout), '', `${program}: ${stdout}${stderr}`)
        }
      })

  it('A single fen that is missing from a text is told by whichever of the programs is installed', async () => {
    for (const format of texts) {
      const text = await exported(format, {})
      const short = text.replaceAll(/(1234567\.8)9( CNY)/g, '$18$2')
      assert.notEqual(short, text)
      assert.notDeepEqual(readText(short).counted, readText(short).asserted)
      const file = path.join(folder, `short.${format}`)
      writeFileSync(file, short)
      for (const { program, strict } of await programs(format))
        await assert.rejects(run(program, strict(file), { env: { ...process.env, LC_ALL: 'C.UTF-8' } }), program)
    }
  })

  it('The balances on a past day are those of that day, whatever was entered since', async () => {
    const { counted, asserted, transactions } = readText(await exported('hledger', { on: '2016-01-06' }))
    assert.deepEqual(counted, asserted)
    assert.equal(transactions, 4)
    assert.equal(
      counted.get('Assets:U-中央:2016:2016-财农-2016-36号-中央财政专项扶贫资金-' + hex('line 2') + ':Available'),
      100_00n,
    )
  })

  it('A county’s export names the city that gave and not what the city’s own books hold', async () => {
    const { counted } = readText(await exported('ledger', { unit: seeded.liu }))
    assert.equal(counted.get('Equity:Outside:130600-河阳市'), -20_000_000_00n)
    assert.equal(counted.get('Equity:Outside:130000-青山省'), -2_000_000_50n)
    assert.ok([...counted.keys()].every((name) => name.includes('130627') || name.startsWith('Equity:Outside:')))
  })

  it('A reversal leads to what it corrects', async () => {
    const { pay, reversal } = seeded
    assert.match(await exported('hledger', {}), new RegExp(`; reverses: ${pay}/3\n`))
    assert.match(await exported('beancount', {}), new RegExp(`#reverse \\^${reversal}\\.1 \\^${pay}\\.3\n`))
  })

  it('Books in which nothing has moved are a file that says so', async () => {
    for (const format of texts) {
      const text = readText(await exported(format, { on: '2016-01-05' }))
      assert.equal(text.counted.size, 0)
    }
  })

  it('No account number and no full name of a natural person is in any text', async () => {
    for (const format of texts) {
      const text = await exported(format, {})
      assert.doesNotMatch(text, /王小明|6217000000000000019|622848001234567890|110101199003071234/)
      assert.match(text, /王\*/)
    }
  })
})

const hex = (name: string) => idOf(name).replaceAll('-', '')

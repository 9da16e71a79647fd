import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { z } from 'zod'
import { parseInput } from '#kernel/input.ts'
import { Malformed } from '#kernel/outcome.ts'
import { Fen, fenOf, yuanOf } from '#kernel/words.ts'
import { centre, fund, paper } from '#test/fund-walk.ts'
import { World } from '#test/world.ts'
import { inWords } from './money.ts'

const seeded = (numRuns: number) => ({ seed: 2016, numRuns })

describe('An amount on the wire', () => {
  it('What is wrong with one is told in both languages', () => {
    const wrong = (): unknown => parseInput(z.object({ amount: Fen }), { amount: '-1' })
    assert.throws(wrong, (error: unknown) => {
      assert.ok(error instanceof Malformed)
      const [issue] = error.issues
      assert.match(issue?.problem.zh ?? '', /^应为大于 0 的元数/)
      assert.match(issue?.problem.en ?? '', /^yuan as digits/)
      return true
    })
  })
  it('It is yuan as digits with at most two decimals, above nothing, below ten trillion', () => {
    for (const [yuan, fen] of [
      ['0.01', 1n],
      ['1', 100n],
      ['1.5', 150n],
      ['1250000.50', 125_000_050n],
      ['9999999999999.99', 999_999_999_999_999n],
    ] as const)
      assert.equal(Fen.parse(yuan), fen)
  })
  it('Less than nothing, nothing, parts of a fen, too much, floating numbers and other writings are malformed', () => {
    const wrong = [
      '-1',
      '0',
      '0.00',
      '0.001',
      '1.234',
      '10000000000000',
      '1e5',
      '1,000',
      ' 1',
      '1 ',
      '01',
      '.5',
      '5.',
      '+1',
      '１',
      '',
    ]
    const others = [1, 0.1, 5n, null, undefined, true, {}, ['1'], 'Infinity', 'NaN', '0x10', '1٫5', '1_000']
    for (const yuan of [...wrong, ...others]) assert.equal(Fen.safeParse(yuan).success, false, inspect(yuan))
  })
  it('Every amount comes back as it went', () => {
    const amounts = fc.bigInt({ min: 1n, max: 999_999_999_999_999n })
    fc.assert(
      fc.property(amounts, (fen) => Fen.parse(yuanOf(fen)) === fen && fenOf(yuanOf(fen)) === fen),
      seeded(2_000),
    )
  })
})

describe('An amount in a sentence', () => {
  it('It is 亿元 and 万元 where these say it exactly, else 元; yuan in English', () => {
    const said = [
      0n,
      1n,
      999_999n,
      1_000_000n,
      125_000_050n,
      125_000_000n,
      1_234_560_000n,
      11_360_000_000_000n,
      10_000_000_001n,
      -250n,
    ]
    assert.deepEqual(
      said.map((fen) => inWords(fen).zh),
      [
        '0元',
        '0.01元',
        '9,999.99元',
        '1万元',
        '1,250,000.50元',
        '125万元',
        '1234.56万元',
        '1136亿元',
        '100,000,000.01元',
        '-2.50元',
      ],
    )
    assert.deepEqual(inWords(125_000_050n).en, '1,250,000.50 yuan')
  })
  it('What is said is never rounded', () => {
    const units: Record<string, bigint> = { 元: 100n, 万元: 1_000_000n, 亿元: 10_000_000_000n }
    const meant = (said: string) => {
      const [, digits = '', unit = ''] = /^([\d.,]+)(.+)$/.exec(said) ?? []
      const [whole = '0', part = ''] = digits.replaceAll(',', '').split('.')
      const fen = units[unit] ?? 0n
      return BigInt(whole) * fen + (BigInt(part === '' ? '0' : part) * fen) / 10n ** BigInt(part.length)
    }
    const amounts = fc.oneof(
      fc.bigInt({ min: 0n, max: 10n ** 15n }),
      fc.bigInt({ min: 0n, max: 10n ** 9n }).map((each) => each * 10_000n),
      fc.bigInt({ min: 0n, max: 10n ** 5n }).map((each) => each * 10n ** 9n),
    )
    fc.assert(
      fc.property(amounts, (fen) => meant(inWords(fen).zh) === fen),
      seeded(3_000),
    )
  })
})

describe('An act with a bad amount', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  const appropriating = (more: object) => ({
    unit: world.unit('The Centre'),
    name: { zh: '资金', en: 'Money' },
    year: 2016,
    document: paper(),
    amount: '1',
    ...more,
  })
  const fieldsOf = async (more: object): Promise<string[]> => {
    const on = '2016-03-01'
    const failed = await world
      .perform(fund('appropriate'), appropriating(more), { as: centre, on })
      .catch((error: unknown) => error)
    assert.ok(failed instanceof Malformed, JSON.stringify(failed))
    return failed.issues.map((issue) => issue.field)
  }

  it('It is malformed, the field is named, and nothing is written', async () => {
    const unit = world.unit('Qingshan Province')
    for (const amount of ['-5', '0', '0.005', '99999999999999', 5]) {
      assert.deepEqual(await fieldsOf({ amount }), ['amount'])
      assert.deepEqual(
        await fieldsOf({
          shares: [
            { unit, amount: '1' },
            { unit, amount },
          ],
        }),
        ['shares.1.amount'],
      )
    }
    assert.deepEqual(await fieldsOf({ year: 1999 }), ['year'])
    assert.deepEqual(await fieldsOf({ year: 2016.5 }), ['year'])
    assert.deepEqual(await fieldsOf({ unit: 'Hebei' }), ['unit'])
    assert.deepEqual(await fieldsOf({ shares: [] }), ['shares'])
    assert.deepEqual(await fieldsOf({ document: ' ' }), ['document'])
    assert.deepEqual(await fieldsOf({ project: unit }), ['(input)'], 'a block names no project')
    assert.deepEqual(await world.db.selectFrom('fund_line').selectAll().execute(), [])
  })
})

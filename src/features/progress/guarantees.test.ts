import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import type { By } from '#kernel/act.ts'
import { fieldId, fieldsOf } from '#kernel/charter-reports.ts'
import { yuanOf } from '#kernel/words.ts'
import { campaign, World } from '#test/world.ts'
import type { FieldRow, ReportCase, StepRow } from './books.ts'
import { enteredFields, readEntered } from './entered.ts'
import { asOf, fits, lastPeriod, opensOn, periodsOf, spanOf } from './period.ts'
import { mayBeSigned, type signingRefusals } from './signing.ts'
import { moves } from './state.ts'

const seeded = (numRuns: number) => ({ seed: 832, numRuns })
const on = '2018-03-05'
const charter = campaign()
const kind = charter.findReport('county-monthly', on) ?? assert.fail()
const all = fieldsOf(kind).map(fieldId)
const asked = enteredFields(kind)
const liu = { id: 'liu', tier: 'county', code: '130627', name: { zh: '柳县', en: 'Liu County' } }
const by = { on, charter, lineage: [liu], actor: { kind: 'person' } } as unknown as By

const valueOf = (id: string) => (asked.find((field) => field.id === id)?.kind === 'text' ? '内容' : '7')
const held = (field: string): FieldRow => {
  const entered = asked.find((each) => each.id === field)
  const read = entered && readEntered(entered, valueOf(field))
  return {
    version: 1,
    field,
    source: entered ? 'entered' : 'figure',
    sinceVersion: 1,
    value: read ? (read.value === null ? null : Number(read.value)) : 5,
    text: read?.text ?? null,
    asOf: null,
    from: null,
    digest: null,
    definition: null,
    answer: null,
  }
}

/** Liu County's report of February, returned with remarks on some fields. */
function returned(remarked: readonly string[]): ReportCase {
  const step = { version: 1, reason: '理由', on, person: 'p', act: 'a' }
  const last: StepRow = { ...step, ordinal: 2, step: 'return', state: 'returned' }
  return {
    id: 'r',
    unit: 'liu',
    kind: kind.id,
    period: '2018-02',
    state: 'returned',
    version: 1,
    since: on,
    last,
    steps: [{ ...step, ordinal: 1, step: 'send', state: 'sent' }, last],
    fields: all.map(held),
    remarks: remarked.map((field) => ({ ordinal: 2, field, remark: '请核对' })),
  }
}

function reasons(report: ReportCase, typed: readonly string[], answered: readonly string[], other = '9'): string[] {
  const input = {
    unit: 'liu',
    kind: kind.id,
    period: '2018-02',
    entered: typed.map((field) => ({ field, value: other })),
    answers: answered.map((field) => ({ field, answer: '已核对' })),
  }
  const refuse = (code: keyof typeof signingRefusals) => ({ code, facts: {}, weight: 'refusal' }) as const
  const facts = { kind, report, since: '2015-06-18', closed: undefined, due: null }
  const lines = mayBeSigned(facts, input, kind.duty, refuse as never, by, refuse as never)
  return lines.flatMap((line) => (typeof line === 'object' ? [line.code] : []))
}

const someOf = (fields: readonly string[]) => fc.subarray([...fields])
const ids = asked.map((field) => field.id)

describe('A returned report', () => {
  it('is accepted just when each remark is answered and nothing else is touched, whichever fields were remarked on', () => {
    const property = fc.property(someOf(all), someOf(ids), someOf(all), (remarked, typed, answered) => {
      const found = reasons(returned(remarked), typed, answered)
      const isSilent = remarked.some((field) => !answered.includes(field))
      const isWhole = remarked.length === 0
      const touches = typed.some((field) => !isWhole && !remarked.includes(field))
      const strays = answered.some((field) => !remarked.includes(field))
      assert.equal(found.includes('remark-unanswered'), isSilent)
      assert.equal(found.includes('field-stands'), touches || strays)
      assert.equal(found.length === 0, !isSilent && !touches && !strays)
    })
    fc.assert(property, seeded(400))
  })

  it('may repeat what stands, since that changes nothing', () => {
    const report = returned(['funds.paid'])
    for (const field of ids) assert.deepEqual(reasons(report, [field], ['funds.paid'], valueOf(field)), [], field)
  })
})

describe('What is typed', () => {
  it('comes back as the amount that it was, to the fen', () => {
    const amount = asked.find((field) => field.kind === 'amount') ?? assert.fail()
    const property = fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), (fen) => {
      assert.equal(readEntered(amount, yuanOf(fen))?.value, fen.toString())
    })
    fc.assert(property, seeded(300))
    for (const wrong of ['-1', '1.234', '1,000', '１', '1e3', '']) assert.equal(readEntered(amount, wrong), undefined)
  })
})

describe('A period', () => {
  it('is one of its year, begins the day after the one before ends, and is open once it is over', () => {
    const months = [2019, 2020, 2021].flatMap((year) => periodsOf('month', year))
    for (const [at, month] of months.entries()) {
      assert.ok(fits('month', month) && !fits('year', month))
      const next = months[at + 1]
      if (next) assert.equal(spanOf(next).from, opensOn(kind, month))
      assert.equal(lastPeriod(kind, opensOn(kind, month)), month)
      assert.equal(asOf(month, '2030-01-01'), spanOf(month).to)
    }
    assert.equal(spanOf('2020-02').to, '2020-02-29')
    assert.deepEqual(spanOf('2019'), { from: '2019-01-01', to: '2019-12-31' })
  })
})

describe('The database', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  it('knows the same moves as the rules', async () => {
    const { rows } = await world.engine.database.pool.query<{ text: string }>(
      `select pg_get_constraintdef(oid) as text from pg_constraint where conname = 'report_steps_in_order'`,
    )
    const known = [...(rows[0]?.text ?? '').matchAll(/'(\w+)'::text/g)].map((match) => match[1])
    assert.deepEqual(known, moves.flat())
  })
})

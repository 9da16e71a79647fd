import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { dayNumber, firstDayOf, lastDayOf } from './days.ts'
import { fitWeights, forecastOf, gradeOf, type Look, partsOf, signs, type Signs, type Weights } from './model.ts'
import { type Case, chanceByLaw, paceOf, staysOf } from './pace.ts'
import { reliability, scoreOf, type Tried } from './reliability.ts'
import { usualOf } from './usual.ts'

const none: Signs = { late: 0, slipped: 0, idle: 0, headcount: 0 }
const settings: Weights = { late: -0.7, slipped: -0.5, idle: -0.5, headcount: -2.3 }

/** A county that proposed on a day of its year, and was approved so many days later. */
const county = (name: string, year: number, proposed: number, days: number, area = 'North'): Case => ({
  unit: name,
  area,
  year,
  entries: [
    { stage: 'propose', on: firstDayOf(year) },
    { stage: 'review', on: firstDayOf(year) + proposed },
    { stage: 'out', on: firstDayOf(year) + proposed + days },
  ],
})
const isOver2016 = (year: number) => year === 2016
const knownLate = dayNumber('2018-01-01')
const left = (day: string) => lastDayOf(2017) - dayNumber(day)
const asked = (day: string, more: object = {}) => ({
  stage: 'propose' as const,
  area: 'North',
  elapsed: dayNumber(day) - firstDayOf(2017),
  left: left(day),
  byLaw: 0.5,
  ...more,
})

describe('The pace of counties', () => {
  const many = Array.from({ length: 40 }, (_, at) => county(`C${at}`, 2016, 100 + at * 5, 80))
  const stays = staysOf(many, isOver2016, knownLate)

  it('Of counties that had not proposed by July either, the share that was out by December is the chance', () => {
    const pace = paceOf(stays, asked('2017-07-20'))
    // Whoever proposed from day 201 on had not by the two hundredth; of them those up to day 285 were out after 80 days.
    const stood = many.filter((each) => each.entries[1]!.on - firstDayOf(2016) > 200)
    const made = stood.filter((each) => each.entries[2]!.on - firstDayOf(2016) <= 364)
    assert.deepEqual(pace.country, { stood: stood.length, made: made.length })
  })
  it('The chance of a county that has not proposed yet falls as its year goes by', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 290 }), fc.integer({ min: 1, max: 60 }), (elapsed, more) => {
        const at = (days: number) =>
          paceOf(stays, { ...asked('2017-01-01'), elapsed: days, left: 364 - days, byLaw: 0 }).p
        assert.ok(at(elapsed) + 1e-9 >= at(Math.min(300, elapsed + more)))
      }),
      { numRuns: 60, seed: 5 },
    )
  })
  it('Twenty counties of an area are told from the country, nineteen are not', () => {
    const of = (n: number) => [
      ...Array.from({ length: n }, (_, at) => county(`N${at}`, 2016, 300, 30, 'North')),
      ...Array.from({ length: 40 }, (_, at) => county(`S${at}`, 2016, 300, 90, 'South')),
    ]
    const basis = (n: number) => paceOf(staysOf(of(n), isOver2016, knownLate), asked('2017-03-01')).basis
    assert.deepEqual([basis(19), basis(20)], ['country', 'area'])
  })
  it('Where no county has gone the way yet, only the law can be told from', () => {
    const pace = paceOf(staysOf([], isOver2016, knownLate), asked('2017-03-01', { byLaw: chanceByLaw(100, 90) }))
    assert.deepEqual([pace.basis, pace.p], ['law', 0.3])
  })
  it('A county that is not out yet says nothing until its time is over', () => {
    const slow = [county('Slow', 2016, 350, 300)]
    const on = (day: string) => paceOf(staysOf(slow, isOver2016, dayNumber(day)), asked('2017-01-01')).country.stood
    assert.deepEqual([on('2016-12-20'), on('2017-02-01')], [0, 1])
  })
  it('What four in five needed at most is told from five counties on', () => {
    const days = [10, 20, 30, 40, 50].map((each, at) => county(`D${at}`, 2016, 100, each))
    const usual = (cases: Case[]) => usualOf(staysOf(cases, isOver2016, knownLate), 'review', 'total', 'North')
    assert.deepEqual(usual(days), { basis: 'country', counties: 5, most: 40, half: 30 })
    assert.equal(usual(days.slice(1)), undefined)
  })
})

const share = fc.double({ min: 0, max: 1, noNaN: true })
const anySigns = fc.record({ late: share, slipped: share, idle: share, headcount: share })
const look = (made: boolean, of: Partial<Signs>, at: number): Look => ({
  unit: `U${at}`,
  area: null,
  year: 2016,
  on: 0,
  pace: 0.5,
  signs: { ...none, ...of },
  made,
})

describe('The signs', () => {
  it('No sign ever raises the chance, and more of it never raises it either', () => {
    fc.assert(
      fc.property(share, anySigns, fc.constantFrom(...signs), (pace, seen, sign) => {
        const p = forecastOf(pace, seen, settings)
        assert.ok(p <= forecastOf(pace, { ...seen, [sign]: 0 }, settings) + 1e-9)
        assert.ok(p >= 0.01 && p <= 0.99)
      }),
      { numRuns: 100, seed: 5 },
    )
  })
  it('The parts lead from nought to the chance without a gap', () => {
    fc.assert(
      fc.property(share, share, anySigns, (base, pace, seen) => {
        const parts = partsOf(base, pace, seen, settings)
        parts.forEach(({ from }, at) => at > 0 && assert.ok(Math.abs(from - parts[at - 1]!.to) < 0.011))
        assert.ok(Math.abs(parts.at(-1)!.to - forecastOf(pace, seen, settings)) < 1e-9)
      }),
      { numRuns: 100, seed: 5 },
    )
  })
  it('Without history the weights are the charter’s settings', () => {
    assert.deepEqual(fitWeights([], settings, 20), settings)
  })
  it('With many counties that were held up by late obligations the weight is what they show, whatever the setting', () => {
    // Of counties with the sign one in ten made it, where the pace alone said one half: odds of one in nine.
    const looks = Array.from({ length: 22_000 }, (_, at) => look(at % 10 === 0, { late: 1 }, at))
    const { late, idle } = fitWeights(looks, settings, 20)
    assert.ok(Math.abs(late - Math.log(1 / 9)) < 0.05, `${late}`)
    assert.equal(idle, settings.idle)
  })
  it('A sign with which counties made it more often counts for nothing rather than for the better', () => {
    const looks = Array.from({ length: 22_000 }, (_, at) => look(at % 10 !== 0, { slipped: 1 }, at))
    assert.equal(fitWeights(looks, settings, 20).slipped, 0)
  })
  it('A chance is told in whole percent and in one of three words', () => {
    assert.deepEqual([75, 74, 40, 39].map(gradeOf), ['likely', 'open', 'open', 'unlikely'])
  })
})

describe('What became of forecasts', () => {
  const tried = (p: number, made: boolean, at: number): Tried => ({
    unit: `U${at}`,
    area: null,
    year: 2016,
    on: 0,
    p,
    base: 0.5,
    made,
  })

  it('Of forecasts of seventy percent, seven in ten come true: said and came agree, and the score beats the bare share', () => {
    const all = [...Array(100).keys()].map((at) => tried(at < 50 ? 0.9 : 0.3, at < 50 ? at % 10 > 0 : at % 10 > 6, at))
    const classes = reliability(all).filter((each) => each.forecasts > 0)
    assert.deepEqual(
      classes.map(({ from, said, came }) => [from, Math.round(100 * said!), Math.round(100 * came!)]),
      [
        [30, 30, 30],
        [90, 90, 90],
      ],
    )
    const score = scoreOf(all)
    assert.ok(score.brier! < score.brierHindsight! && score.brierHindsight! < score.brierBase!)
  })
  it('Whoever is sure and right scores nought; with one kind of outcome alone the data can’t tell', () => {
    const sure = scoreOf([...Array(30).keys()].map((at) => tried(1, true, at)))
    assert.deepEqual([sure.brier, sure.tells, sure.missed], [0, false, 0])
    assert.deepEqual([scoreOf([]).brier, scoreOf([]).tells], [null, false])
  })
})

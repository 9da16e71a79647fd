import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setLetter } from './pdf.ts'
import type { LetterShown } from './show.ts'

const text = (zh: string, en: string) => ({ zh, en })
const person = (zh: string, en: string) => ({
  id: '00000000-0000-7000-8000-000000000001',
  name: text(zh, en),
  madeUp: true,
})
const from = { id: 'a', tier: 'prefecture', code: '130600', name: text('河阳市', 'Heyang City') }
const to = { id: 'b', tier: 'county', code: '130627', name: text('柳县', 'Liu County') }

/** A letter as the question `letter.show` answers, with one signature missing. */
const letter = {
  id: '00000000-0000-7000-8000-000000000002',
  number: text('河阳市责〔2016〕3号', 'Heyang City Letter No. 3 of 2016'),
  fromUnit: from,
  toUnit: to,
  firstYear: 2016,
  lastYear: 2018,
  offeredOn: '2016-02-01',
  asOf: '2016-02-05',
  state: 'open',
  code: '7QK2-M0XW-3HJP',
  madeUp: true,
  programme: text('脱贫攻坚责任制', 'Responsibility system of the battle against poverty'),
  charter: text('2015年11月决定', 'The Decision of November 2015'),
  targets: [
    {
      indicator: 'counties-out',
      title: text('贫困县摘帽', 'Poor counties leaving poverty'),
      measure: text('县', 'counties'),
      relation: '=',
      year: 2018,
      target: 1,
      status: 'made-up',
    },
    {
      indicator: 'persons-lifted',
      title: text('农村贫困人口脱贫', 'Rural people lifted out of poverty'),
      measure: text('人', 'people'),
      relation: '≥',
      year: 2016,
      target: 12_400,
      status: 'made-up',
    },
    {
      indicator: 'persons-lifted',
      title: text('农村贫困人口脱贫', 'Rural people lifted out of poverty'),
      measure: text('人', 'people'),
      relation: '≥',
      year: 2018,
      target: 3_950,
      status: 'made-up',
    },
  ],
  duties: [
    {
      id: 'bear-main-responsibility',
      title: text('承担主体责任', 'Bear main responsibility'),
      quote: text(
        '书记和县长是第一责任人',
        'Their Party secretaries and mayors are to assume main responsibility for the work',
      ),
    },
    {
      id: 'set-schedule',
      title: text('安排进度', 'Set the schedule'),
      quote: text('进度安排', 'Based on the conditions in their counties, they set the schedule'),
    },
  ],
  signatures: [
    {
      unit: 'a',
      post: 'party-secretary-city',
      postName: text('市委书记', 'City Party secretary'),
      person: person('周明远', 'Zhou Mingyuan'),
      hand: null,
      signedOn: '2016-02-03',
      act: null,
    },
    {
      unit: 'a',
      post: 'mayor',
      postName: text('市长', 'Mayor'),
      person: person('王芳', 'Wang Fang'),
      hand: null,
      signedOn: '2016-02-03',
      act: null,
    },
    {
      unit: 'b',
      post: 'party-secretary-county',
      postName: text('县委书记', 'County Party secretary'),
      person: person('刘海', 'Liu Hai'),
      hand: null,
      signedOn: '2016-02-05',
      act: null,
    },
    {
      unit: 'b',
      post: 'county-head',
      postName: text('县长', 'County head'),
      person: null,
      hand: null,
      signedOn: null,
      act: null,
    },
  ],
} as unknown as LetterShown

describe('The paper of a letter', () => {
  for (const language of ['zh', 'en', 'both'] as const)
    it(`is a PDF, the same each time, in ${language}`, () => {
      const first = setLetter(letter, language)
      assert.equal(first.subarray(0, 5).toString(), '%PDF-')
      assert.ok(first.length > 10_000, `${first.length} bytes`)
      assert.deepEqual(setLetter(letter, language), first)
    })
})

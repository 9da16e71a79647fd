import { sql } from 'kysely'
import { z } from 'zod'
import { goalsOf, indicatorOf, type Reconciliation, reconcile } from '#features/goals/index.ts'
import { act } from '#kernel/act.ts'
import { findLineage } from '#kernel/standing.ts'
import { v7 } from '#kernel/uuid.ts'
import type { Text } from '#kernel/words.ts'
import { UnitId, Year } from '#kernel/words.ts'
import { verificationCode } from './code.ts'
import { composeLetter } from './compose.ts'

type Slot = { unit: string; to: string; firstYear: number; lastYear: number; isDue: boolean }

/** A unit offers the one directly below it a letter of responsibility (责任书); its targets are the goals that stand on the day. */
export const offerLetter = act({
  name: 'letter.offer',
  title: { zh: '发出责任书', en: 'Offer a letter of responsibility' },
  purpose: {
    zh: '向直接下级发出责任书。目标按当日的分解自动写入，不用填写；本级目标合计一致或已说明，才能发出。',
    en: 'Offers the unit directly below a letter. Its targets are composed from the goals that stand on the day; nothing is typed. The offering unit’s own goals must add up, or the gap be explained.',
  },
  duty: 'offer-letters',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '发出单位', en: 'Offering unit' } }),
    to: UnitId.meta({ label: { zh: '接受单位', en: 'Receiving unit' } }),
    firstYear: Year.meta({ label: { zh: '起始年度', en: 'First year' }, widget: 'year' }),
    lastYear: Year.meta({ label: { zh: '截止年度', en: 'Last year' }, widget: 'year' }),
  }),
  refusals: {
    'period-reversed': {
      zh: '起始年度{firstYear}晚于截止年度{lastYear}。',
      en: 'The first year, {firstYear}, is after the last, {lastYear}.',
      topic: { zh: '年度先后正确', en: 'the years are in order' },
    },
    'not-directly-below': {
      zh: '{name}不是{unit}的直接下级，责任书逐级签订。',
      en: '{name} is not directly below {unit}; letters go from level to level.',
      topic: { zh: '接受单位是直接下级', en: 'the receiver stands directly below' },
      remedy: { zh: '由该单位的直接上级发出。', en: 'Let the unit directly above it offer the letter.' },
      cites: 'duty:offer-letters',
    },
    'letter-exists': {
      zh: '已有责任书{number}，覆盖其中的年度（{years}）。',
      en: 'The letter {number} covers some of these years already ({years}).',
      topic: { zh: '同一年度没有别的责任书', en: 'no other letter covers these years' },
    },
    'no-goals': {
      zh: '{name}在{years}年没有目标。',
      en: '{name} has no goals for {years}.',
      topic: { zh: '接受单位有目标', en: 'the receiver has goals' },
      remedy: { zh: '先分解目标。', en: 'Decompose the goals first.' },
      cites: 'obligation:decompose-goals',
    },
    'goals-do-not-reconcile': {
      zh: '{unit}的目标与下级合计不符：{gaps}。',
      en: 'The goals of {unit} do not add up: {gaps}.',
      topic: { zh: '目标合计一致或已说明', en: 'the goals add up, or the gap is explained' },
      remedy: { zh: '重新分解，或说明缺口的理由。', en: 'Decompose them again, or explain the gap.' },
      cites: 'duty:set-goals',
    },
  },
  advice: {
    'years-without-goals': {
      zh: '{name}在{years}年没有目标，责任书中不列这些年度。',
      en: '{name} has no goals for {years}; the letter will be silent on them.',
    },
  },
  then: [
    { zh: '双方的主要负责人在时限内逐一签署。', en: 'Every principal of both sides signs within the time limit.' },
    {
      zh: '全部签署后生效；贫困县随即制定进度安排。',
      en: 'Signed by all, it is in force; a poor county then sets its schedule.',
    },
    { zh: '接受单位可以说明理由退回。', en: 'The receiver may decline it with a reason.' },
  ],
  about: {
    kind: 'letter-slot',
    offered: (slot: Slot) => slot.isDue,
    input: ({ unit, to, firstYear, lastYear }: Slot) => ({ unit, to, firstYear, lastYear }),
  },
  over: (input) => input.unit,
  turns: (input) => [input.to],
  async facts(tx, { unit, to, firstYear, lastYear }, by) {
    const years = [Math.min(firstYear, lastYear), Math.max(firstYear, lastYear) + 1]
    const [lineage, goals, lines, living, last] = await Promise.all([
      findLineage(tx, to, by.on),
      goalsOf(tx, to, by.on),
      reconcile(tx, unit, by.on),
      sql<{ number: Text; years: string }>`
        select content->'number' as number, lower(l.years) || '–' || upper(l.years) - 1 as years from letter l
         where l.from_unit_id = ${unit} and l.to_unit_id = ${to} and l.declined_on is null
           and l.years && int4range(${years[0]}::int, ${years[1]}::int)`.execute(tx),
      sql<{ serial: number | null }>`
        select max(serial) as serial from letter
         where from_unit_id = ${unit} and offered_on >= ${`${by.on.slice(0, 4)}-01-01`}::date
           and offered_on <= ${`${by.on.slice(0, 4)}-12-31`}::date`.execute(tx),
    ])
    const isWithin = (each: { year: number }) => each.year >= firstYear && each.year <= lastYear
    return {
      receiver: lineage?.[0],
      above: lineage?.[1]?.id,
      goals: goals.filter(isWithin),
      gaps: lines.filter((line) => isWithin(line) && !line.addsUp && line.explained === null),
      living: living.rows[0],
      serial: (last.rows[0]?.serial ?? 0) + 1,
    }
  },
  rule({ receiver, above, goals, gaps, living }, { unit, firstYear, lastYear }, refuse, by, advise) {
    const here = by.lineage[0].name
    const name = receiver?.name ?? { zh: '该单位', en: 'That unit' }
    if (firstYear > lastYear) return [refuse('period-reversed', { firstYear, lastYear })]
    const years = Array.from({ length: lastYear - firstYear + 1 }, (_, at) => firstYear + at)
    const silent = years.filter((year) => !goals.some((goal) => goal.year === year && goal.target > 0))
    const isBelow = above === unit && by.bearer.id === unit
    return [
      isBelow || refuse('not-directly-below', { name, unit: here }),
      living === undefined || refuse('letter-exists', living),
      !isBelow || silent.length < years.length || refuse('no-goals', { name, years: `${firstYear}–${lastYear}` }),
      gaps.length === 0 || refuse('goals-do-not-reconcile', { unit: here, gaps: said(gaps) }),
      silent.length === 0 ||
        silent.length === years.length ||
        advise('years-without-goals', { name, years: silent.join('、') }),
    ]
  },
  async effect(tx, { unit, to, firstYear, lastYear }, { receiver, goals, serial }, by) {
    if (!receiver) throw new Error('The rule let a receiver pass that does not exist.')
    const [from] = by.lineage
    const id = v7()
    const content = composeLetter(by.charter, { id, from, to: receiver, firstYear, lastYear, goals, serial, on: by.on })
    const code = verificationCode(content)
    await sql`
      with written as (
        insert into letter (id, from_unit_id, to_unit_id, years, offered_on, serial, number, content, code, act_id)
        values (${id}, ${unit}, ${to}, int4range(${firstYear}::int, ${lastYear + 1}::int), ${by.on}, ${serial}, ${content.number.zh},
                ${JSON.stringify(content)}::jsonb, ${code}, ${by.act}))
      insert into letter_seat (letter_id, unit_id, post, act_id)
      select ${id}, unit, post, ${by.act}
        from unnest(${content.seats.map((seat) => seat.unit)}::uuid[], ${content.seats.map((seat) => seat.post)}::text[]) s (unit, post)`.execute(
      tx,
    )
    return { letter: id, number: content.number.zh, code, from: unit, to }
  },
  subject: (_input, result) => result.letter,
  obliges: (_input, result) => [result.from, result.to],
})

/** The gaps as the sentence lists them, in both languages. */
function said(gaps: readonly Reconciliation[]): Text {
  const list = (language: 'zh' | 'en') =>
    gaps
      .map(
        (gap) =>
          `${gap.year} ${indicatorOf(gap.indicator).title[language]} ${gap.sumBelow} ${gap.relation === '=' ? '≠' : '<'} ${gap.target}`,
      )
      .join(language === 'zh' ? '；' : '; ')
  return { zh: list('zh'), en: list('en') }
}

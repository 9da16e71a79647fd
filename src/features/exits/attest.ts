import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { send } from '#kernel/db.ts'
import { v7 as uuidv7 } from '#kernel/uuid.ts'
import { Count, Day } from '#kernel/words.ts'
import { isPoor } from '#features/schedules/index.ts'
import { attestationsOf, ExitCase, readCase } from './books.ts'
import { type State, standings } from './state.ts'

/**
 * The county attests how many of its rural people are still poor and how many of its poor villages are out.
 * A correction is a new attestation; while the exit is under way the numbers stand as they were proposed.
 */
export const attestHeadcount = act({
  name: 'headcount.attest',
  title: { zh: '确认贫困发生率', en: 'Attest the headcount' },
  purpose: {
    zh: '确认某日的剩余贫困人口、农村人口、贫困村和已退出村数，作为提出退出的依据；更正须重新确认。',
    en: 'Attests the poor and the rural people and the villages that are out on a day, on which a proposal stands; a correction is a new one.',
  },
  duty: 'attest-headcount',
  input: z.object({
    ...ExitCase,
    poorPersons: Count.meta({ label: { zh: '剩余贫困人口', en: 'People still poor' }, widget: 'count' }),
    ruralPersons: Count.min(1).meta({ label: { zh: '农村人口', en: 'Rural people' }, widget: 'count' }),
    villages: Count.meta({ label: { zh: '贫困村总数', en: 'Poor villages' }, widget: 'count' }),
    villagesOut: Count.meta({ label: { zh: '已退出贫困村', en: 'Poor villages that are out' }, widget: 'count' }),
    asOf: Day.meta({ label: { zh: '数据截至', en: 'As of' }, widget: 'day' }),
  }),
  refusals: {
    'not-a-poor-county': {
      zh: '{unit}不在当日的贫困县名单上。',
      en: '{unit} is not on the list of poor counties that day.',
      topic: { zh: '在贫困县名单上', en: 'on the list of poor counties' },
    },
    'more-poor-than-people': {
      zh: '贫困人口{poor}多于农村人口{rural}。',
      en: '{poor} poor people are more than the {rural} rural people.',
      topic: { zh: '人口数合理', en: 'the numbers of people agree' },
    },
    'more-villages-out-than-villages': {
      zh: '已退出村{out}个，多于贫困村总数{villages}个。',
      en: '{out} villages are out, of only {villages}.',
      topic: { zh: '村数合理', en: 'the numbers of villages agree' },
    },
    'as-of-outside-year': {
      zh: '数据截至日{asOf}不在{year}年内，或晚于今天（{today}）。',
      en: 'The numbers are as of {asOf}: not within {year}, or later than today ({today}).',
      topic: { zh: '截至日在退出年度内', en: 'as of a day of that year' },
    },
    'exit-under-way': {
      zh: '{year}年的退出正在办理（{state}），依据的数据不能更换。',
      en: 'The exit for {year} is under way ({state}); what it stands on cannot be exchanged.',
      topic: { zh: '退出未在办理中', en: 'no exit under way' },
      remedy: {
        zh: '初审前可撤回，或待退回整改后重新确认。',
        en: 'Withdraw it before the review, or attest anew after it is returned.',
      },
    },
  },
  about: {
    kind: 'exit',
    offered: (exit: { state: State }) => standings[exit.state].stage === 'propose',
    input: (exit: { unit: string; year: number }) => ({ unit: exit.unit, year: exit.year }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, year }, by) {
    const [poor, { state }, earlier] = await Promise.all([
      isPoor(tx, unit, by.on),
      readCase(tx, unit, year),
      attestationsOf(tx, unit, year),
    ])
    return { poor, state, earlier: earlier.length }
  },
  rule: ({ poor, state }, input, refuse, by) => [
    poor || refuse('not-a-poor-county', { unit: by.lineage[0].name }),
    input.poorPersons <= input.ruralPersons ||
      refuse('more-poor-than-people', { poor: input.poorPersons, rural: input.ruralPersons }),
    input.villagesOut <= input.villages ||
      refuse('more-villages-out-than-villages', { out: input.villagesOut, villages: input.villages }),
    (input.asOf.startsWith(`${input.year}-`) && input.asOf <= by.on) ||
      refuse('as-of-outside-year', { asOf: input.asOf, year: input.year, today: by.on }),
    standings[state].stage === 'propose' ||
      refuse('exit-under-way', { year: input.year, state: standings[state].name }),
  ],
  effect(tx, input, { earlier }, by) {
    const id = uuidv7()
    const row = {
      id,
      unit_id: input.unit,
      year: input.year,
      poor_persons: input.poorPersons,
      rural_persons: input.ruralPersons,
      villages: input.villages,
      villages_out: input.villagesOut,
      as_of: input.asOf,
      on_day: by.on,
      act_id: by.act,
    }
    send(tx, tx.insertInto('headcount_attestation').values(row).compile())
    return Promise.resolve({ id, corrects: earlier > 0 })
  },
})

import { z } from 'zod'
import { act } from '#kernel/act.ts'
import {
  announce,
  announcingAdvice,
  announcingInput,
  announcingRefusals,
  announcingRule,
  readAnnouncing,
} from './advance.ts'

/** A province tells its cities and counties in advance what they will get next year; no money moves. */
export const announceFundsDown = act({
  name: 'funds.announce-down',
  title: { zh: '提前下达到市县', en: 'Announce next year’s shares to cities and counties' },
  purpose: {
    zh: '年底前把下一年度资金的数额提前告知市县，便于安排项目；此时不动用资金。',
    en: 'Tells cities and counties before the year begins what they will get, so that projects can be planned; no money moves.',
  },
  duty: 'allocate-funds',
  parameters: ['advance_notice_share_min'],
  input: z.object(announcingInput),
  refusals: announcingRefusals,
  advice: announcingAdvice,
  then: [{ zh: '县据此安排下一年度的项目。', en: 'The counties plan next year’s projects by it.' }],
  over: (input) => input.unit,
  facts: readAnnouncing,
  rule: announcingRule,
  effect: (tx, input, _facts, by) => announce(tx, input, by),
})

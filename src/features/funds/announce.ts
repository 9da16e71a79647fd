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

/** The centre tells the provinces in advance what they will get next year; no money moves. */
export const announceFunds = act({
  name: 'funds.announce',
  title: { zh: '提前下达到省', en: 'Announce next year’s shares to provinces' },
  purpose: {
    zh: '年底前把下一年度资金的数额提前告知各省，便于安排项目；此时不动用资金。',
    en: 'Tells the provinces before the year begins what they will get, so that projects can be planned; no money moves.',
  },
  duty: 'appropriate-funds',
  parameters: ['advance_notice_share_min'],
  input: z.object(announcingInput),
  refusals: announcingRefusals,
  advice: announcingAdvice,
  then: [{ zh: '各省据此提前下达到市县。', en: 'The provinces announce it further down.' }],
  over: (input) => input.unit,
  facts: readAnnouncing,
  rule: announcingRule,
  effect: (tx, input, _facts, by) => announce(tx, input, by),
})

import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { addStep, ComplaintId, findComplaint, handledRefusals, isAboutActor } from './complaint-books.ts'
import { complaintOutcomes } from './complaint-words.ts'

/** The unit that handles a complaint answers it; whoever filed it reads the answer with their receipt. */
export const answerComplaint = act({
  name: 'complaint.answer',
  title: { zh: '答复投诉举报', en: 'Answer a complaint' },
  purpose: {
    zh: '核实后说明结论和理由；只有持回执编号的人可以读到答复。',
    en: 'Says what was found and why; only whoever holds the receipt reads the answer.',
  },
  duty: 'answer-complaints',
  confidential: true,
  input: z.object({
    unit: UnitId,
    complaint: ComplaintId,
    outcome: z.enum(Object.keys(complaintOutcomes) as [keyof typeof complaintOutcomes]).meta({
      label: { zh: '结论', en: 'Outcome' },
      widget: 'choice',
      choices: complaintOutcomes,
    }),
    answer: z
      .string()
      .trim()
      .min(4)
      .max(4000)
      .meta({ label: { zh: '答复', en: 'Answer' }, widget: 'prose', personal: true }),
  }),
  refusals: {
    ...handledRefusals,
    'already-answered': {
      zh: '已经答复。',
      en: 'It is answered already.',
      topic: { zh: '尚未答复', en: 'not answered yet' },
      notJudgedWith: ['complaint-unknown'],
    },
  },
  about: {
    kind: 'complaint',
    offered: (complaint: { state: string }) => complaint.state === 'open',
    input: (complaint: { unit: string; id: string }) => ({ unit: complaint.unit, complaint: complaint.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, complaint }, by) {
    const any = await findComplaint(tx, complaint, by.on)
    const found = any?.handler === unit ? any : undefined
    return { found, isAbout: await isAboutActor(tx, found, by) }
  },
  rule: ({ found, isAbout }, _input, refuse, by) => [
    found !== undefined || refuse('complaint-unknown', { unit: by.lineage[0].name }),
    found?.state !== 'answered' || refuse('already-answered'),
    !isAbout || refuse('about-yourself'),
  ],
  async effect(tx, { unit, outcome, answer }, { found }, by) {
    if (!found) throw new Error('An unknown complaint was let through.')
    await addStep(tx, by, found, { step: 'answer', state: 'answered', handler: unit, outcome, words: answer })
    return { complaint: found.id, outcome }
  },
  subject: ({ complaint }) => complaint,
})

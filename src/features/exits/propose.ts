import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Count, Reason } from '#kernel/words.ts'
import { isLetterComplete } from '#features/letters/index.ts'
import { addStep, ExitCase, readCase, subjectOf } from './books.ts'
import { limitsFrom, proposalAdvice, proposalRefusals, proposalRule, readProposals } from './proposal.ts'
import { proposable, type State } from './state.ts'
import { isTurn, turnRefusals } from './turn.ts'

/** Step 1 of 7: the county proposes to leave poverty. After a return it proposes again, in a new round. */
export const proposeExit = act({
  name: 'exit.propose',
  title: { zh: '提出退出', en: 'Propose the exit' },
  purpose: {
    zh: '县自查达标后提出退出贫困县；所依据的数据随之固定。',
    en: 'The county, having checked itself, proposes to leave poverty; the numbers that it stands on are kept with it.',
  },
  duty: 'propose-exit',
  parameters: ['exit_headcount_max', 'exit_villages_out_min'],
  input: z.object({
    ...ExitCase,
    selfCheck: z
      .strictObject({
        villagesChecked: Count.meta({ label: { zh: '已自查贫困村', en: 'Villages checked' }, widget: 'count' }),
        householdsChecked: Count.meta({ label: { zh: '已自查农户', en: 'Households checked' }, widget: 'count' }),
        statement: Reason.meta({ label: { zh: '自查结论', en: 'What was found' }, widget: 'prose' }),
      })
      .meta({ label: { zh: '自查情况', en: 'The county’s own check' } }),
  }),
  refusals: {
    ...turnRefusals,
    ...proposalRefusals,
    'self-check-incomplete': {
      zh: '自查不完整：贫困村{villages}个，已查{checked}个；已查农户{households}户。',
      en: 'The self-check is incomplete: {checked} of {villages} villages and {households} households were checked.',
      topic: { zh: '自查覆盖每个贫困村', en: 'the self-check covers every poor village' },
      notJudgedWith: ['no-headcount'],
      remedy: { zh: '查完每个贫困村再提出。', en: 'Check every poor village, and households in them.' },
    },
  },
  advice: proposalAdvice,
  then: [
    { zh: '上一级初审：通过，或说明理由退回。', en: 'It is reviewed: passed on, or returned with a reason.' },
    { zh: '核查并公示，任何人可提出异议。', en: 'It is verified and put before the public; anyone may object.' },
    {
      zh: '审定后报告；专项评估检查；正式批准。',
      en: 'It is reported, evaluated, and formally approved.',
    },
    {
      zh: '初审之前可以撤回；退出后帮扶政策不变。',
      en: 'You can withdraw it until the review; support goes on after the exit.',
    },
  ],
  about: {
    kind: 'exit',
    offered: (exit: { state: State }) => proposable.includes(exit.state),
    input: (exit: { unit: string; year: number }) => ({ unit: exit.unit, year: exit.year }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, year }, by) {
    const [proposals, letter, at] = await Promise.all([
      readProposals(tx, [unit], year, by.on, null),
      isLetterComplete(tx, unit, by.on),
      readCase(tx, unit, year),
    ])
    const proposal = proposals.get(unit)
    if (!proposal) throw new Error('Nothing was read of the county.')
    return { at, proposal: { ...proposal, letter }, limits: limitsFrom(by.findParameter) }
  },
  rule({ at, proposal, limits }, { year, selfCheck }, refuse, by, advise) {
    const villages = proposal.headcount?.villages ?? 0
    const isComplete = selfCheck.villagesChecked >= villages && selfCheck.householdsChecked > 0
    const saidAlready = !proposable.includes(at.state)
    return [
      saidAlready || isTurn(at, proposable, year, refuse, by),
      ...proposalRule(proposal, limits, { name: by.lineage[0].name, year, on: by.on }, refuse, advise),
      isComplete ||
        refuse('self-check-incomplete', {
          villages,
          checked: selfCheck.villagesChecked,
          households: selfCheck.householdsChecked,
        }),
    ]
  },
  effect: (tx, { unit, year, selfCheck }, { at, proposal, limits }, by) =>
    addStep(
      tx,
      at,
      {
        unit,
        year,
        step: 'propose',
        outcome: 'done',
        remarks: selfCheck.statement,
        evidence: { selfCheck, headcount: proposal.headcount, scheduled: proposal.scheduled, limits },
      },
      by,
    ),
  subject: ({ year }) => subjectOf(year),
})

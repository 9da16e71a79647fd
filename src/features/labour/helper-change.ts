import { sql } from 'kysely'
import { act, type Line } from '#kernel/act.ts'
import { addHelpers, helperInput, helperLines, helperRefusals, householdKey, readHelpers } from './helper-acts.ts'

/** Households get another helper; who helped them before stays to be seen. */
export const changeHelpers = act({
  name: 'helper.change',
  title: { zh: '更换帮扶责任人', en: 'Change the helpers of households' },
  purpose: {
    zh: '为农户更换帮扶责任人；以前由谁帮扶仍可查看。',
    en: 'Gives households another helper from this day; who helped them before stays to be seen.',
  },
  duty: 'reach-every-household',
  parameters: ['helper_households_max'],
  input: helperInput,
  refusals: {
    ...helperRefusals,
    'no-helper-yet': {
      zh: '{village}的{household}户还没有帮扶责任人。',
      en: 'Household {household} of {village} has no helper yet.',
      topic: { zh: '已有帮扶责任人', en: 'the households have a helper' },
      remedy: { zh: '用“确定帮扶责任人”。', en: 'Assign one instead.' },
    },
    'same-helper': {
      zh: '{village}的{household}户本来就由{worker}帮扶。',
      en: '{worker} helps household {household} of {village} already.',
      topic: { zh: '换成另一人', en: 'it is somebody else' },
    },
    'assigned-too-late': {
      zh: '{village}的{household}户{since}才确定帮扶责任人，最早次日才能更换。',
      en: 'Household {household} of {village} got its helper on {since}; another can come on the day after at the earliest.',
      topic: { zh: '更换在确定之后', en: 'the change comes after the assignment' },
    },
  },
  about: {
    kind: 'village',
    offered: (village: { helped?: number }) => (village.helped ?? 0) > 0,
    input: (village: { unit: string; id: string }) => ({ unit: village.unit, households: [{ village: village.id }] }),
  },
  over: (input) => input.unit,
  facts: readHelpers,
  rule: (facts, input, refuse, by) => [
    ...helperLines(facts, input, refuse, by),
    ...input.households.flatMap((each): readonly Line<'no-helper-yet' | 'same-helper' | 'assigned-too-late'>[] => {
      const now = facts.now.get(householdKey(each))
      const about = { village: facts.villages.get(each.village)?.name ?? each.village, household: each.household }
      if (!now) return [refuse('no-helper-yet', about)]
      const worker = facts.workers.get(each.worker)?.name ?? each.worker
      return [
        now.worker !== each.worker || refuse('same-helper', { ...about, worker }),
        now.since < by.on || refuse('assigned-too-late', { ...about, since: now.since }),
      ]
    }),
  ],
  async effect(tx, input, _facts, by) {
    const { households } = input
    await sql`update helper h set valid_at = daterange(lower(h.valid_at), ${by.on}), ended_by = ${by.act}
      from unnest(${households.map((each) => each.village)}::uuid[], ${households.map((each) => each.household)}::text[]) as x (village, household)
     where h.village_id = x.village and h.household = x.household and h.ended_by is null`.execute(tx)
    await addHelpers(tx, by, input)
    return { unit: input.unit, households: households.length }
  },
})

import { act } from '#kernel/act.ts'
import { addHelpers, helperInput, helperLines, helperRefusals, householdKey, readHelpers } from './helper-acts.ts'

/** Every registered household has one helper. */
export const assignHelpers = act({
  name: 'helper.assign',
  title: { zh: '确定帮扶责任人', en: 'Assign helpers to households' },
  purpose: {
    zh: '为建档立卡户确定帮扶责任人：一户一人，一人帮扶户数不超过上限。户只用编号，不写姓名。',
    en: 'Gives registered households their helper: one for each, and nobody helps too many. Households are known by a reference, never by name.',
  },
  duty: 'reach-every-household',
  parameters: ['helper_households_max'],
  input: helperInput,
  refusals: {
    ...helperRefusals,
    'helped-already': {
      zh: '{village}的{household}户自{since}起已有帮扶责任人。',
      en: 'Household {household} of {village} has had a helper since {since}.',
      topic: { zh: '尚无帮扶责任人', en: 'the households have no helper yet' },
      remedy: { zh: '用“更换帮扶责任人”。', en: 'Change the helper instead.' },
    },
  },
  about: {
    kind: 'village',
    input: (village: { unit: string; id: string }) => ({ unit: village.unit, households: [{ village: village.id }] }),
  },
  over: (input) => input.unit,
  facts: readHelpers,
  rule: (facts, input, refuse, by) => [
    ...helperLines(facts, input, refuse, by),
    ...input.households.map((each) => {
      const since = facts.now.get(householdKey(each))?.since
      const village = facts.villages.get(each.village)?.name ?? each.village
      return since === undefined || refuse('helped-already', { village, household: each.household, since })
    }),
  ],
  async effect(tx, input, _facts, by) {
    await addHelpers(tx, by, input)
    return { unit: input.unit, households: input.households.length }
  },
})

import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { findDueSteps } from './due-steps.ts'
import { ladderOf } from './ladder.ts'

export const steps = ['remind', 'yellow', 'late', 'urge', 'report', 'notice', 'interview'] as const

/**
 * Takes one step of the ladder for all items whose day for it has come, on behalf of one unit: the mechanism's clock does it, once a day,
 * and finds what is due by itself, so that its key and input are the same whoever asks how often. A step that somebody took by hand,
 * or that another run took, is not taken again.
 */
export const takeStep = act({
  name: 'ladder.take',
  title: { zh: '按章程催办', en: 'Take a step of the ladder' },
  purpose: {
    zh: '对到了日子的应办事项逐级采取一步：提醒、黄灯、逾期、督办、上报、通报、约谈；办结或失去对象的不再采取。',
    en: 'Takes one step against what is owed and has come to its day: remind, yellow, late, urge, report, notice, interview; never against what was met or has no object.',
  },
  duty: 'follow-up-the-late',
  automatic: true,
  input: z.object({
    unit: UnitId.meta({ label: { zh: '代表单位', en: 'On behalf of' } }),
    step: z.enum(steps).meta({ label: { zh: '步骤', en: 'Step' } }),
    /** For everybody below at once: history is performed in few acts. */
    whole: z
      .boolean()
      .default(false)
      .meta({ label: { zh: '连同以下各单位', en: 'With all units below' } }),
  }),
  refusals: {
    'no-such-step': {
      zh: '章程的催办步骤中没有“{step}”。',
      en: 'The charter’s ladder has no step «{step}».',
      topic: { zh: '章程有这一步', en: 'the charter has the step' },
      remedy: { zh: '按章程规定的步骤办理。', en: 'Take one of the steps that the charter names.' },
    },
  },
  over: (input) => input.unit,
  async facts(tx, { unit, step, whole }, by) {
    const due = await findDueSteps(tx, by.charter, by.on, by.lineage.length > 1 ? unit : undefined)
    const isOurs = (taker: string | undefined) => whole || taker === undefined || taker === unit
    const mine = due.filter((each) => each.step === step && isOurs(each.taker))
    const next = ladderOf(by.charter).map((each) => each.step)
    return {
      steps: next,
      mine,
      waiting: next.filter((other) => other !== step && due.some((each) => each.step === other)),
    }
  },
  rule: (facts, { step }, refuse) => [facts.steps.includes(step) || refuse('no-such-step', { step })],
  async effect(tx, { step }, { mine, waiting }, by) {
    if (mine.length > 0)
      await sql`
        insert into obligation_step (item_id, step, on_day, by_unit_id, act_id)
        select item, ${step}, ${by.on}, taker, ${by.act}
          from unnest(${mine.map((each) => each.item)}::uuid[], ${mine.map((each) => each.taker ?? null)}::uuid[]) as t (item, taker)
        on conflict (item_id, step) do nothing`.execute(tx)
    return { taken: mine.length, waiting }
  },
})

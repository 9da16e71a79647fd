import { z } from 'zod'
import { Count, Percent, UnitId } from '#kernel/words.ts'

/** A label of one line: labels of strata and villages go into the seeds of the draw. */
const label = (max: number, zh: string, en: string) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\n\r]+$/)
    .meta({ label: { zh, en } })

const FrameVillage = z.strictObject({
  name: label(80, '村名', 'Village'),
  stratum: label(40, '层', 'Stratum').default('all'),
  households: z
    .int()
    .min(1)
    .max(9999)
    .meta({
      label: { zh: '户数', en: 'Households' },
      hint: {
        zh: '村花名册上的全部户数，按册上序号抽户。',
        en: 'All households on the village’s list; they are drawn by their number on it.',
      },
      widget: 'count',
    }),
})

export const FrameCounty = z.strictObject({
  unit: UnitId.meta({ label: { zh: '县', en: 'County' }, widget: 'unit' }),
  stratum: label(40, '县所在的层', 'Stratum of the county').default('all'),
  ruralPersons: Count.optional().meta({
    label: { zh: '农村人口', en: 'Rural population' },
    hint: { zh: '不填则取县里当年确认的数。', en: 'Left empty, what the county attested for the year is taken.' },
    widget: 'count',
  }),
  poorPersons: Count.optional().meta({
    label: { zh: '剩余建档立卡贫困人口', en: 'Registered persons still poor' },
    widget: 'count',
  }),
  exitedPersons: Count.optional().meta({ label: { zh: '已脱贫人口', en: 'Persons who exited' }, widget: 'count' }),
  villages: z
    .array(FrameVillage)
    .max(2000)
    .default([])
    .meta({ label: { zh: '村名单', en: 'Villages' } }),
})

const whole = (min: number, max: number, zh: string, en: string, initial: number) =>
  z.int().min(min).max(max).default(initial).meta({ label: { zh, en }, widget: 'count' })

export const precisionInput = {
  expected: Percent.refine((bp) => bp > 0 && bp < 10_000)
    .default(200)
    .meta({ label: { zh: '预计的比率', en: 'Share that is expected' }, widget: 'percent' }),
  halfWidth: Percent.refine((bp) => bp > 0 && bp <= 5000)
    .default(130)
    .meta({
      label: { zh: '允许误差（±百分点）', en: 'Half-width (± points)' },
      hint: { zh: '每个县的估计与真值之差不超过此数。', en: 'How far a county’s estimate may lie from the truth.' },
      widget: 'percent',
    }),
  confidence: Percent.refine((bp) => bp >= 5000 && bp < 10_000)
    .default(9500)
    .meta({ label: { zh: '置信水平', en: 'Confidence' }, widget: 'percent' }),
  alike: Percent.default(200).meta({
    label: { zh: '同村相似程度（群内相关）', en: 'Likeness within a village (intra-cluster correlation)' },
    hint: { zh: '没有文件给出；以往调查可估计。', en: 'No document gives it; earlier surveys tell.' },
    widget: 'percent',
  }),
  perVillage: whole(2, 200, '每村访问户数', 'Households per village', 20),
  reserve: whole(0, 100, '每村备用户数', 'Households standing by per village', 4),
}

/** A demonstration's frame that nobody counted. */
export const madeUpFrame = z
  .boolean()
  .default(false)
  .meta({
    label: { zh: '使用虚构抽样框', en: 'Use a made-up frame' },
    hint: {
      zh: '仅供演示：村名和户数均为虚构，处处标明。',
      en: 'For a demonstration only: villages and counts are made up, and marked as such.',
    },
  })

import { sql } from 'kysely'
import { z } from 'zod'
import { act, type Line, type Refuse } from '#kernel/act.ts'
import { Reason } from '#kernel/words.ts'
import { commissionerField, evaluationField } from './sample-commit.ts'
import { type DrawnVillage, readCode } from './sample-drawn.ts'
import { type Answer } from './sample-estimate.ts'
import { findSampling, type KeptAnswer, readAnswers, readDrawn } from './sample-read.ts'
import { type SampleState, samplingRefusals, stateWords } from './sample-words.ts'

const ANSWERS_MAX = 6000

const persons = (zh: string, en: string) =>
  z.int().min(0).max(30).nullable().default(null).meta({ label: { zh, en }, widget: 'count' })

export const GivenAnswer = z.strictObject({
  code: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .meta({ label: { zh: '问卷编码', en: 'Code of the questionnaire' } }),
  outcome: z.enum(['interviewed', 'not-found', 'refused']).meta({
    label: { zh: '访问结果', en: 'Outcome' },
    widget: 'choice',
    choices: {
      interviewed: { zh: '已访问', en: 'Interviewed' },
      'not-found': { zh: '未找到', en: 'Not found at home' },
      refused: { zh: '拒访', en: 'Refused' },
    },
  }),
  standing: z
    .enum(['exited', 'poor', 'unregistered'])
    .nullable()
    .default(null)
    .meta({
      label: { zh: '户的类别', en: 'Standing' },
      widget: 'choice',
      choices: {
        exited: { zh: '已脱贫户', en: 'Exited' },
        poor: { zh: '未脱贫户', en: 'Still poor' },
        unregistered: { zh: '非建档立卡户', en: 'Not registered' },
      },
    }),
  persons: persons('家庭人口', 'Persons'),
  wrong: persons('其中错退人数', 'Of them wrongly exited'),
  missed: persons('其中漏评人数', 'Of them missed'),
  approves: z
    .boolean()
    .nullable()
    .default(null)
    .meta({ label: { zh: '是否认可', en: 'Approves' } }),
})
export type GivenAnswer = z.output<typeof GivenAnswer>

/** Answers of questionnaires are entered. The same answer again changes nothing; another one is a correction, with its reason. */
export const enterAnswers = act({
  name: 'evaluation.answers',
  title: { zh: '录入答卷', en: 'Enter answers' },
  purpose: {
    zh: '按编码录入或导入答卷；没填完的留空，未找到和拒访的户也要录入，然后按顺序启用备用户。',
    en: 'Enters answers by their codes. What was left open stays open; households not found or refusing are entered too, and the standing-by ones take their place in order.',
  },
  duty: 'sample-for-evaluation',
  input: z.object({
    unit: commissionerField,
    evaluation: evaluationField,
    answers: z
      .array(GivenAnswer)
      .min(1)
      .max(ANSWERS_MAX)
      .meta({ label: { zh: '答卷', en: 'Answers' } }),
    reason: Reason.optional().meta({
      label: { zh: '更正理由', en: 'Reason for the correction' },
      hint: { zh: '仅在改动已录入的答卷时填写。', en: 'Only where an answer entered before is changed.' },
      widget: 'prose',
    }),
  }),
  refusals: {
    ...samplingRefusals,
    'not-in-sample': {
      zh: '编码{code}不在样本中，或写错了。',
      en: 'The code {code} is not of this sample, or was written wrongly.',
      topic: { zh: '编码都在样本中', en: 'every code is of the sample' },
      notJudgedWith: ['unknown-evaluation', 'not-its-turn'],
    },
    'answer-twice': {
      zh: '编码{code}出现了两次。',
      en: 'The code {code} stands there twice.',
      topic: { zh: '编码没有重复', en: 'no code stands there twice' },
      notJudgedWith: ['unknown-evaluation', 'not-its-turn'],
    },
    'answer-contradicts-itself': {
      zh: '编码{code}自相矛盾：{why}。',
      en: '{code} contradicts itself: {why}.',
      topic: { zh: '答卷没有矛盾', en: 'no answer contradicts itself' },
      notJudgedWith: ['unknown-evaluation', 'not-its-turn'],
    },
    'reserve-out-of-turn': {
      zh: '编码{code}是备用第{place}户：本村未访到的户只有{missing}户，还轮不到它。',
      en: '{code} stands by in place {place} of its village, of which only {missing} households were not reached: it is not its turn.',
      topic: { zh: '备用户按顺序启用', en: 'households standing by are taken in order' },
      remedy: { zh: '先录入未找到或拒访的户。', en: 'Enter first who was not found or refused.' },
      notJudgedWith: ['unknown-evaluation', 'not-its-turn'],
    },
    'correction-unexplained': {
      zh: '{count}份答卷（如{code}）与已录入的不同；更正须说明理由。',
      en: '{count} answers ({code} for one) differ from what was entered; a correction needs its reason.',
      topic: { zh: '更正有理由', en: 'a correction has its reason' },
      notJudgedWith: ['unknown-evaluation', 'not-its-turn'],
    },
  },
  advice: {
    'half-filled': {
      zh: '{count}份问卷没有填完；空着的项不计入相应指标。',
      en: '{count} questionnaires are not filled in to the end; what is open does not count for its metric.',
    },
  },
  about: {
    kind: 'evaluation',
    offered: (each: { state: SampleState }) => each.state === 'drawn',
    input: (each: { unit: string; id: string }) => ({ unit: each.unit, evaluation: each.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { evaluation }) {
    const [found, drawn, kept] = await Promise.all([
      findSampling(tx, evaluation),
      readDrawn(tx, evaluation),
      readAnswers(tx, evaluation),
    ])
    return { found, drawn, kept }
  },
  rule({ found, drawn, kept }, { unit, evaluation, answers, reason }, refuse, _by, advise) {
    if (found?.unit !== unit) return [refuse('unknown-evaluation')]
    if (found.state !== 'drawn')
      return [refuse('not-its-turn', { title: found.title, standing: stateWords[found.state] })]
    const changed = changesOf(evaluation, answers, kept).filter((each) => each.version > 1)
    const half = answers.filter(isHalfFilled).length
    return [
      ...judgeAnswers(evaluation, drawn, kept, answers, refuse).map(({ line }) => line),
      changed.length === 0 ||
        reason !== undefined ||
        refuse('correction-unexplained', { count: changed.length, code: changed[0]?.code ?? '' }),
      half === 0 || advise('half-filled', { count: half }),
    ]
  },
  async effect(tx, { unit, evaluation, answers, reason }, { kept }, by) {
    const changes = changesOf(evaluation, answers, kept)
    if (changes.length > 0)
      await sql`
        insert into sampling_answer (sampling_id, county, village, household, version, outcome, standing, persons, wrong, missed, approves,
                                     reason, on_day, act_id)
        select ${evaluation}, a.county, a.village, a.household, a.version, a.outcome, a.standing, a.persons, a.wrong, a.missed, a.approves,
               case when a.version > 1 then ${reason ?? null} end, ${by.on}, ${by.act}
          from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
               as a (county int, village int, household int, version int, outcome text, standing text, persons int, wrong int, missed int,
                     approves boolean)`.execute(tx)
    const corrected = changes.filter((each) => each.version > 1).length
    return {
      unit,
      evaluation,
      added: changes.length - corrected,
      corrected,
      unchanged: answers.length - changes.length,
    }
  },
})

export const isHalfFilled = ({
  outcome,
  standing,
  persons: count,
  wrong,
  missed,
  approves,
}: Omit<GivenAnswer, 'code'>): boolean =>
  outcome === 'interviewed' &&
  (standing === null ||
    count === null ||
    approves === null ||
    (standing === 'exited' && wrong === null) ||
    (standing === 'unregistered' && missed === null))

const keyOf = ({ county, village, household }: Pick<Answer, 'county' | 'village' | 'household'>) =>
  `${county}/${village}/${household}`

/** What is new or other than what was entered, with its version. */
function changesOf(evaluation: string, answers: readonly GivenAnswer[], kept: readonly KeptAnswer[]) {
  const known = new Map(kept.map((each) => [keyOf(each), each]))
  return answers.flatMap(({ code, ...given }) => {
    const at = readCode(evaluation, code)
    if (!at) return []
    const before = known.get(keyOf(at))
    const isSame =
      before !== undefined &&
      (['outcome', 'standing', 'persons', 'wrong', 'missed', 'approves'] as const).every(
        (key) => before[key] === given[key],
      )
    return isSame ? [] : [{ ...at, ...given, code, version: (before?.version ?? 0) + 1 }]
  })
}

type Code = 'not-in-sample' | 'answer-twice' | 'answer-contradicts-itself' | 'reserve-out-of-turn'

/** Every answer against the sample and against itself; each line says which answer it speaks of, so that a file's row can be told. */
export function judgeAnswers(
  evaluation: string,
  drawn: readonly DrawnVillage[],
  kept: readonly Answer[],
  answers: readonly GivenAnswer[],
  refuse: Refuse<Code>,
): readonly { readonly at: number; readonly line: Line<Code> }[] {
  const villages = new Map(drawn.map((each) => [`${each.county}/${each.village}`, each]))
  const places = answers.map(({ code }) => readCode(evaluation, code))
  const outcomes = new Map(kept.map((each) => [keyOf(each), each.outcome]))
  places.forEach((place, at) => place && outcomes.set(keyOf(place), answers[at]!.outcome))
  const seen = new Set<string>()
  return answers.flatMap((answer, at) => {
    const { code } = answer
    const place = places[at]
    const village = place && villages.get(`${place.county}/${place.village}`)
    const isMain = village?.main.includes(place?.household ?? 0) ?? false
    const standsBy = village && place ? village.reserve.indexOf(place.household) : -1
    if (!place || !village || (!isMain && standsBy < 0)) return [{ at, line: refuse('not-in-sample', { code }) }]
    const isTwice = seen.size === seen.add(keyOf(place)).size
    const lines: Line<Code>[] = contradictions(answer).map((why) => refuse('answer-contradicts-itself', { code, why }))
    if (isTwice) lines.push(refuse('answer-twice', { code }))
    const before = [...village.main, ...village.reserve.slice(0, Math.max(0, standsBy))]
    const missing = before.filter((household) => {
      const outcome = outcomes.get(keyOf({ ...place, household }))
      return outcome === 'not-found' || outcome === 'refused'
    }).length
    if (!isMain && missing <= standsBy)
      lines.push(refuse('reserve-out-of-turn', { code, place: standsBy + 1, missing }))
    return lines.map((line) => ({ at, line }))
  })
}

function contradictions({ outcome, standing, persons: count, wrong, missed, approves }: GivenAnswer) {
  const told = [standing, count, wrong, missed, approves].some((each) => each !== null)
  return [
    outcome !== 'interviewed' &&
      told && { zh: '没有访到却填了答案', en: 'it was not reached, and yet answers stand there' },
    count === 0 && { zh: '家庭人口为 0', en: 'it has no persons' },
    wrong !== null &&
      (count === null || wrong > count) && {
        zh: '错退人数多于家庭人口',
        en: 'more were wrongly exited than it has persons',
      },
    missed !== null &&
      (count === null || missed > count) && { zh: '漏评人数多于家庭人口', en: 'more were missed than it has persons' },
    (wrong ?? 0) > 0 &&
      standing !== 'exited' && { zh: '不是已脱贫户却有错退', en: 'wrongly exited, and yet it did not exit' },
    (missed ?? 0) > 0 &&
      standing !== 'unregistered' && { zh: '已建档却有漏评', en: 'missed, and yet it is registered' },
  ].filter((each) => each !== false)
}

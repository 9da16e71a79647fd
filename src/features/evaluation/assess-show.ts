import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound } from '#kernel/ask.ts'
import { indicatorsOf } from '#kernel/charter-assessments.ts'
import { findLineage } from '#kernel/standing.ts'
import type { Text } from '#kernel/words.ts'
import { type FiguresOf, knownOf } from './assess-known.ts'
import { findAssessment, readConsequences, readSignatures, readSteps, schemeOf, weightsOf } from './assess-read.ts'
import { kept, scoreOf, type Evidence } from './assess-score.ts'
import { assessStateWords, assessStepWords } from './assess-words.ts'

const missing = () => new NotFound({ zh: '当日没有这项考核。', en: 'There was no such assessment that day.' })

/** One assessment, indicator by indicator, as it stands and as it was signed. */
export const showAssessment = (figuresOf: FiguresOf) =>
  ask({
    name: 'assessment.show',
    title: { zh: '一项考核', en: 'One assessment' },
    purpose: {
      zh: '逐项：自报、核定、系统数值、权重、得分和依据；一票否决、结果运用、各次签发，以及签发以来的变化。',
      en: 'Item by item: self-reported, verified, the system’s value, weight, points and evidence; vetoes, consequences, every signature, and what changed since.',
    },
    access: 'seated',
    input: z.object({ id: z.uuid() }),
    async answer(reader, { id }) {
      const { db, on, charter } = reader
      const found = await findAssessment(db, id, on)
      if (!found) throw missing()
      const scheme = schemeOf(charter, found)
      const { of, unit, year } = found
      const [assessed, assessor, steps, signatures, taken, [weights], known] = await Promise.all([
        findLineage(db, of, on),
        findLineage(db, unit, on),
        readSteps(db, id, on),
        readSignatures(db, id, on),
        readConsequences(db, id, on),
        weightsOf(db, unit, found.scheme, on, year),
        knownOf(db, { charter, figures: figuresOf(), scheme, of, year, on }),
      ])
      const signed = signatures.at(-1)
      const grade = scheme.grades.find((each) => each.id === signed?.grade) ?? null
      const open = (grade?.consequences ?? []).filter(
        (each) => !taken.some((other) => other.version === signed?.version && other.consequence === each.id),
      )
      const thing = { ...found, next: (open.find((each) => each.owed) ?? open[0])?.id ?? null }
      const [withCan] = await withAbilities(reader, 'assessment', [thing])
      const isAnew = found.state === 'verified' && signed !== undefined
      return {
        ...thing,
        can: withCan?.can ?? [],
        stateWords: assessStateWords[found.state],
        ofFacts: assessed?.[0] ?? null,
        unitFacts: assessor?.[0] ?? null,
        schemeTitle: scheme.title,
        digest: signed?.digest ?? null,
        weights: weights ?? null,
        signedWeights: signed?.evidence.weights ?? null,
        gradeTitle: grade?.title ?? null,
        gradeStatus: grade?.status ?? null,
        gradeByPoints: signed
          ? (scheme.grades.find((each) => each.id === scoreOf(signed.evidence).gradeByPoints)?.title ?? null)
          : null,
        grades: scheme.grades,
        samples: scheme.samples,
        vetoesOfScheme: scheme.vetoes,
        /** What was verified is newer than what was signed. */
        isAnew,
        vetoes: (signed && !isAnew
          ? signed.evidence.vetoes.map((each) => ({ veto: each.id, evidence: each.evidence }))
          : steps.vetoes
        ).map((each) => ({ ...each, title: scheme.vetoes.find((veto) => veto.id === each.veto)?.title ?? null })),
        blocks: scheme.blocks.map((block) => ({
          id: block.id,
          title: block.title,
          indicators: block.indicators.map((indicator) => {
            const now = known.get(indicator.id) ?? { system: null, basis: null }
            const kept = signed?.evidence.indicators.find((each) => each.id === indicator.id)
            const verified = steps.verified.get(indicator.id)
            const reported = steps.reported.get(indicator.id)
            const scale = signed ? signed.evidence.weights?.scales[indicator.id] : weights?.scales[indicator.id]
            return {
              ...indicator,
              entered: 'entered' in indicator.value ? indicator.value.entered : null,
              reported: reported?.value ?? null,
              reportedEvidence: reported?.evidence ?? null,
              verified: verified?.value ?? null,
              verifiedEvidence: verified?.evidence ?? null,
              /** What the system knew when it was verified, and what it knows on the day asked for. */
              system: verified?.system ?? reported?.system ?? null,
              basis: verified?.basis ?? reported?.basis ?? null,
              now: now.system,
              nowBasis: now.basis,
              signed: kept?.value ?? null,
              signedSystem: kept?.system ?? null,
              points: signed?.points[indicator.id] ?? null,
              scale: scale ?? null,
              hasChanged: kept !== undefined && kept.basis !== null && now.system !== kept.system,
              isDefinedAnew:
                kept?.basis?.kind === 'figure' &&
                now.basis?.kind === 'figure' &&
                kept.basis.definition !== now.basis.definition,
            }
          }),
        })),
        since: sinceSigned(signed?.evidence, known, weights),
        signedBefore: signatures.map(({ version, score, grade: given, on: day, digest, act }) => ({
          version,
          score,
          grade: scheme.grades.find((each) => each.id === given)?.title ?? null,
          on: day,
          digest,
          act,
        })),
        steps: steps.steps.map((step) => ({ ...step, words: assessStepWords[step.step] })),
        consequences: taken.map((each) => ({
          ...each,
          meant: scheme.grades.flatMap((one) => one.consequences).find((one) => one.id === each.consequence) ?? null,
        })),
        open,
      }
    },
  })

/** What the score would be with what is known today: told beside what was signed, which stays. */
function sinceSigned(
  evidence: Evidence | undefined,
  known: Awaited<ReturnType<typeof knownOf>>,
  weights: Awaited<ReturnType<typeof weightsOf>>[number] | undefined,
) {
  if (!evidence) return null
  const changed = evidence.indicators.filter(
    (each) => each.basis !== null && (known.get(each.id)?.system ?? null) !== each.system,
  )
  const hasNewWeights = weights !== undefined && weights.id !== evidence.weights?.id
  if (changed.length === 0 && !hasNewWeights) return { changed: 0, hasNewWeights, score: null }
  // A value that the assessor found otherwise than the system is not the system's to change.
  const values = evidence.indicators.map((each) => {
    const now = known.get(each.id)?.system ?? null
    return each.basis !== null && each.value === each.system ? { ...each, value: now } : each
  })
  const { score } = scoreOf({
    ...evidence,
    indicators: values,
    weights: hasNewWeights ? { id: weights.id, version: weights.version, scales: weights.scales } : evidence.weights,
  })
  return { changed: changed.length, hasNewWeights, score }
}

/** A signed score computed again from the evidence that was kept with it, and from nothing else. */
export const recomputeAssessment = ask({
  name: 'assessment.recompute',
  title: { zh: '重算考核得分', en: 'Compute a score again' },
  purpose: {
    zh: '只用签发时封存的依据重新计分，与签发的逐项对照；依据原文可以下载，自己再算。',
    en: 'Scores again from nothing but the evidence kept with the signature, and holds each point against what was signed; the evidence itself comes along, for whoever would rather compute it themselves.',
  },
  access: 'seated',
  input: z.object({ id: z.uuid(), version: z.int().min(1).optional() }),
  async answer({ db, on, charter }, { id, version }) {
    const signatures = await readSignatures(db, id, on)
    const signed = version === undefined ? signatures.at(-1) : signatures.find((each) => each.version === version)
    if (!signed) throw missing()
    const again = scoreOf(signed.evidence)
    const scheme = charter.findAssessment(signed.evidence.scheme)
    const titles = new Map((scheme ? indicatorsOf(scheme) : []).map((each) => [each.id, each.title]))
    const gradeOf = (grade: string | null) => scheme?.grades.find((each) => each.id === grade)?.title ?? null
    const digest = kept(signed.evidence).digest
    const line = (zh: string, en: string, before: string | number | null, now: string | number | null) => ({
      what: { zh, en },
      kept: String(before ?? '—'),
      found: String(now ?? '—'),
      isSame: before === now,
      /** What is found, where it has a name. */
      title: null as Text | null,
    })
    const ids = [...new Set([...Object.keys(signed.points), ...Object.keys(again.points)])].toSorted()
    const lines = [
      line('依据的摘要', 'Digest of the evidence', signed.digest, digest),
      ...ids.map((each) =>
        line(
          `得分：${titles.get(each)?.zh ?? each}`,
          `Points: ${titles.get(each)?.en ?? each}`,
          inPoints(signed.points[each]),
          inPoints(again.points[each]),
        ),
      ),
      line('总分', 'Score', inPoints(signed.score), inPoints(again.score)),
      { ...line('等次', 'Grade', signed.grade, again.grade), title: gradeOf(again.grade) },
    ]
    return {
      version: signed.version,
      lines,
      isSame: lines.every((each) => each.isSame),
      evidence: signed.text,
      digest: signed.digest,
    }
  },
})

const inPoints = (hundredths: number | null | undefined) =>
  (hundredths ?? null) === null ? null : ((hundredths ?? 0) / 100).toFixed(2)

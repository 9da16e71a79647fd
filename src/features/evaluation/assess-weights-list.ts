import { z } from 'zod'
import { ask, NotFound } from '#kernel/ask.ts'
import { indicatorsOf } from '#kernel/charter-assessments.ts'
import { findLineage } from '#kernel/standing.ts'
import { UnitId, Year } from '#kernel/words.ts'
import { weightsOf } from './assess-read.ts'
import { schemeField } from './assess-words.ts'

/** The weights that a unit adopted, all versions, beside the indicators of the charter, which have none. */
export const listWeights = ask({
  name: 'assessment.weights',
  title: { zh: '考核权重', en: 'Weights of an assessment' },
  purpose: {
    zh: '某考核单位各年度、各版本的权重；章程只有指标，权重留空。另列出见过的地方样本，供参照，不作默认。',
    en: 'An assessor’s weights by year and version; the charter has indicators and leaves the weights blank. Local samples that were seen stand beside them, never as a default.',
  },
  access: 'seated',
  input: z.object({ unit: UnitId, scheme: schemeField, year: Year.optional() }),
  async answer({ db, on, charter }, { unit, scheme: id, year }) {
    const scheme = charter.findAssessment(id)
    const lineage = await findLineage(db, unit, on)
    if (!scheme || !lineage)
      throw new NotFound({ zh: '没有这种考核或这个单位。', en: 'There is no such assessment, or no such unit.' })
    return {
      unit: lineage[0],
      scheme: { id, title: scheme.title },
      versions: await weightsOf(db, unit, id, on, year),
      indicators: indicatorsOf(scheme).map(({ id: indicator, title, measure, source, status }) => ({
        indicator,
        title,
        measure,
        source,
        status,
        shippedWeight: null,
      })),
      samples: scheme.samples,
    }
  },
})

import { z } from 'zod'
import { ask, NotFound } from '#kernel/ask.ts'
import { answerable, findLineage } from '#kernel/standing.ts'
import { DutyId, UnitId } from '#kernel/words.ts'

/** The one answer to "who answers for this, here, on that day?" */
export const dutyAnswerable = ask({
  name: 'duty.answerable',
  title: { zh: '由谁负责', en: 'Who answers for it' },
  purpose: {
    zh: '一项职责在某单位当日由谁负责：任职者一人，或者空缺及其职责的承接者。',
    en: 'Who answers for a duty over a unit on the day: one holder, or the vacancy and whoever stands in.',
  },
  access: 'public',
  input: z.object({ duty: DutyId, unit: UnitId }),
  async answer({ db, charter, on }, { duty: id, unit }) {
    const duty = charter.findDuty(id, on)
    if (!duty)
      throw new NotFound({
        zh: `${on}生效的章程没有这项职责。`,
        en: `The charter in force on ${on} knows no duty «${id}».`,
      })
    const lineage = await findLineage(db, unit, on)
    if (!lineage) throw new NotFound({ zh: `${on}没有这个单位。`, en: `There was no such unit on ${on}.` })
    const answer = await answerable(db, charter, duty, lineage, on)
    const named = (post: string) => ({
      postName: charter.post(post).name,
      bodyName: charter.body(charter.post(post).body).name,
    })
    return {
      duty: {
        id,
        title: duty.title,
        quote: duty.quote,
        source: duty.source,
        article: duty.article,
        status: duty.status,
      },
      unit: lineage[0],
      ...answer,
      ...('seat' in answer && named(answer.seat.post)),
      ...(answer.kind === 'vacancy' &&
        answer.routedTo && { routedTo: { ...answer.routedTo, ...named(answer.routedTo.seat.post) } }),
    }
  },
})

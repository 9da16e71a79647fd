import type { Waiting, WaitingFor } from '#kernel/waiting.ts'
import { drawsDue } from './sample-list.ts'

/** A sample whose day has come waits to be drawn, in public, on that very day. */
export const sampleWaiting: WaitingFor = async ({ db, on }, units) =>
  (await drawsDue(db, on, units)).map(({ id, unit, title, drawOn }): Waiting => ({
    kind: 'evaluation',
    subject: id,
    title: { zh: `抽样：${title}`, en: `Draw the sample: ${title}` },
    unit,
    duty: 'sample-for-evaluation',
    since: drawOn,
    due: drawOn,
    record: `/evaluations/${id}`,
  }))

import { z } from 'zod'
import { ask, NotFound } from '#kernel/ask.ts'
import type { Text } from '#kernel/words.ts'
import { inputsDigest } from './sample-close.ts'
import { commitmentOf, drawSample, drawSeed, sampleDigest } from './sample-drawn.ts'
import { estimateAll } from './sample-estimate.ts'
import { frameDigest } from './sample-frame.ts'
import { designOf, findSampling, readAnswers, readDrawn, readEstimates, readFrame } from './sample-read.ts'

/** Floating numbers of another machine may differ in their last digit. */
const WITHIN = 1e-9

type Line = { readonly what: Text; readonly isSame: boolean; readonly kept: string; readonly found: string }

/** Draws the sample anew and computes every estimate anew from what is kept, and says line by line whether it is the same. */
export const recomputeEvaluation = ask({
  name: 'evaluation.recompute',
  title: { zh: '重算抽样评估', en: 'Compute an evaluation again' },
  purpose: {
    zh: '用公开的种子重新抽样、用留存的答卷重新估计，与当时的结果逐项对照。',
    en: 'Draws again from the revealed seed and estimates again from the answers kept, and holds each result against what was kept.',
  },
  access: 'seated',
  input: z.object({ id: z.uuid() }),
  async answer({ db, on }, { id }) {
    const found = await findSampling(db, id, on)
    if (!found) throw new NotFound({ zh: '当日没有这项评估', en: 'There was no such evaluation on that day' })
    const frame = await readFrame(db, id)
    const design = designOf(found)
    const line = (zh: string, en: string, kept: string, again: string): Line => ({
      what: { zh, en },
      isSame: kept === again,
      kept,
      found: again,
    })
    const lines = [
      line('设计和抽样框的摘要', 'Digest of design and frame', found.frameDigest, frameDigest(design, frame)),
    ]
    if (found.seed !== null && found.beacon !== null) {
      const again = drawSample(design, frame, drawSeed(found.seed, found.beacon))
      lines.push(
        line('种子与封存的摘要', 'Seed and its commitment', found.commitment ?? '', commitmentOf(found.seed)),
        line('名单的摘要', 'Digest of the list', found.sampleDigest ?? '', sampleDigest(again)),
      )
    }
    if (found.closedOn !== null) {
      const [drawn, answers, kept] = await Promise.all([
        readDrawn(db, id, on),
        readAnswers(db, id, on),
        readEstimates(db, id),
      ])
      const estimates = estimateAll(design, frame, drawn, answers)
      const different = kept.filter((each) => {
        const same = estimates.find((other) => other.county === each.county && other.metric === each.metric)
        return !same || (['value', 'low', 'high'] as const).some((key) => Math.abs(same[key] - each[key]) > WITHIN)
      })
      lines.push(
        line(
          '依据的摘要',
          'Digest of what it stands on',
          found.inputsDigest ?? '',
          inputsDigest(found, frame, drawn, answers),
        ),
        line('估计和区间', 'Estimates and intervals', `${kept.length}`, `${estimates.length - different.length}`),
      )
    }
    return { lines, isSame: lines.every((each) => each.isSame) }
  },
})

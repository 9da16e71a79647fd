import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'

const planted = {
  duty: 'appoint-officials',
  purpose: { zh: '只供测试', en: 'Only for this test' },
  refusals: {},
  input: z.object({ unit: UnitId }),
  over: (input: { unit: string }) => input.unit,
  facts: () => Promise.resolve({}),
  rule: () => [],
} as const

/** A bug, to see what becomes of one. */
export const failingAct = act({
  ...planted,
  name: 'test.fail',
  title: { zh: '出错', en: 'Fail' },
  effect: () => Promise.reject(new Error('the password of the database is swordfish')),
})

/** An act slow enough to lose the connection in the midst of. */
export const slowAct = act({
  ...planted,
  name: 'test.dawdle',
  title: { zh: '慢慢办', en: 'Take a while' },
  effect: async () => {
    await delay(300)
    return { took: 'a while' }
  },
})

/** A right of the public, that anybody may exercise without an account. */
export const publicAct = act({
  ...planted,
  name: 'test.speak-up',
  title: { zh: '发声', en: 'Speak up' },
  duty: 'object-in-notice',
  effect: () => Promise.resolve({ heard: true }),
})

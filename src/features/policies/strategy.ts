import { formulation } from './formulate.ts'

/** The centre formulates a strategy. */
export const formulateStrategy = formulation({
  name: 'strategy.formulate',
  kind: 'strategy',
  duty: 'set-strategies',
  title: { zh: '制定重大战略', en: 'Formulate a strategy' },
  purpose: {
    zh: '提出实现目标的重大战略，下达各级签收。',
    en: 'Sets a strategy by which the goals are to be reached and sends it down to be acknowledged.',
  },
})

import { formulation } from './formulate.ts'

/** The centre formulates a major principle (大政方针). */
export const formulatePrinciple = formulation({
  name: 'principle.formulate',
  kind: 'principle',
  duty: 'set-principles',
  title: { zh: '制定大政方针', en: 'Formulate a principle' },
  purpose: {
    zh: '提出全局遵循的大政方针，下达各级签收。',
    en: 'Sets a principle for the whole programme and sends it down to be acknowledged.',
  },
})

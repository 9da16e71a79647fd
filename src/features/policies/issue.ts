import { formulation } from './formulate.ts'

/** The centre issues policies and measures (重大政策举措). */
export const issuePolicy = formulation({
  name: 'policy.issue',
  kind: 'measure',
  duty: 'issue-policies-and-measures',
  title: { zh: '出台政策举措', en: 'Issue policies and measures' },
  purpose: {
    zh: '印发政策文件及其举措；举措可分工到部门，主送单位签收。',
    en: 'Issues a policy with its measures; they may be divided among departments, and its receivers acknowledge it.',
  },
})

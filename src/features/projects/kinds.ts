import { z } from 'zod'
import type { Text } from '#kernel/words.ts'

/** What kinds of work the programme pays for; also the directions that a line may be bound to. */
export const projectKinds = {
  industry: { zh: '产业发展', en: 'Industry' },
  infrastructure: { zh: '基础设施', en: 'Infrastructure' },
  relocation: { zh: '易地搬迁', en: 'Relocation' },
  housing: { zh: '危房改造', en: 'Housing' },
  education: { zh: '教育扶贫', en: 'Education' },
  health: { zh: '健康扶贫', en: 'Health' },
  employment: { zh: '就业扶贫', en: 'Employment' },
  ecology: { zh: '生态扶贫', en: 'Ecology' },
  water: { zh: '饮水安全', en: 'Drinking water' },
  'social-security': { zh: '兜底保障', en: 'Social security' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, Text>

export type ProjectKind = keyof typeof projectKinds
const kinds = Object.keys(projectKinds) as [ProjectKind, ...ProjectKind[]]
export const ProjectKind = z
  .enum(kinds)
  .meta({ label: { zh: '项目类别', en: 'Kind of project' }, widget: 'choice', choices: projectKinds })

import { z } from 'zod'
import { leaveKinds, roles, type LeaveKind, type Role } from './words.ts'

const reference = (zh: string, en: string, finds: string) =>
  z.uuid().meta({ label: { zh, en }, widget: 'reference', finds })

export const VillageId = reference('村', 'Village', 'find.villages')
export const WorkerId = reference('人员', 'Person', 'find.workers')
export const TeamId = reference('工作队', 'Team', 'find.teams')
export const LeaveId = z.uuid().meta({ label: { zh: '请假', en: 'Leave' }, widget: 'hidden' })

const keysOf = <Key extends string>(names: Readonly<Record<Key, unknown>>) => Object.keys(names) as [Key, ...Key[]]

export const RoleField = z
  .enum(keysOf<Role>(roles))
  .default('member')
  .meta({ label: { zh: '职责', en: 'Role' }, widget: 'choice', choices: roles })

export const LeaveKindField = z
  .enum(keysOf<LeaveKind>(leaveKinds))
  .meta({ label: { zh: '类别', en: 'Kind' }, widget: 'choice', choices: leaveKinds })

export const FirstSecretary = z
  .boolean()
  .default(false)
  .meta({ label: { zh: '第一书记', en: 'First secretary' } })

export const Month = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
  .meta({
    label: { zh: '月份', en: 'Month' },
    hint: { zh: '例如 2018-09', en: 'Such as 2018-09' },
  })

const word = (max: number, zh: string, en: string) => z.string().trim().min(1).max(max).meta({ label: { zh, en } })

export const metres = (zh: string, en: string) =>
  z.int().min(-500_000).max(500_000).optional().meta({ label: { zh, en }, widget: 'count' })

/** Where something lies: metres east and north of the county's own point of reference. */
export const place = {
  eastM: metres('东距（米）', 'Metres east'),
  northM: metres('北距（米）', 'Metres north'),
}

export { word }

/** Skills in one cell, as they stand in a spreadsheet: ids or names, between commas. */
export const SkillList = z
  .string()
  .trim()
  .max(300)
  .default('')
  .transform((text) => [...new Set(text.split(/[,，、;；]/).flatMap((each) => each.trim() || []))])
  .meta({
    label: { zh: '专长', en: 'Skills' },
    hint: {
      zh: '用逗号隔开，如：农业技术，党建',
      en: 'Between commas, such as: agriculture, party building',
    },
  })

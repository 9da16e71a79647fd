import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { listed, sentences } from './sentences.ts'
import { amend, namesTaken, readSubtrees, readVersions, rehung, type Version } from './versions.ts'

/** Puts a unit, with all that lies below it, under another one from the day of the deed. */
export const moveUnit = act({
  name: 'unit.move',
  title: { zh: '变更隶属关系', en: 'Move a unit under another' },
  purpose: {
    zh: '单位连同其下级改由另一单位管辖，自当日起有效；之后其职责链随之改变。',
    en: 'Puts a unit with all below it under another one from the day of the deed; its chain of responsibility follows.',
  },
  duty: 'maintain-divisions',
  input: z.object({ unit: UnitId, under: UnitId.meta({ label: { zh: '改属上级', en: 'Under' } }) }),
  refusals: {
    'parent-unchanged': { zh: '{name}已经隶属{above}。', en: '{name} stands under {above} already.' },
    'not-a-unit': sentences['not-a-unit'],
    'tier-not-below': sentences['tier-not-below'],
    'name-taken': sentences['name-taken'],
    'changed-later': sentences['changed-later'],
  },
  about: {
    kind: 'unit',
    offered: (unit: { isOpen: boolean; isRoot: boolean }) => unit.isOpen && !unit.isRoot,
    input: (unit: { unit: string }) => ({ unit: unit.unit }),
  },
  over: (input) => input.unit,
  turns: (input) => [input.under],
  async facts(tx, { unit, under }, by) {
    const subtree = await readSubtrees(tx, [unit], by.on)
    const [version] = subtree as [Version]
    const [[above], names] = await Promise.all([
      readVersions(tx, [under], by.on),
      namesTaken(tx, [version.name], under, by.on, [unit]),
    ])
    return { version, subtree, above, names }
  },
  rule({ version, subtree, above, names }, { under }, refuse, by) {
    const order = by.charter.tiers.map((tier) => tier.id)
    const later = subtree.filter((each) => !each.isLatest)
    return [
      version.parent !== under || refuse('parent-unchanged', { name: version.name, above: above?.name ?? under }),
      above !== undefined || refuse('not-a-unit', { day: by.on, ids: listed([under]) }),
      above === undefined ||
        order.indexOf(version.tier) > order.indexOf(above.tier) ||
        refuse('tier-not-below', { names: version.name, above: above.name }),
      version.parent === under || names.length === 0 || refuse('name-taken', { names: listed(names) }),
      later.length === 0 || refuse('changed-later', { names: listed(later.map((each) => each.name)), day: by.on }),
    ]
  },
  async effect(tx, { unit }, { subtree, above }, by) {
    await amend(tx, rehung(subtree, new Map(above ? [[unit, above]] : [])), by)
    return { unit, moved: subtree.length }
  },
})

import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Text, UnitId } from '#kernel/words.ts'
import { listed, sentences } from './sentences.ts'
import { codesInUse, establish, idsKnown, namesTaken, readVersions } from './versions.ts'

/** A code of administrative division (GB/T 2260), or none where the country gave none. */
export const Code = z
  .string()
  .regex(/^\d{6}$/)
  .nullable()
  .meta({
    label: { zh: '区划代码', en: 'Code' },
    hint: { zh: '六位数字；没有代码则留空', en: 'Six digits; empty where there is none' },
  })

export const Name = Text.meta({ label: { zh: '名称', en: 'Name' } })

/** Establishes a unit that is made of no other one; a unit made of others comes by `unit.merge` or `unit.split`. */
export const establishUnit = act({
  name: 'unit.establish',
  title: { zh: '设立单位', en: 'Establish a unit' },
  purpose: {
    zh: '在某单位之下新设一个单位，自当日起有效。由原有单位合并、分设而成的，用合并或分设办理。',
    en: 'Establishes a unit under another from the day of the deed; what is made of existing units comes by merging or splitting.',
  },
  duty: 'maintain-divisions',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '新单位编号', en: 'Id of the new unit' }, widget: 'hidden' }),
    under: UnitId.meta({ label: { zh: '所属上级', en: 'Under' } }),
    tier: z
      .string()
      .max(60)
      .meta({ label: { zh: '层级', en: 'Tier' } }),
    name: Name,
    code: Code,
  }),
  refusals: {
    'id-in-use': sentences['id-in-use'],
    'code-in-use': sentences['code-in-use'],
    'name-taken': sentences['name-taken'],
    'tier-not-below': sentences['tier-not-below'],
  },
  about: {
    kind: 'unit',
    offered: (unit: { isOpen: boolean; isLowest: boolean }) => unit.isOpen && !unit.isLowest,
    input: (unit: { unit: string }) => ({ under: unit.unit }),
  },
  over: (input) => input.under,
  turns: (input) => [input.unit],
  async facts(tx, { unit, under, name, code }, by) {
    const [known, codes, names, [above]] = await Promise.all([
      idsKnown(tx, [unit]),
      codesInUse(tx, [code], by.on, []),
      namesTaken(tx, [name], under, by.on, []),
      readVersions(tx, [under], by.on),
    ])
    return { known, codes, names, above }
  },
  rule({ known, codes, names, above }, { tier, name }, refuse, by) {
    const order = by.charter.tiers.map((each) => each.id)
    return [
      known.length === 0 || refuse('id-in-use', { ids: listed(known) }),
      codes.length === 0 || refuse('code-in-use', { codes: listed(codes) }),
      names.length === 0 || refuse('name-taken', { names: listed(names) }),
      order.indexOf(tier) > order.indexOf(above?.tier ?? '') ||
        refuse('tier-not-below', { names: name, above: by.lineage[0].name }),
    ]
  },
  async effect(tx, { unit, under, tier, name, code }, { above }, by) {
    await establish(tx, [{ unit, tier, name, code, parent: under, lineage: [...(above?.lineage ?? []), unit] }], by)
    return { unit }
  },
})

import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { Name } from './establish.ts'
import { listed, sentences } from './sentences.ts'
import { amend, namesTaken, readVersions, type Version } from './versions.ts'

/** Gives a unit another name from the day of the deed; it stays the same unit, and its old name still finds it. */
export const renameUnit = act({
  name: 'unit.rename',
  title: { zh: '更名', en: 'Rename a unit' },
  purpose: {
    zh: '单位更名，自当日起有效；单位不变，旧名仍可查到。',
    en: 'Gives a unit another name from the day of the deed; it stays the same unit, and its old name still finds it.',
  },
  duty: 'maintain-divisions',
  input: z.object({ unit: UnitId, name: Name }),
  refusals: {
    'name-unchanged': { zh: '{name}的名称没有变化。', en: '{name} bears this name already.' },
    'name-taken': sentences['name-taken'],
    'changed-later': sentences['changed-later'],
  },
  about: {
    kind: 'unit',
    offered: (unit: { isOpen: boolean }) => unit.isOpen,
    input: (unit: { unit: string }) => ({ unit: unit.unit }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, name }, by) {
    const [version] = (await readVersions(tx, [unit], by.on)) as [Version]
    return { version, names: await namesTaken(tx, [name], version.parent, by.on, [unit]) }
  },
  rule: ({ version, names }, { name }, refuse, by) => [
    version.name.zh !== name.zh || version.name.en !== name.en || refuse('name-unchanged', { name: version.name }),
    names.length === 0 || refuse('name-taken', { names: listed(names) }),
    version.isLatest || refuse('changed-later', { names: version.name, day: by.on }),
  ],
  async effect(tx, { unit, name }, { version }, by) {
    await amend(tx, [{ ...version, name }], by)
    return { unit }
  },
})

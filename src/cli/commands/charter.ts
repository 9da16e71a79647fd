import path from 'node:path'
import type { AnyAct } from '#kernel/act.ts'
import { type Charter, type Duty, type Obligation, readCharter } from '#kernel/charter.ts'
import { checkCharter } from '#kernel/charter-check.ts'
import { coverage, diffCharter } from '#kernel/charter-diff.ts'
import { ProgramError } from '#src/program/error.ts'
import { shippedCharter } from '#src/program/home.ts'
import { type Command, exitCodes, type Given, textOption, UsageError } from '../command.ts'
import type { Out } from '../say.ts'

/** Checks a charter, tells what a version changed, or shows who owes what. */
export const charter: Command = {
  name: 'charter',
  usage: 'check | diff [FROM] [TO] | show [--on DAY]   [--charter FOLDER]',
  purpose: { zh: '检查章程、比较版本、列出职责。', en: 'Checks the charter, compares its versions, lists its duties.' },
  options: { charter: { type: 'string' }, on: { type: 'string' } },
  async run(given) {
    const [what, ...versions] = given.words
    const law = read(textOption(given, 'charter') ?? shippedCharter)
    if (what === 'check') return check(law, given.out)
    if (what === 'diff') return diff(law, versions, given.out)
    if (what === 'show') return show(law, given)
    throw new UsageError({ zh: '请写 check、diff 或 show。', en: 'Write check, diff or show.' })
  },
}

function read(folder: string): Charter {
  try {
    return readCharter(path.resolve(folder))
  } catch (error) {
    const reason = (error as Error).message
    throw new ProgramError(
      { zh: `章程无法读取：${reason}`, en: `The charter cannot be read: ${reason}` },
      { cause: error },
    )
  }
}

async function check(law: Charter, out: Out): Promise<number> {
  const [{ acts }, { figures }] = await Promise.all([import('#src/acts.ts'), import('#src/figures.ts')])
  const problems = checkCharter(law, acts, figures)
  if (out.json) out.print(JSON.stringify(problems, null, 2))
  else {
    for (const { kind, where, sentence } of problems) out.print(`✗ ${where}  ${out.say(sentence)}  [${kind}]`)
    const { duties, obligations, parameters, versions } = law.text
    const size = {
      zh: `${duties.length} 项职责、${obligations.length} 项义务、${parameters.length} 个参数、${versions.length} 个版本、${acts.length} 种行为`,
      en: `${duties.length} duties, ${obligations.length} obligations, ${parameters.length} parameters, ${versions.length} versions, ${acts.length} acts`,
    }
    out.print(
      problems.length === 0
        ? out.say({
            zh: `✓ ${law.id}：${size.zh}，无缺口、无矛盾。`,
            en: `✓ ${law.id}: ${size.en}; no gap, no contradiction.`,
          })
        : out.say({
            zh: `${law.id}：${size.zh}，${problems.length} 处问题，不能通过。`,
            en: `${law.id}: ${size.en}; ${problems.length} problems, so it cannot be adopted.`,
          }),
    )
    tellUnserved(law, acts, out)
  }
  return problems.length === 0 ? exitCodes.done : exitCodes.refused
}

/** A duty that no act carries out is the law's all the same: it is told, and refuses nothing. */
function tellUnserved(law: Charter, acts: readonly AnyAct[], out: Out) {
  const { uncovered } = coverage(law, acts)
  if (uncovered.length === 0) return
  const named = (language: 'zh' | 'en') =>
    uncovered.map(({ title, article }) => `${title[language]}${article && ` (§${article})`}`)
  out.print(
    out.say({
      zh: `  ${uncovered.length} 项职责在本系统中尚无行为：${named('zh').join('、')}。`,
      en: `  No act of this system carries out ${uncovered.length} duties yet: ${named('en').join(', ')}.`,
    }),
  )
}

/** Two versions, or every version against the one before it. */
function diff(law: Charter, [from, to]: readonly string[], out: Out): number {
  const order = law.text.versions.map(({ id }) => id)
  for (const version of [from, to])
    if (version !== undefined && !order.includes(version))
      throw new UsageError({
        zh: `没有版本“${version}”；有：${order.join('、')}。`,
        en: `There is no version «${version}»; there are ${order.join(', ')}.`,
      })
  const pairs =
    from === undefined
      ? order.map((version, at) => [order[at - 1], version] as const)
      : [[from, to ?? order.at(-1) ?? from] as const]
  const differences = pairs.map(([before, after]) => ({
    from: before ?? null,
    to: after,
    ...diffCharter(law, before, after),
  }))
  if (out.json) out.print(JSON.stringify(differences, null, 2))
  else for (const difference of differences) tellDifference(law, difference, out)
  return exitCodes.done
}

type Difference = ReturnType<typeof diffCharter> & { readonly from: string | null; readonly to: string }

function tellDifference(law: Charter, { from, to, duties, obligations, parameters }: Difference, out: Out) {
  const version = law.text.versions.find(({ id }) => id === to)
  out.print(`${from ?? '∅'} → ${to}  ${version ? `${out.say(version.title)} (${version.from})` : ''}`)
  const nouns = {
    duty: { zh: '职责', en: 'duty' },
    obligation: { zh: '义务', en: 'obligation' },
    parameter: { zh: '参数', en: 'parameter' },
  }
  const tellAll = (
    noun: { zh: string; en: string },
    { added, removed, changed }: typeof duties | typeof obligations,
  ) => {
    const line = (mark: string, entry: Duty | Obligation) =>
      out.print(`  ${mark} ${out.say(noun)} ${entry.id}  ${out.say(entry.title)}`)
    for (const entry of added) line('+', entry)
    for (const entry of removed) line('-', entry)
    for (const { after } of changed) line('~', after)
  }
  tellAll(nouns.duty, duties)
  tellAll(nouns.obligation, obligations)
  for (const { parameter, code, value } of parameters)
    out.print(`  + ${out.say(nouns.parameter)} ${parameter}${code ? ` (${code})` : ''} = ${value.value}  ${value.from}`)
}

function show(law: Charter, given: Given): number {
  const { out } = given
  const on = textOption(given, 'on') ?? law.text.versions.at(-1)?.from ?? ''
  const version = law.versionOn(on)
  if (!version) throw new UsageError({ zh: `${on} 尚无生效的章程。`, en: `No charter was in force on ${on}.` })
  if (out.json)
    out.print(JSON.stringify({ version, duties: law.dutiesOn(on), obligations: law.obligationsOn(on) }, null, 2))
  else {
    out.print(`${law.id} · ${version.id} · ${out.say(version.title)} · ${on}`)
    for (const tier of law.tiers) {
      out.print(`\n${out.say(tier.name)} · ${out.say(tier.role)}`)
      for (const duty of law.dutiesOn(on)) {
        const posts = duty.held_by[tier.id]
        if (posts)
          out.print(
            `  ${duty.id}  ${out.say(duty.title)}  [${posts.map((post) => out.say(law.post(post).name)).join(', ')}]  «${out.say(duty.quote)}»`,
          )
      }
    }
  }
  return exitCodes.done
}

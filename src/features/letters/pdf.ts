import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Reader } from '#kernel/ask.ts'
import { daysBetween } from '#kernel/calendar.ts'
import type { Day, Text } from '#kernel/words.ts'
import { type LetterShown, showLetter } from './show.ts'

/** In which language the paper speaks: one of the two, or Chinese with English beside it. */
export type LetterLanguage = 'zh' | 'en' | 'both'

/** How many compilations old a cached piece may grow before it is let go. */
const CACHE_AGE = 10
const EPOCH: Day = '1970-01-01'
const SECONDS_PER_DAY = 86_400

let compiler: NodeCompiler | undefined
const template = () => readFileSync(path.join(import.meta.dirname, 'letter.typ'), 'utf8')

function theCompiler(): NodeCompiler {
  const { resolve } = createRequire(import.meta.url)
  const fonts = ['400Regular/NotoSerifSC_400Regular.ttf', '700Bold/NotoSerifSC_700Bold.ttf']
  compiler ??= NodeCompiler.create({
    fontArgs: [{ fontBlobs: fonts.map((file) => readFileSync(resolve(`@expo-google-fonts/noto-serif-sc/${file}`))) }],
  })
  return compiler
}

/**
 * The letter as a paper that looks like the official document, with the signatures that it bore on the day asked as of.
 * What is made up is marked as such on every page.
 */
export async function letterPdf(reader: Reader, id: string, language: LetterLanguage): Promise<Buffer> {
  return setLetter(await showLetter.answer(reader, { id }), language)
}

/** Sets a letter that was read already. */
export function setLetter(letter: LetterShown, language: LetterLanguage): Buffer {
  const typst = theCompiler()
  const inputs = { data: JSON.stringify(paper(letter, language)) }
  const result = typst.compile({ mainFileContent: template(), inputs })
  if (!result.result)
    throw new Error(`The letter could not be set: ${JSON.stringify(result.takeDiagnostics()?.shortDiagnostics)}`)
  const pdf = typst.pdf(result.result, { creationTimestamp: daysBetween(EPOCH, letter.offeredOn) * SECONDS_PER_DAY })
  typst.evictCache(CACHE_AGE)
  return pdf
}

const words = {
  watermark: { zh: '虚 构 示 例', en: 'MADE UP' },
  madeUp: { zh: '演示：人名或目标为虚构', en: 'Demonstration: names or targets are made up' },
  invented: { zh: '虚构', en: 'made up' },
  code: { zh: '验证码', en: 'Verification code' },
  targets: { zh: '一、目标任务', en: 'I. Targets' },
  duties: { zh: '二、承担的职责', en: 'II. Duties' },
  validity: { zh: '三、生效', en: 'III. Force' },
  year: { zh: '年度', en: 'Year' },
  total: { zh: '合计', en: 'Total' },
  waiting: { zh: '（待签）', en: '(not signed yet)' },
} as const satisfies Record<string, Text>

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const dayText = (day: Day): Text => {
  const [year, month, date] = day.split('-').map(Number)
  return { zh: `${year}年${month}月${date}日`, en: `${date} ${MONTHS[(month ?? 1) - 1]} ${year}` }
}

const number = (value: number) => value.toLocaleString('en-US')

/** What the template needs, in plain words and cells: it decides how the paper looks, not what it says. */
function paper(letter: LetterShown, language: LetterLanguage) {
  const { fromUnit, toUnit, firstYear, lastYear, programme, charter } = letter
  const years = firstYear === lastYear ? `${firstYear}` : `${firstYear}–${lastYear}`
  const day = dayText(letter.offeredOn)
  const state = {
    open: { zh: '未全部签署', en: 'not signed by all' },
    signed: { zh: '已生效', en: 'in force' },
    declined: { zh: '已退回', en: 'declined' },
  }[letter.state]
  const asOf = dayText(letter.asOf)
  return {
    language,
    words,
    madeUp: letter.madeUp,
    code: letter.code,
    number: letter.number,
    from: fromUnit.name,
    head: { zh: `${fromUnit.name.zh}责任书`, en: `${fromUnit.name.en}: Letter of Responsibility` },
    title: {
      zh: `${fromUnit.name.zh}与${toUnit.name.zh}${years}年责任书`,
      en: `Letter of Responsibility between ${fromUnit.name.en} and ${toUnit.name.en}, ${years}`,
    },
    opening: {
      zh: `根据${programme.zh}（${charter?.zh ?? ''}），${fromUnit.name.zh}与${toUnit.name.zh}于${day.zh}签订本责任书，双方主要负责人对下列目标和职责负责。`,
      en: `Under the ${programme.en} (${charter?.en ?? ''}), ${fromUnit.name.en} and ${toUnit.name.en} enter into this letter, offered on ${day.en}; the principals of both sides answer for the targets and duties below.`,
    },
    validity: {
      zh: '目标取自发出之日有效的目标分解，未经填写。双方主要负责人全部签署之日起生效；目标有调整的，以新的责任书为准。',
      en: 'The targets are those of the decomposition in force on the day of the offer; none was typed in. The letter is in force from the day on which every principal of both sides has signed; should the goals change, a new letter takes its place.',
    },
    asOf: { zh: `截至${asOf.zh}：${state.zh}`, en: `As of ${asOf.en}: ${state.en}` },
    ...targetTable(letter),
    duties: letter.duties,
    sides: [fromUnit, toUnit].map((unit) => ({
      name: unit.name,
      signatures: letter.signatures
        .filter((each) => each.unit === unit.id)
        .map((each) => ({
          post: each.postName,
          person: each.person?.name ?? null,
          madeUp: each.person?.madeUp ?? false,
          day: each.signedOn === null ? null : dayText(each.signedOn),
        })),
    })),
  }
}

/** A line for each year, a column for each indicator, and their sums. */
function targetTable({ targets }: LetterShown) {
  const columns = [...new Map(targets.map((target) => [target.indicator, target])).values()]
  const years = [...new Set(targets.map((target) => target.year))].toSorted((a, b) => a - b)
  const at = (indicator: string, year: number) =>
    targets.find((target) => target.indicator === indicator && target.year === year)?.target
  return {
    columns: columns.map(({ title, measure }) => ({ title, measure })),
    rows: years.map((year) => ({
      year: String(year),
      cells: columns.map(({ indicator }) => {
        const target = at(indicator, year)
        return target === undefined ? '—' : number(target)
      }),
    })),
    totals: columns.map(({ indicator }) => number(years.reduce((sum, year) => sum + (at(indicator, year) ?? 0), 0))),
  }
}

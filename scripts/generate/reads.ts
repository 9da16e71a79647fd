import type { AnyAsk } from '#kernel/ask.ts'
import { type Check, summaryOf } from '#kernel/check.ts'
import type { Figure } from '#kernel/figure.ts'
import { formOf } from '#src/http/shape.ts'
import { both, code, head, line, page, table } from './markdown.ts'

const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1)

/** Every question, who may ask it, and what it takes. */
export function asksPage(asks: readonly AnyAsk[]): string {
  const about = {
    zh: `下列 ${asks.length} 个问题都可按任何一天的情况提出（on），并换算到另一天的区划（map）。`,
    en: `Each of these ${asks.length} questions can be asked as of any day (\`on\`) and restated to another day's map (\`map\`).`,
  }
  return page(
    ...head({ zh: '问题', en: 'Questions' }, about),
    ...asks.toSorted(byName).flatMap(({ name, title, purpose, access, input }) => [
      `## ${name}`,
      `**${both(title)}** (${access === 'public' ? '公众可问 · public' : '任职人员 · seated'})`,
      purpose.zh,
      purpose.en,
      table(
        ['parameter', '名称 · label', 'type', '必填 · required', '默认 · default'],
        formOf(input).map((field) => [
          code(field.key),
          both(field.label),
          field.choices ? Object.keys(field.choices).map(code).join(', ') : field.type,
          field.required ? '✓' : '',
          field.default === undefined ? '' : code(JSON.stringify(field.default)),
        ]),
      ),
    ]),
  )
}

const kinds = { sum: '合计 · sum', ratio: '比例 · ratio' } as const
const wishes = {
  more: '越多越好 · more is better',
  less: '越少越好 · less is better',
  neither: '无高下 · neither',
} as const

/** Every figure: what exactly is counted, and who answers for it. */
export function figuresPage(figures: readonly Figure[]): string {
  const about = {
    zh: `每项指标只有一个定义；瓷贴、图、表、导出和明细都由它而来，共 ${figures.length} 项。`,
    en: `Each of these ${figures.length} figures has one definition; tile, chart, table, export and records all come from it.`,
  }
  return page(
    ...head({ zh: '指标', en: 'Figures' }, about),
    ...figures
      .toSorted(byName)
      .flatMap((figure) => [
        `## ${figure.name}`,
        `**${both(figure.title)}**`,
        figure.definition.zh,
        figure.definition.en,
        table(
          ['单位 · measure', '类别 · kind', '职责 · duty', '取向 · better', '按年 · yearly'],
          [
            [
              both(figure.measure),
              kinds[figure.kind],
              code(figure.duty),
              wishes[figure.better],
              figure.yearly ? '✓' : '',
            ],
          ],
        ),
      ]),
  )
}

/** Every check, with the very SQL that finds. */
export function checksPage(checks: readonly Check[]): string {
  const about = {
    zh: `不应存在的情形，共 ${checks.length} 条；每条都写明为何要紧、如何处理。`,
    en: `What must not be, in ${checks.length} checks; each says why it matters and what to do.`,
  }
  return page(
    ...head({ zh: '核查', en: 'Checks' }, about),
    '每条核查的汇总由其明细得出。 · The summary of every check follows from its details:',
    `\`\`\`sql\n${summaryOf({ details: '  -- …' })}\n\`\`\``,
    ...checks.flatMap(({ id, title, severity, why, todo, duty, details }) => [
      `## ${id}`,
      `**${both(title)}** · ${severity} · ${code(duty)}`,
      `${line(why.zh)} ${line(why.en)}`,
      `→ ${line(todo.zh)} ${line(todo.en)}`,
      `\`\`\`sql\n${details.trimEnd()}\n\`\`\``,
    ]),
  )
}

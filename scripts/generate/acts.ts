import type { AnyAct, RefusalText } from '#kernel/act.ts'
import type { Charter, Duty } from '#kernel/charter.ts'
import { type Field, formOf } from '#src/http/shape.ts'
import { kernelRefusals } from '#kernel/outcome.ts'
import { both, code, head, page, table } from './markdown.ts'

/** Every act: what it is for, under which duty, what it takes and why it may be refused. */
export function actsPage(charter: Charter, acts: readonly AnyAct[]): string {
  const about = {
    zh: `系统中的一切变动都是下列 ${acts.length} 种行为之一；每次办理都写入日志。`,
    en: `Everything that changes is one of these ${acts.length} acts, and each is written to the journal.`,
  }
  const sorted = acts.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return page(
    ...head({ zh: '行为', en: 'Acts' }, about),
    table(
      ['act', '名称 · title', '职责 · duty'],
      sorted.map((act) => [`[${code(act.name)}](#${anchor(act.name)})`, both(act.title), code(act.duty)]),
    ),
    '## 任何行为都可能有的理由 · Reasons that any act may be refused for',
    reasons(kernelRefusals),
    ...sorted.flatMap((act) => section(charter, act)),
  )
}

const anchor = (name: string) => name.replaceAll('.', '')

function section(charter: Charter, act: AnyAct): readonly string[] {
  const duty = charter.text.duties.findLast(({ id }) => id === act.duty)
  const marks = [
    act.final && '不可撤销 · final',
    act.automatic && '时钟可自动办理 · the clock may do it',
    act.founding && '启动项目 · founds the programme',
    duty?.public && '公众权利 · open to the public',
  ].filter((mark) => typeof mark === 'string')
  return [
    `## ${act.name}`,
    `**${both(act.title)}**`,
    act.purpose.zh,
    act.purpose.en,
    ...(duty ? [ground(charter, duty)] : []),
    ...(marks.length > 0 ? [marks.join('; ')] : []),
    '**内容 · Input**',
    table(['field', '名称 · label', 'type', '必填 · required'], rowsOf(formOf(act.input), '')),
    ...(act.parameters?.length ? [`**参数 · Parameters:** ${act.parameters.map(code).join(', ')}`] : []),
    '**不予办理的理由 · Refusals**',
    reasons(act.refusals) || '无 · none',
    ...(act.advice && Object.keys(act.advice).length > 0 ? ['**提示 · Advice**', reasons(act.advice)] : []),
    ...(act.then?.length ? ['**之后 · Then**', act.then.map((step, at) => `${at + 1}. ${both(step)}`).join('\n')] : []),
  ]
}

/** The words of the law that an act stands on. */
export function ground(charter: Charter, duty: Duty): string {
  const source = charter.text.sources.find(({ id }) => id === duty.source)
  const article = duty.article ? ` §${duty.article}` : ''
  return `> ${code(duty.id)} ${both(duty.title)}: 「${duty.quote.zh.trim()}」 “${duty.quote.en.trim()}”\n> — ${source ? both(source.title) : duty.source}${article} (${duty.status})`
}

const rowsOf = (fields: readonly Field[], before: string): readonly (readonly string[])[] =>
  fields.flatMap((field) => {
    const key = before === '' ? field.key : `${before}.${field.key}`
    const row = [code(key), both(field.label), typeOf(field), field.required ? '✓' : '']
    const inside = field.properties
      ? rowsOf(field.properties, key)
      : field.items?.properties
        ? rowsOf(field.items.properties, `${key}[]`)
        : []
    return [row, ...inside]
  })

const typeOf = ({ type, widget, choices, items }: Field): string => {
  if (choices) return Object.keys(choices).map(code).join(', ')
  if (type === 'array') return `list of ${items ? typeOf(items) : 'any'}`
  return widget === 'text' || widget === 'group' ? type : `${type} (${widget})`
}

const reasons = (texts: Readonly<Record<string, RefusalText>>): string =>
  table(
    ['code', '理由 · reason', '补救 · remedy', '依据 · cites'],
    Object.entries(texts).map(([name, text]) => [
      code(name),
      both(text),
      text.remedy ? both(text.remedy) : '',
      text.cites ? code(text.cites) : '',
    ]),
  )

import type { AnyAct } from '#kernel/act.ts'
import type { Charter, Duty, Obligation, Parameter } from '#kernel/charter.ts'
import { carriedOut } from '#kernel/charter-diff.ts'
import { ground } from './acts.ts'
import { both, code, head, page, table } from './markdown.ts'

const since = ({ from, until }: { readonly from?: string | undefined; readonly until?: string | undefined }) =>
  `${from ?? '…'} – ${until ?? '…'}`

/** The matrix of responsibility: every duty, who holds it at which tier, and what is done under it. */
export function dutiesPage(charter: Charter, acts: readonly AnyAct[]): string {
  const { duties, versions } = charter.text
  const about = {
    zh: `章程 ${charter.id} 的 ${duties.length} 项职责，版本：${versions.map(({ id, from }) => `${id}（${from} 起）`).join('、')}。`,
    en: `The ${duties.length} duties of the charter ${charter.id}; versions: ${versions.map(({ id, from }) => `${id} (from ${from})`).join(', ')}.`,
  }
  return page(
    ...head({ zh: '职责', en: 'Duties' }, about),
    ...charter.tiers.flatMap((tier) => {
      const held = duties.filter((duty) => duty.held_by[tier.id])
      return [
        `## ${both(tier.name)}`,
        both(tier.role),
        table(
          ['duty', '名称 · title', '职务 · posts', '施行 · in force'],
          held.map((duty) => [
            code(duty.id),
            both(duty.title),
            (duty.held_by[tier.id] ?? []).map((post) => both(charter.post(post).name)).join('; '),
            since(duty),
          ]),
        ),
      ]
    }),
    '## 原文 · In the words of the sources',
    ...duties.map((duty) => `${ground(charter, duty)}\n> ${under(duty, acts)}`),
  )
}

function under(duty: Duty, acts: readonly AnyAct[]): string {
  const { acts: own, through } = carriedOut(duty, acts)
  const names = own.map((act) => code(act.name)).join(', ')
  const others = through.map((each) => code(each.duty)).join(', ')
  const who = duty.public ? '公众 · the public' : duty.joint ? '共同 · joint' : ''
  const how = [names, others && `经由 · through ${others}`].filter(Boolean).join('; ')
  return [`${since(duty)}`, who, how || '尚无行为 · no act yet'].filter((part) => part !== '').join('; ')
}

/** What is owed by when, what opens it, what meets it. */
export function obligationsPage(charter: Charter): string {
  const { obligations, escalation } = charter.text
  const about = {
    zh: `${obligations.length} 项义务把职责落到日期上；只有日志中的行为才能办结。`,
    en: `These ${obligations.length} obligations turn duties into dates; only an act in the journal meets one.`,
  }
  return page(
    ...head({ zh: '义务', en: 'Obligations' }, about),
    table(
      [
        'obligation',
        '名称 · title',
        '职责 · duty',
        '起因 · opened by',
        '时限 · within',
        '办结 · met by',
        '落空 · lapses with',
        '依据 · source',
        '施行 · in force',
      ],
      obligations.map((each) => [
        code(each.id),
        both(each.title),
        code(each.duty),
        opening(each),
        each.within ? code(each.within) : '',
        names(each.met_by),
        names(each.lapses_with),
        `${each.source} ${each.article} (${each.status})`,
        since(each),
      ]),
    ),
    '## 逐级督办 · Escalation',
    table(
      ['step', '名称 · title', '工作日 · working days after due', '由谁 · by'],
      escalation.map(({ step, title, after_working_days, by }) => [
        code(step),
        both(title),
        String(after_working_days),
        by,
      ]),
    ),
  )
}

const names = (acts: readonly string[]) => acts.map(code).join(', ')
const every = { year: '每年 · yearly', month: '每月（次月） · monthly, in the next month' }
const forWhom = ({ applies, where }: NonNullable<Obligation['recurring']>) =>
  `${applies ? '（尚未退出的 · until the exit）' : ''}${where === undefined ? '' : `（\`${where}\`）`}`
const opening = ({ triggered, recurring }: Obligation) =>
  triggered ? names(triggered.by) : recurring ? `${every[recurring.every]} ${recurring.on}${forWhom(recurring)}` : ''

/** Every number of the law, dated and cited. */
export function parametersPage(charter: Charter): string {
  const { parameters } = charter.text
  const about = {
    zh: `法规中的每个数都在这里，共 ${parameters.length} 个参数；程序里没有写死的数。状态：V 见于出处，P 部分见到，K 已知未核，made-up 为设定。`,
    en: `Every number of the law stands here, in ${parameters.length} parameters, and none in the code. Status: V seen in a source, P in part, K known but not verified, made-up a setting.`,
  }
  return page(...head({ zh: '参数', en: 'Parameters' }, about), ...parameters.flatMap(section))
}

function section({ id, title, unit, values, by_unit }: Parameter): readonly string[] {
  const row = (where: string) => (value: Parameter['values'][number]) => [
    where,
    value.from,
    `${value.value}`,
    value.unit ?? unit,
    value.source,
    value.status,
  ]
  return [
    `## ${id}`,
    `**${both(title)}** (${unit})`,
    table(
      ['单位 · unit', '自 · from', '值 · value', '量 · measure', '出处 · source', '状态 · status'],
      [...values.map(row('')), ...Object.entries(by_unit).flatMap(([where, each]) => each.map(row(where)))],
    ),
  ]
}

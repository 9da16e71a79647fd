import type { Command } from './command.ts'
import type { Language } from './say.ts'

const words = {
  zh: {
    head: '责任（Zeren）：以责任制运行的脱贫项目。',
    usage: '用法：zeren <命令> [选项]',
    common: '各命令均可加：--lang zh|en（语言）、--json（以 JSON 输出）、--help（该命令的用法）。',
    codes: '退出码：0 完成 · 1 程序错误 · 2 用法错误 · 3 不予办理或无法进行。',
    home: '数据放在程序目录的 .zeren/ 下，可用 ZEREN_HOME 更改。',
  },
  en: {
    head: 'Zeren: a programme against poverty, run by defined responsibilities.',
    usage: 'Usage: zeren <command> [options]',
    common: 'Every command takes --lang zh|en, --json (answers as JSON) and --help (how the command is typed).',
    codes: 'Exit codes: 0 done · 1 a bug · 2 typed wrongly · 3 refused, or impossible for a reason that is told.',
    home: 'Data lie in .zeren/ of the program’s folder; ZEREN_HOME changes that.',
  },
} as const

/** What can be typed. */
export function help(commands: readonly Command[], language: Language): string {
  const { head, usage, common, codes, home } = words[language]
  const lines = commands.map(
    ({ name, usage: after, purpose }) => `  zeren ${name} ${after}\n      ${purpose[language]}`,
  )
  return [head, '', usage, '', ...lines, '', common, codes, home].join('\n')
}

export const helpOf = ({ name, usage, purpose }: Command, language: Language): string =>
  `zeren ${name} ${usage}\n  ${purpose[language]}`

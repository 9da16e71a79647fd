import type { Text } from '#kernel/words.ts'

/** What moves a chance, in a word or two for lists. */
export const partWords: Readonly<
  Record<string, Text> & Record<'base' | 'pace' | 'late' | 'slipped' | 'idle' | 'headcount', Text>
> = {
  base: { zh: '起点', en: 'Base' },
  pace: { zh: '进度', en: 'Pace' },
  late: { zh: '逾期事项', en: 'Late' },
  slipped: { zh: '节点滞后', en: 'Slipped' },
  idle: { zh: '资金闲置', en: 'Idle money' },
  headcount: { zh: '贫困发生率', en: 'Headcount' },
}

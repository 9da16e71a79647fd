import { act } from '#kernel/act.ts'
import { send } from '#kernel/db.ts'
import { scattered } from '#kernel/uuid.ts'
import { disclosed, disclosingInput, disclosingLines, disclosingRefusals, readAllocation } from './disclosing.ts'
import { passingOn } from './lines.ts'

/** Whoever hands money down tells the public who got how much. */
export const publishAllocation = act({
  name: 'funds.publish-allocation',
  title: { zh: '公告资金分配结果', en: 'Publish an allocation' },
  purpose: {
    zh: '向社会公告一项资金的总量和分配结果：哪个单位得到多少。内容取自账目，长期公开。',
    en: 'Tells the public the total of a line and who got how much of it. Taken from the books, open for good.',
  },
  duty: 'publish-allocations',
  input: disclosingInput,
  refusals: {
    ...disclosingRefusals,
    'nothing-allocated': {
      zh: '{unit}没有下达过“{line}”，没有可公告的分配结果。',
      en: '{unit} has handed down nothing of «{line}»; there is nothing to publish.',
      topic: { zh: '已下达资金', en: 'something was handed down' },
      notJudgedWith: ['unknown-line'],
    },
  },
  then: [{ zh: '公告页面有固定网址，长期可查。', en: 'Its page has a permanent address and stays open.' }],
  about: {
    kind: 'fund-line',
    offered: (line: { passedFen: string }) => BigInt(line.passedFen) > 0n,
    input: ({ unit, line }: { unit: string; line: string }) => ({ unit, line }),
  },
  over: (input) => input.unit,
  facts: (tx, { unit, line }, by) => readAllocation(tx, unit, line, by.on),
  rule: ({ line, content }, { line: id }, refuse, by) => [
    ...disclosingLines(line, id, refuse, by),
    line === undefined ||
      content !== null ||
      refuse('nothing-allocated', { unit: by.lineage[0].name, line: line.name }),
  ],
  effect(tx, { unit, note }, { line, content }, by) {
    if (!line || !content) throw new Error('There is nothing to publish.')
    const id = scattered(by.act, 0)
    send(tx, disclosed(tx, by, { id, unit, line, kind: 'allocation', content, note }))
    return Promise.resolve({ disclosure: id, line: line.line, lineYear: line.year })
  },
  subject: (_input, { line, lineYear }) => passingOn(line, lineYear),
})

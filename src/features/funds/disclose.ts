import { act } from '#kernel/act.ts'
import { send } from '#kernel/db.ts'
import { scattered } from '#kernel/uuid.ts'
import { disclosed, disclosingInput, disclosingLines, disclosingRefusals, readReceived } from './disclosing.ts'
import { passingOn } from './lines.ts'

/** A county tells the public what it received of a line and what it does with it. Composed from the books: nobody types it again. */
export const discloseFunds = act({
  name: 'funds.disclose',
  title: { zh: '公开资金和项目', en: 'Publish funds and projects' },
  purpose: {
    zh: '向社会公开本县收到的一项资金：总量、来源、用途和安排，以及各项目的名称、地点、内容、期限、责任单位、金额和绩效目标。内容取自账目，长期公开；有变化时再次公开。',
    en: 'Tells the public what the county received of a line: total, source, use and allocation, and each project with place, content, term, who is responsible, amount and target. Taken from the books, open for good; published again when it changes.',
  },
  duty: 'publish-funds-and-projects',
  input: disclosingInput,
  refusals: {
    ...disclosingRefusals,
    'nothing-received': {
      zh: '{unit}没有收到“{line}”，没有可公开的内容。',
      en: '{unit} has received nothing of «{line}»; there is nothing to publish.',
      topic: { zh: '收到了这项资金', en: 'something of the line was received' },
      notJudgedWith: ['unknown-line'],
    },
  },
  advice: {
    'no-project-yet': {
      zh: '这项资金还没有安排到项目；安排后请再次公开。',
      en: 'Nothing of this line is committed to a project yet; publish again when it is.',
    },
  },
  then: [{ zh: '公开页面有固定网址，长期可查。', en: 'Its page has a permanent address and stays open.' }],
  about: {
    kind: 'fund-line',
    offered: (line: { receivedFen: string }) => BigInt(line.receivedFen) > 0n,
    input: ({ unit, line }: { unit: string; line: string }) => ({ unit, line }),
  },
  over: (input) => input.unit,
  facts: (tx, { unit, line }, by) => readReceived(tx, unit, line, by.on),
  rule: ({ line, content }, { line: id }, refuse, by, advise) => [
    ...disclosingLines(line, id, refuse, by),
    line === undefined || content !== null || refuse('nothing-received', { unit: by.lineage[0].name, line: line.name }),
    content === null || content.projects.length > 0 || advise('no-project-yet'),
  ],
  effect(tx, { unit, note }, { line, content }, by) {
    if (!line || !content) throw new Error('There is nothing to publish.')
    const id = scattered(by.act, 0)
    send(tx, disclosed(tx, by, { id, unit, line, kind: 'received', content, note }))
    return Promise.resolve({ disclosure: id, line: line.line, lineYear: line.year })
  },
  subject: (_input, { line, lineYear }) => passingOn(line, lineYear),
})

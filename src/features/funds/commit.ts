import { z } from 'zod'
import { act, type By } from '#kernel/act.ts'
import { send } from '#kernel/db.ts'
import { projectKinds } from '#features/projects/index.ts'
import { Fen } from '#kernel/words.ts'
import {
  accountOf,
  byProject,
  holdingLines,
  holdingRefusals,
  Note,
  ProjectId,
  projectLines,
  projectRefusals,
  readHolding,
  readProjects,
  signatures,
  sumOf,
} from './holding.ts'
import { post } from './ledger.ts'
import { InBooks, Paper } from './lines.ts'
import { inWords } from './money.ts'

/** Who does it, as a person; acts over money are done by people. */
export const personOf = ({ actor }: By) => (actor.kind === 'person' ? actor.person : null)

export const Items = z
  .array(z.strictObject({ project: ProjectId, amount: Fen }))
  .min(1)
  .max(500)
  .meta({ label: { zh: '项目和金额', en: 'Projects and amounts' } })

/** A county commits money of a line to projects of its library. Undone by `funds.release`, as far as it is not paid yet. */
export const commitFunds = act({
  name: 'funds.commit',
  title: { zh: '安排资金到项目', en: 'Commit funds to projects' },
  purpose: {
    zh: '把本县持有的资金安排到已入库并下达的项目；安排总额不超过项目的资金规模。安排人不能支付同一项目的这笔资金。',
    en: 'Commits money that the county holds to projects that are admitted and assigned, up to the amount with which each stands in the library. Whoever commits does not pay.',
  },
  duty: 'use-funds-well',
  input: z.object({ ...InBooks, ...Paper, items: Items, note: Note }),
  refusals: {
    ...holdingRefusals,
    ...projectRefusals,
    'exceeds-holding': {
      zh: '“{line}”可安排余额{left}，本次要安排{asked}。',
      en: '{left} of «{line}» is left to commit; {asked} was asked.',
      topic: { zh: '不超过可安排余额', en: 'within what is left of the line' },
      notJudgedWith: ['unknown-line', 'wrong-year'],
      remedy: { zh: '减少金额，或先收回未用的安排。', en: 'Commit less, or release elsewhere first.' },
    },
    'outside-earmark': {
      zh: '“{line}”限用于{earmark}，项目{code}“{name}”属于{kind}。',
      en: '«{line}» is bound to {earmark}; project {code} «{name}» is of the kind {kind}.',
      topic: { zh: '符合资金用途', en: 'within the earmark' },
      remedy: {
        zh: '选择用途相符的项目；贫困县可依规统筹整合后使用。',
        en: 'Choose a project of that kind; a poor county may pool the line first.',
      },
      cites: 'duty:pool-agriculture-funds',
    },
    'exceeds-scale': {
      zh: '项目{code}“{name}”资金规模{scale}，已安排{placed}，再安排{asked}将超出。',
      en: 'Project {code} «{name}» stands in the library with {scale}; {placed} is committed, and {asked} more would exceed it.',
      topic: { zh: '不超过项目资金规模', en: 'within each project’s scale' },
      remedy: { zh: '减少金额，或先调整项目。', en: 'Commit less, or have the project changed first.' },
      cites: 'duty:keep-project-library',
    },
  },
  about: {
    kind: 'fund-line',
    offered: (holding: { availableFen: string }) => BigInt(holding.availableFen) > 0n,
    input: ({ unit, line, year }: { unit: string; line: string; year: number }) => ({ unit, line, year }),
  },
  over: (input) => input.unit,
  async facts(tx, { items, ...held }, by) {
    const asked = items.map((item) => item.project)
    const [holding, projects] = await Promise.all([
      readHolding(tx, held, by.on, asked),
      readProjects(tx, asked, held, personOf(by)),
    ])
    return { holding, projects }
  },
  rule({ holding, projects }, { items, line: id, year }, refuse, by) {
    const [unit] = by.lineage
    const { line, years } = holding
    const left = years.get(year)
    const asked = sumOf(items)
    return [
      ...holdingLines(holding, { line: id, year }, refuse, by),
      ...projectLines(items, projects, refuse, unit),
      line === undefined ||
        left === undefined ||
        asked <= left ||
        refuse('exceeds-holding', { line: line.name, left: inWords(left), asked: inWords(asked) }),
      ...[...byProject(items)].flatMap(([of, amount]) => {
        const project = projects.get(of)
        if (!project) return []
        const { code, name, kind, scale, placed } = project
        return [
          line === undefined ||
            line.earmark === null ||
            line.earmark === kind ||
            refuse('outside-earmark', {
              code,
              name,
              line: line.name,
              earmark: projectKinds[line.earmark],
              kind: projectKinds[kind],
            }),
          !project.isAdmitted ||
            scale === null ||
            placed + amount <= scale ||
            refuse('exceeds-scale', {
              code,
              name,
              scale: inWords(scale),
              placed: inWords(placed),
              asked: inWords(amount),
            }),
        ]
      }),
    ]
  },
  effect(tx, { items, document, note, ...held }, _facts, by) {
    const { line, unit } = held
    const projects = byProject(items).keys()
    post(tx, by, {
      unit,
      document,
      note,
      transfers: items.map(({ project, amount }) => ({
        kind: 'commit',
        from: accountOf(held, 'available'),
        to: accountOf(held, 'committed', project),
        amount,
      })),
    })
    send(tx, signatures(tx, 'commit', { line, projects, person: personOf(by), on: by.on, act: by.act }))
    return Promise.resolve({ committedFen: sumOf(items).toString(), items: items.length })
  },
  subject: ({ line, year }) => `${line}/${year}`,
})

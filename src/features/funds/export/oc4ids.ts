import { yuanOf } from '#kernel/words.ts'
import { projectKinds } from '#features/projects/index.ts'
import type { Book } from './book.ts'
import { isMadeUp, madeUpMark, momentOf, noProject, organisationId } from './iati.ts'
import type { Language } from './names.ts'
import type { FundedProject, ProjectMoney } from './projects.ts'
import { gathering, type Writer } from './write.ts'

const VERSION = '0.9'

const status: Readonly<Record<string, string>> = {
  assigned: 'preparation',
  started: 'implementation',
  accepted: 'completion',
  'handed-over': 'maintenance',
  withdrawn: 'cancelled',
}

/** Only kinds that mean the same in the standard's codelist; ours stands beside it as a classification of its own. */
const sectors: Readonly<Record<string, readonly string[]>> = {
  industry: ['economy'],
  housing: ['socialHousing'],
  education: ['education'],
  health: ['health'],
  water: ['waterAndWaste'],
}

/** Kinds whose projects put up something that was not there. */
const built = new Set(['infrastructure', 'water', 'housing', 'relocation'])

/** A project package of OC4IDS 0.9.5: each project with its budget, what lines it is paid from and what was paid out to whom. */
export const writeOc4ids: Writer = async (book, language, write) => {
  const { piece, flush } = gathering(write)
  let count = 0
  for await (const project of book.projects())
    await piece(
      `${count++ === 0 ? headOf(book, language) : ',\n'}${JSON.stringify(projectOf(book, project, language))}`,
    )
  if (count === 0) throw noProject()
  await piece('\n]}\n')
  await flush()
}

function headOf({ scope, root, units }: Book, language: Language): string {
  const part = [scope.on, scope.unit, scope.year].filter((each) => each !== undefined).join(':')
  const head = {
    uri: `urn:zeren:oc4ids:${root}:${part}`,
    publishedDate: momentOf(scope.on),
    version: VERSION,
    publisher: { name: units.get(root)?.[language] ?? '' },
  }
  return `${JSON.stringify(head).slice(0, -1)},"projects":[\n`
}

const value = (fen: bigint) => ({ amount: Number(yuanOf(fen)), currency: 'CNY' })

function projectOf(book: Book, project: FundedProject, language: Language) {
  const { id, code, name, task, target, startsOn, endsOn, kind, place, budget, acceptedOn, money } = project
  const paid = money.filter(({ what }) => what === 'payment').reduce((sum, { amount }) => sum + amount, 0n)
  const described = [task, target, ...(isMadeUp(book, project) ? [madeUpMark[language]] : [])]
  return {
    id,
    updated: momentOf(project.updatedOn),
    language,
    title: name,
    description: described.filter((text) => text !== null).join('\n\n'),
    status: status[project.state] ?? 'preparation',
    ...(startsOn !== null &&
      endsOn !== null && { period: { startDate: momentOf(startsOn), endDate: momentOf(endsOn) } }),
    ...(sectors[kind] && { sector: sectors[kind] }),
    additionalClassifications: [
      {
        scheme: 'zeren-project-kind',
        id: kind,
        description: projectKinds[kind as keyof typeof projectKinds]?.[language] ?? kind,
      },
    ],
    ...(project.nature === 'new' && built.has(kind) && { type: 'construction' }),
    ...(place !== null && { locations: [{ id: '1', description: place }] }),
    identifiers: [{ scheme: organisationId(book.units.get(project.unit)), id: code }],
    budget: {
      ...(budget !== null && { amount: value(budget) }),
      approvalDate: momentOf(project.assignedOn),
      ...(money.length > 0 && { budgetBreakdowns: [breakdownOf(book, money, language)] }),
    },
    parties: partiesOf(book, project, language),
    ...(acceptedOn !== null && { completion: { endDate: momentOf(acceptedOn), finalValue: value(paid) } }),
  }
}

const payeeParty = ({ payee, payeeKind }: ProjectMoney) => `payee ${payee ?? payeeKind ?? ''}`
const personsNames = { zh: '农户', en: 'Households' } as const
const payeeName = ({ payee }: ProjectMoney, language: Language) => payee ?? personsNames[language]

const breakdownTitle = { zh: '按资金来源和支付', en: 'By source and by payment' } as const

/** All of a project's money stands in one breakdown. */
const breakdownOf = (book: Book, money: readonly ProjectMoney[], language: Language) => ({
  id: 'money',
  description: breakdownTitle[language],
  budgetBreakdown: money.map((each, at) => entryOf(book, each, at, language)),
})

/** As the standard has it: above zero where money is given to the project by its source, below where it is paid out to a party. */
function entryOf({ lines, units }: Book, money: ProjectMoney, at: number, language: Language) {
  const line = lines.get(money.line)
  const isPaid = money.what === 'payment'
  const owner = units.get(line?.unit ?? '')
  return {
    id: `${at + 1}`,
    description: [money.document, line?.[language]].join(' · '),
    amount: value(isPaid ? -money.amount : money.amount),
    period: { startDate: momentOf(money.day), endDate: momentOf(money.day) },
    sourceParty: isPaid
      ? { id: payeeParty(money), name: payeeName(money, language) }
      : { id: organisationId(owner), name: owner?.[language] ?? '' },
  }
}

function partiesOf({ units, lines }: Book, { unit, assigner, money }: FundedProject, language: Language) {
  const roles = new Map<string, { name: string; roles: Set<string> }>()
  const add = (id: string, name: string, role: string) => {
    const party = roles.get(id) ?? { name, roles: new Set() }
    party.roles.add(role)
    roles.set(id, party)
  }
  const addUnit = (of: string, role: string) => {
    const found = units.get(of)
    add(organisationId(found), found?.[language] ?? '', role)
  }
  addUnit(unit, 'publicAuthority')
  addUnit(assigner, 'administrativeEntity')
  for (const each of money) {
    addUnit(lines.get(each.line)?.unit ?? '', 'funder')
    if (each.what === 'payment') add(payeeParty(each), payeeName(each, language), 'payee')
  }
  return [...roles].map(([id, party]) => ({ id, name: party.name, roles: [...party.roles] }))
}

import { NotFound } from '#kernel/ask.ts'
import { yuanOf } from '#kernel/words.ts'
import { projectKinds } from '#features/projects/index.ts'
import type { Book, BookUnit } from './book.ts'
import type { Language } from './names.ts'
import type { FundedProject, ProjectMoney } from './projects.ts'
import { gathering, type Writer } from './write.ts'

/** Organisations that belong to a government, in IATI's codelist. */
const GOVERNMENT = '10'
const role = { funding: '1', accountable: '2', implementing: '4' } as const
const status: Readonly<Record<string, string>> = {
  assigned: '1',
  started: '2',
  accepted: '3',
  'handed-over': '4',
  withdrawn: '5',
}
const dateType = { plannedStart: '1', actualStart: '2', plannedEnd: '3', actualEnd: '4' } as const
const transactionType = { commitment: '2', disbursement: '3', expenditure: '4' } as const
/** The vocabulary of whoever reports: our kinds of projects are no purpose codes of the OECD. */
const OWN_VOCABULARY = '99'

/**
 * IATI 2.03: one activity for each project, with what was committed to it and paid. Elements stand in the order that the schema
 * gives them. Whoever is registered with IATI replaces the identifiers of organisations by the registered ones.
 */
export const writeIati: Writer = async (book, language, write) => {
  const { line, flush } = gathering(write)
  let count = 0
  for await (const project of book.projects()) {
    if (count++ === 0)
      await line(
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<iati-activities version="2.03" generated-datetime="${momentOf(book.scope.on)}">`,
      )
    await line(...activityOf(book, project, language))
  }
  if (count === 0) throw noProject()
  await line('</iati-activities>')
  await flush()
}

/** Both standards know no empty file. */
export const noProject = () =>
  new NotFound({ zh: '没有已下达的项目可供导出。', en: 'There is no assigned project to export.' })

/** The beginning of a day in the programme's time zone. */
export const momentOf = (day: string) => `${day}T00:00:00+08:00`

export const organisationId = (unit: BookUnit | undefined) => `CN-DIVISION-${unit?.code ?? unit?.id ?? ''}`

function activityOf(book: Book, project: FundedProject, language: Language): string[] {
  const [root, county, assigner] = [book.root, project.unit, project.assigner].map((id) => book.units.get(id))
  const name = (unit: BookUnit | undefined) => narrative(unit?.[language] ?? '', language)
  const organisation = (element: string, unit: BookUnit | undefined, attributes: string) =>
    `<${element} ref="${escaped(organisationId(unit))}" type="${GOVERNMENT}"${attributes}>${name(unit)}</${element}>`
  const { startsOn, endsOn, startedOn, acceptedOn, state, kind, place, task, target } = project
  const dates = [
    [dateType.plannedStart, startsOn ?? project.assignedOn],
    [dateType.actualStart, startedOn],
    [dateType.plannedEnd, endsOn],
    [dateType.actualEnd, acceptedOn],
  ] as const
  const described = (type: string, text: string | null) =>
    text === null ? [] : [`<description type="${type}">${narrative(text, 'zh')}</description>`]
  return [
    `<iati-activity xml:lang="zh" default-currency="CNY" last-updated-datetime="${momentOf(project.updatedOn)}">`,
    `<iati-identifier>${escaped(`${organisationId(root)}-${project.id}`)}</iati-identifier>`,
    organisation('reporting-org', root, ''),
    `<title>${narrative(project.name, 'zh')}</title>`,
    ...described('1', task ?? project.name),
    ...described('2', target),
    ...described('4', isMadeUp(book, project) ? madeUpMark[language] : null),
    organisation('participating-org', root, ` role="${role.funding}"`),
    organisation('participating-org', assigner, ` role="${role.accountable}"`),
    organisation('participating-org', county, ` role="${role.implementing}"`),
    `<other-identifier ref="${escaped(project.code)}" type="A1"/>`,
    `<activity-status code="${status[state] ?? status['assigned']}"/>`,
    ...dates.flatMap(([type, day]) => (day === null ? [] : [`<activity-date type="${type}" iso-date="${day}"/>`])),
    '<recipient-country code="CN" percentage="100"/>',
    ...(place === null ? [] : [`<location><name>${narrative(place, 'zh')}</name></location>`]),
    `<sector vocabulary="${OWN_VOCABULARY}" code="${escaped(kind)}" percentage="100">${narrative(
      projectKinds[kind as keyof typeof projectKinds]?.[language] ?? kind,
      language,
    )}</sector>`,
    ...project.money.flatMap((each) => transactionOf(book, each, county, language)),
    '</iati-activity>',
  ]
}

/** Firms and institutions are paid for what they did; households and their cooperatives are handed money to do something with. */
const typeOf = ({ what, payeeKind }: ProjectMoney) =>
  what === 'commitment'
    ? transactionType.commitment
    : payeeKind === 'household' || payeeKind === 'cooperative'
      ? transactionType.disbursement
      : transactionType.expenditure

function transactionOf(book: Book, money: ProjectMoney, county: BookUnit | undefined, language: Language): string[] {
  const { act, day, amount, document, payee } = money
  return [
    `<transaction ref="${act}">`,
    `<transaction-type code="${typeOf(money)}"/>`,
    `<transaction-date iso-date="${day}"/>`,
    `<value currency="CNY" value-date="${day}">${yuanOf(amount)}</value>`,
    `<description>${narrative([document, book.lines.get(money.line)?.[language]].join(' · '), language)}</description>`,
    `<provider-org ref="${escaped(organisationId(county))}" type="${GOVERNMENT}">${narrative(county?.[language] ?? '', language)}</provider-org>`,
    ...(payee === null ? [] : [`<receiver-org>${narrative(payee, 'zh')}</receiver-org>`]),
    '</transaction>',
  ]
}

export const isMadeUp = ({ lines }: Book, { money }: FundedProject) => money.some(({ line }) => lines.get(line)?.madeUp)

export const madeUpMark = {
  zh: '所列资金含虚构或模拟数据。',
  en: 'The money listed is made up or modelled.',
} as const

const narrative = (text: string, language: Language) => `<narrative xml:lang="${language}">${escaped(text)}</narrative>`

/** XML knows no control characters but the blank ones. */
const escaped = (text: string) =>
  text
    // oxlint-disable-next-line no-control-regex -- these are what is taken out
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

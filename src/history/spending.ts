import { addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import { type Day, yuanOf } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import { need } from './founding.ts'
import { allocatedOn, countyShares, lineKey } from './money.ts'
import { madeUpPerson } from './names.ts'
import { assignedOn, divided, idsOf, projectKey, projectYears, reportedOn } from './projects.ts'
import { happens, historySeed, whole } from './seed.ts'
import type { Step } from './step.ts'

/** Each county commits the money of a year to its projects and pays for them. Amounts, payees and days are made up. */
export function spendingSteps(country: Country, charter: Charter): readonly Step[] {
  return country.counties.flatMap((county) => [
    payeeStep(county),
    ...projectYears.flatMap((year) => yearSteps(country, charter, county, year)),
  ])
}

const committer = (county: Place) => ({ unit: county.id, posts: ['county-head', 'party-secretary-county'] })
const payer = (county: Place) => ({
  unit: county.id,
  posts: ['finance-director-county', 'poverty-office-director-county'],
})
const payeesKey = (county: Place) => `payees ${county.key}`

/** A company that builds, a cooperative that earns, and two households that are paid for their work. */
function payeeStep(county: Place): Step {
  const person = (n: number) => madeUpPerson(`${historySeed}/payee/${county.key}/${n}`).zh
  const account = (n: number) =>
    `62${String(whole(`account ${county.key} ${n}`, 0, 999_999_999)).padStart(9, '0')}0${n}`
  const bank = '县农村信用联社（演示）'
  return {
    on: '2017-01-05',
    turn: 15,
    key: payeesKey(county),
    act: need('payee.register'),
    by: payer(county),
    input: {
      unit: county.id,
      payees: [
        { kind: 'cooperative', name: `${county.name.zh}富民专业合作社（演示）`, bank, account: account(1) },
        { kind: 'company', name: `${county.name.zh}路桥工程有限公司（演示）`, bank, account: account(2) },
        { kind: 'household', name: person(3), bank, account: account(3) },
        { kind: 'household', name: person(4), bank, account: account(4) },
      ],
    },
  }
}

const later = (one: Day, other: Day) => (one > other ? one : other)

function yearSteps(country: Country, charter: Charter, county: Place, year: (typeof projectYears)[number]): Step[] {
  const province = country.provinceOf(county)
  const amounts = divided(countyShares(country, province, year).get(county.id) ?? 0n)
  const after = (day: Day, what: string, min: number, max: number) =>
    addWorkingDays(day, whole(`${what} ${county.key} ${year}`, min, max), charter.calendar)
  const committed = after(later(allocatedOn(charter, province, year), assignedOn(charter, province)), 'commit', 5, 40)
  const isSlow = happens(`slow ${county.key} ${year}`, 0.12)
  const payable = after(later(committed, '2017-02-10'), 'pay', isSlow ? 90 : 30, isSlow ? 140 : 90)
  // The work comes before the money, but in some few counties.
  const worked = after(reportedOn(charter, county, projectYears.indexOf(year)), 'worked', 1, 4)
  const paid = happens(`ahead ${county.key} ${year}`, 0.03) ? payable : later(payable, worked)
  const share = isSlow ? whole(`paid ${county.key} ${year}`, 35, 60) : whole(`paid ${county.key} ${year}`, 93, 100)
  return [
    {
      on: committed,
      turn: 21,
      key: `commit ${county.key} ${year}`,
      act: need('funds.commit'),
      by: committer(county),
      input: (got) => ({
        unit: county.id,
        line: got(lineKey(year)).line,
        year,
        document: `演示〔${committed.slice(0, 4)}〕项目资金安排${year}`,
        items: idsOf(got(projectKey(county))).map((project, at) => ({ project, amount: yuanOf(amounts[at]!) })),
      }),
    },
    {
      on: paid,
      turn: 22,
      key: `pay ${county.key} ${year}`,
      act: need('funds.pay'),
      by: payer(county),
      input: (got) => ({
        unit: county.id,
        line: got(lineKey(year)).line,
        year,
        document: `演示〔${paid.slice(0, 4)}〕项目资金支付${year}`,
        payments: payments(
          county,
          year,
          amounts.map((fen) => (fen * BigInt(share)) / 100n),
          idsOf(got(projectKey(county))),
          got(payeesKey(county)).payees,
        ),
      }),
    },
  ]
}

/** The cooperative and two households for what earns, the company for what is built. */
function payments(
  county: Place,
  year: number,
  amounts: readonly bigint[],
  projects: readonly string[],
  payees: readonly string[],
) {
  const [earned = 0n, built = 0n] = amounts
  const wages = [3, 4].map((n) => BigInt(whole(`wage ${county.key} ${year} ${n}`, 1_800, 9_600)) * 100n)
  const [industry, infrastructure] = projects
  const [cooperative, company, ...households] = payees
  const rest = wages.reduce((left, wage) => left - wage, earned)
  return [
    { project: industry, payee: cooperative, amount: yuanOf(rest), work: `${year}年建设和设备款` },
    { project: infrastructure, payee: company, amount: yuanOf(built), work: `${year}年工程进度款` },
    ...wages.map((wage, at) => ({
      project: industry,
      payee: households[at],
      amount: yuanOf(wage),
      work: `${year}年务工报酬`,
    })),
  ]
}

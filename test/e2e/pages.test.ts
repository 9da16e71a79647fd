import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { assessCounties } from './assessments.ts'
import { barriersOf, faultsOf, makeExaminable, settle } from './examine.ts'
import { sendPeople } from './labour.ts'
import { complain } from './complain.ts'
import { coordinate } from './coordinate.ts'
import { helpCounties } from './help.ts'
import { fillLibraries } from './library.ts'
import { planMajors } from './majors.ts'
import { handMoneyDown } from './money.ts'
import { Prepared } from './prepare.ts'
import { sendReports } from './reports.ts'
import { evaluateBySample } from './sampling.ts'
import { spendMoney } from './spend.ts'
import { narrow, Stage, wide } from './stage.ts'
import { supervise } from './supervise.ts'

const router = readFileSync(path.join(import.meta.dirname, '../../src/web/router.tsx'), 'utf8')
const routes = [...router.matchAll(/^ {2}page\('([^']+)'/gm)].map(([, route]) => route ?? '')

/** Where each page is looked at; what varies in its path is filled from the prepared country. */
const examples: Readonly<Record<string, (stage: Stage) => string | Promise<string>>> = {
  '/': () => '/',
  '/sign-in': () => '/sign-in',
  '/chain': () => '/chain',
  '/chain/$unit': (stage) => `/chain/${stage.unit('Tong County')}?versus=2018-09-01`,
  '/figures': () => '/figures',
  '/figures/$name': () => '/figures/exits.by-year?year=2017',
  '/act/$name': (stage) => `/act/objection.answer?unit=${stage.unit('Tong County')}`,
  '/charter': (stage) => `/charter?unit=${stage.unit('Liu County')}`,
  '/journal': () => '/journal',
  '/journal/$id': async (stage) =>
    `/journal/${await idOf(stage, `journal where act = 'exit.review' order by seq desc`)}`,
  '/obligations': () => '/obligations',
  '/urging': () => '/urging',
  '/obligations/$id': async (stage) =>
    `/obligations/${await idOf(stage, `obligation_item where obligation = 'verify-exit'`)}`,
  '/inbox': () => '/inbox',
  '/inbox/delivery': () => '/inbox/delivery',
  '/policies': () => '/policies',
  '/policies/$id': (stage) => `/policies/${stage.prepared.policy}`,
  '/goals': () => '/goals',
  '/funds': (stage) => `/funds?unit=${stage.unit('Qingshan Province')}&year=2018`,
  '/funds/lines/$line': async (stage) =>
    `/funds/lines/${await idOf(stage, 'fund_line')}?unit=${stage.unit('Liu County')}&year=2018&trace=yes`,
  '/funds/execution': (stage) => `/funds/execution?unit=${stage.unit('Qingshan Province')}&year=2018`,
  '/funds/county/$unit': (stage) => `/funds/county/${stage.unit('Liu County')}?year=2018`,
  '/funds/postings/$act': async (stage) =>
    `/funds/postings/${await idOf(stage, `journal where act = 'funds.pay' order by seq desc`)}?n=2`,
  '/funds/entries': (stage) => `/funds/entries?unit=${stage.unit('Liu County')}&year=2018`,
  '/funds/payees': (stage) => `/funds/payees?unit=${stage.unit('Liu County')}`,
  '/disclosures': () => '/disclosures',
  '/disclosures/$id': async (stage) => `/disclosures/${await idOf(stage, 'fund_disclosure')}`,
  '/funds/formula': (stage) => `/funds/formula?unit=${stage.unit('Qingshan Province')}&year=2018&total=1000000`,
  '/funds/formula/$id': async (stage) => `/funds/formula/${await idOf(stage, 'allocation_formula')}`,
  '/funds/explain/$unit/$year': (stage) => `/funds/explain/${stage.unit('Liu County')}/2018`,
  '/letters': () => '/letters',
  '/letters/$id': (stage) => `/letters/${stage.prepared.letters[0]}`,
  '/units': () => '/units',
  '/units/$id': (stage) => `/units/${stage.unit('Liu County')}`,
  '/seats': () => '/seats',
  '/people/$id': (stage) => `/people/${stage.prepared.world.person('Liu County', 'county-head')}`,
  '/schedules': () => '/schedules',
  '/projects/major': () => '/projects/major',
  '/projects/major/$id': async (stage) => `/projects/major/${await idOf(stage, 'major_project')}`,
  '/milestones': (stage) => `/milestones?unit=${stage.unit('Qingshan Province')}`,
  '/projects': (stage) => `/projects?unit=${stage.unit('Qingshan Province')}`,
  '/projects/$project': async (stage) => `/projects/${await idOf(stage, `project where code = 'LB-1'`)}`,
  '/projects/import': () => '/projects/import',
  '/reports': (stage) => `/reports?unit=${stage.unit('Qingshan Province')}&year=2018`,
  '/reports/compose': (stage) => `/reports/compose?unit=${stage.unit('Liu County')}&period=2018-08`,
  '/reports/$id': async (stage) => `/reports/${await idOf(stage, `report where period = '2018-07'`)}`,
  '/labour': (stage) => `/labour?unit=${stage.unit('Qingshan Province')}`,
  '/labour/villages/$village': async (stage) =>
    `/labour/villages/${await idOf(stage, `village where name_en = 'Willow Village'`)}`,
  '/labour/teams/$team': async (stage) => `/labour/teams/${await idOf(stage, 'team')}?month=2017-09`,
  '/labour/plan': (stage) => `/labour/plan?unit=${stage.unit('Liu County')}&mustWeight=1`,
  '/labour/people': (stage) => `/labour/people?unit=${stage.unit('Liu County')}`,
  '/labour/people/$worker': async (stage) =>
    `/labour/people/${await idOf(stage, '(select worker_id as id from team_member) m')}`,
  '/exits': () => '/exits',
  '/exits/$unit/$year': (stage) => `/exits/${stage.unit('Tong County')}/2018`,
  '/inspections': (stage) => `/inspections?unit=${stage.unit('Qingshan Province')}`,
  '/inspections/$id': async (stage) => `/inspections/${await idOf(stage, `inspection where opens_on < '2018-06-01'`)}`,
  '/findings': (stage) => `/findings?unit=${stage.unit('Qingshan Province')}&state=all`,
  '/findings/$id': async (stage) => `/findings/${await idOf(stage, 'finding where recurrence_of is not null')}`,
  '/forecast': (stage) => `/forecast?unit=${stage.unit('Qingshan Province')}&year=2018`,
  '/forecast/$unit/$year': (stage) => `/forecast/${stage.unit('Tong County')}/2018`,
  '/evaluations': (stage) => `/evaluations?unit=${stage.unit('Qingshan Province')}`,
  '/evaluations/$id': async (stage) => `/evaluations/${await idOf(stage, 'sampling')}`,
  '/assessments': (stage) => `/assessments?unit=${stage.unit('Qingshan Province')}&year=2017`,
  '/assessments/$id': async (stage) =>
    `/assessments/${await idOf(stage, `(select assessment_id as id from assessment_veto) v`)}`,
  '/complaints': () => '/complaints?state=all',
  '/complaints/$id': async (stage) => `/complaints/${await idOf(stage, 'complaint')}`,
  '/mobilisation': (stage) => `/mobilisation?unit=${stage.unit('Liu County')}`,
  '/mobilisation/needs/$id': async (stage) => `/mobilisation/needs/${await idOf(stage, 'need order by on_day')}`,
  '/pairings': () => '/pairings',
  '/notices': () => '/notices',
  '/notices/$unit/$year/$round': (stage) => `/notices/${stage.unit('Tong County')}/2018/1`,
  '/waiting': () => '/waiting',
  '/matters': () => '/matters?state=all',
  '/matters/$id': async (stage) => `/matters/${await idOf(stage, 'matter')}`,
  '/requests': (stage) => `/requests?unit=${stage.unit('Liu County')}`,
  '/requests/$id': async (stage) => `/requests/${await idOf(stage, 'report_request')}?unit=${stage.unit('Liu County')}`,
  '/burden': () => '/burden?year=2018',
  '/checks': () => '/checks',
  '/checks/$id': () => '/checks/finding-overdue',
}
/** What anyone may read without an account. */
const open = new Set([
  '/',
  '/sign-in',
  '/figures',
  '/figures/$name',
  '/goals',
  '/charter',
  '/policies',
  '/policies/$id',
  '/funds',
  '/funds/lines/$line',
  '/funds/execution',
  '/funds/county/$unit',
  '/funds/postings/$act',
  '/funds/entries',
  '/disclosures',
  '/disclosures/$id',
  '/projects/major',
  '/projects/major/$id',
  '/units',
  '/units/$id',
  '/mobilisation',
  '/mobilisation/needs/$id',
  '/pairings',
  '/notices',
  '/notices/$unit/$year/$round',
])

const idOf = async (stage: Stage, from: string) => {
  const { rows } = await stage.server.world.engine.database.pool.query<{ id: string }>(`select id from ${from} limit 1`)
  return rows[0]?.id
}

type Language = 'zh' | 'en'
type Examined = Parameters<typeof barriersOf>[1]

describe('Every page reads well in both languages, on a desk and on a phone', { concurrency: 4 }, () => {
  let stage: Stage
  const seats: { language: Language; who: 'governor' | 'public'; tabs: Tabs }[] = []
  before(async () => {
    stage = await Stage.open(() => Prepared.wholeCountry())
    const line = await handMoneyDown(stage.prepared.world)
    await spendMoney(stage.prepared.world, line)
    await planMajors(stage.prepared.world)
    await fillLibraries(stage.prepared.world)
    await coordinate(stage.prepared.world)
    await helpCounties(stage.prepared.world)
    await complain(stage.prepared.world)
    await sendPeople(stage.prepared.world)
    await sendReports(stage.prepared.world)
    await evaluateBySample(stage.prepared.world)
    await assessCounties(stage.prepared.world)
    await supervise(stage.prepared.world)
    for (const [language, who] of [
      ['zh', 'governor'],
      ['zh', 'public'],
      ['en', 'public'],
    ] as const) {
      const context = await stage.context(language)
      await makeExaminable(context)
      if (who === 'governor') await stage.seat(context, 'Qingshan Province', 'governor')
      // A page that is switched to the other language must not switch those beside it.
      await context.addInitScript(() => {
        Storage.prototype.setItem = () => undefined
      })
      seats.push({ language, who, tabs: new Tabs(context) })
    }
  })
  after(() => stage.close())

  it('Every route of the app is looked at here', () => {
    assert.deepEqual(
      routes.filter((route) => !(route in examples)),
      [],
    )
  })

  for (const [at, route] of routes.entries())
    it(`The page ${route} is whole, labelled, translated, and fits`, async () => {
      const address = await (examples[route] ?? (() => route))(stage)
      const faults: string[] = []
      const note = async (page: Page, heard: string[], how: string, language: Language, examined: Examined) => {
        await settle(page)
        const found = [...(await faultsOf(page, language)), ...(examined ? await barriersOf(page, examined) : [])]
        faults.push(...[...heard.splice(0), ...found].map((fault) => `${how} · ${language}: ${fault}`))
      }
      for (const { language, who, tabs } of seats) {
        // The public sees less of the same page: once is enough, now in one language, now in the other, now on one screen, now on the other.
        if (who === 'public' && (!open.has(route) || language !== (at % 2 === 0 ? 'zh' : 'en'))) continue
        const tab = await tabs.take()
        const { page, heard } = tab
        await page.setViewportSize(who === 'public' && at % 2 === 0 ? narrow : wide)
        await page.goto(address)
        // What hinders is the same in either language; colours are the same on either screen and for everybody.
        await note(page, heard, `${who} · first`, language, { colours: who === 'governor' })
        if (who === 'governor') {
          await page.setViewportSize(narrow)
          await note(page, heard, 'governor · narrow', 'zh', { colours: false })
          if (at % 2 === 0) await page.setViewportSize(wide)
          await page.locator('header button.language').click()
          await note(page, heard, `governor · ${at % 2 === 0 ? 'wide' : 'narrow'}`, 'en', undefined)
        }
        tabs.giveBack(tab)
      }
      assert.deepEqual(faults, [])
    })
})

type Tab = {
  readonly page: Page
  /** Everything that the browser complained about since it was last looked at. */
  readonly heard: string[]
}

/** A browser starts a process for each tab: the one in which a page was looked at opens the next address. */
class Tabs {
  readonly #context: BrowserContext
  readonly #idle: Tab[] = []
  constructor(context: BrowserContext) {
    this.#context = context
  }

  async take(): Promise<Tab> {
    return this.#idle.pop() ?? listen(await this.#context.newPage())
  }

  giveBack(tab: Tab) {
    this.#idle.push(tab)
  }
}

function listen(page: Page): Tab {
  const heard: string[] = []
  page.on('pageerror', (error) => heard.push(`error: ${error.stack}`))
  page.on('console', (message) => {
    const { url } = message.location()
    if (message.type() === 'error') heard.push(`${message.text()} ${url}`)
  })
  return { page, heard }
}

import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { Failure } from './api.ts'
import { plainText } from './text.ts'
import { Broken, NotFoundPage } from './shell/Broken.tsx'
import { Shell } from './shell/Shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage, errorComponent: Broken })

type Load = () => Promise<{ default: ComponentType }>

/** A script that does not come is told like any answer that does not; the router itself would load a page anew that cannot be had. */
const fetched =
  (load: Load): Load =>
  () =>
    load().catch((error: unknown) => {
      throw error instanceof TypeError && /module/i.test(error.message) ? new Failure({ status: 0 }) : error
    })

const page = (path: string, load: Load): AnyRoute =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(fetched(load)) }) as unknown as AnyRoute

/** Every page, one line each; its script is fetched when it is first looked at. */
const pages = [
  page('/', () => import('#features/responsibilities/HomePage.tsx')),
  page('/sign-in', () => import('#features/responsibilities/SignInPage.tsx')),
  page('/chain', () => import('#features/responsibilities/ChainPage.tsx')),
  page('/chain/$unit', () => import('#features/responsibilities/ChainPage.tsx')),
  page('/figures', () => import('#features/responsibilities/FiguresPage.tsx')),
  page('/figures/$name', () => import('#features/responsibilities/FigurePage.tsx')),
  page('/act/$name', () => import('#features/responsibilities/ActPage.tsx')),
  page('/charter', () => import('#features/responsibilities/CharterPage.tsx')),
  page('/journal', () => import('#features/responsibilities/JournalPage.tsx')),
  page('/journal/$id', () => import('#features/responsibilities/JournalEntryPage.tsx')),
  page('/checks', () => import('#features/responsibilities/ChecksPage.tsx')),
  page('/checks/$id', () => import('#features/responsibilities/ChecksPage.tsx')),
  page('/obligations', () => import('#features/obligations/ObligationsPage.tsx')),
  page('/obligations/$id', () => import('#features/obligations/ObligationPage.tsx')),
  page('/urging', () => import('#features/obligations/UrgingPage.tsx')),
  page('/waiting', () => import('#features/coordination/WaitingPage.tsx')),
  page('/matters', () => import('#features/coordination/MattersPage.tsx')),
  page('/matters/$id', () => import('#features/coordination/MatterPage.tsx')),
  page('/requests', () => import('#features/coordination/RequestsPage.tsx')),
  page('/requests/$id', () => import('#features/coordination/RequestPage.tsx')),
  page('/burden', () => import('#features/coordination/BurdenPage.tsx')),
  page('/inbox', () => import('#features/inbox/InboxPage.tsx')),
  page('/inbox/delivery', () => import('#features/inbox/DeliveryPage.tsx')),
  page('/policies', () => import('#features/policies/PoliciesPage.tsx')),
  page('/policies/$id', () => import('#features/policies/PolicyPage.tsx')),
  page('/goals', () => import('#features/goals/GoalsPage.tsx')),
  page('/letters', () => import('#features/letters/LettersPage.tsx')),
  page('/letters/$id', () => import('#features/letters/LetterPage.tsx')),
  page('/funds', () => import('#features/funds/FundsPage.tsx')),
  page('/funds/lines/$line', () => import('#features/funds/LinePage.tsx')),
  page('/funds/execution', () => import('#features/funds/ExecutionPage.tsx')),
  page('/funds/formula', () => import('#features/funds/WhatIfPage.tsx')),
  page('/funds/formula/$id', () => import('#features/funds/FormulaPage.tsx')),
  page('/funds/explain/$unit/$year', () => import('#features/funds/FormulaExplainPage.tsx')),
  page('/funds/county/$unit', () => import('#features/funds/CountyPage.tsx')),
  page('/funds/postings/$act', () => import('#features/funds/PostingPage.tsx')),
  page('/funds/entries', () => import('#features/funds/EntriesPage.tsx')),
  page('/funds/payees', () => import('#features/funds/PayeesPage.tsx')),
  page('/disclosures', () => import('#features/funds/DisclosuresPage.tsx')),
  page('/disclosures/$id', () => import('#features/funds/DisclosurePage.tsx')),
  page('/units', () => import('#features/units/UnitsPage.tsx')),
  page('/units/$id', () => import('#features/units/UnitPage.tsx')),
  page('/seats', () => import('#features/seats/RosterPage.tsx')),
  page('/people/$id', () => import('#features/seats/PersonPage.tsx')),
  page('/schedules', () => import('#features/schedules/SchedulesPage.tsx')),
  page('/exits', () => import('#features/exits/ExitsPage.tsx')),
  page('/exits/$unit/$year', () => import('#features/exits/ExitPage.tsx')),
  page('/projects', () => import('#features/projects/LibraryPage.tsx')),
  page('/projects/import', () => import('#features/projects/ImportPage.tsx')),
  page('/projects/major', () => import('#features/projects/MajorsPage.tsx')),
  page('/projects/major/$id', () => import('#features/projects/MajorPage.tsx')),
  page('/milestones', () => import('#features/projects/MilestonesPage.tsx')),
  page('/projects/$project', () => import('#features/projects/ProjectPage.tsx')),
  page('/reports', () => import('#features/progress/ReportsPage.tsx')),
  page('/reports/compose', () => import('#features/progress/ComposePage.tsx')),
  page('/reports/$id', () => import('#features/progress/ReportPage.tsx')),
  page('/labour', () => import('#features/labour/LabourPage.tsx')),
  page('/labour/villages/$village', () => import('#features/labour/VillagePage.tsx')),
  page('/labour/teams/$team', () => import('#features/labour/TeamPage.tsx')),
  page('/labour/plan', () => import('#features/labour/PlanPage.tsx')),
  page('/labour/people', () => import('#features/labour/PeoplePage.tsx')),
  page('/labour/people/$worker', () => import('#features/labour/WorkerPage.tsx')),
  page('/inspections', () => import('#features/supervision/InspectionsPage.tsx')),
  page('/inspections/$id', () => import('#features/supervision/InspectionPage.tsx')),
  page('/findings', () => import('#features/supervision/FindingsPage.tsx')),
  page('/findings/$id', () => import('#features/supervision/FindingPage.tsx')),
  page('/forecast', () => import('#features/forecast/ForecastsPage.tsx')),
  page('/forecast/$unit/$year', () => import('#features/forecast/ForecastPage.tsx')),
  page('/evaluations', () => import('#features/evaluation/EvaluationsPage.tsx')),
  page('/evaluations/$id', () => import('#features/evaluation/EvaluationPage.tsx')),
  page('/assessments', () => import('#features/evaluation/AssessmentsPage.tsx')),
  page('/assessments/$id', () => import('#features/evaluation/AssessmentPage.tsx')),
  page('/complaints', () => import('#features/mobilisation/ComplaintsPage.tsx')),
  page('/complaints/$id', () => import('#features/mobilisation/ComplaintPage.tsx')),
  page('/mobilisation', () => import('#features/mobilisation/MobilisationPage.tsx')),
  page('/mobilisation/needs/$id', () => import('#features/mobilisation/NeedPage.tsx')),
  page('/pairings', () => import('#features/mobilisation/PairingsPage.tsx')),
  page('/notices', () => import('#features/exits/NoticesPage.tsx')),
  page('/notices/$unit/$year/$round', () => import('#features/exits/NoticePage.tsx')),
]

const plain = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search))

const written = (search: Record<string, unknown>): string => {
  const text = new URLSearchParams(
    Object.entries(search).flatMap(([key, value]) =>
      value === undefined || value === null ? [] : [[key, plainText(value)]],
    ),
  ).toString()
  return text && `?${text}`
}

export const router = createRouter({
  routeTree: root.addChildren(pages),
  parseSearch: plain,
  stringifySearch: written,
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  scrollRestoration: true,
})

import type { Word } from './words.ts'

type Item = { readonly to: string; readonly word: Word }
type Group = { readonly title?: Word; readonly items: readonly Item[] }

/** The way through the app, in groups: what I answer for, the ways of the work, who looks at it, and what it stands on. */
export const navigation: readonly Group[] = [
  {
    items: [
      { to: '/', word: 'home' },
      { to: '/inbox', word: 'inbox' },
      { to: '/obligations', word: 'obligations' },
      { to: '/urging', word: 'urging' },
      { to: '/waiting', word: 'waiting' },
      { to: '/chain', word: 'chain' },
      { to: '/figures', word: 'figures' },
    ],
  },
  {
    title: 'goalsAndExits',
    items: [
      { to: '/policies', word: 'policies' },
      { to: '/goals', word: 'goals' },
      { to: '/letters', word: 'letters' },
      { to: '/schedules', word: 'schedules' },
      { to: '/exits', word: 'exits' },
      { to: '/forecast', word: 'forecast' },
      { to: '/notices', word: 'notices' },
    ],
  },
  {
    title: 'projectsAndMoney',
    items: [
      { to: '/projects', word: 'projects' },
      { to: '/projects/import', word: 'libraryImport' },
      { to: '/projects/major', word: 'majorProjects' },
      { to: '/milestones', word: 'milestones' },
      { to: '/funds', word: 'funds' },
      { to: '/funds/formula', word: 'formula' },
      { to: '/disclosures', word: 'disclosures' },
    ],
  },
  {
    title: 'peopleAndReports',
    items: [
      { to: '/labour', word: 'labour' },
      { to: '/mobilisation', word: 'mobilisation' },
      { to: '/pairings', word: 'pairings' },
      { to: '/reports', word: 'reports' },
      { to: '/requests', word: 'requests' },
      { to: '/burden', word: 'burden' },
      { to: '/matters', word: 'matters' },
    ],
  },
  {
    title: 'supervision',
    items: [
      { to: '/inspections', word: 'inspections' },
      { to: '/findings', word: 'findings' },
      { to: '/checks', word: 'checks' },
      { to: '/evaluations', word: 'evaluations' },
      { to: '/assessments', word: 'assessments' },
      { to: '/complaints', word: 'complaints' },
    ],
  },
  {
    title: 'ground',
    items: [
      { to: '/units', word: 'units' },
      { to: '/seats', word: 'seats' },
      { to: '/charter', word: 'charter' },
      { to: '/journal', word: 'journal' },
    ],
  },
]

export const allPages: readonly Item[] = navigation.flatMap((group) => group.items)

import type { Word } from './words.ts'

type Item = {
  readonly to: string
  readonly word: Word
  /** Open to people who hold a seat only; whoever holds none is not led there. */
  readonly seated?: boolean
}
type Group = { readonly title?: Word; readonly items: readonly Item[] }

/** The way through the app, in groups: what I answer for, the ways of the work, who looks at it, and what it stands on. */
export const navigation: readonly Group[] = [
  {
    items: [
      { to: '/', word: 'home' },
      { to: '/inbox', seated: true, word: 'inbox' },
      { to: '/obligations', seated: true, word: 'obligations' },
      { to: '/urging', seated: true, word: 'urging' },
      { to: '/waiting', seated: true, word: 'waiting' },
      { to: '/chain', seated: true, word: 'chain' },
      { to: '/figures', word: 'figures' },
    ],
  },
  {
    title: 'goalsAndExits',
    items: [
      { to: '/policies', word: 'policies' },
      { to: '/goals', word: 'goals' },
      { to: '/letters', seated: true, word: 'letters' },
      { to: '/schedules', seated: true, word: 'schedules' },
      { to: '/exits', seated: true, word: 'exits' },
      { to: '/forecast', seated: true, word: 'forecast' },
      { to: '/notices', word: 'notices' },
    ],
  },
  {
    title: 'projectsAndMoney',
    items: [
      { to: '/projects', seated: true, word: 'projects' },
      { to: '/projects/import', seated: true, word: 'libraryImport' },
      { to: '/projects/major', word: 'majorProjects' },
      { to: '/milestones', seated: true, word: 'milestones' },
      { to: '/funds', word: 'funds' },
      { to: '/funds/formula', seated: true, word: 'formula' },
      { to: '/disclosures', word: 'disclosures' },
    ],
  },
  {
    title: 'peopleAndReports',
    items: [
      { to: '/labour', seated: true, word: 'labour' },
      { to: '/mobilisation', word: 'mobilisation' },
      { to: '/pairings', word: 'pairings' },
      { to: '/reports', seated: true, word: 'reports' },
      { to: '/requests', seated: true, word: 'requests' },
      { to: '/burden', seated: true, word: 'burden' },
      { to: '/matters', seated: true, word: 'matters' },
    ],
  },
  {
    title: 'supervision',
    items: [
      { to: '/inspections', seated: true, word: 'inspections' },
      { to: '/findings', seated: true, word: 'findings' },
      { to: '/checks', word: 'checks' },
      { to: '/evaluations', seated: true, word: 'evaluations' },
      { to: '/assessments', seated: true, word: 'assessments' },
      { to: '/complaints', seated: true, word: 'complaints' },
    ],
  },
  {
    title: 'ground',
    items: [
      { to: '/units', word: 'units' },
      { to: '/seats', word: 'seats' },
      { to: '/charter', word: 'charter' },
      { to: '/journal', seated: true, word: 'journal' },
    ],
  },
]

export const allPages: readonly Item[] = navigation.flatMap((group) => group.items)

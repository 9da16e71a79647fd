import type { Word } from './words.ts'

type Item = { readonly to: string; readonly word: Word }

/** The way through the app, in groups: what I answer for, what is done, what it stands on. */
export const navigation: readonly (readonly Item[])[] = [
  [
    { to: '/', word: 'home' },
    { to: '/inbox', word: 'inbox' },
    { to: '/chain', word: 'chain' },
    { to: '/figures', word: 'figures' },
    { to: '/obligations', word: 'obligations' },
    { to: '/urging', word: 'urging' },
    { to: '/waiting', word: 'waiting' },
  ],
  [
    { to: '/policies', word: 'policies' },
    { to: '/goals', word: 'goals' },
    { to: '/letters', word: 'letters' },
    { to: '/schedules', word: 'schedules' },
    { to: '/funds', word: 'funds' },
    { to: '/funds/formula', word: 'formula' },
    { to: '/projects', word: 'projects' },
    { to: '/projects/major', word: 'majorProjects' },
    { to: '/milestones', word: 'milestones' },
    { to: '/projects/import', word: 'libraryImport' },
    { to: '/reports', word: 'reports' },
    { to: '/labour', word: 'labour' },
    { to: '/exits', word: 'exits' },
    { to: '/forecast', word: 'forecast' },
    { to: '/evaluations', word: 'evaluations' },
    { to: '/assessments', word: 'assessments' },
    { to: '/notices', word: 'notices' },
    { to: '/disclosures', word: 'disclosures' },
    { to: '/complaints', word: 'complaints' },
    { to: '/matters', word: 'matters' },
    { to: '/requests', word: 'requests' },
    { to: '/burden', word: 'burden' },
    { to: '/inspections', word: 'inspections' },
    { to: '/findings', word: 'findings' },
    { to: '/checks', word: 'checks' },
  ],
  [
    { to: '/units', word: 'units' },
    { to: '/seats', word: 'seats' },
    { to: '/charter', word: 'charter' },
    { to: '/journal', word: 'journal' },
  ],
]

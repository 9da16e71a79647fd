import { useLocation, useNavigate, useParams as useRouteParams, useRouter } from '@tanstack/react-router'

/** The parts of the page's path that vary, such as the unit of `/chain/$unit`. */
export const useParams = (): Readonly<Record<string, string | undefined>> => useRouteParams({ strict: false })

/** The page's query, as plain texts. */
export const useSearch = (): Readonly<Record<string, string | undefined>> =>
  useLocation({ select: (location) => location.search as Record<string, string | undefined>, structuralSharing: true })

/** Changes some of the page's query and keeps the rest; an empty value leaves the address. */
export function useSetSearch() {
  const navigate = useNavigate()
  return (change: Readonly<Record<string, string | number | undefined>>, replace = false) =>
    void navigate({
      to: '.',
      replace,
      resetScroll: false,
      search: (before: Record<string, unknown>) => {
        const after = { ...before, ...change }
        return Object.fromEntries(
          Object.entries(after).filter(([, value]) => value !== undefined && value !== ''),
        ) as never
      },
    })
}

/** Goes to another page of the app. */
export function useGo() {
  const navigate = useNavigate()
  return (path: string) => void navigate({ href: path } as never)
}

/** Whether there is such a page, so that nothing leads nowhere. */
export function useHasPage() {
  const { routesByPath } = useRouter()
  return (path: string): boolean => path in routesByPath
}

type Known = Readonly<Record<string, unknown>>

/** Acts that are done on a page of their own, where what they are about is seen as a whole. */
const ownPages: Readonly<Record<string, (input: Known) => string>> = {
  'progress.report': composing,
  'progress.report-year': composing,
  'progress.scrutinise': scrutinising,
  'progress.return': scrutinising,
  'assessment.report': assessing,
  'assessment.verify': assessing,
}
function composing({ unit, kind, period }: Known) {
  const given = Object.entries({ unit, kind, period }).filter(([, value]) => value !== undefined)
  const query = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return `/reports/compose${query && `?${query}`}`
}
function scrutinising({ report }: Known) {
  return typeof report === 'string' ? `/reports/${report}` : '/reports?show=waiting'
}

function assessing({ assessment, unit }: Known) {
  if (typeof assessment === 'string') return `/assessments/${assessment}`
  return typeof unit === 'string' ? `/assessments?unit=${unit}` : '/assessments'
}

/** Where an act is done, with the part of its form that is known already. */
export function actPath(name: string, input: Known = {}): string {
  const own = ownPages[name]
  if (own) return own(input)
  const known = Object.entries(input).filter(([, value]) => value !== undefined && value !== null)
  const isPlain = known.every(([, value]) => typeof value !== 'object')
  if (known.length === 0) return `/act/${name}`
  const query = isPlain
    ? new URLSearchParams(known.map(([key, value]) => [key, String(value)]))
    : new URLSearchParams({ input: JSON.stringify(input) })
  return `/act/${name}?${query.toString()}`
}

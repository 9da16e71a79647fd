import { useSearch, useSetSearch } from '../route.ts'

/** What a list is searched for, sorted by (`-name` is downward) and where its page begins. */
export type ListState = {
  readonly find: string
  readonly sort: string
  readonly offset: number
  readonly set: (change: { find?: string; sort?: string; offset?: number }) => void
}

/** Keeps a list's state in the address, so that a link shows what the sender saw. `name` tells two lists of a page apart. */
export function useListState(name = ''): ListState {
  const search = useSearch()
  const setSearch = useSetSearch()
  const key = (of: string) => (name ? `${name}.${of}` : of)
  return {
    find: search[key('find')] ?? '',
    sort: search[key('sort')] ?? '',
    offset: Number(search[key('offset')] ?? 0) || 0,
    set: (change) =>
      setSearch(
        Object.fromEntries(Object.entries(change).map(([of, value]) => [key(of), value === 0 ? undefined : value])),
        true,
      ),
  }
}

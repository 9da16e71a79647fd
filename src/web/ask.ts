import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Ask } from '#kernel/ask.ts'
import type { FigureRecord, Reading, ReadingByUnit } from '#kernel/figure.ts'
import type { Answerable } from '#kernel/standing.ts'
import type { Text } from '#kernel/words.ts'
import type { asks } from '#src/asks.ts'
import { queryString, send, type Failure } from './api.ts'
import { useSearch } from './route.ts'
import { useSession } from './session.ts'

type Known = (typeof asks)[number]
export type AskName = Known['name']
type Named<Name extends AskName> = Extract<Known, { readonly name: Name }>
/** What a question answers; the wire keeps its shape, because answers are made of plain JSON. */
export type AnswerOf<Name extends AskName> =
  Named<Name> extends Ask<string, infer _Input, infer Answer> ? Answer : never
export type InputOf<Name extends AskName> =
  Named<Name> extends Ask<string, infer Input, infer _Answer> ? z.input<Input> : never

type Options = {
  /** Wait with asking until something is known. */
  readonly enabled?: boolean
  /** Another day than the page's. */
  readonly on?: string | undefined
}

/**
 * Asks the server a question. The day (`?on=`) and the map (`?map=`) of the page go with it,
 * so that every page can be looked at as of any day.
 */
export function useAsk<Name extends AskName>(
  name: Name,
  input?: Partial<InputOf<Name>>,
  { enabled = true, on }: Options = {},
): UseQueryResult<AnswerOf<Name>, Failure> {
  const search = useSearch()
  const session = useSession()
  const params = { ...input, on: on ?? search['on'], map: search['map'] }
  return useQuery<AnswerOf<Name>, Failure>({
    queryKey: ['ask', name, params, session?.today, session?.actor?.seat],
    queryFn: ({ signal }) => send<AnswerOf<Name>>('GET', `/api/asks/${name}${queryString(params)}`, { signal }),
    enabled: enabled && session !== undefined,
    placeholderData: keepPreviousData,
  })
}

export type FigureCard = {
  readonly name: string
  readonly title: Text
  readonly definition: Text
  readonly measure: Text
  readonly kind: 'sum' | 'ratio'
  readonly duty: string
  readonly better: 'more' | 'less' | 'neither'
  readonly yearly?: boolean
  /** What it counts are amounts in fen. */
  readonly money?: boolean
}
export type FigureAnswer = {
  readonly figure: FigureCard
  readonly reading: Reading
  readonly below: readonly ReadingByUnit[]
  readonly answerable: Answerable
}
export type FigureQuery = {
  readonly unit?: string | undefined
  readonly on?: string | undefined
  readonly map?: string | undefined
  readonly year?: number | string | undefined
}

function useFigurePath<Answer>(path: string, input: Readonly<Record<string, unknown>>, enabled = true) {
  const search = useSearch()
  const session = useSession()
  const seat = session?.actor?.unit.id ?? session?.root
  const params = { on: search['on'], map: search['map'], ...input, ...(path && { unit: input['unit'] ?? seat }) }
  return useQuery<Answer, Failure>({
    queryKey: ['figure', path, params, session?.today],
    queryFn: ({ signal }) => send<Answer>('GET', `/api/figures${path}${queryString(params)}`, { signal }),
    enabled: enabled && session !== undefined,
    placeholderData: keepPreviousData,
  })
}

/** One figure for a unit (by default the asker's own), with the units below it and who answers. */
export const useFigure = (name: string, query: FigureQuery = {}) => useFigurePath<FigureAnswer>(`/${name}`, query)

/** Every figure that there is, with its definition. */
export const useFigures = () => useFigurePath<readonly FigureCard[]>('', {})

export type FigureRecords = { readonly total: number; readonly records: readonly FigureRecord[] }
/** The records behind a figure, a page at a time. */
export const useFigureRecords = (
  name: string,
  query: FigureQuery & { readonly offset?: number; readonly limit?: number; readonly side?: 'counted' | 'of' },
) => useFigurePath<FigureRecords>(`/${name}/records`, query)

export type SeriesPoint = { readonly on: string } & Reading
/** A figure over time. */
export const useFigureSeries = (
  name: string,
  query: FigureQuery & { readonly from?: string; readonly to?: string; readonly every?: 'month' | 'quarter' | 'year' },
) => useFigurePath<{ readonly points: readonly SeriesPoint[] }>(`/${name}/series`, query)

/** What the charter calls its tiers, posts and duties. */
export const useNames = () => useAsk('charter.words', {}).data

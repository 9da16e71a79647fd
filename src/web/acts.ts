import { useQuery } from '@tanstack/react-query'
import type { Text } from '#kernel/words.ts'
import { send, type Failure } from './api.ts'

/** A field of an act's form, as the server derives it from the act's input. */
export type FormField = {
  readonly key: string
  readonly label: Text
  readonly hint?: Text
  readonly widget: string
  readonly type: string
  readonly required: boolean
  readonly choices?: Readonly<Record<string, Text>>
  readonly tiers?: readonly string[]
  /** For a reference: the question that finds what may be chosen. */
  readonly finds?: string
  readonly personal?: boolean
  readonly default?: unknown
  readonly properties?: readonly FormField[]
  readonly items?: FormField
}

export type ActCard = {
  readonly name: string
  readonly title: Text
  readonly purpose: Text
  readonly duty: {
    readonly id: string
    readonly title: Text
    readonly quote: Text
    readonly source: string
    readonly article: string
    readonly status: string
  } | null
  readonly public: boolean
  readonly final: boolean
  readonly then: readonly Text[]
  readonly refusals: readonly { readonly code: string; readonly sentence: Text }[]
  readonly form: readonly FormField[]
}

/** Every act that there is, with its form. */
export const useActs = () =>
  useQuery<readonly ActCard[], Failure>({
    queryKey: ['acts'],
    queryFn: ({ signal }) => send<readonly ActCard[]>('GET', '/api/acts', { signal }),
    staleTime: Infinity,
  })

export const actOf = (acts: readonly ActCard[] | undefined, name: string) => acts?.find((act) => act.name === name)

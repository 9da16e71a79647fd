import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Person, Seat, UnitFacts } from '#kernel/standing.ts'
import type { Text } from '#kernel/words.ts'
import { send } from './api.ts'
import { forget, recall, remember } from './memory.ts'

export type Sitting = {
  readonly person: Person
  readonly seat: Seat
  readonly unit: UnitFacts
  readonly postName: Text
  readonly delegation?: string
}

export type Session = {
  readonly mode: 'demonstration' | 'production'
  readonly charter: string
  /** The day that it is, by the clock that the programme runs on. */
  readonly today: string
  /** How far the history has been replayed, while it is. */
  readonly ready: { readonly done: number; readonly total: number; readonly label: Text | string } | null
  /** The unit at the top of the tree. */
  readonly root: string
  readonly actor: Sitting | null
  /** The seat that this page was last seen from: whose session has ended comes back to what they typed in it. */
  readonly lastSeat: Seat | null
  readonly seats: readonly Sitting[]
}

const READY_INTERVAL_MS = 1000

/** Who looks at the page, from which seat, on which day. */
export function useSession() {
  const { data } = useQuery({
    queryKey: ['session'],
    queryFn: async ({ client }): Promise<Session> => {
      const told = await send<Omit<Session, 'lastSeat'>>('GET', '/api/session')
      const before = client.getQueryData<Session>(['session'])
      return { ...told, lastSeat: told.actor?.seat ?? before?.lastSeat ?? null }
    },
    // Asked again while something is expected to change: the history, the server, or a seat that is taken again beside this page.
    refetchInterval: ({ state }) =>
      state.data?.ready || state.error || (state.data?.actor === null && hadSeat()) ? READY_INTERVAL_MS : false,
    staleTime: 60_000,
  })
  return data
}

export type SignIn =
  | { readonly unit: string; readonly post: string; readonly delegation?: string }
  | { readonly email: string; readonly password: string }

const seated = 'seated'

/** Whether somebody took a seat in this browser and did not leave it. */
export const hadSeat = (): boolean => recall(seated) !== null

/** The day that a demonstration has reached while it is moved on, day by day; the page itself stays on the day that it was. */
export function useReachedDay(isMoving: boolean): string | undefined {
  const { data } = useQuery({
    queryKey: ['day reached'],
    queryFn: () => send<Pick<Session, 'today'>>('GET', '/api/session'),
    enabled: isMoving,
    refetchInterval: READY_INTERVAL_MS,
    staleTime: 0,
    gcTime: 0,
  })
  return isMoving ? data?.today : undefined
}

/** Changes who looks or which day it is; everything known is then asked anew. */
export function useSessionChange() {
  const client = useQueryClient()
  const anew = () => client.invalidateQueries()
  return {
    signIn: useMutation({
      mutationFn: (who: SignIn) => send('POST', '/api/session', { body: who }),
      onSuccess: () => {
        remember(seated, 'yes')
        return anew()
      },
    }),
    signOut: useMutation({
      mutationFn: () => send('DELETE', '/api/session'),
      onSuccess: () => {
        forget(seated)
        return anew()
      },
    }),
    moveDay: useMutation({
      mutationFn: (day: string) => send('POST', '/api/demonstration/day', { body: { day } }),
      onSuccess: anew,
    }),
  }
}

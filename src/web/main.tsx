import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Failure } from './api.ts'
import { startLanguage } from './language.ts'
import { recall } from './memory.ts'
import { router } from './router.tsx'
import './style/base.css'
import './style/parts.css'
import './style/shell.css'
import './style/print.css'

const RETRIES_MAX = 2
const FRESH_MS = 10_000

const client = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      // Signed out by the clock or elsewhere: the shell says so, the page stays as it is.
      if (error instanceof Failure && error.status === 401 && query.queryKey[0] !== 'session')
        void client.invalidateQueries({ queryKey: ['session'] })
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      // Only what may pass by itself is asked again: no connection, or a server that is not ready.
      retry: (count, error) => error instanceof Failure && [0, 502, 503].includes(error.status) && count < RETRIES_MAX,
    },
  },
})

startLanguage()
document.documentElement.toggleAttribute('data-large', recall('large') === 'yes')

const place = document.getElementById('root')
if (!place) throw new Error('The page has no place for the app.')
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)

import { useQuery } from '@tanstack/react-query'
import type { Answerable } from '#kernel/standing.ts'
import type { Text } from '#kernel/words.ts'
import { queryString, send } from '#web/api.ts'
import {
  Answers,
  Drop,
  Go,
  UnitPicker,
  useNames,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { words } from './money-words.tsx'

/** Whose money of which year a page is about: as the address says, else the reader's own unit, this year. */
export function useBooks() {
  const search = useSearch()
  const session = useSession()
  const today = search['on'] ?? session?.today ?? ''
  return {
    unit: search['unit'] ?? session?.actor?.unit.id ?? session?.root,
    year: Number(search['year'] ?? today.slice(0, 4)),
    thisYear: Number(today.slice(0, 4)),
    hasSeat: Boolean(session?.actor),
    isDemonstration: session?.mode === 'demonstration',
  }
}

/** Chooses the unit and the year; whatever else the address says goes with it, unless it was about the unit before. */
export function BooksChoice({
  unit,
  year,
  years,
}: {
  unit: string | undefined
  year: number
  years: readonly number[]
}) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  const anew = { offset: undefined, find: undefined, line: undefined, 'flow.find': undefined, 'flow.offset': undefined }
  return (
    <>
      <span style={{ flex: '0 1 260px', minWidth: 0 }}>
        <UnitPicker label={say(words.unit)} value={unit} onChoose={(id) => setSearch({ ...anew, unit: id })} />
      </span>
      <label className="row" style={{ gap: 6 }}>
        {say(words.year)}
        <select className="field" value={year} onChange={(event) => setSearch({ ...anew, year: event.target.value })}>
          {[...new Set([...years, year])]
            .toSorted((a, b) => b - a)
            .map((each) => (
              <option key={each}>{each}</option>
            ))}
        </select>
      </label>
    </>
  )
}

type Above = readonly { readonly unit: string; readonly name: Text }[]

/** The way up from a unit, level by level, on the same page. */
export function Trail({ above, page, year }: { above: Above; page: string; year: number }) {
  const { say } = useSay()
  return above.map((each) => (
    <span key={each.unit} className="trail">
      <Go to={`${page}${queryString({ unit: each.unit, year })}`}>{say(each.name)}</Go> ›{' '}
    </span>
  ))
}

const exact = new Intl.NumberFormat('en', { minimumFractionDigits: 2 })

/** Money as one reads it; to the fen for whoever points at it. It opens where `to` leads. */
export function Fen({ fen, to }: { fen: string; to?: string }) {
  const { say, amount } = useSay()
  const text = (
    <span className="num" title={say(words.fullYuan, { yuan: exact.format(Number(fen) / 100) })}>
      {fen === '0' ? '0' : amount(Number(fen))}
    </span>
  )
  return to && fen !== '0' ? <Go to={to}>{text}</Go> : text
}

export const yuan = (fen: string): number => Number(fen) / 100

const formats = [
  { word: 'xlsx', ending: 'xlsx', isPublic: false },
  { word: 'csv', ending: 'csv', isPublic: false },
  { word: 'hledger', ending: 'journal', isPublic: false },
  { word: 'ledger', ending: 'ledger', isPublic: false },
  { word: 'beancount', ending: 'beancount', isPublic: false },
  { word: 'iati', ending: 'iati.xml', isPublic: true },
  { word: 'oc4ids', ending: 'oc4ids.json', isPublic: true },
] as const

/** The same books as files, for a unit and a year. */
export function Exports({ unit, year, hasSeat }: { unit: string; year: number; hasSeat: boolean }) {
  const { say, language } = useSay()
  const { on } = useSearch()
  return (
    <Drop label={say(words.exports)}>
      {(close) => (
        <>
          <p className="sub small">{say(hasSeat ? words.exportsWhy : words.exportSeated)}</p>
          <ul className="exports">
            {formats
              .filter(({ isPublic }) => isPublic || hasSeat)
              .map(({ word, ending }) => (
                <li key={word}>
                  <a
                    href={`/api/exports/funds.${ending}${queryString({ unit, year, on, lang: language })}`}
                    download
                    onClick={close}
                  >
                    {say(words[word])}
                  </a>
                </li>
              ))}
          </ul>
        </>
      )}
    </Drop>
  )
}

/** Whose duty money is at a tier: the first of these that it holds. */
const duties = ['appropriate-funds', 'allocate-funds', 'pass-funds-on', 'use-funds-well'] as const

/** Who answers for what becomes of money in a unit's books. */
export function WhoAnswers({ unit, tier }: { unit: string; tier: string }) {
  const { on } = useSearch()
  const session = useSession()
  const names = useNames()
  const duty = duties.find((each) => names?.holders[each]?.includes(tier))
  const { data } = useQuery({
    queryKey: ['answerable', duty, unit, on, session?.today],
    queryFn: ({ signal }) =>
      send<{ readonly answerable: Answerable }>('GET', `/api/answerable${queryString({ duty, unit, on })}`, { signal }),
    enabled: duty !== undefined,
  })
  return data && duty ? <Answers who={data.answerable} duty={duty} /> : '—'
}

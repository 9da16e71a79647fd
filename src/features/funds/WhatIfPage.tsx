import { useEffect, useState } from 'react'
import {
  Abilities,
  actPath,
  Answer,
  AsOf,
  Card,
  Empty,
  Go,
  Page,
  UnitPicker,
  useAsk,
  useNames,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import type { AnswerOf } from '#web/ask.ts'
import { words } from './formula-words.tsx'
import { Result, ResultChart } from './WhatIfResult.tsx'
import { type Draft, sumOf, Weights } from './WhatIfWeights.tsx'
import './formula.css'

const DUTY = 'set-allocation-formula'
const TYPING_MS = 300
const limitKeys = ['floorTotal', 'capTotal', 'floorLast', 'capLast'] as const
type LimitKey = (typeof limitKeys)[number]
type Data = AnswerOf<'allocation.what-if'>

/** Shares a sum by factors as an experiment, beside the current year. The whole question stands in the address. */
export default function WhatIfPage() {
  const { say } = useSay()
  const search = useSearch()
  const session = useSession()
  const holders = useNames()?.holders[DUTY]
  const own = session?.actor?.unit
  const isOwn = own && holders?.includes(own.tier)
  const unit = search['unit'] ?? (isOwn ? own.id : session?.root)
  const year = Number(search['year'] ?? (search['on'] ?? session?.today)?.slice(0, 4) ?? 0)
  const input = unit ? questionOf(unit, year, search) : undefined
  const isReady = input !== undefined && holders !== undefined
  const answer = useAsk('allocation.what-if', input, { enabled: isReady })
  const list = useAsk('formula.list', unit ? { unit } : {}, { enabled: isReady })
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={<AsOf />}>
      {own && holders && !isOwn && (
        <p>
          <Go to={`/funds/explain/${own.id}/${year}`}>{say(words.mine)}</Go>
        </p>
      )}
      <div className="stack">
        <Answer of={answer} lines={10}>
          {(data) => (
            <Answer of={list}>
              {({ catalogue, items }) => (
                <>
                  <Scope data={data} year={year} {...(holders && { tiers: holders })} />
                  <Terms data={data} catalogue={catalogue} key={`${unit} ${year}`} />
                  <Next data={data} input={input ?? {}} />
                  <Result data={data} />
                  {data.problems.length === 0 && <ResultChart data={data} />}
                  <Formulas items={items} />
                </>
              )}
            </Answer>
          )}
        </Answer>
      </div>
    </Page>
  )
}

type Search = Readonly<Record<string, string | undefined>>

/** What the address asks. */
function questionOf(unit: string, year: number, search: Search) {
  const { weights, line, total, formula } = search
  const limits = Object.fromEntries(
    limitKeys.flatMap((key) => (search[key] ? [[key, Number(search[key])]] : [])),
  ) as Partial<Record<LimitKey, number>>
  return {
    unit,
    year,
    ...(weights && { weights: weights.split(',') }),
    ...(formula && !weights && { formula }),
    ...(line && { line }),
    ...(total && { total }),
    ...limits,
  }
}

/** Who shares what in which year. */
function Scope({ data, year, tiers }: { data: Data; year: number; tiers?: readonly string[] }) {
  const { say, amount } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const [total, setTotal] = useState(search['total'] ?? '')
  const of = { available: words.ofAvailable, allocated: words.ofAllocated, given: words.ofGiven }[data.totalOf]
  const known = data.lines.some((each) => each.line === data.line?.line)
  const lines = data.line && !known ? [{ ...data.line, availableFen: '0' }, ...data.lines] : data.lines
  const put = () => setSearch({ total: /^\d{1,13}(\.\d{1,2})?$/.test(total) ? total : undefined })
  return (
    <Card>
      <div className="row top scope">
        <label>
          <span className="label">{say(words.unit)}</span>
          <UnitPicker
            label={say(words.unit)}
            value={data.unit.id}
            {...(tiers && { tiers })}
            onChoose={(id) =>
              setSearch({ unit: id, line: undefined, weights: undefined, formula: undefined, ...noLimits })
            }
          />
        </label>
        <label>
          <span className="label">{say(words.year)}</span>
          <input
            type="number"
            className="field"
            min={2000}
            max={2100}
            value={year}
            onChange={(event) => setSearch({ year: event.target.value, line: undefined, formula: undefined }, true)}
          />
        </label>
        <label>
          <span className="label">{say(words.line)}</span>
          <select
            className="field"
            value={data.line?.line ?? ''}
            onChange={(event) => setSearch({ line: event.target.value })}
          >
            <option value="">{say(words.allLines)}</option>
            {lines.map((each) => (
              <option key={each.line} value={each.line}>
                {say(each.name)} · {each.document} · {amount(Number(each.availableFen))}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span className="label">{say(words.total)}</span>
          <input
            className="field"
            inputMode="decimal"
            value={total}
            onChange={(event) => setTotal(event.target.value.trim())}
            onBlur={put}
            onKeyDown={(event) => event.key === 'Enter' && put()}
          />
          <span className="sub small">
            {say(words.totalHint, { of: `${say(of)} ${amount(Number(data.totalFen))}` })}
          </span>
        </label>
      </div>
    </Card>
  )
}

const noLimits = Object.fromEntries(limitKeys.map((key) => [key, undefined]))

type Own = { readonly weights: Draft; readonly limits: Readonly<Record<LimitKey, string>> }

/** The weights, floors and caps; what is changed goes into the address a moment later. */
function Terms({ data, catalogue }: { data: Data; catalogue: AnswerOf<'formula.list'>['catalogue'] }) {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const [own, setOwn] = useState<Own>()
  const shown = own ?? termsOf(data)
  useEffect(() => {
    if (!own) return undefined
    const timer = setTimeout(
      () => setSearch({ ...own.limits, weights: weightsIn(own.weights), formula: undefined }, true),
      TYPING_MS,
    )
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what is typed is written once it rests, not when the address changes by it
  }, [own])
  const basis = data.formula
    ? say(words.basis, { title: data.formula.title, year: data.formula.year, version: data.formula.version })
    : say(search['weights'] ? words.basisOwn : words.basisShipped)
  const reset = () => {
    setOwn(undefined)
    setSearch({ weights: undefined, formula: undefined, ...noLimits }, true)
  }
  return (
    <div className="stack">
      <Weights
        catalogue={catalogue}
        draft={shown.weights}
        onChange={(weights) => setOwn({ ...shown, weights })}
        basis={basis}
        reset={say(words.reset)}
        onReset={reset}
      />
      <Card title={say(words.limits)}>
        <div className="limits">
          {limitKeys.map((key) => (
            <label key={key}>
              <span className="label">{say(words[key])}</span>
              <span className="with-unit">
                <input
                  type="number"
                  className="field"
                  inputMode="decimal"
                  min={0}
                  max={key.endsWith('Total') ? 100 : 1000}
                  step={0.01}
                  value={shown.limits[key]}
                  onChange={(event) => setOwn({ ...shown, limits: { ...shown.limits, [key]: event.target.value } })}
                />{' '}
                %
              </span>
            </label>
          ))}
        </div>
        <p className="sub small">{say(words.limitsHint)}</p>
      </Card>
    </div>
  )
}

const weightsIn = (draft: Draft) =>
  Object.entries(draft)
    .filter(([, percent]) => percent > 0)
    .map(([factor, percent]) => `${factor}:${percent}`)
    .join(',')

const termsOf = ({ weights, limits }: Data): Own => {
  const text = (bp: number | null) => (bp === null ? '' : String(bp / 100))
  return {
    weights: Object.fromEntries(weights.map((each) => [each.factor, each.weightBp / 100])),
    limits: {
      floorTotal: text(limits.floorTotalBp),
      capTotal: text(limits.capTotalBp),
      floorLast: text(limits.floorLastBp),
      capLast: text(limits.capLastBp),
    },
  }
}

/** What can be done with what was found; each leads to a form that a person signs. */
function Next({ data, input }: { data: Data; input: object }) {
  const { say } = useSay()
  const { weights, limits } = termsOf(data)
  const isWhole = sumOf(weights) === 100
  const given = Object.entries(limits).flatMap(([key, value]) => (value === '' ? [] : [[key, Number(value)]]))
  const factors = Object.entries(weights).map(([factor, percent]) => ({ factor, percent }))
  return (
    <div className="row">
      {data.fill && (
        <Go
          to={`/act/${data.fill.act}?${new URLSearchParams({ ask: 'allocation.what-if', with: JSON.stringify(input) }).toString()}`}
          className="btn primary"
        >
          {say(words.fill)}
        </Go>
      )}
      {isWhole && !data.formula && (
        <Go
          to={actPath('formula.adopt', { unit: data.unit.id, year: data.year, factors, ...Object.fromEntries(given) })}
          className="btn"
        >
          {say(words.adopt)}
        </Go>
      )}
      {data.problems.some((problem) => problem.missing) && (
        <Go to={actPath('factors.enter', { unit: data.unit.id, year: data.year })} className="btn">
          {say(words.enter)}
        </Go>
      )}
    </div>
  )
}

/** The formulas that the unit has adopted, newest first. */
function Formulas({ items }: { items: AnswerOf<'formula.list'>['items'] }) {
  const { say, day } = useSay()
  return (
    <Card title={say(words.formulas)}>
      {items.length === 0 ? (
        <Empty>{say(words.none)}</Empty>
      ) : (
        <ul className="formulas">
          {items.map((each) => (
            <li key={each.id}>
              {each.year} · <Go to={`/funds/formula/${each.id}`}>{each.title}</Go> ·{' '}
              {say(words.version, { version: each.version })} · {day(each.on)} ·{' '}
              {say(each.isStanding ? words.standing : words.replaced)} <Abilities can={each.can} tight />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

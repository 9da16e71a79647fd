import { useState } from 'react'
import { Card, Problem, useSay } from '#web/parts/index.ts'
import { Rehearsed, useDeed, useRehearsal } from '#features/progress/deed.tsx'
import { assess, type Item, type Shown, written } from './assess-page-words.tsx'
import './assess.css'

const words = {
  report: { zh: '自查自报', en: 'Report one’s own results' },
  verify: { zh: '核定结果', en: 'Verify the results' },
  anew: { zh: '重新核定', en: 'Verify anew' },
  reportWhy: {
    zh: '系统已有的数值不必填；与系统不同的，填上并写明依据。',
    en: 'What the system knows needs no filling in. Where you say otherwise, give the value with its evidence.',
  },
  verifyWhy: {
    zh: '只填查得不同的；没有填的，系统有数的以系统为准，没有的以自报为准。',
    en: 'Fill in only what you found otherwise: else the system’s value counts where there is one, and the unit’s own where not.',
  },
  system: { zh: '系统', en: 'System' },
  reported: { zh: '自报', en: 'Self-reported' },
  value: { zh: '数值', en: 'Value' },
  evidence: { zh: '依据', en: 'Evidence' },
  of: { zh: '{what}：{indicator}', en: '{what}: {indicator}' },
  needed: { zh: '必填', en: 'needed' },
  vetoes: { zh: '一票否决（写明依据即认定）', en: 'Vetoes (found by giving the evidence)' },
  reason: { zh: '重新核定的理由', en: 'Reason for verifying anew' },
}

type Given = Readonly<Record<string, { readonly value?: string; readonly evidence?: string }>>

/** The self-report, or its verification, item by item in the page; for whoever's duty it is. */
export function AssessEntry({ of }: { of: Shown }) {
  const { say } = useSay()
  const ability = of.can.find(
    (each) => each.mine && (each.act === 'assessment.report' || each.act === 'assessment.verify'),
  )
  if (!ability) return null
  const entry = <Entry key={`${ability.act} ${of.ordinal}`} act={ability.act} input={ability.input} of={of} />
  if (of.state === 'opened' || of.state === 'returned' || of.state === 'reported') return entry
  return (
    <details>
      <summary>{say(words.anew)}</summary>
      {entry}
    </details>
  )
}

function Entry({ act, input, of }: { act: string; input: Readonly<Record<string, unknown>>; of: Shown }) {
  const { say } = useSay()
  const isReport = act === 'assessment.report'
  const [given, setGiven] = useState<Given>({})
  const [vetoes, setVetoes] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(of.vetoes.map((each) => [each.veto, each.evidence])),
  )
  const [reason, setReason] = useState('')
  const deed = useDeed(act)
  const isCorrection = of.state === 'signed' || of.state === 'appealed'
  const items = of.blocks.flatMap((block) => block.indicators)
  const body = {
    ...input,
    values: items.flatMap(({ id }) => {
      const { value = '', evidence = '' } = given[id] ?? {}
      return value.trim() === '' ? [] : [{ indicator: id, value: Number(value), evidence }]
    }),
    ...(!isReport && {
      vetoes: Object.entries(vetoes).flatMap(([veto, evidence]) => (evidence.trim() ? [{ veto, evidence }] : [])),
      ...(reason.trim() && { reason }),
    }),
  }
  const rehearsal = useRehearsal(act, body, true)
  const set = (id: string, change: Given[string]) => setGiven({ ...given, [id]: { ...given[id], ...change } })
  return (
    <Card title={say(isReport ? words.report : words.verify)} className="assess-entry">
      <p className="sub">{say(isReport ? words.reportWhy : words.verifyWhy)}</p>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={say(isReport ? words.report : words.verify)}>
        <table className="stacking">
          <thead>
            <tr>
              <th scope="col">{say(assess.indicator)}</th>
              <th scope="col">{say(words.system)}</th>
              {!isReport && <th scope="col">{say(words.reported)}</th>}
              <th scope="col">{say(words.value)}</th>
              <th scope="col">{say(words.evidence)}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <EntryRow
                key={item.id}
                item={item}
                isReport={isReport}
                given={given[item.id] ?? {}}
                onGive={(change) => set(item.id, change)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {!isReport && (
        <fieldset className="stack">
          <legend>{say(words.vetoes)}</legend>
          {of.vetoesOfScheme.map((veto) => (
            <label key={veto.id}>
              {say(veto.title)}
              <input
                className="field"
                value={vetoes[veto.id] ?? ''}
                onChange={(event) => setVetoes({ ...vetoes, [veto.id]: event.target.value })}
              />
            </label>
          ))}
          {isCorrection && (
            <label>
              {say(words.reason)} <span className="faint small">{say(words.needed)}</span>
              <input className="field" value={reason} onChange={(event) => setReason(event.target.value)} />
            </label>
          )}
        </fieldset>
      )}
      <div className="assess-check">
        <Rehearsed rehearsal={rehearsal} />
      </div>
      {deed.failure && <Problem error={deed.failure} />}
      <button type="button" className="btn primary" disabled={deed.isRunning} onClick={() => void deed.run(body)}>
        {say(isReport ? words.report : words.verify)}
      </button>
    </Card>
  )
}

type RowProps = {
  readonly item: Item
  readonly isReport: boolean
  readonly given: Given[string]
  readonly onGive: (change: Given[string]) => void
}

function EntryRow({ item, isReport, given, onGive }: RowProps) {
  const { say } = useSay()
  const label = (what: { zh: string; en: string }) => say(words.of, { what: say(what), indicator: say(item.title) })
  return (
    <tr>
      <th scope="row" data-label="">
        <span>
          {say(item.title)} {isReport && item.entered && <span className="faint small">{say(words.needed)}</span>}
          <span className="sub small assess-now">{say(item.entered ?? item.measure)}</span>
        </span>
      </th>
      <td data-label={say(words.system)} className="num">
        <span>{written(item.now)}</span>
      </td>
      {!isReport && (
        <td data-label={say(words.reported)} className="num">
          <span>{written(item.reported)}</span>
        </td>
      )}
      <td data-label={say(words.value)}>
        <input
          className="field num"
          inputMode="decimal"
          aria-label={label(words.value)}
          value={given.value ?? ''}
          onChange={(event) => onGive({ value: event.target.value })}
        />
      </td>
      <td data-label={say(words.evidence)}>
        <input
          className="field"
          aria-label={label(words.evidence)}
          value={given.evidence ?? ''}
          onChange={(event) => onGive({ evidence: event.target.value })}
        />
      </td>
    </tr>
  )
}

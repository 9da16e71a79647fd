import { useId, useState } from 'react'
import type { AnswerOf } from '#web/ask.ts'
import { Answer, Empty, Share, UnitLink, useAsk, useSay } from '#web/parts/index.ts'
import { StateLight } from './words.tsx'
import './units.css'

type Child = AnswerOf<'unit.tree'>['children'][number]

const words = {
  open: { zh: '展开{name}', en: 'Open {name}' },
  poor: { zh: '贫困 {n}', en: '{n} poor' },
  out: { zh: '已退出 {n}', en: '{n} out' },
  counties: { zh: '县 {n}', en: '{n} counties' },
  share: { zh: '{name}：{of}个贫困县中已退出{n}个', en: '{name}: {n} of {of} poor counties are out' },
  none: { zh: '没有下级单位。', en: 'Nothing lies below.' },
}

/** The tree of units, one level read at a time. */
export function UnitTree({ unit }: { unit?: string | undefined }) {
  const { say } = useSay()
  const tree = useAsk('unit.tree', { ...(unit && { unit }) })
  return (
    <Answer of={tree} lines={10}>
      {({ children }) =>
        children.length === 0 ? (
          <Empty>{say(words.none)}</Empty>
        ) : (
          <ul className="unit-tree">
            {children.map((child) => (
              <Node key={child.unit} child={child} />
            ))}
          </ul>
        )
      }
    </Answer>
  )
}

function Node({ child }: { child: Child }) {
  const { say, count } = useSay()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const listed = child.poor + child.out
  const name = say(child.name)
  return (
    <li>
      <div className="unit-row">
        {child.below > 0 ? (
          <button
            type="button"
            className="btn plain tight"
            aria-expanded={isOpen}
            aria-controls={id}
            aria-label={say(words.open, { name })}
            onClick={() => setOpen(!isOpen)}
          >
            <span className="unit-chevron" aria-hidden />
          </button>
        ) : (
          <span className="unit-leaf" aria-hidden />
        )}
        <UnitLink unit={{ id: child.unit, name: child.name }} />
        <span className="faint mono">{child.code ?? '—'}</span>
        <span className="unit-counts num small">
          {child.below === 0 && listed <= 1 ? (
            <StateLight state={child.state} />
          ) : (
            <>
              <span className="sub">{say(words.counties, { n: count(child.counties) })}</span>
              {listed > 0 && (
                <>
                  <span>{say(words.poor, { n: count(child.poor) })}</span>
                  <span>{say(words.out, { n: count(child.out) })}</span>
                  <Share share={child.out / listed} label={say(words.share, { name, n: child.out, of: listed })} />
                </>
              )}
            </>
          )}
        </span>
      </div>
      {isOpen && (
        <div id={id} className="unit-below">
          <UnitTree unit={child.unit} />
        </div>
      )}
    </li>
  )
}

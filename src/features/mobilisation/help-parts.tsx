import type { Ability } from '#kernel/abilities.ts'
import type { Text } from '#kernel/words.ts'
import type { AnswerOf } from '#web/ask.ts'
import { Abilities, DayText, Go, Light, MadeUp, UnitLink, useSay, useSession, Written } from '#web/parts/index.ts'
import './help.css'

export type Need = AnswerOf<'need.list'>['needs'][number]
export type Pledge = AnswerOf<'pledge.list'>['pledges'][number]

/** Words that the pages of help share. */
export const shared = {
  needs: { zh: '需求', en: 'Needs' },
  pledges: { zh: '认捐', en: 'Pledges' },
  partners: { zh: '帮扶方', en: 'Partners' },
  campaigns: { zh: '活动', en: 'Campaigns' },
  within: { zh: '范围', en: 'Within' },
  all: { zh: '全部', en: 'All' },
  state: { zh: '状态', en: 'State' },
  kind: { zh: '类别', en: 'Kind' },
  county: { zh: '受助县', en: 'County' },
  since: { zh: '自', en: 'Since' },
  quantity: { zh: '数量', en: 'Quantity' },
  people: { zh: '{n} 人', en: '{n} people' },
  person: { zh: '{n} 人', en: '{n} person' },
  entry: { zh: '记录', en: 'entry' },
  mine: { zh: '是我认捐的', en: 'This pledge is mine' },
  phrase: { zh: '凭认捐时自定的口令办理。', en: 'You need the phrase that you chose when you pledged.' },
  matchedOf: { zh: '对接', en: 'matched:' },
}

export const needLights = { open: 'yellow', matched: 'none', met: 'green', closed: 'none' } as const
export const pledgeLights = {
  made: 'yellow',
  matched: 'none',
  declined: 'none',
  delivered: 'yellow',
  disputed: 'red',
  confirmed: 'green',
  withdrawn: 'none',
} as const

type Counted = { readonly kind: Need['kind']; readonly measure: string | null }

/** A quantity as the reader expects it: money as amounts, goods with the measure that somebody wrote, people as people. */
export function Quantity({ of: { kind, measure }, quantity }: { of: Counted; quantity: number }) {
  const { amount, count, say } = useSay()
  if (kind === 'money' || kind === 'purchase') return <span className="num">{amount(quantity)}</span>
  if (kind === 'jobs' || kind === 'talent')
    return <span className="num">{say(quantity === 1 ? shared.person : shared.people, { n: count(quantity) })}</span>
  return (
    <span className="num">
      {count(quantity)} <Written>{measure ?? ''}</Written>
    </span>
  )
}

/** A name in both languages, or the one that an organisation gave itself. */
export function Name({ name }: { name: Text }) {
  const { say } = useSay()
  return name.zh === name.en ? <Written>{name.zh}</Written> : say(name)
}

/** A quantity as a file holds it: yuan for money, else pieces or people. */
export const plainQuantity = ({ kind }: Counted, quantity: number) =>
  kind === 'money' || kind === 'purchase' ? quantity / 100 : quantity

const PUBLIC_DUTY = 'join-the-campaign'

/** What may be done about a pledge: by seats at once; by whoever made it without an account, and reads without one, once they say that it is theirs. */
export function PledgeDeeds({ can }: { can: readonly Ability[] }) {
  const { say } = useSay()
  const session = useSession()
  const own = can.filter((ability) => ability.duty === PUBLIC_DUTY)
  return (
    <>
      <Abilities can={can.filter((ability) => ability.duty !== PUBLIC_DUTY)} tight />
      {own.length > 0 && !session?.actor && (
        <details className="own-pledge no-print">
          <summary>{say(shared.mine)}</summary>
          <p className="sub small">{say(shared.phrase)}</p>
          <Abilities can={own} tight />
        </details>
      )}
    </>
  )
}

/** One pledge in a list of them: who, how much of what, how far it has come. */
export function PledgeLine({ pledge }: { pledge: Pledge }) {
  const { say } = useSay()
  return (
    <li className="pledge">
      <div className="linked">
        <b>
          {pledge.byUnit ? (
            <UnitLink unit={{ id: pledge.byUnit, name: pledge.pledger }} to={`/pairings?unit=${pledge.byUnit}`} />
          ) : (
            <Name name={pledge.pledger} />
          )}
        </b>{' '}
        · {say(pledge.kindWords)} <Quantity of={pledge} quantity={pledge.quantity} />
        {pledge.matched !== null && pledge.matched !== pledge.quantity && (
          <span className="sub">
            {' '}
            ({say(shared.matchedOf)} <Quantity of={pledge} quantity={pledge.matched} />)
          </span>
        )}{' '}
        <Light light={pledge.late ? 'red' : pledgeLights[pledge.state]}>{say(pledge.stateWords)}</Light>{' '}
        {pledge.late && <span className="small">{say(pledge.late)}</span>} {pledge.madeUp && <MadeUp />}
      </div>
      <div className="sub small linked">
        <span className="mono">{pledge.code}</span> · <DayText day={pledge.on} /> → <DayText day={pledge.by} /> ·{' '}
        <Go to={`/journal/${pledge.act}`} className="entry">
          {say(shared.entry)}
        </Go>
      </div>
      {pledge.what && (
        <div className="small">
          “<Written>{pledge.what}</Written>”
        </div>
      )}
      {pledge.note && (
        <div className="sub small">
          {say(pledge.stateWords)}: “<Written>{pledge.note}</Written>”
        </div>
      )}
      <PledgeDeeds can={pledge.can} />
    </li>
  )
}

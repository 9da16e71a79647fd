import { Light, MadeUp, Share, Status, useSay } from '#web/parts/index.ts'

/** What the policies' pages say. */
export const words = {
  title: { zh: '政策与分工', en: 'Policies' },
  sub: {
    zh: '方针、战略、政策举措和本地措施：谁发、谁收、怎样分工、有没有落实。',
    en: 'Principles, strategies, measures and localisations: who issued, who received, how divided, how carried out.',
  },
  kind: { zh: '种类', en: 'Kind' },
  all: { zh: '全部', en: 'All' },
  principle: { zh: '方针', en: 'Principle' },
  strategy: { zh: '战略', en: 'Strategy' },
  measure: { zh: '政策举措', en: 'Policy' },
  localisation: { zh: '本地措施', en: 'Localisation' },
  state: { zh: '效力', en: 'Force' },
  'in-force': { zh: '有效', en: 'In force' },
  superseded: { zh: '已被取代', en: 'Superseded' },
  number: { zh: '文号', en: 'Number' },
  unnumbered: { zh: '无文号', en: 'unnumbered' },
  name: { zh: '标题', en: 'Title' },
  issuer: { zh: '发文单位', en: 'Issued by' },
  issuedOn: { zh: '发文日期', en: 'Issued on' },
  acknowledged: { zh: '签收', en: 'Acknowledged' },
  divided: { zh: '已分工', en: 'divided' },
  localised: { zh: '本地措施 {count} 份', en: '{count} localised' },
  sentTo: { zh: '送 {count} 个单位', en: 'sent to {count}' },
  waiting: { zh: '待本单位签收', en: 'Waiting for your unit’s acknowledgement' },
  none: { zh: '这一天还没有符合的文件。', en: 'No such document on this day.' },
}

/** How many of those who owe it have acknowledged a document; where nobody does, to how many it was sent. */
export function Acknowledged({
  acknowledged,
  owing,
  receivers,
}: {
  acknowledged: number
  owing: number
  receivers: number
}) {
  const { say, count } = useSay()
  if (receivers === 0) return <span className="faint">—</span>
  if (owing === 0) return <span className="sub">{say(words.sentTo, { count: count(receivers) })}</span>
  const label = `${say(words.acknowledged)} ${count(acknowledged)} / ${count(owing)}`
  return (
    <span className="row num" style={{ gap: 8, flexWrap: 'nowrap' }}>
      {count(acknowledged)}/{count(owing)}
      <Share share={acknowledged / owing} light={acknowledged >= owing ? 'green' : 'yellow'} label={label} />
    </span>
  )
}

/** Where a document comes from; the made-up says so. */
export const Origin = ({ status }: { status: string }) =>
  status === 'made-up' ? <MadeUp /> : <Status status={status} />

export function Force({ isInForce }: { isInForce: boolean }) {
  const { say } = useSay()
  return <Light light={isInForce ? 'green' : 'none'}>{say(isInForce ? words['in-force'] : words.superseded)}</Light>
}

import type { AnswerOf } from '#web/ask.ts'
import {
  actPath,
  Answers,
  Card,
  Choice,
  DataTable,
  Go,
  Light,
  Status,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
  type Column,
} from '#web/parts/index.ts'

type Matrix = AnswerOf<'charter.matrix'>

type Duty = Matrix['duties'][number]

const words = {
  title: { zh: '章程：责任矩阵', en: 'The charter: who owes what' },
  added: { zh: '本版新增', en: 'new in this version' },
  removed: {
    zh: '上一版本（{before}）有、本版没有的职责',
    en: 'Duties of the version before ({before}) that this one no longer has',
  },
  duty: { zh: '职责', en: 'Duty' },
  article: { zh: '第{article}条', en: 'art. {article}' },
  joint: { zh: '共同承担', en: 'joint' },
  public: { zh: '公众权利', en: 'a right of the public' },
  acts: { zh: '可办之事', en: 'Acts' },
  through: { zh: '通过“{duty}”办理', en: 'carried out through «{duty}»' },
  noActs: { zh: '本系统暂无', en: 'none in this system yet' },
  obligations: { zh: '定有期限：', en: 'Dated: ' },
  holder: { zh: '由谁负责', en: 'Who answers' },
  all: { zh: '全部', en: 'All' },
  withActs: { zh: '有可办之事', en: 'With acts' },
  withoutActs: { zh: '暂无可办之事', en: 'Without acts' },
  newOnly: { zh: '本版新增', en: 'New' },
  which: { zh: '显示哪些', en: 'Which duties' },
  done: { zh: '办过的', en: 'what was done' },
  chosen: { zh: '只看一项职责', en: 'One duty' },
}

const isServed = (duty: Duty) => duty.acts.length > 0 || duty.through.some((each) => each.acts.length > 0)

/** The post that answers, and behind it those that may act as well. */
function Posts({ posts }: { posts: Duty['held'][number]['posts'] }) {
  const { say, list } = useSay()
  const [first, ...others] = posts
  if (!first) return null
  return (
    <>
      {say(first.name)}
      {others.length > 0 && (
        <details>
          <summary className="sub small" title={list(others.map((post) => say(post.name)))}>
            +{others.length}
          </summary>
          {others.map((post) => (
            <div key={post.id} className="sub small">
              {say(post.name)}
            </div>
          ))}
        </details>
      )}
    </>
  )
}

export function Duties({ matrix }: { matrix: Matrix }) {
  const { say, list } = useSay()
  const { duty: only, which = 'all', unit } = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const kinds: Record<string, (duty: Duty) => boolean> = {
    all: () => true,
    acts: isServed,
    none: (duty) => !isServed(duty),
    new: (duty) => duty.isNew,
  }
  const order = matrix.tiers.map((tier) => tier.id)
  const place = (duty: Duty) =>
    duty.held.length === 1 ? order.indexOf(duty.held[0]?.tier ?? '') : order.length + Number(duty.isPublic)
  const rows = matrix.duties
    .filter((duty) => (only ? duty.id === only : (kinds[which] ?? kinds['all'])?.(duty)))
    .toSorted((a, b) => place(a) - place(b))
  const held = (duty: Duty, tier: string) => duty.held.find((each) => each.tier === tier)
  const columns: Column<Duty>[] = [
    {
      key: 'duty',
      title: say(words.duty),
      head: true,
      width: unit ? '30%' : '36%',
      value: (duty) => `${say(duty.title)} ${say(duty.quote)} ${duty.id}`,
      cell: (duty) => (
        <>
          <b id={duty.id}>{say(duty.title)}</b> {duty.isNew && <Light light="green">{say(words.added)}</Light>}{' '}
          {duty.isJoint && <span className="sub small">{say(words.joint)}</span>}{' '}
          {duty.isPublic && <span className="sub small">{say(words.public)}</span>}
          <div
            className="small"
            style={{ fontFamily: 'var(--serif)', fontWeight: 400, color: '#3b3f49', margin: '2px 0' }}
          >
            {say(duty.quote)}{' '}
            <span className="sub" style={{ fontFamily: 'var(--sans)' }}>
              {say(duty.source)} {duty.article && say(words.article, { article: duty.article })}{' '}
              <Status status={duty.status} />
            </span>
          </div>
        </>
      ),
    },
    ...(unit
      ? [
          {
            key: 'who',
            title: say(words.holder),
            width: '16%',
            cell: (duty: Duty) => (duty.who ? <Answers who={duty.who} /> : null),
          },
        ]
      : []),
    ...matrix.tiers.map((tier): Column<Duty> => ({
      key: tier.id,
      title: `${say(tier.name)} · ${say(tier.role)}`,
      value: (duty) => list(held(duty, tier.id)?.posts.map((post) => say(post.name)) ?? []),
      cell: (duty) => <Posts posts={held(duty, tier.id)?.posts ?? []} />,
      width: unit ? '9%' : '11%',
    })),
    {
      key: 'acts',
      title: say(words.acts),
      value: (duty) => list([...duty.acts, ...duty.through.flatMap((each) => each.acts)].map((act) => say(act.title))),
      cell: (duty) => (
        <>
          {!isServed(duty) && <span className="faint small">{say(words.noActs)}</span>}
          {duty.acts.map((act) => (
            <div key={act.act} style={{ minHeight: 24 }}>
              <Go to={actPath(act.act)} style={{ display: 'inline-block', padding: '2px 0' }}>
                {say(act.title)}
              </Go>
            </div>
          ))}
          {duty.through.map((each) => (
            <details key={each.id}>
              <summary className="sub small" style={{ padding: '4px 0' }}>
                {say(words.through, { duty: say(each.title) })}
              </summary>
              {each.acts.map((act) => (
                <div key={act.act} style={{ minHeight: 24 }}>
                  <Go to={actPath(act.act)} style={{ display: 'inline-block', padding: '2px 0' }}>
                    {say(act.title)}
                  </Go>
                </div>
              ))}
            </details>
          ))}
          {duty.obligations.length > 0 && (
            <div className="sub small">
              {say(words.obligations)}
              {list(duty.obligations.map((each) => say(each.title)))}
            </div>
          )}
          {session?.actor && duty.acts.length > 0 && (
            <Go
              to={`/journal?duty=${duty.id}`}
              className="sub small"
              style={{ display: 'inline-block', padding: '4px 0' }}
            >
              {say(words.done)}
            </Go>
          )}
        </>
      ),
    },
  ]
  return (
    <>
      <Card>
        <DataTable
          caption={say(words.title)}
          rows={rows}
          columns={columns}
          rowKey={(duty) => duty.id}
          csv={`charter-${matrix.version}`}
          limit={100}
          tools={
            only ? (
              <button type="button" className="btn tight" onClick={() => setSearch({ duty: undefined })}>
                {say(words.chosen)} ×
              </button>
            ) : (
              <Choice
                label={say(words.which)}
                value={which}
                options={[
                  { value: 'all', label: say(words.all) },
                  { value: 'acts', label: say(words.withActs) },
                  { value: 'none', label: say(words.withoutActs) },
                  { value: 'new', label: say(words.newOnly) },
                ]}
                onChoose={(value) => setSearch({ which: value === 'all' ? undefined : value })}
              />
            )
          }
        />
      </Card>
      {matrix.removed.length > 0 && !only && (
        <Card title={say(words.removed, { before: matrix.before ?? '' })}>
          <ul>
            {matrix.removed.map((duty) => (
              <li key={duty.id}>
                <b>{say(duty.title)}</b> — <span style={{ fontFamily: 'var(--serif)' }}>{say(duty.quote)}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  )
}

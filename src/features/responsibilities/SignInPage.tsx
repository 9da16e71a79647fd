import { useState } from 'react'
import type { Seat } from '#kernel/standing.ts'
import {
  Answer,
  Card,
  Page,
  PersonName,
  Problem,
  UnitPicker,
  useAsk,
  useGo,
  useSay,
  useSession,
} from '#web/parts/index.ts'
import { useSessionChange } from '#web/session.ts'
import { typedIn } from '#web/text.ts'

const words = {
  title: { zh: '选择一个职务', en: 'Take a seat' },
  signIn: { zh: '登录', en: 'Sign in' },
  about: {
    zh: '这是演示：任何职务都可以进入试用。单位、名单和退出年份是真实的；人名和标明的数字是虚构的。',
    en: 'This is a demonstration: try any seat. The units, the list and the years of exit are real; the names of people, and numbers so marked, are made up.',
  },
  begin: { zh: '从这里开始：今天有事待办的职务', en: 'Begin here: seats with something to do today' },
  noSuggestions: {
    zh: '历史还在重放，稍后这里会有建议。',
    en: 'The history is still being replayed; suggestions come when it is done.',
  },
  any: { zh: '任何职务', en: 'Any seat' },
  find: { zh: '直接找单位', en: 'Find a unit' },
  posts: { zh: '职务', en: 'Posts' },
  unitsBelow: { zh: '下级单位', en: 'Units below' },
  inProgramme: { zh: '有贫困县', en: 'in the programme' },
  others: { zh: '其余 {count} 个', en: '{count} others' },
  vacant: { zh: '空缺', en: 'vacant' },
  public: {
    zh: '公众网站：不登录也能查看、申诉和举报',
    en: 'The public site: read, object and complain without signing in',
  },
  email: { zh: '邮箱', en: 'E-mail' },
  password: { zh: '密码', en: 'Password' },
  sit: { zh: '进入', en: 'Enter' },
}

/** In a demonstration any seat may be taken, by tier, unit and post; in production one signs in. */
export default function SignInPage() {
  const session = useSession()
  const { say } = useSay()
  if (!session) return null
  return session.mode === 'production' ? (
    <Password />
  ) : (
    <Page title={say(words.title)} sub={say(words.about)} aside={<a href="/public">{say(words.public)}</a>}>
      <div className="grid cols-2">
        <Suggestions />
        <AnySeat />
      </div>
    </Page>
  )
}

function useSit() {
  const { signIn } = useSessionChange()
  const go = useGo()
  return { ...signIn, sit: (seat: Seat) => signIn.mutate(seat, { onSuccess: () => go('/') }) }
}

function Suggestions() {
  const { say } = useSay()
  const suggestions = useAsk('find.suggestions', {})
  const { sit, error, isPending } = useSit()
  return (
    <Card title={say(words.begin)}>
      {error && <Problem error={error} />}
      <Answer of={suggestions}>
        {({ seats }) =>
          seats.length === 0 ? (
            <p className="sub">{say(words.noSuggestions)}</p>
          ) : (
            <table>
              <tbody>
                {seats.map((seat) => (
                  <tr key={`${seat.unit.id} ${seat.post.id}`}>
                    <td>
                      <b>
                        {say(seat.unit.name)} · {say(seat.post.name)}
                      </b>
                      <br />
                      <span className="sub small">{say(seat.why)}</span>
                    </td>
                    <td className="right">
                      <button
                        type="button"
                        className="btn"
                        disabled={isPending}
                        onClick={() => sit({ unit: seat.unit.id, post: seat.post.id })}
                      >
                        {say(words.sit)}
                        <span className="visually-hidden">
                          : {say(seat.unit.name)} {say(seat.post.name)}
                        </span>
                      </button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Answer>
    </Card>
  )
}

function AnySeat() {
  const { say, count } = useSay()
  const [unit, setUnit] = useState<string>()
  const seats = useAsk('find.seats', unit === undefined ? {} : { unit })
  const { sit, error, isPending } = useSit()
  const link = (each: { id: string; name: { zh: string; en: string } }) => (
    <button key={each.id} type="button" className="btn tight" onClick={() => setUnit(each.id)}>
      {say(each.name)}
    </button>
  )
  return (
    <Card title={say(words.any)}>
      {error && <Problem error={error} />}
      <UnitPicker label={say(words.find)} value={undefined} onChoose={setUnit} />
      <Answer of={seats}>
        {(data) => {
          const inside = data.below.filter((each) => each.inProgramme)
          const outside = data.below.filter((each) => !each.inProgramme)
          return (
            <div className="stack" style={{ marginTop: 12 }}>
              <nav className="row" style={{ gap: 4 }}>
                {[...data.lineage].reverse().map((each, at) => (
                  <span key={each.id}>
                    {at > 0 && <span className="faint">› </span>}
                    <button type="button" className="btn plain" onClick={() => setUnit(each.id)}>
                      {say(each.name)}
                    </button>
                  </span>
                ))}
              </nav>
              <div>
                <h3>{say(words.posts)}</h3>
                <table>
                  <tbody>
                    {data.seats.map((seat) => (
                      <tr key={seat.post.id}>
                        <td>{seat.isPrincipal ? <b>{say(seat.post.name)}</b> : say(seat.post.name)}</td>
                        <td>
                          {seat.person ? (
                            <PersonName person={seat.person} />
                          ) : (
                            <span className="sub">{say(words.vacant)}</span>
                          )}
                        </td>
                        <td className="right">
                          <button
                            type="button"
                            className="btn tight"
                            disabled={!seat.person || isPending}
                            onClick={() => sit({ unit: data.unit.id, post: seat.post.id })}
                          >
                            {say(words.sit)}
                            <span className="visually-hidden">: {say(seat.post.name)}</span>
                          </button>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              {data.below.length > 0 && (
                <div>
                  <h3>{say(words.unitsBelow)}</h3>
                  <div className="row" style={{ gap: 6 }}>
                    {(inside.length > 0 ? inside : outside).map(link)}
                  </div>
                  {inside.length > 0 && outside.length > 0 && (
                    <details style={{ marginTop: 8 }}>
                      <summary className="sub small">{say(words.others, { count: count(outside.length) })}</summary>
                      <div className="row" style={{ gap: 6, marginTop: 8 }}>
                        {outside.map(link)}
                      </div>
                    </details>
                  )}
                </div>
              )}
            </div>
          )
        }}
      </Answer>
    </Card>
  )
}

function Password() {
  const { say } = useSay()
  const { signIn } = useSessionChange()
  const go = useGo()
  return (
    <Page title={say(words.signIn)} aside={<a href="/public">{say(words.public)}</a>}>
      <form
        className="card stack"
        style={{ maxWidth: 380 }}
        onSubmit={(event) => {
          event.preventDefault()
          const form = event.currentTarget
          signIn.mutate(
            { email: typedIn(form, 'email'), password: typedIn(form, 'password') },
            { onSuccess: () => go('/') },
          )
        }}
      >
        <label>
          {say(words.email)}
          <input
            className="field"
            style={{ width: '100%' }}
            name="email"
            type="email"
            autoComplete="username"
            required
          />
        </label>
        <label>
          {say(words.password)}
          <input
            className="field"
            style={{ width: '100%' }}
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
        </label>
        {signIn.error && <Problem error={signIn.error} />}
        <button type="submit" className="btn primary" disabled={signIn.isPending}>
          {say(words.signIn)}
        </button>
      </form>
    </Page>
  )
}

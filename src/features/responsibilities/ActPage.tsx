import { Modal } from 'antd'
import { useMemo, useState } from 'react'
import { actOf, useActs, type ActCard } from '#web/acts.ts'
import { Form } from '#web/form/Form.tsx'
import { isOfRows } from '#web/form/rows.ts'
import { filledIn, hasValue, startOf, withGroups, type Values } from '#web/form/values.ts'
import { forget, recall, remember } from '#web/memory.ts'
import { Antd } from '#web/parts/Antd.tsx'
import {
  Answer,
  Answers,
  Card,
  Clause,
  Go,
  Page,
  Problem,
  Status,
  useAsk,
  useParams,
  useSay,
  useSearch,
  useSession,
} from '#web/parts/index.ts'
import { NotFoundPage } from '#web/shell/Broken.tsx'
import { hadSeat, type Session } from '#web/session.ts'
import { Rehearsal, useRehearsal } from './Rehearsal.tsx'
import { useWhose, Then, useDeed, Done } from './deed.tsx'

const words = {
  duty: { zh: '你的职责：{duty}', en: 'Your duty: {duty}' },
  notMine: { zh: '职责：{duty}', en: 'Duty: {duty}' },
  right: { zh: '任何人的权利：{duty}', en: 'Anyone’s right: {duty}' },
  article: { zh: '第{article}条', en: 'art. {article}' },
  next: { zh: '之后', en: 'What happens then' },
  do: { zh: '签署并办理', en: 'Sign and do it' },
  doing: { zh: '正在办理…', en: 'Doing it…' },
  later: { zh: '存起来以后再办', en: 'Save for later' },
  saved: { zh: '已存在这个浏览器里。', en: 'Saved in this browser.' },
  restored: { zh: '这是你上次存下的内容。', en: 'This is what you saved before.' },
  fresh: { zh: '重新填写', en: 'Start afresh' },
  sure: { zh: '“{act}”办了就不能撤销，确定吗？', en: '“{act}” cannot be undone. Do it?' },
  yes: { zh: '确定办理', en: 'Yes, do it' },
  no: { zh: '再想想', en: 'Not yet' },
  done: { zh: '已办理', en: 'Done' },
  doneTitle: { zh: '已办理：{act}', en: 'Done: {act}' },
  doneSub: { zh: '已记入日志，编号 {id}。', en: 'It is in the journal under {id}.' },
  entry: { zh: '看这条记录', en: 'See the entry' },
  another: { zh: '再办一件', en: 'Do another' },
  home: { zh: '回到我的责任', en: 'To my responsibilities' },
  refused: { zh: '未予办理；什么也没有改变。', en: 'It was refused; nothing was changed.' },
  final: { zh: '办理后不能撤销。', en: 'It cannot be undone.' },
  others: { zh: '“{duty}”不是你的职责。由谁负责：', en: '«{duty}» is not your duty. Who answers for it: ' },
  signIn: { zh: '办理此事需要先选择职务。', en: 'To do this, take a seat first.' },
}

/** Any act's form, derived from what the act says of itself, with what would happen beside it. */
export default function ActPage() {
  const acts = useActs()
  const session = useSession()
  const { name = '' } = useParams()
  const search = useSearch()
  const given = useMemo(() => known(search), [search])
  if (!session) return null
  if (acts.data && !actOf(acts.data, name)) return <NotFoundPage />
  return (
    <Antd>
      <Answer of={acts} lines={8}>
        {(all) => {
          const act = actOf(all, name)
          if (!act) return null
          const key = `${name} ${JSON.stringify(search)} ${session.lastSeat?.unit} ${session.lastSeat?.post}`
          return search['ask'] ? (
            <FilledIn key={key} act={act} session={session} by={search['ask']} />
          ) : (
            <Doing key={key} act={act} session={session} given={given} />
          )
        }}
      </Answer>
    </Antd>
  )
}

/** A form that a question fills in, because what it holds is too long for an address: `?ask=` names it, `?with=` is its input. */
function FilledIn({ act, session, by }: { act: ActCard; session: Session; by: string }) {
  const search = useSearch()
  const answer = useAsk(by as 'allocation.what-if', JSON.parse(search['with'] ?? '{}') as object)
  return (
    <Answer of={answer} lines={8}>
      {({ fill }) => <Doing act={act} session={session} given={fill?.act === act.name ? (fill.input as Values) : {}} />}
    </Answer>
  )
}

const known = ({ input, ...plain }: Readonly<Record<string, string | undefined>>): Values => ({
  ...plain,
  ...(input ? (JSON.parse(input) as Values) : {}),
})

/** A form beside what would happen; where it has rows, they are given more room. */
const halves = {
  className: 'grid',
  style: { gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 400px), 1fr))' },
}

/** What the form begins with: what led here, else the reader's own unit and the day's year where they fit. */
function beginning(act: ActCard, session: Session, given: Values): Values {
  const own = session.actor?.unit
  const unit = act.form.find((field) => field.key === 'unit' && field.widget === 'unit')
  const fits = own && unit && (unit.tiers === undefined || unit.tiers.includes(own.tier))
  const year = act.form.find((field) => field.key === 'year' && field.widget === 'year')
  return {
    ...(fits && { unit: own.id }),
    ...(year && { year: Number(session.today.slice(0, 4)) }),
    ...startOf(act.form, given),
  }
}

function Doing({ act, session, given }: { act: ActCard; session: Session; given: Values }) {
  const { say, t } = useSay()
  const search = useSearch()
  const draftKey = `draft.${act.name}.${JSON.stringify(search)}`
  const start = useMemo(() => beginning(act, session, given), [act, session, given])
  const [draft] = useState(() => recall(draftKey))
  const [values, setValues] = useState<Values>(() => (draft ? (JSON.parse(draft) as Values) : start))
  const [note, setNote] = useState<keyof typeof words | undefined>(draft ? 'restored' : undefined)
  const sent = useMemo(() => withGroups(act.form, (filledIn(values) ?? {}) as Values), [act, values])
  const rehearsal = useRehearsal(act, sent, session)
  const { state, run, reset } = useDeed(act, sent, () => forget(draftKey))
  const [modal, place] = Modal.useModal()
  // What was not touched yet is merely still to be filled in; only what was typed can be wrong.
  const issues = [...(rehearsal.issues ?? []), ...(state.failure?.problem.issues ?? [])].filter((issue) =>
    hasValue(values, issue.field),
  )
  const unitId = typeof values['unit'] === 'string' ? values['unit'] : undefined
  const unit = useAsk('find.units', unitId ? { id: unitId } : {}, { enabled: unitId !== undefined }).data?.units[0]
  const whose = useWhose(act, session, unitId)
  if (state.done)
    return (
      <Done
        act={act}
        id={state.done}
        onAnother={() => {
          reset()
          setValues(start)
        }}
      />
    )
  const submit = async () => {
    const isSure =
      !act.final ||
      (await modal.confirm({
        title: say(words.sure, { act: say(act.title) }),
        content: <Then act={act} />,
        okText: say(words.yes),
        cancelText: say(words.no),
        okButtonProps: { danger: true },
      }))
    if (isSure) await run()
  }
  const isOpen = act.public || session.actor !== null
  return (
    <Page
      title={`${say(act.title)}${unit ? ` · ${say(unit.name)}` : ''}`}
      sub={
        <>
          {act.duty &&
            say(act.public ? words.right : whose.isMine === false ? words.notMine : words.duty, {
              duty: say(act.duty.title),
            })}{' '}
          {act.duty?.article && `· ${say(words.article, { article: act.duty.article })}`} · {say(act.purpose)}
        </>
      }
    >
      {place}
      {act.duty && (
        <Clause
          cite={
            <>
              {say(act.duty.title)} {act.duty.article && `· ${say(words.article, { article: act.duty.article })}`}{' '}
              <Status status={act.duty.status} />
            </>
          }
        >
          {say(act.duty.quote)}
        </Clause>
      )}
      {!isOpen && !hadSeat() && (
        <div className="why note">
          {say(words.signIn)} <Go to="/sign-in">{t('signIn')}</Go>
        </div>
      )}
      {isOpen && whose.isMine === false && act.duty && rehearsal.told === undefined && (
        <div className="why warn">
          <b>{say(words.others, { duty: say(act.duty.title) })}</b>{' '}
          {whose.answerable && <Answers who={whose.answerable} duty={act.duty.id} />}
        </div>
      )}
      <div {...(act.form.some(isOfRows) ? { className: 'grid cols-wide' } : halves)}>
        <form
          className="card"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          {note && (
            <div className="why note">
              {say(words[note])}{' '}
              {note === 'restored' && (
                <button
                  type="button"
                  className="btn tight"
                  onClick={() => {
                    forget(draftKey)
                    setNote(undefined)
                    setValues(start)
                  }}
                >
                  {say(words.fresh)}
                </button>
              )}
            </div>
          )}
          <Form form={act.form} values={values} onChange={setValues} issues={issues} />
          {state.failure && !state.failure.problem.issues && (
            <div style={{ marginTop: 14 }}>
              {state.failure.problem.refusals && <p>{say(words.refused)}</p>}
              <Problem error={state.failure} />
            </div>
          )}
          <div className="row" style={{ marginTop: 16 }}>
            <button type="submit" className="btn primary" disabled={!isOpen || !rehearsal.mayGoOn || state.isRunning}>
              {state.isRunning ? say(words.doing) : say(words.do)}
            </button>
            <button
              type="button"
              className="btn"
              onClick={() => {
                remember(draftKey, JSON.stringify(values))
                setNote('saved')
              }}
            >
              {say(words.later)}
            </button>
            {act.final && <span className="sub small">{say(words.final)}</span>}
          </div>
        </form>
        <div className="stack">
          <Rehearsal act={act} rehearsal={rehearsal} values={values} />
          {act.then.length > 0 && (
            <Card title={say(words.next)}>
              <Then act={act} />
            </Card>
          )}
        </div>
      </div>
    </Page>
  )
}

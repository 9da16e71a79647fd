import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useId } from 'react'
import { useAsk } from '../ask.ts'
import { useSay } from '../language.ts'
import { PersonPicker, ReferencePicker, UnitPicker } from '../parts/Picker.tsx'
import { useSession } from '../session.ts'
import { DigestInput } from './Digest.tsx'
import { amountProblem } from './money.ts'
import { MoneyInput } from './Money.tsx'
import { Optional, useFormUnit, Wrong, type FieldProps } from './notes.tsx'

/** A field of one line: its label, its control, its hint, and what is wrong with it. */
export function SimpleField(props: FieldProps & { readonly isShort?: boolean }) {
  const { field, path, issues, isShort = false } = props
  const { say } = useSay()
  const id = useId()
  const here = path.join('.')
  // An amount says itself what is wrong with it, in more words than its schema has.
  const speaks = field.widget === 'money' && typeof props.value === 'string' && amountProblem(props.value) !== undefined
  const isWrong = !speaks && issues.some((issue) => issue.field === here)
  const described =
    [field.hint && !isShort && `${id}-hint`, isWrong && `${id}-wrong`].filter(Boolean).join(' ') || undefined
  return (
    <div className="line">
      <label className="label" htmlFor={id}>
        {say(field.label)} {!field.required && field.default === undefined && <Optional />}{' '}
        {field.personal && (
          <span className="sub small">
            {say({ zh: '个人信息，日志只记“已提供”', en: 'personal: the journal keeps only that it was given' })}
          </span>
        )}
      </label>
      <Control {...props} id={id} described={described} isWrong={isWrong} />
      {field.hint && !isShort && (
        <div className="sub small" id={`${id}-hint`}>
          {say(field.hint)}
        </div>
      )}
      {!speaks && <Wrong path={path} issues={issues} id={`${id}-wrong`} />}
    </div>
  )
}

type ControlProps = FieldProps & {
  readonly id: string
  readonly described: string | undefined
  readonly isWrong: boolean
  readonly isShort?: boolean
}

function Control(props: ControlProps) {
  const { field, value, path, onChange, id, described, isWrong, isShort = false } = props
  const { say, t } = useSay()
  const today = useSession()?.today
  const unit = useFormUnit()
  // A row that names a unit of its own is about what lies there; a form that names whose it is, about what is theirs.
  const beside = props.siblings['responsible'] ?? props.siblings['unit']
  const put = (given: unknown) => onChange(path, given)
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const shared = {
    id,
    className: 'field',
    'aria-describedby': described,
    'aria-invalid': isWrong,
    required: field.required,
  }
  const chosen = text === '' ? undefined : text
  if (field.type === 'boolean')
    return (
      <input
        type="checkbox"
        id={id}
        aria-describedby={described}
        checked={value === true}
        onChange={(event) => put(event.target.checked)}
      />
    )
  if (field.choices)
    return (
      <select {...shared} value={text} onChange={(event) => put(asType(field.type, event.target.value))}>
        <option value="">…</option>
        {Object.entries(field.choices).map(([key, name]) => (
          <option key={key} value={key}>
            {say(name)}
          </option>
        ))}
      </select>
    )
  switch (field.widget) {
    case 'unit':
      return (
        <UnitPicker
          id={id}
          label={say(field.label)}
          value={chosen}
          onChoose={put}
          describedBy={described}
          invalid={isWrong}
          {...(field.tiers && { tiers: field.tiers })}
        />
      )
    case 'person':
      return (
        <PersonPicker
          id={id}
          label={say(field.label)}
          value={chosen}
          onChoose={put}
          describedBy={described}
          invalid={isWrong}
        />
      )
    case 'money':
      return (
        <MoneyInput
          id={id}
          value={text}
          onChange={put}
          required={field.required}
          describedBy={described}
          isWrong={isWrong}
          isShort={isShort}
        />
      )
    case 'reference':
      return field.finds ? (
        <ReferencePicker
          id={id}
          label={say(field.label)}
          finds={field.finds}
          unit={typeof beside === 'string' && beside !== '' ? beside : unit}
          value={chosen}
          onChoose={put}
          describedBy={described}
          invalid={isWrong}
        />
      ) : (
        <input {...shared} value={text} onChange={(event) => put(event.target.value)} />
      )
    case 'post':
      return <PostSelect {...props} />
    case 'day':
      return (
        <DatePicker
          id={id}
          style={{ width: 180 }}
          showNow={false}
          suffixIcon={<span aria-hidden>▾</span>}
          allowClear={{ clearIcon: <span aria-hidden>×</span> }}
          {...(today && { defaultPickerValue: dayjs(today), presets: [{ label: t('today'), value: dayjs(today) }] })}
          value={chosen ? dayjs(chosen) : null}
          status={isWrong ? 'error' : ''}
          onChange={(day) => put(day ? day.format('YYYY-MM-DD') : undefined)}
        />
      )
    case 'digest':
      return <DigestInput shared={shared} value={text} onChange={put} />
    case 'prose':
      return <textarea {...shared} value={text} onChange={(event) => put(event.target.value)} />
    case 'percent':
      return (
        <span className="with-unit">
          <input
            {...shared}
            type="number"
            inputMode="decimal"
            min={0}
            max={100}
            step={0.01}
            value={text}
            onChange={(event) => put(numberOf(event.target.value))}
          />{' '}
          %
        </span>
      )
    case 'year':
      return (
        <input
          {...shared}
          type="number"
          inputMode="numeric"
          min={2000}
          max={2100}
          style={{ maxWidth: 120 }}
          value={text}
          onChange={(event) => put(numberOf(event.target.value))}
        />
      )
    default:
      return field.type === 'integer' || field.type === 'number' ? (
        <input
          {...shared}
          type="number"
          inputMode="numeric"
          style={{ maxWidth: 220 }}
          step={field.type === 'integer' ? 1 : 'any'}
          value={text}
          onChange={(event) => put(numberOf(event.target.value))}
        />
      ) : (
        <input {...shared} value={text} onChange={(event) => put(event.target.value)} />
      )
  }
}

const numberOf = (text: string): number | undefined => (text === '' ? undefined : Number(text))
const asType = (type: string, text: string): unknown =>
  type === 'integer' || type === 'number' ? numberOf(text) : text

/** The posts of the unit that stands beside it, with who sits there. */
function PostSelect({ field, value, path, onChange, siblings, id, described, isWrong }: ControlProps) {
  const { say } = useSay()
  // Whose posts they are: those of whom the form is about, where it names one, else those of who acts.
  const unit = [siblings['responsible'], siblings['unit']].find((each) => typeof each === 'string')
  const seats = useAsk('find.seats', unit ? { unit } : {})
  return (
    <select
      id={id}
      className="field"
      aria-describedby={described}
      aria-invalid={isWrong}
      required={field.required}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(path, event.target.value)}
    >
      <option value="">…</option>
      {seats.data?.seats.map((seat) => (
        <option key={seat.post.id} value={seat.post.id}>
          {say(seat.post.name)} — {seat.person ? say(seat.person.name) : say({ zh: '空缺', en: 'vacant' })}
        </option>
      ))}
    </select>
  )
}

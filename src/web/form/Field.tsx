import { useState } from 'react'
import { useSay } from '../language.ts'
import { Choice, MadeUp } from '../parts/basics.tsx'
import { PersonPicker } from '../parts/Picker.tsx'
import { useSession } from '../session.ts'
import { Optional, Wrong, type FieldProps } from './notes.tsx'
import { isOfRows } from './rows.ts'
import { RowsField } from './Rows.tsx'
import { SimpleField } from './simple.tsx'
import { isBilingual, type Values } from './values.ts'

/** One field: a line, a group of fields, or a list of rows. */
export function Field(props: FieldProps) {
  const { field } = props
  if (isOfRows(field)) return <RowsField {...props} />
  if (field.type === 'array') return <ListField {...props} />
  if (field.type === 'object' && field.widget === 'person') return <PersonFields {...props} />
  if (field.type === 'object' && field.properties)
    return isBilingual(field) ? <Bilingual {...props} /> : <Group {...props} />
  return <SimpleField {...props} />
}

function Group({ field, value, path, onChange, issues }: FieldProps) {
  const { say } = useSay()
  const inside = (value ?? {}) as Values
  return (
    <fieldset>
      <legend>{say(field.label)}</legend>
      {field.hint && <span className="sub small">{say(field.hint)}</span>}
      {field.properties?.map((each) => (
        <Field
          key={each.key}
          field={each}
          value={inside[each.key]}
          siblings={inside}
          path={[...path, each.key]}
          onChange={onChange}
          issues={issues}
        />
      ))}
      <Wrong path={path} issues={issues} />
    </fieldset>
  )
}

const languageNames = { zh: '中文', en: 'English' } as const

/** A text in both languages, side by side. */
function Bilingual({ field, value, path, onChange, issues }: FieldProps) {
  const { say } = useSay()
  const texts = (value ?? {}) as Partial<Record<'zh' | 'en', string>>
  return (
    <div className="line" role="group" aria-label={say(field.label)}>
      <span className="label">
        {say(field.label)} {!field.required && <Optional />}
      </span>
      <div className="pair">
        {(['zh', 'en'] as const).map((language) => {
          const shared = {
            className: 'field',
            lang: language === 'zh' ? 'zh-CN' : 'en',
            placeholder: languageNames[language],
            'aria-label': `${say(field.label)} · ${languageNames[language]}`,
            value: texts[language] ?? '',
            onChange: (event: { target: { value: string } }) => onChange([...path, language], event.target.value),
          }
          return field.widget === 'prose' ? (
            <textarea key={language} {...shared} />
          ) : (
            <input key={language} {...shared} />
          )
        })}
      </div>
      {field.hint && <span className="sub small">{say(field.hint)}</span>}
      <Wrong path={path} issues={issues} />
    </div>
  )
}

const words = {
  add: { zh: '添一行', en: 'Add a row' },
  remove: { zh: '删去', en: 'Remove' },
  row: { zh: '第 {at} 行', en: 'Row {at}' },
  somebody: { zh: '已有人员', en: 'Somebody known' },
  newcomer: { zh: '新的人员', en: 'Somebody new' },
  who: { zh: '谁', en: 'Who' },
  chinese: { zh: '中文姓名', en: 'Name in Chinese' },
  english: { zh: '英文姓名', en: 'Name in English' },
}

/** A list: rows that are added and removed. */
function ListField({ field, value, path, onChange, issues }: FieldProps) {
  const { say } = useSay()
  const rows = Array.isArray(value) ? (value as unknown[]) : []
  const { items } = field
  if (!items) return null
  if (items.choices) return <Several {...{ field, value, siblings: {}, path, onChange, issues }} />
  const isGroup = items.type === 'object'
  return (
    <fieldset>
      <legend>
        {say(field.label)} {!field.required && <Optional />}
      </legend>
      {field.hint && <span className="sub small">{say(field.hint)}</span>}
      {rows.map((row, at) => (
        <div key={at} className="list-row">
          <Field
            field={{
              ...items,
              label: { zh: `${field.label.zh} ${at + 1}`, en: `${field.label.en} ${at + 1}` },
              required: true,
            }}
            value={row}
            siblings={isGroup ? ((row ?? {}) as Values) : {}}
            path={[...path, at]}
            onChange={onChange}
            issues={issues}
          />
          <div>
            <button type="button" className="btn tight" onClick={() => onChange(path, rows.toSpliced(at, 1))}>
              {say(words.remove)} <span className="visually-hidden">{say(words.row, { at: at + 1 })}</span>
            </button>
          </div>
        </div>
      ))}
      <Wrong path={path} issues={issues} />
      <div>
        <button type="button" className="btn" onClick={() => onChange(path, [...rows, isGroup ? {} : ''])}>
          {say(words.add)}
        </button>
      </div>
    </fieldset>
  )
}

/** Some of a few values: a box to tick for each. */
function Several({ field, value, path, onChange, issues }: FieldProps) {
  const { say } = useSay()
  const chosen = Array.isArray(value) ? (value as string[]) : []
  return (
    <fieldset>
      <legend>
        {say(field.label)} {!field.required && <Optional />}
      </legend>
      {field.hint && <span className="sub small">{say(field.hint)}</span>}
      <div className="row">
        {Object.entries(field.items?.choices ?? {}).map(([key, name]) => (
          <label key={key}>
            <input
              type="checkbox"
              checked={chosen.includes(key)}
              onChange={(event) =>
                onChange(path, event.target.checked ? [...chosen, key] : chosen.filter((each) => each !== key))
              }
            />{' '}
            {say(name)}
          </label>
        ))}
      </div>
      <Wrong path={path} issues={issues} />
    </fieldset>
  )
}

type PersonValue = {
  readonly id?: string
  readonly name?: { readonly zh?: string; readonly en?: string }
  readonly madeUp?: boolean
}

/** Somebody known, or somebody new: in a demonstration a new person is made up, and marked so. */
function PersonFields(props: FieldProps) {
  const { field, value, path, onChange, issues } = props
  const { say } = useSay()
  const session = useSession()
  const [isNew, setNew] = useState(true)
  const [fresh] = useState(() => crypto.randomUUID())
  const person = (value ?? {}) as PersonValue
  const hasName = field.properties?.some((each) => each.key === 'name') ?? false
  if (!hasName) return <Group {...props} />
  const madeUp = session?.mode !== 'production'
  const rename = (language: 'zh' | 'en', text: string) =>
    onChange(path, { id: fresh, madeUp, name: { ...person.name, [language]: text } })
  return (
    <fieldset>
      <legend>{say(field.label)}</legend>
      <div>
        <Choice
          label={say(words.who)}
          value={isNew ? 'new' : 'known'}
          options={[
            { value: 'new', label: say(words.newcomer) },
            { value: 'known', label: say(words.somebody) },
          ]}
          onChoose={(choice) => {
            setNew(choice === 'new')
            onChange(path, undefined)
          }}
        />{' '}
        {isNew && madeUp && <MadeUp />}
      </div>
      {isNew ? (
        <div className="pair">
          <input
            className="field"
            lang="zh-CN"
            placeholder={say(words.chinese)}
            aria-label={say(words.chinese)}
            value={person.name?.zh ?? ''}
            onChange={(event) => rename('zh', event.target.value)}
          />
          <input
            className="field"
            lang="en"
            placeholder={say(words.english)}
            aria-label={say(words.english)}
            value={person.name?.en ?? ''}
            onChange={(event) => rename('en', event.target.value)}
          />
        </div>
      ) : (
        <PersonPicker
          label={say(words.somebody)}
          value={person.id}
          onChoose={(id, option) =>
            onChange(path, { id, name: option.name, madeUp: 'madeUp' in option ? option.madeUp : madeUp })
          }
        />
      )}
      {['id', 'name', 'name.zh', 'name.en'].map((part) => (
        <Wrong key={part} path={[...path, ...part.split('.')]} issues={issues} />
      ))}
      <Wrong path={path} issues={issues} />
    </fieldset>
  )
}

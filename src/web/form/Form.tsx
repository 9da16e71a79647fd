import type { Text } from '#kernel/words.ts'
import type { FormField } from '../acts.ts'
import { useSay } from '../language.ts'
import { ListField, PersonFields } from './groups.tsx'
import { SimpleField } from './simple.tsx'
import { isBilingual, putAt, type Path, type Values } from './values.ts'
import './form.css'

export type Issue = { readonly field: string; readonly problem: Text }

export type FieldProps = {
  readonly field: FormField
  readonly value: unknown
  /** What stands beside it, for a field that depends on another, such as a post on its unit. */
  readonly siblings: Values
  readonly path: Path
  readonly onChange: (path: Path, value: unknown) => void
  readonly issues: readonly Issue[]
}

type Props = {
  readonly form: readonly FormField[]
  readonly values: Values
  readonly onChange: (values: Values) => void
  readonly issues: readonly Issue[]
}

/** The form of an act, as its schema says. */
export function Form({ form, values, onChange, issues }: Props) {
  const change = (path: Path, value: unknown) => onChange(putAt(values, path, value) as Values)
  return (
    <div className="form">
      {form
        .filter((field) => field.widget !== 'hidden')
        .map((field) => (
          <Field key={field.key} field={field} value={values[field.key]} siblings={values} path={[field.key]} onChange={change} issues={issues} />
        ))}
    </div>
  )
}

/** One field: a line, a group of fields, or a list of rows. */
export function Field(props: FieldProps) {
  const { field } = props
  if (field.type === 'array') return <ListField {...props} />
  if (field.type === 'object' && field.widget === 'person') return <PersonFields {...props} />
  if (field.type === 'object' && field.properties) return isBilingual(field) ? <Bilingual {...props} /> : <Group {...props} />
  return <SimpleField {...props} />
}

export function Group({ field, value, path, onChange, issues }: FieldProps) {
  const { say } = useSay()
  const inside = (value ?? {}) as Values
  return (
    <fieldset>
      <legend>{say(field.label)}</legend>
      {field.hint && <span className="sub small">{say(field.hint)}</span>}
      {field.properties?.map((each) => (
        <Field key={each.key} field={each} value={inside[each.key]} siblings={inside} path={[...path, each.key]} onChange={onChange} issues={issues} />
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
          return field.widget === 'prose' ? <textarea key={language} {...shared} /> : <input key={language} {...shared} />
        })}
      </div>
      {field.hint && <span className="sub small">{say(field.hint)}</span>}
      <Wrong path={path} issues={issues} />
    </div>
  )
}

export function Optional() {
  const { say } = useSay()
  return <span className="sub small">{say({ zh: '（可不填）', en: '(optional)' })}</span>
}

/** What is wrong with a field, beside it. */
export function Wrong({ path, issues, id }: { path: Path; issues: readonly Issue[]; id?: string }) {
  const { say } = useSay()
  const here = path.join('.')
  const own = issues.filter((issue) => issue.field === here)
  return own.length === 0 ? null : (
    <div className="wrong" id={id}>
      {own.map((issue) => say(issue.problem)).join(' ')}
    </div>
  )
}

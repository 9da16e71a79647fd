import type { FormField } from '../acts.ts'
import { Field } from './Field.tsx'
import { WholeForm, type Issue } from './notes.tsx'
import { putAt, type Path, type Values } from './values.ts'
import './form.css'

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
    <WholeForm value={values}>
      <div className="form">
        {form
          .filter((field) => field.widget !== 'hidden')
          .map((field) => (
            <Field
              key={field.key}
              field={field}
              value={values[field.key]}
              siblings={values}
              path={[field.key]}
              onChange={change}
              issues={issues}
            />
          ))}
      </div>
    </WholeForm>
  )
}

import { createContext, useContext } from 'react'
import type { Text } from '#kernel/words.ts'
import type { FormField } from '../acts.ts'
import { useSay } from '../language.ts'
import type { Path, Values } from './values.ts'

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

/** What the whole form holds, for a field deep within it that depends on another: a payee on whose books they are. */
export const WholeForm = createContext<Values>({})

/** The unit that the form is about. */
export function useFormUnit(): string | undefined {
  const { unit } = useContext(WholeForm)
  return typeof unit === 'string' ? unit : undefined
}

import type { Text } from '#kernel/words.ts'
import type { FormField } from '../acts.ts'

/** What has been filled in, as it goes over the wire. */
export type Values = Readonly<Record<string, unknown>>
export type Path = readonly (string | number)[]

/** Puts a value at a place within what has been filled in; a row of a list is reached by its number. */
export function putAt(values: unknown, path: Path, value: unknown): unknown {
  const [head, ...rest] = path
  if (head === undefined) return value
  if (typeof head === 'number') {
    const list = Array.isArray(values) ? [...(values as unknown[])] : []
    list[head] = putAt(list[head], rest, value)
    return list
  }
  return { ...(values as object), [head]: putAt((values as Values | undefined)?.[head], rest, value) }
}

/** What is sent: fields left empty are left out, groups without anything in them too. */
export function filledIn(value: unknown): unknown {
  if (value === '' || value === null || (typeof value === 'number' && Number.isNaN(value))) return undefined
  if (Array.isArray(value)) return value.map(filledIn).filter((each) => each !== undefined)
  if (typeof value !== 'object') return value
  const entries = Object.entries(value).flatMap(([key, each]): [string, unknown][] => {
    const given = filledIn(each)
    return given === undefined ? [] : [[key, given]]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

/** A group that must be there is sent even while it is empty, so that what is told is which of its fields are missing. */
export function withGroups(form: readonly FormField[], values: Values): Values {
  const groups = form.flatMap(({ key, required, properties, type }): [string, unknown][] =>
    type === 'object' && required && properties ? [[key, withGroups(properties, (values[key] ?? {}) as Values)]] : [],
  )
  return { ...values, ...Object.fromEntries(groups) }
}

/** The fields that must be filled in and are not, each by its path. */
export function missingIn(form: readonly FormField[], values: Values, at: readonly string[] = []): readonly string[] {
  return form.flatMap((field) => {
    const value = values[field.key]
    const path = [...at, field.key]
    if (value === undefined)
      return field.required
        ? field.properties && field.type === 'object'
          ? missingIn(field.properties, {}, path)
          : [path.join('.')]
        : []
    return field.properties && field.type === 'object' ? missingIn(field.properties, value as Values, path) : []
  })
}

/** The label of the field that a path leads to, such as `selfCheck.statement`. */
export function labelAt(form: readonly FormField[], path: string): Text {
  const [head = '', ...rest] = path.split('.').filter((part) => !/^\d+$/.test(part))
  const field = form.find((each) => each.key === head)
  if (!field) return { zh: path, en: path }
  const inside = field.properties ?? field.items?.properties
  return inside && rest.length > 0 && field.widget !== 'person' && !isBilingual(field)
    ? labelAt(inside, rest.join('.'))
    : field.label
}

/** What a form begins with: what its fields say, and what whoever led here knew. */
export const startOf = (form: readonly FormField[], known: Values): Values => ({
  ...Object.fromEntries(form.flatMap((field) => (field.default === undefined ? [] : [[field.key, field.default]]))),
  ...Object.fromEntries(
    form.flatMap((field) => (field.key in known ? [[field.key, asField(field, known[field.key])]] : [])),
  ),
})

/** A text of the address as the type of its field. */
function asField(field: FormField, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (field.type === 'integer' || field.type === 'number') return Number(value)
  if (field.type === 'boolean') return value === 'true'
  if (field.type === 'array') return value.split(',')
  return value
}

/** Whether something has been filled in where a path leads. */
export function hasValue(values: Values, path: string): boolean {
  const found = path.split('.').reduce<unknown>((at, key) => (at as Values | undefined)?.[key], values)
  return found !== undefined && found !== '' && typeof found !== 'object'
}

/** Whether a field holds a text in both languages. */
export const isBilingual = (field: FormField): boolean =>
  field.properties?.length === 2 && field.properties.every((each) => each.key === 'zh' || each.key === 'en')

import { z } from 'zod'
import type { Text } from '#kernel/words.ts'

/** A JSON Schema as this program makes them; `label`, `hint` and `widget` are what the house says of a field. */
export type Shape = {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly enum?: readonly (string | number | null)[]
  readonly format?: string
  readonly default?: unknown
  readonly label?: Text
  readonly hint?: Text
  readonly widget?: string
  readonly tiers?: readonly string[]
  readonly finds?: string
  readonly choices?: Readonly<Record<string, Text>>
  readonly personal?: boolean
}

const shapes = new WeakMap<z.ZodType, Shape>()

/** The JSON Schema of what may be sent for a shape, with what was said of its fields. Made once for each. */
export function shapeOf(shape: z.ZodType): Shape {
  let made = shapes.get(shape)
  if (!made) {
    made = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Shape
    shapes.set(shape, made)
  }
  return made
}

export type Field = {
  readonly key: string
  readonly label: Text
  readonly hint?: Text
  readonly widget: string
  readonly type: string
  readonly required: boolean
  readonly choices?: Readonly<Record<string, Text>>
  readonly tiers?: readonly string[]
  readonly finds?: string
  readonly personal?: boolean
  readonly default?: unknown
  readonly properties?: readonly Field[]
  readonly items?: Field
}

/** The form of an act, field by field, as a screen needs it. */
export const formOf = (shape: z.ZodObject): readonly Field[] => fieldsOf(shapeOf(shape))

const fieldsOf = ({ properties = {}, required = [] }: Shape): readonly Field[] =>
  Object.entries(properties).map(([key, property]) => fieldOf(key, property, required.includes(key)))

function fieldOf(key: string, property: Shape, required: boolean): Field {
  const given = property.anyOf?.find((each) => each.type !== 'null') ?? property
  const type = typeOf(given)
  const { label, hint, tiers, finds, personal } = { ...given, ...property }
  const choices = choicesOf(given, property)
  return {
    key,
    label: label ?? knownLabels[key] ?? { zh: key, en: key },
    widget: property.widget ?? given.widget ?? widgetOf(type, given),
    type,
    required,
    ...(hint && { hint }),
    ...(choices && { choices }),
    ...(tiers && { tiers }),
    ...(finds && { finds }),
    ...(personal && { personal }),
    ...(property.default !== undefined && { default: property.default }),
    ...(given.properties && { properties: fieldsOf(given) }),
    ...(given.items && { items: fieldOf('item', given.items, true) }),
  }
}

/** Parts of nested objects that need no label of their own wherever they stand. */
const knownLabels: Readonly<Record<string, Text>> = {
  id: { zh: '编号', en: 'Id' },
  name: { zh: '名称', en: 'Name' },
  zh: { zh: '中文', en: 'In Chinese' },
  en: { zh: '英文', en: 'In English' },
  madeUp: { zh: '虚构', en: 'Made up' },
  code: { zh: '代码', en: 'Code' },
  tier: { zh: '层级', en: 'Tier' },
  parent: { zh: '上级', en: 'Parent' },
  item: { zh: '项', en: 'Item' },
}

const typeOf = ({ type }: Shape): string =>
  (Array.isArray(type) ? type.find((each) => each !== 'null') : (type as string | undefined)) ?? 'any'

function choicesOf(given: Shape, property: Shape) {
  const choices = property.choices ?? given.choices
  if (choices) return choices
  const values = given.enum?.filter((value) => value !== null)
  return values && Object.fromEntries(values.map((value) => [String(value), { zh: String(value), en: String(value) }]))
}

function widgetOf(type: string, { enum: values, format }: Shape): string {
  if (values) return 'choice'
  if (format === 'date') return 'day'
  if (type === 'integer' || type === 'number') return 'count'
  return type === 'boolean' ? 'yes-or-no' : type === 'object' ? 'group' : type === 'array' ? 'list' : 'text'
}

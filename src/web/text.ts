/** A value as plain text: a text as it is, everything else as it would be written in a program. */
export const plainText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** What was typed into a field of a form; nothing, if it has no such field. */
export function typedIn(form: HTMLFormElement, field: string): string {
  const value = new FormData(form).get(field)
  return typeof value === 'string' ? value : ''
}

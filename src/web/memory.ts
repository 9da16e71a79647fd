/** What this browser remembers for its reader: the language, large text. A browser that forbids it just forgets. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`zeren.${key}`)
  } catch {
    return null
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`zeren.${key}`, value)
  } catch (error) {
    // Private windows may forbid storage; the choice then lasts as long as the page.
    console.info('Not remembered:', key, error)
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(`zeren.${key}`)
  } catch (error) {
    console.info('Nothing was remembered:', key, error)
  }
}

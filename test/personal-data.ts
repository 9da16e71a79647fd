/** A piece of personal data in a text: of what kind, and where. */
export type Leak = { readonly kind: string; readonly where: string }

/** What personal data looks like, whoever it is of. */
const shapes: readonly (readonly [kind: string, shape: RegExp])[] = [
  ['an ID number', /(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])/],
  ['a bank account', /(?<![0-9A-Za-z.])\d{16,19}(?![0-9A-Za-z])/],
  ['a mobile telephone', /(?<![0-9A-Za-z.])1[3-9]\d{9}(?![0-9A-Za-z])/],
  ['a telephone', /(?<!\d)0\d{2,3}-\d{7,8}(?!\d)/],
  ['an e-mail address', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/],
]

/** What only looks like it: ids and digests that the program makes itself. */
const own = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\?v=[\w-]+/g

const AROUND = 30

/** Looks through what the public can read: for what is known to be somebody's, and for whatever looks as if it were. */
export function findPersonalData(text: string, secrets: readonly string[] = []): readonly Leak[] {
  const looked = text.replaceAll(own, '·')
  const around = (at: number) => looked.slice(Math.max(0, at - AROUND), at + AROUND)
  const known = secrets.flatMap((secret) => {
    const at = looked.indexOf(secret)
    return at < 0 ? [] : [{ kind: `«${secret}»`, where: around(at) }]
  })
  const seen = shapes.flatMap(([kind, shape]) => {
    const found = shape.exec(looked)
    return found ? [{ kind, where: around(found.index) }] : []
  })
  return [...known, ...seen]
}

export type Read = { readonly address: string; readonly status: number; readonly type: string; readonly text: string }

/** Reads a site from one address on: every page and every file that it leads to within itself, each once. */
export async function crawl(origin: string, from: string, pagesMax = 2_000): Promise<readonly Read[]> {
  const read: Read[] = []
  const known = new Set([from])
  for (const address of known) {
    if (read.length >= pagesMax) throw new Error(`More than ${pagesMax} pages: the site leads on and on.`)
    const response = await fetch(new URL(address, origin))
    const type = response.headers.get('content-type') ?? ''
    const text = await response.text()
    read.push({ address, status: response.status, type, text })
    if (!type.startsWith('text/html')) continue
    for (const [, link = ''] of text.matchAll(/(?:href|src|action)="([^"]*)"/g)) {
      const to = new URL(link.replaceAll('&amp;', '&'), new URL(address, origin))
      // The app for those with a seat begins at the root; it is no page of the public site.
      if (to.origin === origin && to.pathname !== '/') known.add(`${to.pathname}${to.search}`)
    }
  }
  return read
}

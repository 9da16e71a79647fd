import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { memoryPages, validateXML } from 'xmllint-wasm'

const folder = path.join(import.meta.dirname, 'schemas')
const schema = (name: string) => readFileSync(path.join(folder, name), 'utf8')

type Schema = { readonly fileName: string; readonly contents: string }

/** What an independent validator finds wrong with a text. A country's projects need more memory than it takes unasked. */
export async function problemsOfXml(text: string, first: Schema, others: readonly Schema[]): Promise<string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'text.xml', contents: text }],
    schema: [first],
    preload: others,
    maxMemoryPages: memoryPages.max,
  })
  return errors.map(({ message, loc }) => (loc ? `line ${loc.lineNumber}: ${message}` : message))
}

/** What an independent validator finds wrong with a file of IATI activities. */
export const problemsOfIati = (text: string): Promise<readonly string[]> =>
  problemsOfXml(text, { fileName: 'iati-activities-part.xsd', contents: schema('iati-activities-part.xsd') }, [
    { fileName: 'xml-part.xsd', contents: schema('xml-part.xsd') },
  ])

const ajv = new Ajv({ allErrors: true })
formats.default(ajv)
const isPackage = ajv.compile(JSON.parse(schema('oc4ids-part.json')) as object)

/** What an independent validator finds wrong with a package of OC4IDS projects. */
export const problemsOfOc4ids = (text: string): readonly string[] =>
  isPackage(JSON.parse(text)) ? [] : (isPackage.errors ?? []).map((each) => `${each.instancePath} ${each.message}`)

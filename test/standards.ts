import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { validateXML } from 'xmllint-wasm'

const folder = path.join(import.meta.dirname, 'schemas')
const schema = (name: string) => readFileSync(path.join(folder, name), 'utf8')

/** What an independent validator finds wrong with a file of IATI activities. */
export async function problemsOfIati(text: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'activities.xml', contents: text }],
    schema: [{ fileName: 'iati-activities-part.xsd', contents: schema('iati-activities-part.xsd') }],
    preload: [{ fileName: 'xml-part.xsd', contents: schema('xml-part.xsd') }],
  })
  return errors.map(({ message }) => message)
}

const ajv = new Ajv({ allErrors: true })
formats.default(ajv)
const isPackage = ajv.compile(JSON.parse(schema('oc4ids-part.json')) as object)

/** What an independent validator finds wrong with a package of OC4IDS projects. */
export const problemsOfOc4ids = (text: string): readonly string[] =>
  isPackage(JSON.parse(text)) ? [] : (isPackage.errors ?? []).map((each) => `${each.instancePath} ${each.message}`)

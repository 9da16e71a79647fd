import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { shippedRegistry } from '#src/program/open.ts'
import { campaign, threeTiers } from '#test/world.ts'
import { openApi } from './openapi.ts'

type Reference = { readonly $ref?: string }
type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema?: object }
type Operation = {
  readonly operationId: string
  readonly responses: Readonly<Record<string, Reference & { readonly description?: string }>>
  readonly parameters?: readonly (Reference & Parameter)[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> }
}

describe('The description of the interface', () => {
  const registry = shippedRegistry()
  const description = openApi(campaign(), registry) as {
    openapi: string
    info: { title: string; version: string }
    paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
    components: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  }
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

  /** What a reference leads to, or the thing itself. */
  const follow = <T extends Reference>(thing: T): T => {
    if (thing.$ref === undefined) return thing
    const [, , kind = '', name = ''] = thing.$ref.split('/')
    const found = description.components[kind]?.[name]
    assert.ok(found, thing.$ref)
    return found as T
  }

  it('It is of OpenAPI 3.1 and knows every act, question, figure and check', () => {
    assert.match(description.openapi, /^3\.1\.\d$/)
    assert.ok(description.info.title && description.info.version)
    for (const { name } of registry.acts) assert.ok(description.paths[`/api/acts/${name}`]?.['post'], name)
    for (const { name } of registry.asks) assert.ok(description.paths[`/api/asks/${name}`]?.['get'], name)
    for (const { name } of registry.figures) assert.ok(description.paths[`/api/figures/${name}/records`]?.['get'], name)
    for (const { id } of registry.checks) assert.ok(description.paths[`/api/checks/${id}`]?.['get'], id)
  })

  it('Every operation has a name of its own, answers with descriptions, and parameters with schemas', () => {
    const names = operations.map(({ operation }) => operation.operationId)
    assert.equal(new Set(names).size, names.length)
    for (const { path, method, operation } of operations) {
      assert.match(path, /^\//)
      assert.match(method, /^(get|post|delete)$/)
      assert.ok(Object.keys(operation.responses).length > 0, path)
      for (const [status, answer] of Object.entries(operation.responses)) {
        assert.match(status, /^[1-5](\d\d|XX)$/)
        assert.ok(follow(answer).description, `${path} ${status}`)
      }
      for (const parameter of (operation.parameters ?? []).map(follow)) {
        assert.match(parameter.in, /^(query|path|header)$/)
        assert.ok(parameter.schema, `${path} ${parameter.name}`)
      }
      const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const declared = (operation.parameters ?? [])
        .map(follow)
        .filter((each) => each.in === 'path' && each.required)
        .map(({ name }) => name)
      assert.deepEqual(declared, places)
    }
  })

  it('Every reference leads somewhere, and what the house says of a field stands under names of its own', () => {
    const walk = (value: unknown, at: string, isMap: boolean): void => {
      if (typeof value !== 'object' || value === null) return
      for (const [key, each] of Object.entries(value)) {
        if (key === '$ref') follow({ $ref: String(each) })
        if (!isMap && !Array.isArray(value)) assert.ok(!['widget', 'choices', 'personal'].includes(key), `${at}.${key}`)
        walk(each, `${at}.${key}`, key === 'properties' || key === 'x-choices')
      }
    }
    walk(description, '', false)
  })

  it('Every act needs its key, and tells the codes for which it may be refused', () => {
    for (const act of registry.acts) {
      const operation = description.paths[`/api/acts/${act.name}`]?.['post']
      assert.ok(operation?.parameters?.map(follow).some(({ name, required }) => name === 'Idempotency-Key' && required))
      for (const code of Object.keys(act.refusals))
        assert.match(operation?.responses['409']?.description ?? '', new RegExp(`\\b${code}\\b`))
    }
  })

  it('It is made for another charter as well', () => {
    assert.ok(openApi(threeTiers(), registry))
  })
})

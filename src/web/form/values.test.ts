import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FormField } from '../acts.ts'
import { filledIn, labelAt, missingIn, putAt, startOf, withGroups } from './values.ts'

const label = (en: string) => ({ zh: en, en })
const field = (key: string, more: Partial<FormField> = {}): FormField => ({
  key,
  label: label(key),
  widget: 'text',
  type: 'string',
  required: true,
  ...more,
})

describe('What is filled into a form', () => {
  it('A value is put into a row of a list, and the other rows stay', () => {
    assert.deepEqual(putAt({ rows: [{ a: 1 }, { a: 2 }] }, ['rows', 1, 'a'], 3), { rows: [{ a: 1 }, { a: 3 }] })
    assert.deepEqual(putAt({}, ['title', 'zh'], '题'), { title: { zh: '题' } })
  })
  it('What is left empty is not sent: nor are groups without anything in them', () => {
    assert.deepEqual(filledIn({ a: '', b: undefined, c: Number.NaN, d: { e: '' }, f: 0, g: false, h: [''] }), {
      f: 0,
      g: false,
      h: [],
    })
  })
  it('A group that must be there is sent even while it is empty', () => {
    const form = [
      field('check', { type: 'object', properties: [field('villages')] }),
      field('note', { required: false, type: 'object', properties: [] }),
    ]
    assert.deepEqual(withGroups(form, {}), { check: {} })
  })
  it('What must be filled in and is not is told field by field, also within groups', () => {
    const form = [
      field('unit'),
      field('check', { type: 'object', properties: [field('villages'), field('note', { required: false })] }),
    ]
    assert.deepEqual(missingIn(form, {}), ['unit', 'check.villages'])
    assert.deepEqual(missingIn(form, { unit: 'x', check: { villages: 0 } }), [])
  })
  it('A number of the address becomes a number, and a default gives way to what is known', () => {
    const form = [field('year', { type: 'integer' }), field('capacity', { default: 'holder' })]
    assert.deepEqual(startOf(form, { year: '2018' }), { capacity: 'holder', year: 2018 })
    assert.deepEqual(startOf(form, { capacity: 'acting' }), { capacity: 'acting' })
  })
  it('What is missing is called by the label of its own field, and a person by the field of the person', () => {
    const form = [
      field('check', { type: 'object', properties: [field('villages')] }),
      field('person', { type: 'object', widget: 'person', properties: [field('id')] }),
    ]
    assert.equal(labelAt(form, 'check.villages').en, 'villages')
    assert.equal(labelAt(form, 'person.id').en, 'person')
    assert.equal(labelAt(form, 'nowhere').en, 'nowhere')
  })
})

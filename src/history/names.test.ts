import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excludedNames, madeUpPerson } from './names.ts'

const people = (count: number) => Array.from({ length: count }, (_, index) => madeUpPerson(`seat ${index}`))

test('a seat has the same made-up holder every time', () => {
  assert.deepEqual(people(200), people(200))
  assert.deepEqual(madeUpPerson('130631 secretary'), madeUpPerson('130631 secretary'))
})

test('of the first 5,000 seats fewer than one in fifty repeat a full name', () => {
  const distinct = new Set(people(5_000).map((person) => person.zh)).size
  assert.ok(distinct > 4_900, `${5_000 - distinct} of 5,000 repeat a name`)
})

test('no made-up official bears the name of a person of public life', () => {
  const taken = people(50_000).filter((person) => excludedNames.has(person.zh))
  assert.deepEqual(taken, [])
})

test('a name is two to four characters, and its English has a surname and a given name in plain letters', () => {
  for (const { zh, en } of people(5_000)) {
    assert.match(zh, /^\p{Script=Han}{2,4}$/u)
    assert.match(en, /^[A-Z][a-z]+ [A-Z][a-z]*('[a-z]+)?[a-z]*$/)
  }
})

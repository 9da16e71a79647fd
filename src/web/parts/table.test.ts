import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compare, toCsv } from './table.ts'

describe('Tables', () => {
  it('What is missing comes last, numbers are ordered as numbers, names by their reading', () => {
    assert.deepEqual(
      [10, null, 9].toSorted((a, b) => compare(a, b, 'en')),
      [9, 10, null],
    )
    assert.deepEqual(
      ['湖南省', '安徽省'].toSorted((a, b) => compare(a, b, 'zh')),
      ['安徽省', '湖南省'],
    )
  })
  it('A cell that a spreadsheet would run as a formula is written as text, and quotes are doubled', () => {
    const text = toCsv(
      [{ title: 'Name', value: (row: { name: string }) => row.name }],
      [{ name: '=1+1' }, { name: 'a "b", c' }],
    )
    assert.equal(text, '\uFEFFName\r\n\'=1+1\r\n"a ""b"", c"\r\n')
  })
})

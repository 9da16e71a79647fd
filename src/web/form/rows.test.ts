import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FormField } from '../acts.ts'
import { cellsOf, isOfRows, rowsOf, toFind, withIds } from './rows.ts'

const column = (key: string, zh: string, more: Partial<FormField> = {}): FormField => ({
  key,
  label: { zh, en: key },
  widget: 'text',
  type: 'string',
  required: true,
  ...more,
})
const columns = [
  column('project', '项目', { widget: 'reference', finds: 'find.projects' }),
  column('amount', '金额（元）', { widget: 'money' }),
  column('milestone', '节点', { type: 'integer', required: false }),
]

describe('Rows pasted from a spreadsheet', () => {
  it('Come in the order of the form', () => {
    assert.deepEqual(rowsOf(columns, cellsOf('A-1\t1,250,000.50\t2\r\nA-2\t300\t\r\n')), [
      { project: 'A-1', amount: '1250000.50', milestone: 2 },
      { project: 'A-2', amount: '300' },
    ])
  })
  it('Come under their own headings, in whatever order', () => {
    assert.deepEqual(rowsOf(columns, cellsOf('金额（元）\t备注\t项目\n5\tx\tA-1')), [{ amount: '5', project: 'A-1' }])
  })
  it('Keep a cell of several lines together', () => {
    assert.deepEqual(cellsOf('"one\ntwo ""three"""\t4'), [['one\ntwo "three"', '4']])
  })
  it('Keep what can’t be read, so that the error names it', () => {
    assert.deepEqual(rowsOf(columns, cellsOf('A-1\ttwelve\tsecond')), [
      { project: 'A-1', amount: 'twelve', milestone: 'second' },
    ])
  })
  it('Name things as people do; what means nothing or several is told by its row', () => {
    const rows = rowsOf(columns, cellsOf('A-1\t1\nA-2\t2\nA-3\t3'))
    assert.deepEqual([...toFind(columns, rows)], [['find.projects', ['A-1', 'A-2', 'A-3']]])
    const found = new Map([
      [
        'find.projects',
        new Map([
          ['A-1', ['id-1']],
          ['A-2', ['x', 'y']],
        ]),
      ],
    ])
    const { rows: put, problems } = withIds(columns, rows, found)
    assert.equal(put[0]?.['project'], 'id-1')
    assert.deepEqual(
      problems.map(({ row, key }) => [row, key]),
      [
        [2, 'project'],
        [3, 'project'],
      ],
    )
  })
  it('Fit a list whose every column is a single value', () => {
    const list = (items: readonly FormField[]) =>
      column('list', '表', { type: 'array', items: column('item', '项', { type: 'object', properties: items }) })
    assert.ok(isOfRows(list(columns)))
    assert.ok(!isOfRows(list([column('name', '名', { type: 'object', properties: columns })])))
  })
})

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { bookOf, partsOf, rowOf, zipOf } from '#test/workbook.ts'
import { columnOf, lettersOf, openBook, type Row, SheetProblem, sheetLimits, writeBook, writeSheet } from './index.ts'

async function rowsOf(bytes: Uint8Array | string, limits = sheetLimits): Promise<Row[]> {
  const book = await openBook(bytes, limits)
  try {
    const rows: Row[] = []
    for (const sheet of book.sheets) for await (const row of sheet.rows()) rows.push(row)
    return rows
  } finally {
    await book.close()
  }
}

const cellsOf = async (markup: string, more?: Parameters<typeof bookOf>[1]) =>
  (await rowsOf(bookOf({ S: `<sheetData>${markup}</sheetData>` }, more))).flatMap((row) => row.cells)

const problemOf = async (bytes: Uint8Array, limits = sheetLimits) => {
  try {
    await rowsOf(bytes, limits)
  } catch (error) {
    assert.ok(error instanceof SheetProblem, String(error))
    assert.match(error.sentence.zh, /\p{Script=Han}/u)
    assert.match(error.sentence.en, /[a-z]/)
    return error.code
  }
  return undefined
}

describe('A workbook that somebody sent', () => {
  it('What is written is read again: texts of 18 digits, amounts, days, and what looks like a formula', async () => {
    const day = new Date('2016-03-01')
    const rows = [['110101199003070011', 1250000.5, day, '=1+1', true, null, ' 两端 ', 'a<b>&"c"\n']]
    const columns = 'abcdefgh'.split('').map((header) => ({ header }))
    const written = await buffer(writeSheet(rows, columns, { name: '项目' }))
    const [header, row] = await rowsOf(written)
    assert.deepEqual(
      header?.cells.map(({ text }) => text),
      'abcdefgh'.split(''),
    )
    assert.deepEqual(
      row?.cells.map(({ column, kind, text }) => [column, kind, text]),
      [
        ['A', 'text', '110101199003070011'],
        ['B', 'number', '1250000.5'],
        ['C', 'day', '2016-03-01'],
        ['D', 'text', '=1+1'],
        ['E', 'yes-no', 'true'],
        ['G', 'text', ' 两端 '],
        ['H', 'text', 'a<b>&"c"\n'],
      ],
    )
    assert.deepEqual([row?.sheet, row?.number, row?.isHidden], ['项目', 2, false])
  })

  it('Only the cells that are marked are coloured, row by row', async () => {
    const marks = [[1], [], [0]]
    const written = await buffer(
      writeSheet(
        [
          ['a', 'b'],
          ['c', 'd'],
          ['e', 'f'],
        ],
        [{ header: 'x' }, { header: 'y' }],
        { name: 'S', marked: (row) => marks[row] ?? [] },
      ),
    )
    const { sheets } = await readXlsx(written, { readStyles: true })
    const coloured = [...(sheets[0]?.cells ?? [])].flatMap(([at, cell]) =>
      JSON.stringify(cell.style ?? {}).includes('FFC7CE') ? [at] : [],
    )
    assert.deepEqual(coloured.toSorted(), ['1,1', '3,0'])
  })

  it('A small book keeps its lists to choose from and its frozen header', async () => {
    const book = await writeBook([
      { name: 'P', columns: [{ header: 'k', choices: ['甲', '乙'], hint: 'h' }], rows: [['甲']] },
    ])
    const { sheets } = await readXlsx(book)
    assert.deepEqual(sheets[0]?.rows, [['k'], ['甲']])
    assert.equal(sheets[0]?.dataValidations?.[0]?.type, 'list')
  })

  it('Columns are counted as spreadsheets count them', () => {
    for (const [at, letters] of [
      [0, 'A'],
      [25, 'Z'],
      [26, 'AA'],
      [701, 'ZZ'],
      [702, 'AAA'],
      [16_383, 'XFD'],
    ] as const) {
      assert.equal(lettersOf(at), letters)
      assert.equal(columnOf(`${letters}7`), at)
    }
    assert.equal(columnOf('7'), undefined)
  })

  it('A formula is told as one, whatever it came to', async () => {
    const [cell] = await cellsOf(rowOf(1, ['<c r="B1"><f>SUM(A1:A9)</f><v>42</v></c>']))
    assert.deepEqual(cell, { kind: 'formula', at: 1, column: 'B', text: '42' })
  })

  it('A number of 18 digits has lost its last ones, and says so; one of 15 has not', async () => {
    const cells = await cellsOf(rowOf(1, ['<c><v>1.1010119900307E+17</v></c>', '<c><v>999999999999999</v></c>']))
    assert.deepEqual(
      cells.map(({ text, hasLostDigits }) => [text, hasLostDigits ?? false]),
      [
        ['110101199003070000', true],
        ['999999999999999', false],
      ],
    )
  })

  it('The noise of binary fractions is no part of an amount', async () => {
    const cells = await cellsOf(
      rowOf(1, ['<c><v>0.30000000000000004</v></c>', '<c><v>1.0E-7</v></c>', '<c><v>12500000</v></c>']),
    )
    assert.deepEqual(
      cells.map(({ text }) => text),
      ['0.3', '0.0000001', '12500000'],
    )
  })

  it('Days are days by the style of their cell, in the counting of 1900 and of 1904', async () => {
    const row = rowOf(1, [
      '<c s="1"><v>42430</v></c>',
      '<c s="2"><v>42430</v></c>',
      '<c><v>42430</v></c>',
      '<c s="1"><v>-5</v></c>',
    ])
    assert.deepEqual(
      (await cellsOf(row)).map(({ kind, text }) => `${kind} ${text}`),
      ['day 2016-03-01', 'day 2016-03-01', 'number 42430', 'number -5'],
    )
    const of1904 = await cellsOf(rowOf(1, ['<c s="1"><v>40968</v></c>']), { properties: '<workbookPr date1904="1"/>' })
    assert.equal(of1904[0]?.text, '2016-03-01')
  })

  it('Shared texts are read without the readings that stand beside their characters', async () => {
    const strings = [
      '<r><t>望</t></r><r><t xml:space="preserve">都 </t></r><rPh sb="0" eb="1"><t>wang</t></rPh>',
      '<t>a_x000D_b &amp; c&#x4E2D;</t>',
    ]
    const cells = await cellsOf(rowOf(1, ['<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>']), { strings })
    assert.deepEqual(
      cells.map(({ text }) => text),
      ['望都 ', 'a\rb & c中'],
    )
  })

  it('Hidden rows and sheets, merged cells, blank rows and several sheets are told', async () => {
    const bytes = bookOf(
      {
        一: `<sheetData>${rowOf(1, ['a'])}${rowOf(2, [null, null])}${rowOf(5, ['b'], ' hidden="1"')}</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`,
        二: `<sheetData>${rowOf(1, ['c'])}</sheetData>`,
      },
      { state: ' state="hidden"' },
    )
    const rows = await rowsOf(bytes)
    assert.deepEqual(
      rows.map(({ sheet, number, isHidden }) => [sheet, number, isHidden]),
      [
        ['一', 1, false],
        ['一', 5, true],
        ['二', 1, false],
      ],
    )
    const book = await openBook(bytes)
    for await (const _ of book.sheets[0]!.rows());
    assert.deepEqual(book.sheets[0]?.merged(), ['A1:B2'])
    assert.deepEqual(
      book.sheets.map(({ isHidden }) => isHidden),
      [false, true],
    )
    await book.close()
  })

  it('Prefixes, comments, uncoded sections and signs between quotes are read as markup means them', async () => {
    const parts = partsOf({ S: '' })
    parts['xl/worksheets/sheet1.xml'] =
      '<x:worksheet xmlns:x="m"><!-- <x:row> --><x:sheetData><x:row r="3"><x:c r="C3" note="a>b" t="str"><x:v><![CDATA[<甲>]]></x:v></x:c></x:row></x:sheetData></x:worksheet>'
    const [row] = await rowsOf(zipOf(parts))
    assert.deepEqual([row?.number, row?.cells[0]?.column, row?.cells[0]?.text], [3, 'C', '<甲>'])
  })
})

describe('A file that is put aside', () => {
  it('A zip bomb is put aside as it grows, not after: what is sent small would become a thousand times as large', async () => {
    const bomb = zipOf({
      ...partsOf({ S: '' }),
      'xl/worksheets/sheet1.xml': Buffer.alloc(64 * 1024 * 1024, '<row><c/></row>'),
    })
    assert.ok(bomb.length < 300_000)
    const memory = process.memoryUsage().rss
    assert.equal(await problemOf(bomb), 'zip-bomb')
    assert.ok(process.memoryUsage().rss - memory < 100 * 1024 * 1024)
    const strings = zipOf({
      ...partsOf({ S: `<sheetData>${rowOf(1, ['<c t="s"><v>0</v></c>'])}</sheetData>` }),
      'xl/sharedStrings.xml': Buffer.alloc(64 * 1024 * 1024, '<si></si>'),
    })
    assert.equal(await problemOf(strings), 'zip-bomb')
    const many = zipOf(Object.fromEntries(Array.from({ length: 2_001 }, (_, n) => [`xl/${n}`, ''])))
    assert.equal(await problemOf(many), 'zip-bomb')
  })

  it('All parts together may not grow beyond the limit, however modestly each of them does', async () => {
    const rows = Array.from({ length: 2_000 }, (_, n) => rowOf(n + 1, [`${n * 7919}`, n])).join('')
    const book = bookOf({ A: `<sheetData>${rows}</sheetData>`, B: `<sheetData>${rows}</sheetData>` })
    assert.equal(await problemOf(book), undefined)
    assert.equal(await problemOf(book, { ...sheetLimits, unpackedBytesMax: 200_000 }), 'zip-bomb')
    assert.equal(await problemOf(book, { ...sheetLimits, cellsMax: 5_000 }), 'too-many-cells')
    assert.equal(await problemOf(book, { ...sheetLimits, sheetsMax: 1 }), 'too-many-cells')
    assert.equal(await problemOf(book, { ...sheetLimits, fileBytesMax: 1_000 }), 'too-large')
  })

  it('Another form is told by what it is, whatever it is called', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sheets-'))
    const csv = path.join(folder, 'library.xlsx')
    writeFileSync(csv, '\uFEFF项目编号,项目名称\nA-1,路\n')
    await assert.rejects(openBook(csv), { code: 'csv' })
    rmSync(folder, { recursive: true })
    assert.equal(await problemOf(Buffer.from('项目编号\t名称', 'utf16le')), 'other-format')
    assert.equal(await problemOf(Buffer.from('\uFEFF项目编号\t名称', 'utf16le')), 'csv')
    assert.equal(await problemOf(Buffer.from('%PDF-1.7 …')), 'other-format')
    assert.equal(await problemOf(Buffer.alloc(0)), 'empty')
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000)])
    assert.equal(await problemOf(ole), 'xls')
    assert.equal(await problemOf(Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')])), 'encrypted')
    assert.equal(await problemOf(zipOf(partsOf({ S: '' }), { flags: 1 })), 'encrypted')
    assert.equal(await problemOf(zipOf({ ...partsOf({ S: '' }), 'xl/vbaProject.bin': 'x' })), 'macros')
    assert.equal(await problemOf(zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' })), 'other-format')
  })

  it('A file that was cut short, changed on its way or written with entities of its own is damaged', async () => {
    const whole = bookOf({ S: `<sheetData>${rowOf(1, ['abc'])}</sheetData>` })
    assert.equal(await problemOf(whole.subarray(0, whole.length - 100)), 'damaged')
    const changed = Buffer.from(whole)
    const at = changed.indexOf('xl/worksheets/sheet1.xml') + 'xl/worksheets/sheet1.xml'.length + 20
    changed[at] = (changed[at] ?? 0) ^ 0xff
    assert.equal(await problemOf(changed), 'damaged')
    const laughing = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData/></worksheet>'
    assert.equal(await problemOf(zipOf({ ...partsOf({ S: '' }), 'xl/worksheets/sheet1.xml': laughing })), 'damaged')
    assert.equal(
      await problemOf(bookOf({ S: `<sheetData>${rowOf(1, ['<c t="s"><v>7</v></c>'])}</sheetData>` })),
      'damaged',
    )
    assert.equal(await problemOf(bookOf({ S: '<sheetData><row r="1"><c><v>abc</v></c></row></sheetData>' })), 'damaged')
    assert.equal(
      await problemOf(bookOf({ S: '<sheetData><row r="1"><c t="str"><v>&nope;</v></c></row></sheetData>' })),
      'damaged',
    )
    const notText = zipOf({ ...partsOf({ S: '' }), 'xl/worksheets/sheet1.xml': Buffer.from([0x3c, 0x61, 0xff, 0xfe]) })
    assert.equal(await problemOf(notText), 'damaged')
  })
})

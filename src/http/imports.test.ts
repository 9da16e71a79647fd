import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { openBook, writeSheet, XLSX_TYPE } from '#src/sheets/index.ts'
import { TestServer } from '#test/server.ts'
import { bookOf, rowOf, zipOf, partsOf } from '#test/workbook.ts'

let server: TestServer
let cookie: string
before(async () => {
  server = await TestServer.open({ day: '2016-05-10' })
  cookie = await server.cookieOf('Liu County', 'poverty-office-director-county')
})
after(() => server.close())

const header = [
  '项目编号 Code *',
  '项目名称',
  'Kind',
  '建设性质',
  '实施地点',
  '计划开始',
  '计划完成',
  '责任单位',
  '建设任务',
  '资金规模（元）',
  '筹资方式',
  '受益贫困户',
  '受益贫困人口',
  '绩效目标',
  '群众参与和带贫减贫机制',
  '申报单位（村或部门）',
  '乡镇审核意见',
]
type Cell = string | number | null
const road = (code: string, more: Readonly<Record<number, Cell>> = {}): Cell[] => {
  const row: Cell[] = [
    code,
    '道路',
    '基础设施',
    '新建',
    '东沟村',
    '2016-06-01',
    '2016年11月30日',
    '交通局',
    '硬化 3 公里',
    '1,250,000.50',
    '专项',
    86,
    301,
    '出行便利',
    '投工投劳',
    '东沟村',
    null,
  ]
  for (const [at, cell] of Object.entries(more)) row[Number(at)] = cell
  return row
}
const bookWith = (rows: readonly Cell[][], behind = '') =>
  bookOf({ 项目: `<sheetData>${[header, ...rows].map((row, at) => rowOf(at + 1, row)).join('')}</sheetData>${behind}` })

type Options = {
  readonly as?: string
  readonly unit?: string
  readonly type?: string
  readonly headers?: Record<string, string>
}
async function sendFile(
  body: Uint8Array,
  { as = cookie, unit = 'Liu County', type = XLSX_TYPE, headers = {} }: Options = {},
) {
  const response = await fetch(`${server.url}/api/imports/library?unit=${server.world.unit(unit)}&name=x.xlsx`, {
    method: 'POST',
    headers: { 'content-type': type, cookie: as, ...headers },
    body: body as Uint8Array<ArrayBuffer>,
  })
  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows what it is told
  return { status: response.status, told: (await response.json()) as any }
}
const errorsIn = async (body: Uint8Array): Promise<string[]> => {
  const { status, told } = await sendFile(body)
  assert.equal(status, 200, JSON.stringify(told))
  return told.errors.errors.map(
    (each: { sheet: string; row: number; column: string | null; code: string }) =>
      `${each.sheet}!${each.column ?? ''}${each.row} ${each.code}`,
  )
}
const markedOf = async (sha: string) => {
  const response = await fetch(`${server.url}/api/imports/${sha}/marked.xlsx`, { headers: { cookie } })
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('content-type'), XLSX_TYPE)
  return Buffer.from(await response.arrayBuffer())
}

describe('A library file over HTTP', () => {
  it('A county’s file is looked at, imported by its digest, and changes nothing when it comes again', async () => {
    const book = bookWith([road('A-1'), road('A-2', { 5: 42522, 9: 5000 })])
    const { status, told } = await sendFile(book)
    assert.equal(status, 200)
    assert.deepEqual([told.rows, told.made, told.wrong, told.errors.total], [2, 2, 0, 0])
    assert.ok(told.can.some((each: { act: string; mine: boolean }) => each.act === 'library.import' && each.mine))
    const input = { unit: server.world.unit('Liu County'), file: told.file }
    const done = await server.send('/api/acts/library.import', { body: JSON.stringify(input), as: cookie })
    assert.equal(done.status, 200, JSON.stringify(done.problem))
    const again = await sendFile(book)
    assert.deepEqual([again.told.file, again.told.made, again.told.unchanged], [told.file, 0, 2])
  })

  it('Every error is told by sheet, row and column, with what to do, in both languages', async () => {
    const bad = bookWith(
      [
        road('B 1'),
        road('B-2', { 1: null, 2: '修路' }),
        road('B-3', { 5: '2016-02-30', 6: '明年' }),
        road('B-4', { 5: '2017-01-01' }),
        road('B-5', { 9: '120万元' }),
        road('B-6', { 9: -1, 11: 1.5, 12: '三百' }),
        road('B-7', { 9: 0 }),
        road('B-8', { 9: '1.234' }),
        road('B-9', { 9: '<c><f>1+1</f><v>2</v></c>' }),
        road('B-2', {}),
        road('<c><v>110101199003070011</v></c>'),
        road('B-11', { 13: '<c t="e"><v>#N/A</v></c>', 9: 12345678901234 }),
        road('B-12', { 1: '长'.repeat(201), 4: '&#0;' }),
      ],
      '<mergeCells><mergeCell ref="P3:P4"/><mergeCell ref="A1:B1"/></mergeCells>',
    )
    assert.deepEqual(
      (await errorsIn(bad)).toSorted(),
      [
        '项目!A2 code-form',
        '项目!A11 code-twice',
        '项目!A12 digits-lost',
        '项目!B3 missing',
        '项目!B14 too-long',
        '项目!C3 unknown-choice',
        '项目!E14 bad-character',
        '项目!F4 bad-day',
        '项目!G4 bad-day',
        '项目!G5 ends-before-start',
        '项目!J6 bad-amount',
        '项目!J7 bad-amount',
        '项目!J8 bad-amount',
        '项目!J9 bad-amount',
        '项目!J10 formula',
        '项目!J13 bad-amount',
        '项目!L7 bad-count',
        '项目!M7 bad-count',
        '项目!N13 cell-error',
        '项目!P3 merged',
      ].toSorted(),
    )
    const { told } = await sendFile(bad)
    for (const { sentence, remedy } of told.errors.errors) {
      assert.match(sentence.zh + remedy.zh, /\p{Script=Han}/u)
      assert.ok(sentence.en && remedy.en)
    }
    assert.deepEqual(told.can, [])
  })

  it('The file comes back with its errors marked, and can be put right and sent again', async () => {
    const { told } = await sendFile(bookWith([road('C-1'), road('C-2', { 9: '很多' })]))
    const marked = await markedOf(told.file)
    const book = await openBook(marked)
    const rows = []
    for await (const row of book.sheets[0]!.rows()) rows.push(row)
    await book.close()
    assert.equal(rows[0]?.cells.at(-1)?.text, '错误 Errors')
    assert.equal(rows[1]?.cells.at(-1)?.text, '东沟村')
    assert.match(rows[2]?.cells.at(-1)?.text ?? '', /^\[J\] .*不是金额.*is not an amount/)
    // As it is, the error is told again; what was marked is no part of what is said.
    const again = await sendFile(marked)
    assert.deepEqual([again.told.rows, again.told.errors.total, again.told.errors.errors[0].row], [2, 1, 3])
    const cells = rows.map((row) =>
      Array.from({ length: 18 }, (_, at) => row.cells.find((cell) => cell.at === at)?.text ?? null),
    )
    cells[2]![9] = '1000'
    const columns = cells[0]!.map((text) => ({ header: text ?? '' }))
    const right = await buffer(writeSheet(cells.slice(1), columns, { name: '项目' }))
    const { told: fine } = await sendFile(right)
    assert.deepEqual([fine.wrong, fine.made], [0, 2])
  })

  it('Sheets without the header are read over; a file without it, or with half of it, is told', async () => {
    const rows = `<sheetData>${[header, road('D-1')].map((row, at) => rowOf(at + 1, row)).join('')}</sheetData>`
    const { told } = await sendFile(bookOf({ 项目: rows, 说明: `<sheetData>${rowOf(1, ['说明'])}</sheetData>` }))
    assert.deepEqual([told.rows, told.ignored], [1, ['说明']])
    assert.deepEqual(await errorsIn(bookOf({ S: `<sheetData>${rowOf(1, ['甲'])}</sheetData>` })), ['S!1 no-header'])
    const half = await errorsIn(
      bookOf({ S: `<sheetData>${rowOf(1, ['编号', '项目编号', '项目名称', '名称', '项目编号'])}</sheetData>` }),
    )
    assert.equal(half.filter((each) => each === 'S!1 column-missing').length, 15)
    assert.ok(half.includes('S!E1 column-twice'))
    const hidden = bookOf({ S: `<sheetData>${rowOf(1, header)}${rowOf(2, road('D-2'), ' hidden="1"')}</sheetData>` })
    assert.deepEqual(await errorsIn(hidden), ['S!2 hidden-row'])
  })

  it('A row whose project was argued already is an error of the file, marked at its code', async () => {
    const { told } = await sendFile(bookWith([road('E-1')]))
    const unit = server.world.unit('Liu County')
    const send = (act: string, body: object, as: string) =>
      server.send(`/api/acts/${act}`, { body: JSON.stringify(body), as })
    assert.equal((await send('library.import', { unit, file: told.file }, cookie)).status, 200)
    const { rows } = await server.world.engine.database.pool.query<{ id: string }>(
      "select id from project where code = 'E-1'",
    )
    const bureau = await server.cookieOf('Liu County', 'sector-bureau-director-county')
    const argued = await send('project.argue', { unit, projects: rows.map(({ id }) => id), outcome: 'pass' }, bureau)
    assert.equal(argued.status, 200, JSON.stringify(argued.problem))
    const changed = bookWith([road('E-2'), road('E-1', { 12: 5 })])
    assert.deepEqual(await errorsIn(changed), ['项目!A3 further-on'])
    const { told: late } = await sendFile(changed)
    const book = await openBook(await markedOf(late.file))
    const told3 = []
    for await (const row of book.sheets[0]!.rows()) told3.push(row.cells.at(-1)?.text)
    await book.close()
    assert.match(told3[2] ?? '', /^\[A\] .*E-1/)
  })

  it('Files that are no workbook are told by what they are, and nothing of them is kept', async () => {
    const { rows: before } = await server.world.engine.database.pool.query(
      'select count(*)::int as n from library_file_row',
    )
    const bomb = zipOf({
      ...partsOf({ S: '' }),
      'xl/worksheets/sheet1.xml': Buffer.alloc(32 * 1024 * 1024, '<row><c/></row>'),
    })
    const locked = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.from('EncryptedPackage', 'utf16le'),
      Buffer.alloc(600),
    ])
    for (const [file, status, code] of [
      [Buffer.from('\uFEFF项目编号,项目名称\n'), 415, 'csv'],
      [Buffer.from('%PDF-1.7'), 415, 'other-format'],
      [bomb, 400, 'zip-bomb'],
      [locked, 400, 'encrypted'],
      [zipOf({ ...partsOf({ S: '' }), 'xl/vbaProject.bin': 'x' }), 400, 'macros'],
      [bookWith([road('F-1')]).subarray(0, 900), 400, 'damaged'],
    ] as const) {
      const answer = await sendFile(file)
      assert.deepEqual([answer.status, answer.told.code], [status, code])
      assert.ok(answer.told.sentence.zh && answer.told.issues[0].problem.en)
    }
    const { rows: then } = await server.world.engine.database.pool.query(
      'select count(*)::int as n from library_file_row',
    )
    assert.deepEqual(then, before)
  })

  it('More than 200 MB is refused by its length, before it is read', async () => {
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    socket.write(
      `POST /api/imports/library?unit=${server.world.unit('Liu County')} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\nContent-Type: ${XLSX_TYPE}\r\nContent-Length: 300000000\r\n\r\nPK`,
    )
    const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())))
    socket.destroy()
    assert.match(answer, /^HTTP\/1\.1 413/)
    assert.match(answer, /200 MB/)
  })

  it('Only whoever proposes for the county may send; others are told whose duty it is', async () => {
    const book = bookWith([road('G-1')])
    assert.equal((await sendFile(book, { as: '' })).status, 401)
    const elsewhere = await sendFile(book, { unit: 'Tong County' })
    assert.equal(elsewhere.status, 403)
    assert.equal(elsewhere.told.duty.id, 'propose-projects')
    assert.equal(elsewhere.told.answerable.seat.unit, server.world.unit('Tong County'))
    assert.equal((await sendFile(book, { type: 'application/json' })).status, 400)
    assert.equal((await sendFile(book, { type: 'image/png' })).status, 415)
    assert.equal(
      (await fetch(`${server.url}/api/imports/${'0'.repeat(64)}/marked.xlsx`, { headers: { cookie } })).status,
      404,
    )
    assert.equal((await fetch(`${server.url}/api/imports/zzz/marked.xlsx`, { headers: { cookie } })).status, 400)
  })

  it('The template names every column, explains each, and can be sent back as it is', async () => {
    const response = await fetch(`${server.url}/api/imports/template.xlsx`)
    const template = Buffer.from(await response.arrayBuffer())
    const book = await openBook(template)
    const sheets = []
    for (const sheet of book.sheets) {
      const rows = []
      for await (const row of sheet.rows()) rows.push(row.cells.map(({ text }) => text))
      sheets.push(rows)
    }
    await book.close()
    assert.equal(sheets[0]?.[0]?.length, 18)
    assert.deepEqual(
      sheets[1]?.slice(1).map(([name]) => name),
      sheets[0]?.[0],
    )
    assert.ok(sheets[1]?.[3]?.at(-1)?.includes('产业发展 Industry'))
    const { told } = await sendFile(template)
    assert.deepEqual([told.rows, told.wrong, told.ignored], [0, 0, ['说明 Guide']])
  })
})

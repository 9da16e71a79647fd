import assert from 'node:assert/strict'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import pg from 'pg'
import { testDatabase } from '#test/pg.ts'
import { connect } from './connect.ts'
import { ProgramError } from './error.ts'
import { shippedCharter } from './home.ts'
import { openProgram, readSoundCharter, shippedRegistry } from './open.ts'
import { derive, readSecret } from './secret.ts'

const scratch = mkdtempSync(path.join(tmpdir(), 'zeren-open-'))
after(() => rmSync(scratch, { recursive: true, force: true }))

describe('Opening a programme', () => {
  it('The shipped charter is fit to be run on', () => {
    assert.equal(readSoundCharter(shippedCharter, shippedRegistry()).id, 'cn-poverty-2016')
  })

  it('A charter with a gap is refused with the list of its gaps, in both languages', () => {
    const folder = path.join(scratch, 'charter')
    cpSync(shippedCharter, folder, { recursive: true })
    writeFileSync(path.join(folder, 'duties/public.yaml'), '[]\n')
    assert.throws(
      () => readSoundCharter(folder, shippedRegistry()),
      (error) =>
        error instanceof ProgramError && /notice\.object/.test(error.text.en) && /不予启动/.test(error.text.zh),
    )
  })

  it('A directory that holds something else is refused, and nothing in it is changed', async () => {
    const folder = path.join(scratch, 'foreign')
    mkdirSync(path.join(folder, 'database'), { recursive: true })
    writeFileSync(path.join(folder, 'database/thesis.txt'), 'mine')
    await assert.rejects(openProgram({ mode: 'production', folder }), /was not made by Zeren/)
    assert.deepEqual(readdirSync(path.join(folder, 'database')), ['thesis.txt'])
    assert.equal(readFileSync(path.join(folder, 'database/thesis.txt'), 'utf8'), 'mine')
  })

  it('The secret is made once, for its owner’s eyes, and each use has one of its own', () => {
    const folder = path.join(scratch, 'secret')
    const secret = readSecret(folder)
    assert.equal(readSecret(folder), secret)
    assert.equal(statSync(path.join(folder, 'secret')).mode & 0o777, 0o600)
    assert.notEqual(derive(secret, 'cookies'), derive(secret, 'accounts'))
    writeFileSync(path.join(folder, 'secret'), 'short\n')
    assert.throws(() => readSecret(folder), ProgramError)
  })

  it('A database of a server that cannot be reached is told by its address', async () => {
    const nowhere = { folder: scratch, secret: 's'.repeat(40), databaseUrl: 'postgresql://zeren@127.0.0.1:1/zeren' }
    await assert.rejects(
      connect(nowhere),
      (error) => error instanceof ProgramError && /cannot be reached/.test(error.text.en),
    )
    assert.equal(existsSync(path.join(scratch, 'database')), false)
  })

  it('A role that may not manage the two lesser ones is told what the administrator must do', async () => {
    const database = await testDatabase()
    const owner = new pg.Client(database.owner)
    await owner.connect()
    const role = `plain_${database.name}`
    try {
      await owner.query(`create role ${role} login`)
      const { host, port } = database.owner
      const databaseUrl = `postgresql://${role}@localhost:${port}/${database.name}?host=${encodeURIComponent(host ?? '')}`
      await assert.rejects(
        connect({ folder: scratch, secret: 's'.repeat(40), databaseUrl }),
        (error) => error instanceof ProgramError && /DATABASE_APP_URL/.test(error.text.en),
      )
    } finally {
      await owner.query(`drop role ${role}`)
      await owner.end()
      await database.drop()
    }
  })
})

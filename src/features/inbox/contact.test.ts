import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Database, openDb } from '#kernel/db.ts'
import { type As, World } from '#test/world.ts'
import { confirmContact } from './contact-confirm.ts'
import { endContact } from './contact-end.ts'
import { revealContact } from './contact-reveal.ts'
import { setContact } from './contact-set.ts'
import { myContact } from './contact.ts'
import { shareCalendar } from './calendar-share.ts'
import { withdrawCalendar } from './calendar-withdraw.ts'
import { retryMail } from './mail-retry.ts'
import { mailOutbox } from './outbox.ts'

const head = ['Liu County', 'county-head'] as const
const secretary: As = ['Liu County', 'party-secretary-county']
const on = '2016-05-10'

describe('Addresses, calendars and the outbox', () => {
  let world: World
  const unit = () => world.unit('Liu County')
  let owning: Database
  const owner = async <Row extends object>(text: string, values: unknown[] = []) =>
    (await owning.pool.query<Row>(text, values)).rows
  const codeOf = async (person: string) => {
    const rows = await owner<{ code: string }>(
      `select p.code from contact_private p join contact c on c.id = p.contact_id
        where c.person_id = $1 and c.confirmed_on is null and c.ended_on is null`,
      [person],
    )
    return rows[0]?.code ?? ''
  }
  const mine = (as: As, day = on) => world.ask(myContact, {}, day, as)
  const wrongOf = (code: string) => (code === '000000' ? '000001' : '000000')

  before(async () => {
    world = await World.open()
    owning = openDb(world.database.owner)
  })
  after(async () => {
    await owning.close()
    await world.close()
  })

  it('An address is shown by its first letter and its domain, and is not used before it is confirmed', async () => {
    await world.done(setContact, { unit: unit(), address: 'liu@county.example' }, { as: head, on })
    const { address, asked } = await mine(head)
    assert.equal(address, null)
    assert.equal(asked.shown, 'l…@county.example')
    const [journalled] = await owner<{ input: { address: string } }>(
      `select input from journal where act = 'contact.set'`,
    )
    assert.doesNotMatch(JSON.stringify(journalled), /liu@/)
  })

  it('Who does not know the code does not confirm the address: `code-wrong`', async () => {
    const code = wrongOf(await codeOf(world.person(...head)))
    assert.deepEqual(await world.codes(confirmContact, { unit: unit(), code }, { as: head, on }), ['code-wrong'])
  })

  it('The code that was mailed confirms it; until then nobody else’s code does: `nothing-to-confirm`', async () => {
    const code = await codeOf(world.person(...head))
    assert.deepEqual(await world.codes(confirmContact, { unit: unit(), code }, { as: secretary, on }), [
      'nothing-to-confirm',
    ])
    await world.done(confirmContact, { unit: unit(), code }, { as: head, on })
    const { address, asked } = await mine(head)
    assert.equal(address.confirmedOn, on)
    assert.equal(asked, null)
  })

  it('Rows of addresses are seen by nobody but their owner: another’s act, the reading role and a plain query see none', async () => {
    const none = await world.db.selectFrom('contact_private').select('address').execute()
    assert.deepEqual(none, [])
    assert.deepEqual(await world.done(revealContact, { unit: unit() }, { as: head, on }), {
      address: 'liu@county.example',
    })
    const [kept] = await owner<{ detail: object }>(`select detail from journal where act = 'contact.reveal'`)
    assert.doesNotMatch(JSON.stringify(kept), /liu@/)
  })

  it('Who has set no address has none to look at or to stop: `no-address`', async () => {
    for (const act of [revealContact, endContact])
      assert.deepEqual(await world.codes(act, { unit: unit() }, { as: secretary, on }), ['no-address'])
  })

  it('Other wishes for the same address need no new code; another address does, and the old one is used until then', async () => {
    await world.done(
      setContact,
      { unit: unit(), address: 'LIU@county.example', wants: ['late'], language: 'zh' },
      { as: head, on: '2016-05-11' },
    )
    assert.deepEqual((await mine(head, '2016-05-11')).address.wants, ['late'])
    assert.deepEqual((await mine(head, '2016-05-10')).address.wants.length, 4)
    await world.done(setContact, { unit: unit(), address: 'new@county.example' }, { as: head, on: '2016-05-12' })
    const { address, asked } = await mine(head, '2016-05-12')
    assert.deepEqual([address.shown, asked.shown], ['L…@county.example', 'n…@county.example'])
  })

  it('A code is good for seven days: `code-expired`', async () => {
    const code = await codeOf(world.person(...head))
    assert.deepEqual(await world.codes(confirmContact, { unit: unit(), code }, { as: head, on: '2016-05-20' }), [
      'code-expired',
    ])
  })

  it('Codes are not guessed: after five tries a day even the right one waits: `tried-too-often`', async () => {
    const code = await codeOf(world.person(...head))
    for (let tries = 0; tries < 5; tries += 1)
      assert.deepEqual(
        await world.codes(confirmContact, { unit: unit(), code: wrongOf(code) }, { as: head, on: '2016-05-13' }),
        ['code-wrong'],
      )
    assert.deepEqual(await world.codes(confirmContact, { unit: unit(), code }, { as: head, on: '2016-05-13' }), [
      'tried-too-often',
    ])
    await world.done(confirmContact, { unit: unit(), code }, { as: head, on: '2016-05-14' })
    assert.equal((await mine(head, '2016-05-14')).address.shown, 'n…@county.example')
  })

  it('Nobody floods others with codes: `asked-too-often`', async () => {
    for (let at = 0; at < 5; at += 1)
      await world.done(setContact, { unit: unit(), address: `x${at}@county.example` }, { as: secretary, on })
    const input = { unit: unit(), address: 'x6@county.example' }
    assert.deepEqual(await world.codes(setContact, input, { as: secretary, on }), ['asked-too-often'])
  })

  it('The database itself refuses two used addresses of one person', async () => {
    const twice = owner(
      `insert into contact (id, person_id, shown, wants, set_on, set_by, confirmed_on, confirmed_by)
       select gen_random_uuid(), person_id, shown, wants, set_on, set_by, confirmed_on, confirmed_by
         from contact where confirmed_on is not null and ended_on is null`,
    )
    await assert.rejects(twice, { constraint: 'contact_confirmed_once' })
  })

  it('Who stops mail has no address from that day on', async () => {
    await world.done(endContact, { unit: unit() }, { as: head, on: '2016-06-01' })
    assert.equal((await mine(head, '2016-06-01')).address, null)
    assert.notEqual((await mine(head, '2016-05-31')).address, null)
  })

  it("A calendar is shared and withdrawn by whoever sits in the seat: 'not-your-seat' 'not-shared'", async () => {
    const seat = { unit: unit(), post: 'county-head' }
    assert.deepEqual(await world.codes(shareCalendar, seat, { as: secretary, on }), ['not-your-seat'])
    assert.deepEqual(await world.codes(withdrawCalendar, seat, { as: head, on }), ['not-shared'])
    assert.deepEqual(await world.done(shareCalendar, seat, { as: head, on }), { version: 1 })
    assert.deepEqual(await world.done(shareCalendar, seat, { as: head, on: '2016-05-11' }), { version: 2 })
    assert.deepEqual(await world.codes(withdrawCalendar, seat, { as: secretary, on: '2016-05-12' }), [
      'not-shared',
      'not-your-seat',
    ])
    await world.done(withdrawCalendar, seat, { as: head, on: '2016-05-12' })
    assert.equal((await mine(head, '2016-05-11')).calendar.version, 2)
    assert.equal((await mine(head, '2016-05-12')).calendar, null)
  })

  it("What no server would take is shown to whoever keeps the program running, who has it tried again: 'nothing-failed'", async () => {
    const keeper: As = ['The Centre', 'office-director']
    const input = { unit: world.unit('The Centre') }
    assert.deepEqual(await world.codes(retryMail, input, { as: keeper, on }), ['nothing-failed'])
    await owner(`update mail set state = 'failed', said = '550 no such user', settled_at = now()
                  where id = (select id from mail order by id limit 1)`)
    const { mails, counts, can } = await world.ask(mailOutbox, {}, on, keeper)
    assert.equal(counts.failed, 1)
    assert.equal(mails[0].said, '550 no such user')
    assert.doesNotMatch(JSON.stringify(mails), /county\.example/)
    assert.deepEqual(
      can.map((each: { act: string }) => each.act),
      ['mail.retry'],
    )
    assert.deepEqual((await world.ask(mailOutbox, {}, on, head)).mails, [])
    assert.deepEqual(await world.done(retryMail, input, { as: keeper, on }), { queued: 1 })
  })
})

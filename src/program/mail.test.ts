import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { messageOf } from '#features/inbox/index.ts'
import { ProgramError } from './error.ts'
import { type MailOption, readMailSettings, readPublicUrl } from './mail.ts'

const options = (given: Partial<Record<MailOption, string>>) => readMailSettings((name) => given[name])

describe('How mail is set', () => {
  it('Without a server there is no mail, and with one the port follows from how it is secured', () => {
    assert.equal(options({}), undefined)
    const from = 'zeren@office.example'
    assert.equal(options({ host: 'mail.example', from })?.port, 587)
    assert.equal(options({ host: 'mail.example', from, tls: 'tls' })?.port, 465)
    assert.equal(options({ host: 'mail.example', from, tls: 'none', port: '2525' })?.port, 2525)
  })

  it('A setting that cannot be meant is refused with its name, before anything starts', () => {
    const bad: Partial<Record<MailOption, string>>[] = [
      { host: 'mail.example' },
      { host: 'mail.example', from: 'nobody' },
      { host: 'mail.example', from: 'a@b.example', tls: 'perhaps' },
      { host: 'mail.example', from: 'a@b.example', port: '70000' },
    ]
    for (const given of bad) assert.throws(() => options(given), ProgramError)
    assert.throws(() => readPublicUrl('zeren.example'), ProgramError)
    assert.equal(readPublicUrl('https://zeren.example/'), 'https://zeren.example')
  })

  it('The password comes from the environment, for the command line is seen by everybody on the machine', () => {
    process.env['ZEREN_SMTP_PASSWORD'] = 'only here'
    try {
      assert.equal(options({ host: 'mail.example', from: 'a@b.example', user: 'a' })?.password, 'only here')
    } finally {
      delete process.env['ZEREN_SMTP_PASSWORD']
    }
  })
})

describe('What a message says', () => {
  const says = {
    kind: 'event',
    what: { zh: '已逾期', en: 'Late' },
    title: { zh: '年度计划', en: 'Annual plan' },
    unit: { zh: '青山省', en: 'Qingshan Province' },
    due: '2016-03-31',
    record: '/obligations/1',
  } as const
  const read = (language: 'zh' | 'en' | null, url?: string) => messageOf(says, { language, url, code: '' })

  it('It speaks the reader’s language, or both where none was chosen, Chinese first', () => {
    assert.equal(read('zh').subject, '已逾期：年度计划（青山省）')
    assert.equal(read('en').subject, 'Late: Annual plan (Qingshan Province)')
    assert.equal(read(null).subject, '已逾期：年度计划（青山省） / Late: Annual plan (Qingshan Province)')
    assert.match(read(null).text, /期限：2016-03-31[^]*Due: 2016-03-31/)
  })

  it('It leads to the record where the program’s address is known', () => {
    assert.match(read('en', 'https://zeren.example').text, /https:\/\/zeren\.example\/obligations\/1/)
    assert.doesNotMatch(read('en').text, /http/)
  })
})

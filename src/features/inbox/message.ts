import type { MailSays } from './tables.ts'

/** A message as it is put together for one reader. */
export type Message = { readonly subject: string; readonly text: string }

type Reader = {
  /** The language that the reader chose; both where they chose none. */
  readonly language: 'zh' | 'en' | null
  /** Where the program is found, without the slash at the end; without it no address is written. */
  readonly url: string | undefined
  /** For an address to be confirmed. */
  readonly code: string
}
type Language = 'zh' | 'en'

const words = {
  confirmSubject: { zh: '责任：确认您的邮箱', en: 'Zeren: confirm your e-mail address' },
  confirm: {
    zh: '有人在“责任”系统中登记了这个邮箱，用来接收应办事项的提醒。如果是您本人，请在系统中输入确认码：',
    en: 'Somebody entered this address in Zeren, to be reminded there of what is owed. If it was you, enter this code in Zeren:',
  },
  notYou: {
    zh: '如果不是您，请不必理会；没有确认码，不会再寄来任何邮件。',
    en: 'If it was not you, do nothing: without the code, nothing more is sent here.',
  },
  place: { zh: '单位', en: 'Unit' },
  due: { zh: '期限', en: 'Due' },
  look: { zh: '查看', en: 'Look' },
  why: {
    zh: '您在“责任”系统中选择了接收这类提醒；可随时在收件箱的“邮件与日历”中停用。',
    en: 'You chose to be sent this by Zeren; stop it at any time under «Mail and calendar» in your inbox.',
  },
}

/** Puts a message into words: in the reader's language, or in both, Chinese first. Nothing personal is in it. */
export function messageOf(says: MailSays, reader: Reader): Message {
  const languages: readonly Language[] = reader.language ? [reader.language] : ['zh', 'en']
  return {
    subject: languages.map((language) => subjectOf(says, language)).join(' / '),
    text: `${languages.map((language) => textOf(says, language, reader)).join('\n\n—\n\n')}\n`,
  }
}

const subjectOf = (says: MailSays, language: Language): string =>
  says.kind === 'confirm'
    ? words.confirmSubject[language]
    : language === 'zh'
      ? `${says.what.zh}：${says.title.zh}（${says.unit.zh}）`
      : `${says.what.en}: ${says.title.en} (${says.unit.en})`

function textOf(says: MailSays, language: Language, { url, code }: Reader): string {
  const separator = language === 'zh' ? '：' : ': '
  const line = (label: { zh: string; en: string }, value: string) => `${label[language]}${separator}${value}`
  if (says.kind === 'confirm')
    return [
      words.confirm[language],
      '',
      `    ${code}`,
      '',
      ...(url ? [line(words.look, `${url}/inbox/delivery`)] : []),
      words.notYou[language],
    ].join('\n')
  return [
    `${says.what[language]}${separator}${says.title[language]}`,
    '',
    line(words.place, says.unit[language]),
    ...(says.due ? [line(words.due, says.due)] : []),
    ...(url ? [line(words.look, `${url}${says.record}`)] : []),
    '',
    words.why[language],
  ].join('\n')
}

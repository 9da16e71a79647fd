import type { Answerable } from '#kernel/standing.ts'
import type { Text } from '#kernel/words.ts'
import type { AnswerableAnswer } from '#src/client/wire.ts'
import { type Command, exitCodes, textOption, UsageError } from '../command.ts'
import { remoteOptions, signedIn, unitNamed } from '../remote.ts'

/** Names the one person who answered for a duty over a unit on a day, or the vacancy. */
export const answer: Command = {
  name: 'answer',
  usage: '--duty DUTY --unit CODE|NAME|ID [--on DAY]',
  purpose: { zh: '某日某单位的某项职责由谁负责。', en: 'Who answered for a duty over a unit on a day.' },
  options: { ...remoteOptions, duty: { type: 'string' }, unit: { type: 'string' }, on: { type: 'string' } },
  async run(given) {
    const duty = textOption(given, 'duty')
    const said = textOption(given, 'unit')
    const on = textOption(given, 'on')
    if (duty === undefined || said === undefined) throw new UsageError({ zh: '请给出 --duty 和 --unit。', en: 'Give --duty and --unit.' })
    const client = await signedIn(given)
    const asOf = on === undefined ? {} : { on }
    const told = await client.answerable({ duty, unit: await unitNamed(client, said, on), ...asOf })
    const { out } = given
    out.print(out.json ? JSON.stringify(told, null, 2) : sentenceOf(told)[out.language])
    return exitCodes.done
  },
}

function sentenceOf({ duty, unit, on, answerable }: AnswerableAnswer): Text {
  const who = whoOf(answerable)
  return {
    zh: `${on} · ${unit.name.zh} · ${duty.title.zh}：${who.zh}`,
    en: `${on} · ${unit.name.en} · ${duty.title.en}: ${who.en}`,
  }
}

const madeUp = ({ madeUp }: { madeUp: boolean }): Text => (madeUp ? { zh: '（虚构）', en: ' (made up)' } : { zh: '', en: '' })

function whoOf(whose: Answerable): Text {
  if (whose.kind === 'public') return { zh: '社会公众的权利，人人可行使。', en: 'a right of the public: anyone may exercise it.' }
  if (whose.kind === 'nobody') return { zh: '没有任何职务承担（缺陷）。', en: 'no post holds it here (a defect).' }
  const { seat, unit } = whose
  if (whose.kind === 'holder') {
    const { person, since } = whose
    const mark = madeUp(person)
    return {
      zh: `${unit.name.zh} ${seat.post} ${person.name.zh}${mark.zh}，自 ${since} 起。`,
      en: `${person.name.en}${mark.en}, ${seat.post} of ${unit.name.en} since ${since}.`,
    }
  }
  const { routedTo } = whose
  const vacant = { zh: `${unit.name.zh} ${seat.post} 空缺`, en: `the seat ${seat.post} of ${unit.name.en} is vacant` }
  if (!routedTo) return { zh: `${vacant.zh}，无人代行。`, en: `${vacant.en}, and nobody stands in.` }
  const mark = madeUp(routedTo.person)
  return {
    zh: `${vacant.zh}，由 ${routedTo.unit.name.zh} ${routedTo.seat.post} ${routedTo.person.name.zh}${mark.zh} 代行。`,
    en: `${vacant.en}; ${routedTo.person.name.en}${mark.en}, ${routedTo.seat.post} of ${routedTo.unit.name.en}, stands in.`,
  }
}

import type { Person, Seat, UnitFacts } from '#kernel/standing.ts'
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
    if (duty === undefined || said === undefined)
      throw new UsageError({ zh: '请给出 --duty 和 --unit。', en: 'Give --duty and --unit.' })
    const client = await signedIn(given)
    const asOf = on === undefined ? {} : { on }
    const told = await client.answerable({ duty, unit: await unitNamed(client, said, on), ...asOf })
    const { out } = given
    out.print(out.json ? JSON.stringify(told, null, 2) : sentenceOf(told)[out.language])
    return exitCodes.done
  },
}

function sentenceOf(told: AnswerableAnswer): Text {
  const { duty, unit, on } = told
  const who = whoOf(told)
  return {
    zh: `${on} · ${unit.name.zh} · ${duty.title.zh}：${who.zh}`,
    en: `${on} · ${unit.name.en} · ${duty.title.en}: ${who.en}`,
  }
}

function whoOf({ answerable, postNames }: AnswerableAnswer): Text {
  if (answerable.kind === 'public')
    return { zh: '社会公众的权利，人人可行使。', en: 'a right of the public: anyone may exercise it.' }
  if (answerable.kind === 'nobody') return { zh: '没有任何职务承担（缺陷）。', en: 'no post holds it here (a defect).' }
  const name = (seat: Seat, unit: UnitFacts): Text => {
    const post = postNames[seat.post] ?? { zh: seat.post, en: seat.post }
    return { zh: `${unit.name.zh}${post.zh}`, en: `${post.en} of ${unit.name.en}` }
  }
  const seat = name(answerable.seat, answerable.unit)
  if (answerable.kind === 'holder') {
    const person = called(answerable.person)
    return {
      zh: `${seat.zh} ${person.zh}，自 ${answerable.since} 起。`,
      en: `${person.en}, ${seat.en}, since ${answerable.since}.`,
    }
  }
  const { routedTo } = answerable
  if (!routedTo)
    return { zh: `${seat.zh}空缺，无人代行。`, en: `the seat of the ${seat.en} is vacant, and nobody stands in.` }
  const other = name(routedTo.seat, routedTo.unit)
  const person = called(routedTo.person)
  return {
    zh: `${seat.zh}空缺，由${other.zh} ${person.zh} 代行。`,
    en: `the seat of the ${seat.en} is vacant; ${person.en}, ${other.en}, stands in.`,
  }
}

const called = ({ name, madeUp }: Person): Text => ({
  zh: madeUp ? `${name.zh}（虚构）` : name.zh,
  en: madeUp ? `${name.en} (made up)` : name.en,
})

import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import { findBearer } from '#kernel/standing.ts'
import type { Text } from '#kernel/words.ts'
import type { Case } from './books.ts'
import { type State, standings } from './state.ts'

/** Every step of the procedure is refused in the same words when it is not its turn. */
export const turnRefusals = {
  'not-at-this-step': {
    zh: '{unit}{year}年的退出{standing}，{whom}。',
    en: 'The exit of {unit} for {year} {standing}; {whom}.',
    topic: { zh: '轮到这一步', en: 'it is the turn of this step' },
  },
} as const satisfies Record<string, RefusalText>

/** Whether the case stands where the step begins, and has by that day; if not, says where it stands and who is waited for. */
export function isTurn(
  at: Pick<Case, 'state' | 'since'>,
  expected: readonly State[],
  year: number,
  refuse: Refuse<keyof typeof turnRefusals>,
  by: By,
): Line<keyof typeof turnRefusals> {
  return (
    (expected.includes(at.state) && (at.since === null || at.since <= by.on)) ||
    refuse('not-at-this-step', { unit: by.lineage[0].name, year, standing: standingOf(at), whom: whomOf(at.state, by) })
  )
}

const standingOf = ({ state, since }: Pick<Case, 'state' | 'since'>): Text =>
  since === null
    ? { zh: '尚未提出', en: 'has not been proposed' }
    : {
        zh: `自${since}起处于“${standings[state].name.zh}”`,
        en: `stands at «${standings[state].name.en}» since ${since}`,
      }

function whomOf(state: State, by: By): Text {
  const duty = standings[state].awaits?.duty
  const declared = duty === undefined ? undefined : by.charter.findDuty(duty, by.on)
  const bearer = declared && findBearer(by.charter, declared, by.lineage)
  if (!bearer) return { zh: '不再等待任何人', en: 'nobody is waited for' }
  const post = by.charter.post(bearer.posts[0]).name
  return {
    zh: `应由${bearer.unit.name.zh}${post.zh}办理`,
    en: `it waits for ${bearer.unit.name.en}, ${post.en}`,
  }
}

import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { addSpan } from '#kernel/calendar.ts'
import type { Charter, Duty } from '#kernel/charter.ts'
import { findBearer, findLineage, type Seat, sittings } from '#kernel/standing.ts'
import { Day, DutyId, PersonId, PostId, UnitId } from '#kernel/words.ts'

/** Whether a post holds a duty, its own or one that its tier takes over where a tier is missing. */
export function holdsDuty(charter: Charter, duty: Duty, post: string): boolean {
  const tier = charter.tierOfPost(post)
  if (duty.held_by[tier]) return duty.held_by[tier].includes(post)
  if (!charter.tier(tier).principals.includes(post)) return false
  return Object.keys(duty.held_by).some((held) => {
    let taker = charter.tier(held).taken_over_by
    while (taker !== undefined && taker !== tier) taker = charter.tier(taker).taken_over_by
    return taker === tier
  })
}

/** The acting seat itself, and nobody in its place: delegation and recall are personal. */
export const isOwnSeat = (actor: { kind: string; seat?: Seat; delegation?: string | undefined }, seat: Seat): boolean =>
  actor.kind === 'person' &&
  actor.delegation === undefined &&
  actor.seat?.unit === seat.unit &&
  actor.seat.post === seat.post

/** Lets somebody of the same unit do one duty of a seat for a time. Its holder still answers for what is done. */
export const delegateDuty = act({
  name: 'duty.delegate',
  title: { zh: '委托职责', en: 'Delegate a duty' },
  purpose: {
    zh: '把本职务的一项职责委托本单位他人在一定期限内办理；责任仍由委托人承担，受托人不得再委托。',
    en: 'Lets somebody of the same unit do one duty of your post for a time; you still answer for it, and it can’t be passed on.',
  },
  duty: 'delegate-duties',
  parameters: ['delegation_limit'],
  input: z.object({
    unit: UnitId,
    post: PostId.meta({ label: { zh: '委托的职务', en: 'Post that delegates' } }),
    duty: DutyId.meta({ label: { zh: '委托的职责', en: 'Duty' } }),
    to: PersonId.meta({ label: { zh: '受托人', en: 'Delegate' } }),
    over: UnitId.optional().meta({ label: { zh: '仅限于该单位', en: 'Only over this unit' }, widget: 'unit' }),
    until: Day.meta({ label: { zh: '截止日（含）', en: 'Until (inclusive)' }, widget: 'day' }),
  }),
  refusals: {
    'not-your-seat': {
      zh: '职责只能由任职者本人委托。',
      en: 'Only the holder of the seat itself delegates its duties.',
      topic: { zh: '由任职者本人委托', en: 'you hold the seat yourself' },
    },
    'duty-not-held': {
      zh: '“{post}”当日没有“{duty}”这项职责，不能委托。',
      en: 'The post «{post}» does not hold the duty «{duty}» on this day.',
      topic: { zh: '职责属于该职务', en: 'the post holds the duty' },
    },
    'not-delegable': {
      zh: '委托职责的职责不能再委托。',
      en: 'The duty to delegate cannot itself be delegated.',
      cites: 'duty:delegate-duties',
    },
    'over-not-held': {
      zh: '“{post}”的“{duty}”不及于该单位。',
      en: 'The post «{post}» does not hold «{duty}» over that unit.',
      topic: { zh: '范围不超出本职务', en: 'the scope is within the post’s own' },
    },
    'delegate-not-of-unit': {
      zh: '受托人当日在本单位没有职务。',
      en: 'The delegate has no post in the same unit on this day.',
      topic: { zh: '受托人是本单位人员', en: 'the delegate is of the same unit' },
    },
    'delegate-is-principal': { zh: '不能委托给自己。', en: 'Nobody delegates to themselves.' },
    'delegated-already': {
      zh: '这项职责已委托给{name}，至{until}。',
      en: 'This duty is delegated to {name} already, until {until}.',
      remedy: { zh: '先收回原委托。', en: 'Recall that delegation first.' },
    },
    'until-before-today': { zh: '截止日{until}早于办理日。', en: 'The last day, {until}, is before today.' },
    'until-too-late': {
      zh: '委托最长到{latest}。',
      en: 'A delegation may last until {latest} at most.',
      topic: { zh: '期限不超上限', en: 'the time is within the limit' },
      cites: 'parameter:delegation_limit',
    },
  },
  about: {
    kind: 'seat',
    offered: (seat: { isMine: boolean }) => seat.isMine,
    input: (seat: { unit: string; post: string }) => ({ unit: seat.unit, post: seat.post }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, post, duty, to, over }, by) {
    const known = by.charter.findDuty(duty, by.on)
    const [seated, below, open] = await Promise.all([
      sittings(tx, [unit], by.on),
      over === undefined ? undefined : findLineage(tx, over, by.on),
      sql<{ zh: string; en: string; until: Day }>`
        select p.name_zh as zh, p.name_en as en, upper(d.valid_at) - 1 as until from delegation d join person p on p.id = d.person_id
         where d.unit_id = ${unit} and d.post = ${post} and d.duty = ${duty} and d.person_id = ${to} and (d.valid_at @> ${by.on}::date) is true
           and d.over_unit_id is not distinct from ${over ?? null}::uuid`.execute(tx),
    ])
    const bearer = known && below && findBearer(by.charter, known, below)
    return {
      holder: seated.find((sitting) => sitting.post === post)?.person.id,
      delegateSits: seated.some((sitting) => sitting.person.id === to),
      isHeld: known !== undefined && by.charter.findPost(post) !== undefined && holdsDuty(by.charter, known, post),
      dutyName: known?.title ?? duty,
      isHeldOver: over === undefined || (bearer?.unit.id === unit && bearer.posts.includes(post)),
      open: open.rows[0],
      latest: addSpan(
        by.on,
        by.charter.getSpan(
          'delegation_limit',
          by.on,
          by.lineage.map((each) => each.code),
        ),
        by.charter.calendar,
      ),
    }
  },
  rule(facts, { unit, post, duty, to, until }, refuse, by) {
    const names = { post: by.charter.findPost(post)?.name ?? post, duty: facts.dutyName }
    const { open, latest } = facts
    return [
      isOwnSeat(by.actor, { unit, post }) || refuse('not-your-seat'),
      facts.isHeld || refuse('duty-not-held', names),
      duty !== 'delegate-duties' || refuse('not-delegable'),
      !facts.isHeld || facts.isHeldOver || refuse('over-not-held', names),
      facts.delegateSits || refuse('delegate-not-of-unit'),
      facts.holder !== to || refuse('delegate-is-principal'),
      open === undefined || refuse('delegated-already', { name: { zh: open.zh, en: open.en }, until: open.until }),
      until >= by.on || refuse('until-before-today', { until }),
      until <= latest || refuse('until-too-late', { latest }),
    ]
  },
  async effect(tx, { unit, post, duty, to, over, until }, { holder }, by) {
    // One act delegates once: the delegation bears the act's own id.
    await sql`insert into delegation (id, unit_id, post, principal_id, duty, person_id, over_unit_id, valid_at, act_id)
      values (${by.act}, ${unit}, ${post}, ${holder ?? null}, ${duty}, ${to}, ${over ?? null}, daterange(${by.on}, ${until}, '[]'),
              ${by.act})`.execute(tx)
    return { delegation: by.act }
  },
})

import { sql } from 'kysely'
import { z } from 'zod'
import type { By, Line, Refuse } from '#kernel/act.ts'
import { type Db, send, type Tx } from '#kernel/db.ts'
import { findBearer, type Lineage } from '#kernel/standing.ts'
import { type Day, DutyId, Reason, type Text } from '#kernel/words.ts'
import { type MatterState, type MatterStep, moves, stateWords } from './states.ts'
import type {} from './tables.ts'

export const handleDuty = 'handle-matters'

export const MatterId = z
  .uuid()
  .meta({ label: { zh: '事项', en: 'Matter' }, widget: 'reference', finds: 'find.matters' })

/** What every matter says of itself. */
export const matterInput = {
  title: z
    .string()
    .trim()
    .min(2)
    .max(200)
    .meta({ label: { zh: '名称', en: 'Title' } }),
  asked: Reason.meta({ label: { zh: '请求什么', en: 'What is asked' } }),
  concerns: DutyId.meta({
    label: { zh: '涉及的职责', en: 'Duty that it concerns' },
    hint: { zh: '按名称查找章程中的职责。', en: 'A duty of the charter, found by its name.' },
  }),
  evidence: z
    .string()
    .trim()
    .max(4000)
    .optional()
    .meta({ label: { zh: '情况和依据', en: 'Facts and evidence' }, widget: 'prose' }),
}

export const Note = Reason.meta({ label: { zh: '意见', en: 'Note' } })

export type Owner = { readonly unit: string; readonly post: string }

/** A matter as it stands now: its newest step, and the seat that has it. */
export type MatterFacts = {
  readonly id: string
  readonly unit: string
  readonly title: string
  readonly kind: 'raised' | 'joint'
  readonly ordinal: number
  readonly state: MatterState
  readonly day: Day
  readonly owner: Owner | null
  /** Who had it last while it was open: it goes back there. */
  readonly handler: Owner
  readonly reopened: boolean
}

export async function findMatter(tx: Tx | Db, id: string): Promise<MatterFacts | undefined> {
  const { rows } = await sql<MatterFacts>`
    select m.id, m.unit_id as unit, m.title, m.kind, s.ordinal, s.state, s.on_day as day,
           case when s.owner_unit_id is not null then json_build_object('unit', s.owner_unit_id, 'post', s.owner_post) end as owner,
           json_build_object('unit', h.owner_unit_id, 'post', h.owner_post) as handler,
           exists (select from matter_step r where r.matter_id = m.id and r.step = 'reopen') as reopened
      from matter m
      join lateral (select * from matter_step s where s.matter_id = m.id order by s.ordinal desc limit 1) s on true
      join lateral (select * from matter_step h where h.matter_id = m.id and h.state = 'open' order by h.ordinal desc limit 1) h on true
     where m.id = ${id}`.execute(tx)
  return rows[0]
}

/** The seat that raised a matter: it waits there once it was settled or returned. */
export async function raiserOf(tx: Tx, { unit }: Pick<MatterFacts, 'unit'>, { charter, on }: By): Promise<Owner> {
  const { rows } = await sql<{ tier: string }>`
    select tier from unit_version where unit_id = ${unit} and (valid_at @> ${on}::date) is true`.execute(tx)
  const tier = rows[0]?.tier ?? ''
  const posts = charter.findDuty('raise-matters', on)?.held_by[tier] ?? []
  return { unit, post: posts[0] ?? charter.tiers.find((each) => each.id === tier)?.principals[0] ?? '' }
}

export const partiesOf = async (tx: Tx | Db, matter: string): Promise<readonly string[]> => {
  const rows = await tx
    .selectFrom('matter_party')
    .select('unit_id')
    .where('matter_id', '=', matter)
    .orderBy('unit_id')
    .execute()
  return rows.map((row) => row.unit_id)
}

/** Writes a matter down with its first step. */
export async function addMatter(
  tx: Tx,
  by: By,
  matter: {
    readonly id: string
    readonly unit: string
    readonly kind: 'raised' | 'joint'
    readonly title: string
    readonly asked: string
    readonly concerns: string
    readonly evidence?: string | undefined
    readonly wished?: Day | undefined
  },
  owner: Owner,
) {
  await tx
    .insertInto('matter')
    .values({
      id: matter.id,
      unit_id: matter.unit,
      kind: matter.kind,
      title: matter.title,
      asked: matter.asked,
      concerns: matter.concerns,
      evidence: matter.evidence ?? null,
      wished_on: matter.wished ?? null,
      on_day: by.on,
      act_id: by.act,
    })
    .execute()
  sendStep(tx, by, {
    matter_id: matter.id,
    ordinal: 1,
    step: matter.kind === 'raised' ? 'raise' : 'open',
    state: 'open',
    owner,
    note: null,
    from_state: 'none',
    from_day: null,
  })
}

/** A further step: the state that it leads to, and who has the matter then. */
export function addStep(
  tx: Tx,
  by: By,
  { id, ordinal, state, day }: MatterFacts,
  step: MatterStep,
  owner: Owner | null,
  note: string | null,
) {
  const to = moves[state][step]
  if (!to) throw new Error(`A matter that is ${state} was not refused the step ${step}.`)
  sendStep(tx, by, {
    matter_id: id,
    ordinal: ordinal + 1,
    step,
    state: to,
    owner,
    note,
    from_state: state,
    from_day: day,
  })
}

type NewStep = {
  readonly matter_id: string
  readonly ordinal: number
  readonly step: MatterStep
  readonly state: MatterState
  readonly owner: Owner | null
  readonly note: string | null
  readonly from_state: MatterState | 'none'
  readonly from_day: Day | null
}

function sendStep(tx: Tx, by: By, { owner, ...step }: NewStep) {
  send(
    tx,
    tx
      .insertInto('matter_step')
      .values({
        ...step,
        owner_unit_id: owner?.unit ?? null,
        owner_post: owner?.post ?? null,
        on_day: by.on,
        person_id: by.principal?.id ?? null,
        act_id: by.act,
      })
      // Where two seats move a matter at once, the later one's snapshot does not know the other's step: this makes it look again.
      .onConflict((conflict) => conflict.doNothing())
      .compile(),
  )
}

/** The seat above a unit that handles matters; undefined at the top. */
export function handlerAbove({ charter, on }: By, lineage: Lineage): Owner | undefined {
  const [first, ...above] = lineage.slice(1)
  const duty = charter.findDuty(handleDuty, on)
  const bearer = first && duty && findBearer(charter, duty, [first, ...above])
  return bearer && { unit: bearer.unit.id, post: bearer.posts[0] }
}

export const matterRefusals = {
  'unknown-matter': { zh: '没有这个事项。', en: 'There is no such matter.' },
  'not-at-this-step': {
    zh: '《{title}》{state}，不能这样办理。',
    en: '«{title}» is {state}; this cannot be done with it now.',
    topic: { zh: '事项处在这一步', en: 'the matter is at this step' },
  },
} as const

export const notYours = {
  'not-raised-by-you': {
    zh: '《{title}》不是{unit}提出的。',
    en: '«{title}» was not raised by {unit}.',
    topic: { zh: '是本单位提出的', en: 'the unit itself raised it' },
  },
} as const

export const notWithYou = {
  'not-with-you': {
    zh: '《{title}》当前由{owner}办理，不在这里。',
    en: '«{title}» is with {owner}, not here.',
    topic: { zh: '事项在本职务手中', en: 'the matter is with this seat' },
  },
} as const

export const unknownDuty = {
  'unknown-duty': {
    zh: '章程没有“{duty}”这项职责。',
    en: 'The charter in force knows no duty «{duty}».',
    topic: { zh: '涉及的职责在章程中', en: 'the duty concerned stands in the charter' },
    remedy: { zh: '在“章程”页查职责编号。', en: 'Look its id up under «Charter».' },
  },
} as const

/** What an act of whoever has a matter says of itself on the screen. */
export const ownersAbout = {
  kind: 'matter',
  offered: ({ state, owner }: Shown) => state === 'open' && owner !== null,
  input: (matter: Shown) => ({ unit: matter.owner?.unit ?? matter.unit, matter: matter.id }),
  over: (matter: Shown) => matter.owner?.unit ?? matter.unit,
} as const

/** What an act of whoever raised a matter says of itself on the screen. */
export const raisersAbout = (...states: readonly MatterState[]) =>
  ({
    kind: 'matter',
    offered: ({ state }: Shown) => states.includes(state),
    input: (matter: Shown) => ({ unit: matter.unit, matter: matter.id }),
  }) as const
type Shown = {
  readonly id: string
  readonly unit: string
  readonly state: MatterState
  readonly owner: { readonly unit: string } | null
}

type AtStep = 'not-at-this-step'
export const atStep = (found: MatterFacts, step: MatterStep, refuse: Refuse<AtStep>): Line<AtStep> =>
  moves[found.state][step] !== undefined ||
  refuse('not-at-this-step', { title: found.title, state: stateWords[found.state] })

/** Whether the seat that acts is the one that has the matter: its own post, or a principal of the same unit. */
export function isWith({ owner }: MatterFacts, unit: string, { actor, charter, bearer }: By): boolean {
  if (owner?.unit !== unit) return false
  if (actor.kind !== 'person' || actor.seat.unit !== owner.unit) return true
  return actor.seat.post === owner.post || charter.tier(bearer.tier).principals.includes(actor.seat.post)
}

/** Who has a matter, as a sentence names it. */
export const ownerName = (found: MatterFacts, by: By): Text => {
  const post = found.owner && by.charter.findPost(found.owner.post)?.name
  return post ?? { zh: '无人', en: 'nobody' }
}

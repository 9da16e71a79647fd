import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { PostId, Reason, UnitId } from '#kernel/words.ts'
import { appointingUnit } from './make.ts'
import { findTerm } from './tenure.ts'

/** Ends somebody's term in a post. The principals of a poor unit stay until its exit, unless an exception was granted. */
export const endAppointment = act({
  name: 'appointment.end',
  title: { zh: '免职', en: 'End an appointment' },
  purpose: {
    zh: '终止某人在某职务上的任职，自当日起空缺；贫困县党政正职不脱贫不调整、不摘帽不调离，例外须先经批准。',
    en: 'Ends a term: the post is vacant from the day of the deed. The principals of a poor unit stay until its exit; an exception must be granted first.',
  },
  duty: 'appoint-officials',
  input: z.object({ unit: UnitId, post: PostId, reason: Reason }),
  refusals: {
    'nobody-sits': {
      zh: '该职务当日无人任职，或任职已经终止。',
      en: 'Nobody sits in this post on the day, or the term has an end already.',
      topic: { zh: '有人任职', en: 'somebody sits in the post' },
    },
    'made-today': {
      zh: '{name}当日才任职，当日不能免职。',
      en: '{name} was appointed only on this day; a term lasts a day at least.',
      remedy: { zh: '次日再办理。', en: 'End it on the next day.' },
    },
    'tenure-bound': {
      zh: '{unit}尚未脱贫摘帽，{name}不得调整、调离。',
      en: '{unit} has not left poverty yet; {name} stays until it does.',
      topic: { zh: '任期未冻结', en: 'the term is not frozen' },
      remedy: {
        zh: '待退出后办理；确有特殊情况的，先报上级批准例外。',
        en: 'Wait for the exit, or have an exception granted first.',
      },
      cites: 'duty:keep-principals',
    },
  },
  then: [
    {
      zh: '职务空缺，其职责按章程顺延；他人受其委托的职责同时终止。',
      en: 'The post is vacant and its duties are routed as the charter says; what its holder delegated ends.',
    },
    { zh: '须在时限内补足空缺。', en: 'The vacancy must be filled in time.' },
  ],
  about: {
    kind: 'seat',
    offered: (seat: { person: unknown }) => seat.person !== null,
    input: (seat: { unit: string; post: string }) => ({ unit: seat.unit, post: seat.post }),
    over: (seat: { appointedAt: string }) => seat.appointedAt,
  },
  over: (input, read) => appointingUnit(input.unit, input.post, read),
  turns: (input) => [input.unit],
  async facts(tx, { unit, post }, by) {
    const [term, name] = await Promise.all([
      findTerm(tx, by.charter, unit, post, by.on),
      sql<{ zh: string; en: string }>`select name_zh as zh, name_en as en from unit_version
        where unit_id = ${unit} and (valid_at @> ${by.on}::date) is true`.execute(tx),
    ])
    return { term, unit: name.rows[0] ?? unit }
  },
  rule: ({ term, unit }, _input, refuse, by) => [
    term !== undefined || refuse('nobody-sits'),
    term === undefined || term.since < by.on || refuse('made-today', { name: term.name }),
    term === undefined || !term.isBound || term.isExcepted || refuse('tenure-bound', { unit, name: term.name }),
  ],
  async effect(tx, { unit, post }, { term }, by) {
    await sql`update appointment set valid_at = daterange(lower(valid_at), ${by.on}), ended_by = ${by.act}
      where unit_id = ${unit} and post = ${post} and upper_inf(valid_at)`.execute(tx)
    // What the holder had delegated ends with them, and what was delegated to them if they leave the unit.
    await sql`update delegation d set valid_at = d.valid_at * daterange(null, ${by.on}), recalled_by = ${by.act}
      where d.unit_id = ${unit} and d.recalled_by is null and upper(d.valid_at) > ${by.on}
        and ((d.post = ${post} and d.principal_id = ${term?.person ?? null}) or (d.person_id = ${term?.person ?? null}
          and not exists (select from appointment a
            where a.unit_id = d.unit_id and a.person_id = d.person_id and (a.valid_at @> ${by.on}::date) is true)))`.execute(
      tx,
    )
    await sql`update tenure_exception set used_by = ${by.act}
      where unit_id = ${unit} and post = ${post} and person_id = ${term?.person ?? null} and used_by is null`.execute(
      tx,
    )
    return { unit, post, person: term?.person ?? null }
  },
  subject: (input) => `${input.unit}/${input.post}`,
})

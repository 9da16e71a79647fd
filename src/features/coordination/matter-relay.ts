import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { PostId, UnitId } from '#kernel/words.ts'
import {
  addStep,
  atStep,
  findMatter,
  handleDuty,
  handlerAbove,
  isWith,
  MatterId,
  matterRefusals,
  Note,
  notWithYou,
  type Owner,
  ownerName,
  ownersAbout,
} from './matters.ts'

/** Whoever has a matter passes it on: to the level above, or to another seat of the same unit. The owner changes by name. */
export const relayMatter = act({
  name: 'matter.relay',
  title: { zh: '转办', en: 'Relay a matter' },
  purpose: {
    zh: '报上一级，或转本级另一职务（部门）办理，写明意见；从当日起由接办人负责。',
    en: 'Passes it to the level above, or to another seat of the same unit, with a note; from that day it is theirs.',
  },
  duty: handleDuty,
  input: z.object({
    unit: UnitId.meta({ label: { zh: '办理单位', en: 'Unit that has it' } }),
    matter: MatterId,
    to: z.enum(['above', 'here']).meta({
      label: { zh: '转给', en: 'To' },
      widget: 'choice',
      choices: {
        above: { zh: '上一级', en: 'the level above' },
        here: { zh: '本级另一职务（部门）', en: 'another seat (department) of this unit' },
      },
    }),
    post: PostId.optional().meta({
      label: { zh: '接办职务', en: 'Post that takes it' },
      hint: { zh: '只在转本级时填。', en: 'Only where it stays in this unit.' },
    }),
    note: Note,
  }),
  refusals: {
    ...matterRefusals,
    ...notWithYou,
    'nobody-above': {
      zh: '{unit}之上没有办理协调事项的单位。',
      en: 'Above {unit} nobody handles matters.',
      topic: { zh: '上一级可以接办', en: 'somebody can take it' },
    },
    'post-cannot-take-it': {
      zh: '“{post}”不能办理{unit}的协调事项，可转：{posts}。',
      en: '«{post}» does not handle matters of {unit}; these do: {posts}.',
      topic: { zh: '接办职务可以办理', en: 'the post can take it' },
      cites: 'duty:handle-matters',
    },
    'already-there': {
      zh: '事项已经在{owner}手里。',
      en: 'It is with {owner} already.',
      topic: { zh: '换了办理人', en: 'it goes to somebody else' },
    },
  },
  then: [{ zh: '接办人在期限内办理。', en: 'Whoever takes it settles, relays or returns it in time.' }],
  about: ownersAbout,
  over: (input) => input.unit,
  async facts(tx, { matter, unit, to, post }, by) {
    const found = await findMatter(tx, matter)
    const above = handlerAbove(by, by.lineage)
    const posts = by.charter.findDuty(handleDuty, by.on)?.held_by[by.lineage[0].tier] ?? []
    const target: Owner | undefined =
      to === 'above' ? above : post !== undefined && posts.includes(post) ? { unit, post } : undefined
    return { found, posts, target }
  },
  rule({ found, posts, target }, { unit, to, post }, refuse, by) {
    if (!found) return [refuse('unknown-matter')]
    const here = by.lineage[0].name
    const isSame = found.owner?.unit === target?.unit && found.owner?.post === target?.post
    const names = posts.map((each) => by.charter.post(each).name)
    return [
      atStep(found, 'relay', refuse),
      found.state !== 'open' ||
        isWith(found, unit, by) ||
        refuse('not-with-you', { title: found.title, owner: ownerName(found, by) }),
      to !== 'above' || target !== undefined || refuse('nobody-above', { unit: here }),
      to !== 'here' ||
        target !== undefined ||
        refuse('post-cannot-take-it', {
          post: post ?? '—',
          unit: here,
          posts: { zh: names.map((name) => name.zh).join('、'), en: names.map((name) => name.en).join(', ') },
        }),
      target === undefined || !isSame || refuse('already-there', { owner: ownerName(found, by) }),
    ]
  },
  async effect(tx, { matter, note }, { found, target }, by) {
    if (!found || !target) throw new Error('A matter that goes nowhere was not refused.')
    addStep(tx, by, found, 'relay', target, note)
    return Promise.resolve({ matter, from: found.owner?.unit ?? target.unit, to: target.unit, post: target.post })
  },
  subject: (input) => input.matter,
  settles: (_input, result) => [result.from],
  obliges: (_input, result) => [result.to],
})

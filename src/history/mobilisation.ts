import { addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import { appointerAt, doer, need, official } from './founding.ts'
import { villagesKey } from './labour.ts'
import { readPairs } from './pairings.ts'
import { oneOf, share, whole } from './seed.ts'
import type { Doer, Step } from './step.ts'

type County = Country['counties'][number]

/** Shown first by a demonstration: needs and pledges in every state. */
const example = '130630'
/** The municipality that is paired with the example's city. */
const helper = '110000'
const helperPost = 'governor'
const campaignProvinces = ['130000', '520000', '620000']
const OTHER_COUNTIES = 8

/** The phrase of whoever pledges in history, so that a visitor can go on from there. */
const phrase = '演示口令demo'

/**
 * The pairs of east and west, in one act of the centre. The pairs are facts with their status; their day stands for the guidance of
 * December 2016, which is known and not verified.
 */
export function pairingSteps(country: Country, charter: Charter): readonly Step[] {
  const { root } = country
  const byKey = new Map(country.places.map((place) => [place.key, place]))
  const place = (key: string): Place => {
    const found = byKey.get(key)
    if (!found) throw new Error(`There is no unit «${key}» to be paired.`)
    return found
  }
  const east = place(helper)
  return [
    {
      on: '2016-11-21',
      turn: 5,
      key: `appoint ${east.key} ${helperPost} 1`,
      act: need('appointment.make'),
      by: appointerAt(country, charter, root),
      input: { unit: east.id, post: helperPost, person: official(east, helperPost) },
    },
    {
      on: '2016-12-07',
      turn: 50,
      key: 'pairing',
      act: need('pairing.set'),
      by: doer(charter, need('pairing.set'), root, '2016-12-07'),
      input: {
        unit: root.id,
        source: '《关于进一步加强东西部扶贫协作工作的指导意见》（2016年12月；日期已知未核）',
        pairs: readPairs().map(({ eastKey, westKey, status }) => ({
          east: place(eastKey).id,
          west: place(westKey).id,
          status,
        })),
      },
    },
  ]
}

/** Campaigns, needs and pledges. All of it is made up, and its titles say so. */
export function mobilisationSteps(country: Country, charter: Charter): readonly Step[] {
  const shown = country.counties.find((county) => county.code === example)
  const unstable = new Set(country.changes.map((change) => change.unitKey))
  const others = country.counties
    .filter((county) => county.code !== example && !unstable.has(county.key))
    .toSorted((a, b) => share(`need ${a.key}`) - share(`need ${b.key}`))
    .slice(0, OTHER_COUNTIES)
  const announcing = country.provinces.filter((province) => campaignProvinces.includes(province.key))
  return [
    ...announcing.flatMap((province) => campaignSteps(charter, province)),
    ...(shown ? new Story(country, charter, shown).steps() : []),
    ...others.flatMap((county) => new Story(country, charter, county).oneNeed()),
  ]
}

const campaignKey = (province: Place, year: number) => `campaign ${province.key} ${year}`

/** The campaign of 17 October, every year. */
const campaignSteps = (charter: Charter, province: Place): readonly Step[] =>
  [2016, 2017, 2018, 2019, 2020].map((year): Step => {
    const on: Day = `${year}-10-10`
    const act = need('campaign.announce')
    return {
      on,
      turn: 50,
      key: campaignKey(province, year),
      act,
      by: doer(charter, act, province, on),
      input: {
        unit: province.id,
        title: `${year}年扶贫日帮扶活动（演示）`,
        purpose: '动员机关、企业和社会各界对接贫困县、村的需求（演示）。',
        from: `${year}-10-17`,
        until: `${year}-10-31`,
      },
    }
  })

type Input = Readonly<Record<string, unknown>>
type Quantity = { kind: string; amount?: string; count?: number; measure?: string }
type Pledger = 'public' | 'pair' | 'assistant' | { readonly partner: string }

/** What one county needs, and what becomes of it. */
class Story {
  readonly #country: Country
  readonly #charter: Charter
  readonly #county: County
  constructor(country: Country, charter: Charter, county: County) {
    this.#country = country
    this.#charter = charter
    this.#county = county
  }

  #step(on: Day, turn: number, key: string, act: string, by: Doer, input: Step['input']): Step {
    return { on, turn, key: this.#key(key), act: need(act), by, of: this.#county.id, input }
  }

  /** A seat of the county that matches help; another one confirms. */
  #here = (...posts: string[]): Doer => ({
    unit: this.#county.id,
    posts: posts.length > 0 ? posts : ['poverty-office-director-county', 'county-head', 'party-secretary-county'],
  })
  readonly #head = () => this.#here('county-head', 'party-secretary-county', 'poverty-office-director-county')
  readonly #key = (key: string) => `help ${this.#county.key} ${key}`

  #need(on: Day, key: string, title: string, quantity: Quantity, wanted: Day, more: Step['input'] = {}): Step {
    const own = {
      unit: this.#county.id,
      title: `${title}（演示）`,
      why: '需求由演示生成，不是事实。',
      wanted,
      ...quantity,
    }
    return this.#step(on, 51, key, 'need.publish', this.#here(), (got) => ({
      ...own,
      ...(typeof more === 'function' ? more(got) : more),
    }))
  }

  #pledge(on: Day, key: string, of: string, by: Pledger, quantity: Quantity, until: Day): Step {
    const offer = { what: '演示生成的认捐，不是事实。', by: until, ...quantity }
    const [suffix, who, own] = this.#pledger(by)
    return this.#step(on, 52, key, `pledge.make${suffix}`, who, (got) => ({
      ...own,
      ...offer,
      need: got(this.#key(of)).need,
      ...(who === 'public' && { phrase }),
      ...(typeof by === 'object' && { partner: got(this.#key(by.partner)).partner }),
    }))
  }

  /** What pledging, delivering and withdrawing is called for each of those who help, who does it, and over which unit. */
  #pledger(by: Pledger): [suffix: string, by: Doer, own: Input] {
    const { id } = this.#county
    const east = this.#country.places.find((place) => place.key === helper)
    if (by === 'pair' && east)
      return ['-as-pair', { unit: east.id, posts: [helperPost] }, { unit: east.id, county: id }]
    if (by === 'assistant')
      return ['-as-assistant', { unit: this.#country.root.id, posts: ['minister-education'] }, { unit: id }]
    return ['', 'public', { unit: id }]
  }

  #match(on: Day, key: string, of: string, part: Input = {}): Step {
    return this.#step(on, 53, `${key} matched`, 'pledge.match', this.#here(), (got) => ({
      unit: this.#county.id,
      pledge: got(this.#key(key)).pledge,
      need: got(this.#key(of)).need,
      ...part,
    }))
  }

  #deliver(on: Day, key: string, by: Pledger, again = ''): Step {
    const [suffix, who, own] = this.#pledger(by)
    return this.#step(on, 54, `${key} delivered${again}`, `pledge.deliver${suffix}`, who, (got) => ({
      ...own,
      pledge: got(this.#key(key)).pledge,
      evidence: '交接单（演示）。',
      ...(who === 'public' && { phrase }),
    }))
  }

  #judge(on: Day, key: string, act: 'confirm' | 'dispute' | 'decline', said: Input = {}): Step {
    return this.#step(on, 55, `${key} ${act}`, `pledge.${act}`, this.#head(), (got) => ({
      unit: this.#county.id,
      pledge: got(this.#key(key)).pledge,
      ...said,
    }))
  }

  #partner(on: Day, key: string, kind: string, name: string): Step[] {
    const { id: unit } = this.#county
    const about = '演示中的帮扶方，不是真实单位。'
    return [
      this.#step(on, 51, key, 'partner.join', 'public', { unit, kind, name: `${name}（演示）`, about, phrase }),
      this.#step(
        addWorkingDays(on, 4, this.#charter.calendar),
        51,
        `${key} admitted`,
        'partner.admit',
        this.#here(),
        (got) => ({ unit, partner: got(this.#key(key)).partner }),
      ),
    ]
  }

  /** The example: needs and pledges at every state. */
  steps(): readonly Step[] {
    const county = this.#county
    const province = this.#country.provinceOf(county)
    const campaign = (year: number) => (got: (key: string) => { campaign: string }) => ({
      campaign: got(campaignKey(province, year)).campaign,
    })
    const firm = { partner: 'firm' } as const
    const money = (amount: string): Quantity => ({ kind: 'money', amount })
    const buys = (amount: string): Quantity => ({ kind: 'purchase', amount })
    const people = (kind: 'jobs' | 'talent', count: number): Quantity => ({ kind, count })
    const sets = (count: number): Quantity => ({ kind: 'goods', count, measure: '套' })
    const assistance = { unit: county.id, about: '定点帮扶关系由演示设定，不是事实。', status: 'made-up' }
    return [
      this.#step('2016-12-20', 51, 'assistance', 'assistance.begin', this.#pledger('assistant')[1], assistance),
      ...this.#partner('2017-03-13', 'firm', 'enterprise', '燕山果业公司'),
      ...this.#partner('2018-04-09', 'charity', 'organisation', '晨光助学会'),
      this.#need('2017-05-08', 'clinic', '村卫生室修缮', money('200000'), '2017-12-29', (got) => ({
        village: got(villagesKey(county)).villages[0],
      })),
      this.#pledge('2017-05-16', 'clinic east', 'clinic', 'pair', money('150000'), '2017-09-29'),
      this.#match('2017-05-22', 'clinic east', 'clinic'),
      this.#pledge('2017-06-05', 'clinic citizen', 'clinic', 'public', money('80000'), '2017-08-31'),
      this.#match('2017-06-09', 'clinic citizen', 'clinic', { amount: '50000' }),
      this.#deliver('2017-08-21', 'clinic citizen', 'public'),
      this.#judge('2017-08-28', 'clinic citizen', 'confirm'),
      this.#deliver('2017-09-18', 'clinic east', 'pair'),
      this.#judge('2017-09-25', 'clinic east', 'confirm', { note: '已到账并用于修缮（演示）。' }),

      this.#need('2018-03-05', 'apples', '采购苹果', buys('300000'), '2018-12-28'),
      this.#pledge('2018-03-20', 'apples firm', 'apples', firm, buys('180000'), '2018-11-30'),
      this.#match('2018-03-26', 'apples firm', 'apples'),
      this.#deliver('2018-11-12', 'apples firm', firm),
      this.#judge('2018-11-19', 'apples firm', 'confirm'),

      this.#need('2018-10-17', 'desks', '村小学课桌椅', sets(60), '2019-02-28', campaign(2018)),
      this.#pledge('2018-10-18', 'desks charity', 'desks', { partner: 'charity' }, sets(60), '2018-12-28'),
      this.#match('2018-10-24', 'desks charity', 'desks'),
      this.#deliver('2018-12-10', 'desks charity', { partner: 'charity' }),
      this.#judge('2018-12-17', 'desks charity', 'dispute', { reason: '到货48套，缺12套（演示）。' }),
      this.#deliver('2018-12-26', 'desks charity', { partner: 'charity' }, ' again'),
      this.#judge('2019-01-03', 'desks charity', 'confirm', { note: '已补齐（演示）。' }),

      this.#need('2019-03-04', 'jobs', '京津务工岗位', people('jobs', 40), '2019-06-28'),
      this.#pledge('2019-03-12', 'jobs east', 'jobs', 'pair', people('jobs', 40), '2019-05-31'),
      this.#match('2019-03-18', 'jobs east', 'jobs'),
      this.#deliver('2019-05-20', 'jobs east', 'pair'),
      this.#judge('2019-05-28', 'jobs east', 'confirm'),

      this.#need('2020-09-07', 'doctors', '支医人员', people('talent', 2), '2020-12-31'),
      this.#pledge('2020-09-15', 'doctors centre', 'doctors', 'assistant', people('talent', 2), '2020-12-28'),
      this.#match('2020-09-21', 'doctors centre', 'doctors'),
      this.#deliver('2020-12-23', 'doctors centre', 'assistant'),

      this.#need('2020-10-19', 'cold store', '果蔬冷藏库', money('500000'), '2021-03-31', campaign(2020)),
      this.#pledge('2020-10-20', 'cold store firm', 'cold store', firm, money('100000'), '2020-12-10'),
      this.#match('2020-10-26', 'cold store firm', 'cold store'),
      this.#pledge('2020-12-28', 'cold store citizen', 'cold store', 'public', money('2000'), '2021-01-31'),

      this.#need('2020-11-16', 'coats', '冬衣', { kind: 'goods', count: 200, measure: '件' }, '2021-01-15'),
      this.#pledge(
        '2020-11-20',
        'coats citizen',
        'coats',
        'public',
        { kind: 'goods', count: 30, measure: '件' },
        '2020-12-20',
      ),
      this.#judge('2020-11-27', 'coats citizen', 'decline', { reason: '旧衣物无法消毒分发，谢谢（演示）。' }),
    ]
  }

  /** Any other county: one need, pledged by somebody of the public, delivered and confirmed. */
  oneNeed(): readonly Step[] {
    const { key } = this.#county
    const after = (day: Day, what: string, min: number, max: number) =>
      addWorkingDays(day, whole(`help ${what} ${key}`, min, max), this.#charter.calendar)
    const published = after('2017-09-04', 'published', 0, 500)
    const pledged = after(published, 'pledged', 2, 20)
    const matched = after(pledged, 'matched', 1, 10)
    const delivered = after(matched, 'delivered', 5, 25)
    const title = oneOf(`help what ${key}`, ['村小学图书', '饮水管材', '村卫生室设备'])
    const quantity: Quantity = { kind: 'goods', count: whole(`help count ${key}`, 2, 20) * 10, measure: '件' }
    const wanted = addWorkingDays(delivered, 20, this.#charter.calendar)
    return [
      this.#need(published, 'need', title, quantity, wanted),
      this.#pledge(pledged, 'pledge', 'need', 'public', quantity, wanted),
      this.#match(matched, 'pledge', 'need'),
      this.#deliver(delivered, 'pledge', 'public'),
      this.#judge(after(delivered, 'confirmed', 1, 8), 'pledge', 'confirm'),
    ]
  }
}

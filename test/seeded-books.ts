import { asAct } from './act.ts'
import { idOf, type World } from './world.ts'

type Account = { line: string; unit: string; year: number; kind: string; project?: string }
type Transfer = {
  kind: string
  from: Account
  to: Account
  amount: bigint
  payee?: string
  work?: string
  milestone?: number
  external?: string
  reverses_act?: string
  reverses_n?: number
}
type Document = { unit: string; on: string; document: string; note?: string; transfers: readonly Transfer[] }

const keyOf = ({ line, unit, year, kind, project }: Account) => [line, unit, year, kind, project].join(' ')

/** Enters a document straight into the books, in the name of a made-up act; gives the act's id. */
export function enter(world: World, { unit, on, document, note, transfers }: Document): Promise<string> {
  const accounts: Account[] = []
  const places = new Map<string, number>()
  const place = (account: Account) => {
    const known = places.get(keyOf(account)) ?? accounts.push(account) - 1
    places.set(keyOf(account), known)
    return known
  }
  const rows = transfers.map(({ from, to, amount, ...rest }) => ({
    ...rest,
    from: place(from),
    to: place(to),
    amount: String(amount),
  }))
  return asAct(world, async (client, act) => {
    await client.query('select fund_post($1, $2, $3, $4, $5, $6, $7)', [
      act,
      unit,
      on,
      document,
      note ?? null,
      JSON.stringify(accounts),
      JSON.stringify(rows),
    ])
    return act
  })
}

export const addLine = (
  world: World,
  line: { id: string; unit: string; year: number; source: string; document: string; zh: string; en: string },
) =>
  asAct(world, (client, act) =>
    client.query(
      `insert into fund_line (id, unit_id, source, year, name_zh, name_en, document, made_up, on_day, act_id)
       values ($1, $2, $3, $4, $5, $6, $7, true, make_date($4, 1, 5), $8)`,
      [line.id, line.unit, line.source, line.year, line.zh, line.en, line.document, act],
    ),
  )

/** A project that stands in the library and is assigned, as far as money asks. */
export const addProject = (
  world: World,
  project: { id: string; unit: string; code: string; name: string; kind: string; province: string },
) =>
  asAct(world, async (client, act) => {
    const { id, unit, code, name, kind, province } = project
    await client.query('insert into project (id, unit_id, code, act_id) values ($1, $2, $3, $4)', [id, unit, code, act])
    await client.query(
      `insert into project_version (project_id, version, name, kind, nature, place, starts_on, ends_on, responsible, task, amount_fen,
         financing, households, persons, target, mechanism, proposed_by, on_day, act_id)
       values ($1, 1, $2, $3, 'new', '东村 <East>', '2016-03-01', '2016-11-30', '某人', '修路 & "架桥"', 2000000000, '财政资金', 120, 400,
         '通车 5 公里', '务工', '东村', '2016-01-10', $4)`,
      [id, name, kind, act],
    )
    const steps = [
      ['propose', 'none', 'done', 'proposed', '2016-01-10'],
      ['argue', 'proposed', 'pass', 'argued', '2016-01-12'],
      ['notice', 'argued', 'done', 'noticed', '2016-01-13'],
      ['admit', 'noticed', 'pass', 'admitted', '2016-01-25'],
      ['assign', 'admitted', 'done', 'assigned', '2016-02-01'],
      ['start', 'assigned', 'done', 'started', '2016-03-01'],
    ] as const
    for (const [at, [step, from, outcome, state, day]] of steps.entries()) {
      await client.query(
        `insert into project_step (project_id, ordinal, step, outcome, state, on_day, act_id, from_state, from_day)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [id, at + 1, step, outcome, state, day, act, from, steps[at - 1]?.[4] ?? null],
      )
      if (step === 'notice')
        await client.query(
          `insert into project_notice (project_id, ordinal, level, from_day, until_day, span_value, span_unit, act_id)
           select $1, $2, level, '2016-01-13', '2016-01-24', 10, 'days', $3 from unnest(array['village', 'township', 'county']) level`,
          [id, at + 1, act],
        )
    }
    await client.query('insert into project_admission (project_id, version, on_day, act_id) values ($1, 1, $2, $3)', [
      id,
      '2016-01-25',
      act,
    ])
    await client.query('insert into project_assignment (project_id, unit_id, on_day, act_id) values ($1, $2, $3, $4)', [
      id,
      province,
      '2016-02-01',
      act,
    ])
  })

export const addPayee = (
  world: World,
  payee: { id: string; unit: string; kind: string; shown: string; name: string; bank: string; account: string },
) =>
  asAct(world, async (client, act) => {
    const { id, unit, kind, shown, name, bank, account } = payee
    await client.query('insert into payee (id, unit_id, kind, shown, act_id) values ($1, $2, $3, $4, $5)', [
      id,
      unit,
      kind,
      shown,
      act,
    ])
    await client.query(
      'insert into payee_private (payee_id, unit_id, name, bank, account, act_id) values ($1, $2, $3, $4, $5, $6)',
      [id, unit, name, bank, account, act],
    )
  })

const year = 2016

/**
 * Two years of money in the small country, with everything that a text format may stumble over: signs in documents, notes and
 * names, lines that are called nearly the same, pooling, a fee, payments with fen, reversals, money that is carried over.
 */
export async function seedBooks(world: World) {
  const [centre, qingshan, heyang, liu, tong, haidao, ye] = [
    'The Centre',
    'Qingshan Province',
    'Heyang City',
    'Liu County',
    'Tong County',
    'Haidao Province',
    'Ye County',
  ].map(idOf) as [string, string, string, string, string, string, string]
  const [central, similar, provincial, pool] = ['line 1', 'line 2', 'line 3', 'line 4'].map(idOf) as [
    string,
    string,
    string,
    string,
  ]
  const named = { zh: '中央财政专项扶贫资金', en: 'Central special funds' }
  await addLine(world, { id: central, unit: centre, year, source: 'central', document: '财农〔2016〕36号', ...named })
  await addLine(world, { id: similar, unit: centre, year, source: 'central', document: '财农(2016)36号', ...named })
  await addLine(world, {
    id: provincial,
    unit: qingshan,
    year,
    source: 'provincial',
    document: '冀财农“2016”; 第9号 | "附"',
    zh: '省级资金：产业，试点',
    en: 'Provincial funds: industry, "pilot"',
  })
  await addLine(world, {
    id: pool,
    unit: liu,
    year,
    source: 'pool',
    document: '柳政〔2016〕1号',
    zh: '整合资金池',
    en: 'Pool',
  })
  const [road, orchard, pier] = ['road', 'orchard', 'pier'].map(idOf) as [string, string, string]
  await addProject(world, {
    id: road,
    unit: liu,
    code: 'XM-001',
    name: '东村道路',
    kind: 'infrastructure',
    province: qingshan,
  })
  await addProject(world, {
    id: orchard,
    unit: liu,
    code: '产业/002;a',
    name: '果园 <二期>',
    kind: 'industry',
    province: qingshan,
  })
  await addProject(world, {
    id: pier,
    unit: ye,
    code: 'XM-001',
    name: '码头',
    kind: 'infrastructure',
    province: haidao,
  })
  const [builder, household] = ['builder', 'household'].map(idOf) as [string, string]
  await addPayee(world, {
    id: builder,
    unit: liu,
    kind: 'company',
    shown: '柳县"路桥"公司; (一分公司)|甲',
    name: '柳县"路桥"公司; (一分公司)|甲',
    bank: '柳县农商行',
    account: '622848001234567890',
  })
  await addPayee(world, {
    id: household,
    unit: liu,
    kind: 'household',
    shown: '王*',
    name: '王小明',
    bank: '邮储银行柳县支行',
    account: '6217000000000000019',
  })

  const source = (line: string, unit: string): Account => ({ line, unit, year, kind: 'source' })
  const available = (line: string, unit: string, of = year): Account => ({ line, unit, year: of, kind: 'available' })
  const held = (kind: string, line: string, unit: string, project: string): Account => ({
    line,
    unit,
    year,
    kind,
    project,
  })
  const down = (line: string, from: string, to: string, amount: bigint): Transfer => ({
    kind: 'allocate',
    from: available(line, from),
    to: available(line, to),
    amount,
  })

  await enter(world, {
    unit: centre,
    on: '2016-01-06',
    document: '财农〔2016〕36号',
    note: '提前下达; 见附件|一, 详: "表"\n第二行',
    transfers: [
      {
        kind: 'appropriate',
        from: source(central, centre),
        to: available(central, centre),
        amount: 90_000_000_000_000_01n,
      },
      { kind: 'appropriate', from: source(similar, centre), to: available(similar, centre), amount: 100_00n },
      down(central, centre, qingshan, 70_000_000_33n),
      down(central, centre, haidao, 9_000_000_00n),
    ],
  })
  await enter(world, {
    unit: qingshan,
    on: '2016-01-20',
    document: '冀财农“2016”; 第9号 | "附"',
    transfers: [
      {
        kind: 'appropriate',
        from: source(provincial, qingshan),
        to: available(provincial, qingshan),
        amount: 5_000_000_00n,
      },
      down(provincial, qingshan, liu, 2_000_000_50n),
      down(central, qingshan, heyang, 30_000_000_00n),
      down(central, qingshan, tong, 1_000_000_00n),
    ],
  })
  await enter(world, {
    unit: heyang,
    on: '2016-02-03',
    document: '河财(2016)3号',
    transfers: [down(central, heyang, liu, 20_000_000_00n)],
  })
  await enter(world, {
    unit: haidao,
    on: '2016-02-03',
    document: '琼财〔2016〕8号',
    transfers: [down(central, haidao, ye, 8_000_000_00n)],
  })
  await enter(world, {
    unit: liu,
    on: '2016-03-01',
    document: '柳政〔2016〕1号',
    transfers: [
      { kind: 'pool', from: available(provincial, liu), to: available(pool, liu), amount: 1_500_000_50n },
      { kind: 'pool', from: available(central, liu), to: available(pool, liu), amount: 500_000_00n },
      {
        kind: 'commit',
        from: available(central, liu),
        to: held('committed', central, liu, road),
        amount: 5_000_000_00n,
      },
      { kind: 'commit', from: available(pool, liu), to: held('committed', pool, liu, orchard), amount: 1_200_000_00n },
      {
        kind: 'fee',
        from: available(central, liu),
        to: { line: central, unit: liu, year, kind: 'fee' },
        amount: 10_000_01n,
      },
    ],
  })
  await enter(world, {
    unit: ye,
    on: '2016-03-02',
    document: '椰政〔2016〕2号',
    transfers: [
      { kind: 'commit', from: available(central, ye), to: held('committed', central, ye, pier), amount: 7_000_000_00n },
    ],
  })
  const pay = await enter(world, {
    unit: liu,
    on: '2016-04-01',
    document: '柳支〔2016〕7号',
    transfers: [
      {
        kind: 'pay',
        from: held('committed', central, liu, road),
        to: held('paid', central, liu, road),
        amount: 1_234_567_89n,
        payee: builder,
        work: '路基: 第一段, "甲"',
        milestone: 1,
        external: '110101199003071234',
      },
      {
        kind: 'pay',
        from: held('committed', pool, liu, orchard),
        to: held('paid', pool, liu, orchard),
        amount: 3_000_05n,
        payee: household,
      },
      {
        kind: 'pay',
        from: held('committed', pool, liu, orchard),
        to: held('paid', pool, liu, orchard),
        amount: 77n,
        payee: household,
      },
    ],
  })
  const reversal = await enter(world, {
    unit: liu,
    on: '2016-04-05',
    document: '柳支〔2016〕8号',
    note: '重复支付',
    transfers: [
      {
        kind: 'reverse',
        from: held('paid', pool, liu, orchard),
        to: held('committed', pool, liu, orchard),
        amount: 77n,
        reverses_act: pay,
        reverses_n: 3,
      },
    ],
  })
  await enter(world, {
    unit: tong,
    on: '2016-05-01',
    document: '桐财〔2016〕4号',
    transfers: [
      { kind: 'return', from: available(central, tong), to: available(central, qingshan), amount: 400_000_00n },
    ],
  })
  await enter(world, {
    unit: tong,
    on: '2016-12-31',
    document: '桐财〔2016〕30号',
    transfers: [
      { kind: 'carry', from: available(central, tong), to: available(central, tong, year + 1), amount: 600_000_00n },
    ],
  })
  return { pay, reversal, road, orchard, pier, builder, household, liu, qingshan, ye }
}

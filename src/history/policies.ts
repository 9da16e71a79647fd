import { addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day, Text } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import { doer, need } from './founding.ts'
import { happens, whole } from './seed.ts'
import type { Step } from './step.ts'

type Document = {
  readonly on: Day
  readonly act: 'principle.formulate' | 'strategy.formulate' | 'policy.issue'
  readonly number?: string
  readonly title: Text
  readonly summary: Text
  readonly status: 'V' | 'P' | 'K'
  readonly source: string
}

/** The centre's documents of the campaign. Titles and days are facts with their status; summaries are ours. */
const documents: readonly Document[] = [
  {
    on: '2015-11-30',
    act: 'principle.formulate',
    title: { zh: '精准扶贫、精准脱贫基本方略', en: 'Targeted poverty alleviation as the basic approach' },
    summary: {
      zh: '扶持谁、谁来扶、怎么扶、如何退，都落到具体的村、户、人和责任单位。',
      en: 'Whom to help, who helps, how, and when help ends: each is settled for villages, households, people and those who answer.',
    },
    status: 'K',
    source: '2015年《关于打赢脱贫攻坚战的决定》',
  },
  {
    on: '2015-11-30',
    act: 'strategy.formulate',
    number: '中发〔2015〕34号',
    title: { zh: '关于打赢脱贫攻坚战的决定', en: 'Decision on Winning the Battle Against Poverty' },
    summary: {
      zh: '到2020年现行标准下农村贫困人口脱贫、贫困县全部摘帽；强化脱贫攻坚领导责任制。',
      en: 'By 2020 all rural poor by the present line and all poor counties out of poverty; the system of leadership responsibilities is reinforced.',
    },
    status: 'V',
    source: '《决定》，2015年11月29日；文号 K',
  },
  {
    on: '2016-02-16',
    act: 'policy.issue',
    number: '厅字〔2016〕6号',
    title: { zh: '省级党委和政府扶贫开发工作成效考核办法', en: 'Measures for assessing provinces’ work on poverty' },
    summary: {
      zh: '2016年至2020年每年考核一次，看减贫成效、精准识别、精准帮扶、扶贫资金。',
      en: 'Provinces are assessed each year from 2016 to 2020 on results, identification, assistance and funds.',
    },
    status: 'P',
    source: '考核指标见 assessment-indicators；日期与文号 K',
  },
  {
    on: '2016-04-28',
    act: 'policy.issue',
    number: '厅字〔2016〕16号',
    title: { zh: '关于建立贫困退出机制的意见', en: 'Opinions on the mechanism of exit from poverty' },
    summary: {
      zh: '贫困县退出由县提出、市初审、省核查公示审定，中央组织专项评估检查，省政府批准。',
      en: 'A county proposes its exit, the city reviews, the province verifies, posts a notice and decides, the centre evaluates, the provincial government approves.',
    },
    status: 'V',
    source: '退出程序见 exit-procedure；日期与文号 K',
  },
  {
    on: '2016-10-11',
    act: 'policy.issue',
    number: '厅字〔2016〕33号',
    title: { zh: '脱贫攻坚责任制实施办法', en: 'Measures on the responsibility system of the battle against poverty' },
    summary: {
      zh: '中央统筹、省负总责、市县抓落实；各级各部门职责、合力攻坚和奖惩。',
      en: 'The centre plans, the province answers, city and county carry it out; duties of every level and body, joint effort, reward and accountability.',
    },
    status: 'V',
    source: '《脱贫攻坚责任制实施办法》，2016年10月11日施行（K）；文号 K',
  },
  {
    on: '2017-12-25',
    act: 'policy.issue',
    title: {
      zh: '关于加强贫困村驻村工作队选派管理工作的指导意见',
      en: 'Guidance on sending and managing resident teams in poor villages',
    },
    summary: {
      zh: '每队一般不少于三人，每期不少于两年，第一书记任队长。',
      en: 'Teams of at least three people, at least two years a term, led by the first secretary.',
    },
    status: 'P',
    source: '队伍人数与年限 V；日期 K',
  },
  {
    on: '2018-08-20',
    act: 'strategy.formulate',
    number: '中发〔2018〕16号',
    title: {
      zh: '关于打赢脱贫攻坚战三年行动的指导意见',
      en: 'Guidance on three years of action to win the battle against poverty',
    },
    summary: {
      zh: '聚焦深度贫困地区，攻坚克难，确保2020年目标如期实现。',
      en: 'Efforts go to the most deeply poor areas, so that the goals of 2020 are met on time.',
    },
    status: 'K',
    source: '2018年6月15日发文，8月19日公布（K）',
  },
]

/** Documents are issued, the Decision is divided among departments, receivers acknowledge, provinces localise. */
export function policySteps(country: Country, charter: Charter): readonly Step[] {
  const { root } = country
  return documents.flatMap((document) => {
    const { on, act, ...rest } = document
    const key = `${act} ${on}`
    const issue: Step = {
      on,
      turn: 2,
      key,
      act: need(act),
      by: doer(charter, need(act), root, on),
      input: { unit: root.id, ...rest },
    }
    const policyOf = (got: (key: string) => { policy: string }) => got(key).policy
    const received = country.provinces.flatMap((province) => receiptSteps(charter, province, key, on, policyOf))
    const isDecision = document.number === '中发〔2015〕34号'
    return [issue, ...received, ...(isDecision ? [divisionStep(root, key, charter)] : [])]
  })
}

function receiptSteps(
  charter: Charter,
  province: Place,
  key: string,
  on: Day,
  policyOf: (got: (key: string) => { policy: string }) => string,
): Step[] {
  const days = happens(`late ${key} ${province.key}`, 0.05)
    ? whole(`late days ${key} ${province.key}`, 17, 25)
    : whole(`ack ${key} ${province.key}`, 1, 13)
  const acknowledged = addWorkingDays(on, days, charter.calendar)
  const steps: Step[] = [
    {
      on: acknowledged,
      turn: 6,
      key: `acknowledge ${key} ${province.key}`,
      act: need('policy.acknowledge'),
      by: doer(charter, need('policy.acknowledge'), province, acknowledged),
      input: (got) => ({ unit: province.id, policy: policyOf(got) }),
    },
  ]
  if (key.startsWith('policy.issue') && happens(`localise ${key} ${province.key}`, 0.5))
    steps.push({
      on: addWorkingDays(acknowledged, whole(`localise days ${key} ${province.key}`, 20, 90), charter.calendar),
      turn: 6,
      key: `localise ${key} ${province.key}`,
      act: need('policy.localise'),
      by: doer(charter, need('policy.localise'), province, acknowledged),
      input: (got) => ({
        unit: province.id,
        policy: policyOf(got),
        title: { zh: `${province.name.zh}实施细则`, en: `Implementing rules of ${province.name.en}` },
        summary: {
          zh: '结合本省实际细化责任、时限和标准。',
          en: 'Responsibilities, dates and standards fitted to the province’s conditions.',
        },
        status: 'made-up',
        source: '演示所拟',
      }),
    })
  return steps
}

/** 重要政策措施分工方案: that there was one is known, its wording here is made up. */
const divisionStep = (root: Place, key: string, charter: Charter): Step => ({
  on: addWorkingDays('2015-11-30', 60, charter.calendar),
  turn: 3,
  key: `divide ${key}`,
  act: need('policy.divide'),
  by: doer(charter, need('policy.divide'), root, '2016-03-01'),
  input: (got) => ({
    unit: root.id,
    policy: got(key).policy,
    measures: [
      measure(
        '财政扶贫资金投入增长与监管',
        'Growth and supervision of funds',
        'finance-ministry',
        ['ndrc', 'audit-office'],
        '2016-12-31',
      ),
      measure(
        '易地扶贫搬迁',
        'Relocation from inhospitable areas',
        'ndrc',
        ['finance-ministry', 'housing-ministry'],
        '2020-12-31',
      ),
      measure(
        '义务教育有保障',
        'Compulsory education for every child',
        'education-ministry',
        ['finance-ministry'],
        '2020-12-31',
      ),
      measure(
        '基本医疗有保障',
        'Basic medical care for everybody',
        'health-commission',
        ['civil-affairs-ministry'],
        '2020-12-31',
      ),
      measure(
        '住房安全有保障',
        'Safe housing for every household',
        'housing-ministry',
        ['finance-ministry'],
        '2020-12-31',
      ),
      measure(
        '农村低保与扶贫政策衔接',
        'Subsistence allowances joined with poverty relief',
        'civil-affairs-ministry',
        ['finance-ministry'],
        '2018-12-31',
      ),
    ],
  }),
})

const measure = (zh: string, en: string, lead: string, supporting: readonly string[], due: Day) => ({
  text: { zh, en },
  lead,
  supporting,
  due,
})

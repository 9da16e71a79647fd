import { Status, useSay } from '#web/parts/index.ts'

export const words = {
  title: { zh: '因素法测算', en: 'Allocation by factors' },
  sub: {
    zh: '按因素和权重测算各单位所得，精确到分，与当年实际并列。测算不划转资金；资金只在有人签发时划转。',
    en: 'What each unit would get by factors and weights, to the fen, beside the current year. Nothing moves here: money moves only when a person signs.',
  },
  unit: { zh: '分配单位', en: 'Who allocates' },
  year: { zh: '年度', en: 'Year' },
  line: { zh: '资金', en: 'Line' },
  allLines: { zh: '全部资金', en: 'All money of the year' },
  total: { zh: '总额（元）', en: 'Total (yuan)' },
  totalHint: { zh: '不填：{of}', en: 'Left empty: {of}' },
  ofAvailable: { zh: '可分配的余额', en: 'what is available' },
  ofAllocated: { zh: '当年已下达总额', en: 'what was allocated this year' },
  ofGiven: { zh: '所填总额', en: 'what you gave' },
  weights: { zh: '权重', en: 'Weights' },
  weightOf: { zh: '{factor}：权重百分比', en: '{factor}: weight in percent' },
  slide: { zh: '{factor}：滑块', en: '{factor}: slider' },
  sumFine: { zh: '合计100%', en: '100 % together' },
  sumShort: { zh: '合计{sum}%，还差{rest}%', en: '{sum} % together: {rest} % to go' },
  sumOver: { zh: '合计{sum}%，多了{rest}%', en: '{sum} % together: {rest} % too much' },
  scale: { zh: '按比例调到100%', en: 'Scale to 100 %' },
  reset: { zh: '回到现行公式', en: 'Back to the formula that stands' },
  resetShipped: { zh: '回到初始权重', en: 'Back to the first weights' },
  basis: { zh: '依据：{title}（{year}年第{version}版）', en: 'By: {title} ({year}, version {version})' },
  basisOwn: { zh: '自定权重，尚未确定为公式', en: 'Your own weights, not adopted as a formula' },
  basisShipped: { zh: '尚无公式；这是供修改的初始权重', en: 'No formula stands; these are first weights to change' },
  limits: { zh: '下限和上限', en: 'Floors and caps' },
  floorTotal: { zh: '不低于总额的', en: 'At least, of the total' },
  capTotal: { zh: '不高于总额的', en: 'At most, of the total' },
  floorLast: { zh: '不低于上年的', en: 'At least, of last year’s' },
  capLast: { zh: '不高于上年的', en: 'At most, of last year’s' },
  limitsHint: {
    zh: '单位所得超出上下限的，按上下限计，余下的反复重新分配。上年没有所得的不受上年约束。',
    en: 'Who would break a bound gets the bound, and the rest is shared anew until none is broken. Who got nothing last year is not bound by it.',
  },
  result: { zh: '测算结果', en: 'Result' },
  remainder: {
    zh: '舍到分后余下的{fen}分，分给余数最大的{fen}个单位，每个一分；各单位之和等于总额。',
    en: 'Rounded down to the fen, {fen} fen were left: one each to the {fen} largest remainders. The shares add up to the total.',
  },
  noRemainder: {
    zh: '各单位之和等于总额，没有余数。',
    en: 'The shares add up to the total; nothing was left by rounding.',
  },
  rounds: { zh: '受上下限约束重新分配{rounds}次。', en: 'Floors and caps: shared anew {rounds} times.' },
  results: { zh: '结果', en: 'Result' },
  values: { zh: '因素数据', en: 'Values' },
  contributions: { zh: '贡献', en: 'Contributions' },
  view: { zh: '看什么', en: 'What to see' },
  name: { zh: '单位', en: 'Unit' },
  share: { zh: '份额（%）', en: 'Share (%)' },
  byFormula: { zh: '按公式（元）', en: 'By formula (yuan)' },
  actual: { zh: '当年实际（元）', en: 'This year (yuan)' },
  last: { zh: '上年（元）', en: 'Last year (yuan)' },
  difference: { zh: '相差（元）', en: 'Difference (yuan)' },
  held: { zh: '约束', en: 'Bound' },
  floor: { zh: '下限', en: 'Floor' },
  cap: { zh: '上限', en: 'Cap' },
  odd: { zh: '尾差+0.01', en: 'Odd fen' },
  sumRow: {
    zh: '合计：按公式{fen}元，当年实际{actual}元，上年{last}元',
    en: 'Together: {fen} yuan by formula, {actual} this year, {last} last year',
  },
  chart: { zh: '按公式与当年实际（亿元，前{n}个单位）', en: 'By formula and this year (100 m yuan, the {n} largest)' },
  chartFormula: { zh: '按公式', en: 'By formula' },
  chartActual: { zh: '当年实际', en: 'This year' },
  fill: { zh: '填好下达单', en: 'Fill in the allocation' },
  adopt: { zh: '把这些权重确定为公式', en: 'Adopt these weights' },
  enter: { zh: '录入因素数据', en: 'Enter values' },
  formulas: { zh: '已确定的公式', en: 'Adopted formulas' },
  none: { zh: '还没有确定公式。', en: 'No formula was adopted yet.' },
  version: { zh: '第{version}版', en: 'version {version}' },
  standing: { zh: '现行', en: 'stands' },
  replaced: { zh: '已被替换', en: 'replaced' },
  missing: { zh: '缺数据的单位', en: 'Who lacks what' },
  mine: { zh: '看本单位的分配说明', en: 'Why your own unit gets what it gets' },
  lessIsMore: { zh: '越低资金越多', en: 'the less, the more money' },
  paper: { zh: '依据', en: 'Paper' },
  measure: { zh: '计量', en: 'Measure' },
  factor: { zh: '因素', en: 'Factor' },
  weight: { zh: '权重', en: 'Weight' },
  formulaSub: {
    zh: '{unit} · {year}年 · 第{version}版 · {day}确定',
    en: '{unit} · {year} · version {version} · adopted {day}',
  },
  coverage: { zh: '已录数据', en: 'Values entered' },
  of: { zh: '{n} / {all}', en: '{n} of {all}' },
  source: { zh: '出处', en: 'Source' },
  versions: { zh: '各版本', en: 'Versions' },
  used: { zh: '引用它的下达', en: 'Allocations that named it' },
  unused: { zh: '还没有资金按它下达。', en: 'No money was allocated under it yet.' },
  tryIt: { zh: '测算', en: 'What if' },
  entry: { zh: '确定的记录', en: 'The entry in the journal' },
  note: { zh: '说明', en: 'Note' },
  catalogue: { zh: '公开的因素', en: 'The published factors' },
  explainTitle: { zh: '{unit}{year}年资金分配说明', en: 'Why {unit} gets its share of {year}' },
  explainSub: { zh: '由{giver}按因素分配给{n}个单位', en: '{giver} shares by factors among {n} units' },
  inWords: { zh: '说明', en: 'In words' },
  value: { zh: '数值', en: 'Value' },
  average: { zh: '各单位平均', en: 'Average of all' },
  part: { zh: '占比', en: 'Part' },
  contribution: { zh: '贡献（百分点）', en: 'Adds (points)' },
  perLine: { zh: '逐笔资金', en: 'Line by line' },
  noMoney: { zh: '本年度还没有资金可分配。', en: 'There is no money to share in this year yet.' },
  got: { zh: '实际（元）', en: 'Got (yuan)' },
  toFormula: { zh: '看公式', en: 'See the formula' },
  raw: { zh: '按份额（元）', en: 'By share alone (yuan)' },
}

/** Fen as yuan, to the fen, as the reader writes numbers. */
export function useYuan() {
  const { language } = useSay()
  const format = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  })
  /** Whole and part apart, so that no digit of a large amount is lost. */
  const yuan = (fen: string | null) => {
    if (fen === null) return '—'
    const isBelow = fen.startsWith('-')
    const digits = (isBelow ? fen.slice(1) : fen).padStart(3, '0')
    const part = format.format(Number(`0.${digits.slice(-2)}`)).slice(1)
    return `${isBelow ? '−' : ''}${format.format(BigInt(digits.slice(0, -2))).slice(0, -3)}${part}`
  }
  return {
    yuan,
    signed: (fen: string | null) => (fen !== null && fen !== '0' && !fen.startsWith('-') ? `+${yuan(fen)}` : yuan(fen)),
  }
}

/** Fen as yuan for a file: a plain number text. */
export const plainYuan = (fen: string | null) => (fen === null ? null : Number(fen) / 100)

/** Which papers name a factor, and how sure we are. */
export function Papers({
  papers,
  of,
}: {
  papers: readonly (2011 | 2017)[]
  of: Readonly<Record<2011 | 2017, { readonly status: string }>>
}) {
  return (
    <span className="row" style={{ gap: 6 }}>
      {papers.map((paper) => (
        <span key={paper}>
          {paper} <Status status={of[paper].status} />
        </span>
      ))}
    </span>
  )
}

import { sql } from 'kysely'
import { readFigure, readFigureBelow } from '#kernel/figure.ts'
import { yuanOf } from '#kernel/words.ts'
import { findRoot } from '#src/program/seats.ts'
import { all, column, type DataSet, PAGE, place, type Value } from './data-set.ts'
import { helpSets } from './data-sets-help.ts'

const counties: DataSet = {
  id: 'counties',
  title: { zh: '贫困县', en: 'Poor counties' },
  about: {
    zh: '列入名单的全部县及其当日状态。',
    en: 'Every county that was ever on the list, with its state on the day.',
  },
  columns: [
    ...place,
    column('above_zh', '上级单位', 'the place that it lies in, in Chinese'),
    column('above_en', '上级单位（英文）', 'the place that it lies in, in English'),
    column('state', 'poor 尚未脱贫；out 已退出', 'poor: still poor; out: out of poverty'),
    column('since', '自哪一天起为此状态', 'the day since which it is in this state'),
  ],
  async rows(visit) {
    const rows = await all(async (offset) => {
      const { total, units } = await visit.ask('unit.table', { state: 'programme', offset, limit: PAGE })
      return { total, rows: units }
    })
    return rows.map((row) => [
      row.unit,
      row.code,
      row.name.zh,
      row.name.en,
      row.above.name.zh,
      row.above.name.en,
      row.state,
      row.since,
    ])
  },
}

const notices: DataSet = {
  id: 'notices',
  title: { zh: '退出公示', en: 'Notices of exits' },
  about: { zh: '每一次公示及其异议数。', en: 'Every notice, with how many objections it met.' },
  columns: [
    ...place,
    column('year', '拟退出的年度', 'the year of the exit'),
    column('round', '第几次公示', 'the round: 1 for the first notice'),
    column('from', '公示开始日', 'the first day of the notice'),
    column('until', '公示截止日', 'the last day on which anyone may object'),
    column('open', '当日是否正在公示', 'whether it stands on the day'),
    column('objections', '收到的异议数', 'objections received'),
    column('answered', '其中已答复', 'of which answered'),
  ],
  async rows(visit) {
    const rows = await all(async (offset) => {
      const { total, items } = await visit.ask('notice.list', { offset, limit: PAGE })
      return { total, rows: items }
    })
    return rows.map((row) => [
      row.unit,
      row.code,
      row.name.zh,
      row.name.en,
      row.year,
      row.round,
      row.from,
      row.until,
      row.isOpen ? 'yes' : 'no',
      row.objections,
      row.answered,
    ])
  },
}

const figures: DataSet = {
  id: 'figures',
  title: { zh: '指标', en: 'Figures' },
  about: {
    zh: '系统的每项指标：全国及各下级单位的数值。',
    en: 'Each figure of the system, for the whole country and for every place directly below.',
  },
  isYearly: true,
  columns: [
    column('figure', '指标标识', 'the figure’s name in this system'),
    column('title_zh', '指标名称', 'its title in Chinese'),
    column('title_en', '指标名称（英文）', 'its title in English'),
    column('measure_en', '单位', 'what the number is a number of; money is in yuan'),
    ...place,
    column('value', '数值；比率为 0 到 1', 'the value; ratios from 0 to 1'),
    column('counted', '分子', 'what was counted'),
    column('of', '分母', 'what it is in proportion to, where it is a ratio'),
  ],
  async rows(visit, year) {
    const { db, charter, on, map } = visit.reader
    const root = await findRoot(db, map)
    if (!root) return []
    const rows: (readonly Value[])[] = []
    for (const figure of visit.program.figures) {
      const question = { charter, unit: root.id, on, map, year }
      const [whole, below] = await Promise.all([
        readFigure(db, figure, question),
        readFigureBelow(db, figure, question),
      ])
      const inYuan = (value: number | null) => (value !== null && figure.money ? value / 100 : value)
      const named = [figure.name, figure.title.zh, figure.title.en, figure.measure.en]
      for (const each of [{ ...whole, unit: root.id, code: root.code, name: root.name }, ...below])
        rows.push([
          ...named,
          each.unit,
          each.code,
          each.name.zh,
          each.name.en,
          figure.kind === 'sum' ? inYuan(each.value) : each.value,
          inYuan(each.counted),
          inYuan(each.of),
        ])
    }
    return rows
  },
}

const money: DataSet = {
  id: 'money',
  title: { zh: '公开的资金', en: 'Money made public' },
  about: {
    zh: '各级当年公开的每笔资金（最新一次公开）。',
    en: 'Each line of money of the year as a level last made it public.',
  },
  isYearly: true,
  columns: [
    column('announcement', '公开信息编号，见 /public/money/编号', 'id of the announcement: /public/money/{id}'),
    ...place.filter(({ key }) => key !== 'code'),
    column('line_zh', '资金名称', 'the line of money in Chinese'),
    column('line_en', '资金名称（英文）', 'the line of money in English'),
    column('document', '文号', 'number of the document'),
    column('year', '年度', 'year'),
    column('kind', 'received 收到和使用；allocation 分配下级', 'received: got and used; allocation: shared out below'),
    column('total_yuan', '总额（元）', 'total in yuan'),
    column('on', '公开日期', 'the day on which it was made public'),
  ],
  async rows(visit, year) {
    const rows = await all(async (offset) => {
      const { total, items } = await visit.ask('disclosure.list', { year, offset, limit: PAGE })
      return { total, rows: items }
    })
    return rows.map((row) => [
      row.id,
      row.unit,
      row.name.zh,
      row.name.en,
      row.lineName.zh,
      row.lineName.en,
      row.document,
      row.year,
      row.kind,
      yuanOf(BigInt(row.totalFen)),
      row.on,
    ])
  },
}

type Told = Record<
  'unit' | 'zh' | 'en' | 'code' | 'name' | 'kind' | 'place' | 'task' | 'starts' | 'ends',
  string | null
> &
  Record<'responsible' | 'target' | 'amount' | 'committed' | 'paid' | 'on', string | null>

const projects: DataSet = {
  id: 'projects',
  title: { zh: '公开的项目', en: 'Projects made public' },
  about: {
    zh: '各县当年公开的资金所办的项目（最新一次公开）。',
    en: 'The projects in what counties last made public of the year’s money.',
  },
  isYearly: true,
  columns: [
    ...place.filter(({ key }) => key !== 'code'),
    column('project', '项目编号', 'code of the project'),
    column('name', '项目名称', 'its name'),
    column('kind', '类别', 'its kind'),
    column('place', '地点', 'where it is'),
    column('task', '内容', 'what is done'),
    column('starts_on', '开始', 'the day on which it starts'),
    column('ends_on', '结束', 'the day on which it ends'),
    column('responsible', '责任单位', 'who is responsible'),
    column('target', '绩效目标', 'its target'),
    column('amount_yuan', '总额（元）', 'its whole amount in yuan'),
    column('committed_yuan', '这笔资金安排（元）', 'committed of this money, in yuan'),
    column('paid_yuan', '已支付（元）', 'paid of it, in yuan'),
    column('told_on', '公开日期', 'the day on which it was made public'),
  ],
  async rows({ reader, on }, year) {
    // The announcements themselves, which are public word for word: read at once, since a file holds the projects of all of them.
    const { rows } = await sql<Told>`
      select d.unit_id as unit, v.name_zh as zh, v.name_en as en, p ->> 'code' as code, p ->> 'name' as name, p ->> 'kind' as kind,
             p ->> 'place' as place, p ->> 'task' as task, p ->> 'startsOn' as starts, p ->> 'endsOn' as ends,
             p ->> 'responsible' as responsible, p ->> 'target' as target, p ->> 'amountFen' as amount,
             p ->> 'committedFen' as committed, p ->> 'paidFen' as paid, d.on_day as "on"
        from (select distinct on (unit_id, line_id) * from fund_disclosure
               where kind = 'received' and year = ${year} and on_day <= ${on}::date
               order by unit_id, line_id, on_day desc, act_id desc) d
       cross join lateral (select w.name_zh, w.name_en, w.code from unit_version w
                            where w.unit_id = d.unit_id and lower(w.valid_at) <= ${on}::date order by lower(w.valid_at) desc limit 1) v
       cross join jsonb_array_elements(d.content -> 'projects') p
       order by v.code nulls last, d.line_id, p ->> 'code'`.execute(reader.db)
    const yuan = (fen: string | null) => (fen === null ? null : yuanOf(BigInt(fen)))
    return rows.map((row) => [
      row.unit,
      row.zh,
      row.en,
      row.code,
      row.name,
      row.kind,
      row.place,
      row.task,
      row.starts,
      row.ends,
      row.responsible,
      row.target,
      yuan(row.amount),
      yuan(row.committed),
      yuan(row.paid),
      row.on,
    ])
  },
}

export const dataSets: readonly DataSet[] = [counties, notices, figures, money, projects, ...helpSets]

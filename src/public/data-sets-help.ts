import { isMoney } from '#features/mobilisation/index.ts'
import { yuanOf } from '#kernel/words.ts'
import { all, column, type DataSet, PAGE, place } from './data-set.ts'

const needs: DataSet = {
  id: 'needs',
  title: { zh: '帮扶需求', en: 'Needs' },
  about: { zh: '各县、村公布的需求。', en: 'What counties and villages told the public that they need.' },
  columns: [
    column('need', '需求编号', 'id of the need'),
    ...place.filter(({ key }) => key !== 'code'),
    column('title', '需求', 'what is needed, in the county’s words'),
    column('kind', '种类', 'its kind'),
    column('quantity', '需要的数量；资金和采购为元', 'how much is needed; money and purchases in yuan'),
    column('measure', '计量单位', 'what it is a number of'),
    column('matched', '已对接', 'how much is matched'),
    column('confirmed', '已收到', 'how much was received'),
    column('wanted_by', '何时要', 'by when it is wanted'),
    column('state', '状态', 'its standing'),
  ],
  async rows(visit) {
    const rows = await all(async (offset) => {
      const { total, needs: page } = await visit.ask('need.list', { offset, limit: PAGE })
      return { total, rows: page }
    })
    return rows.map((row) => {
      const amount = (value: number) => (isMoney(row.kind) ? yuanOf(BigInt(Math.round(value))) : value)
      const measure = isMoney(row.kind) ? '元' : row.measure
      return [
        row.id,
        row.unit,
        row.unitName.zh,
        row.unitName.en,
        row.title,
        row.kind,
        amount(row.quantity),
        measure,
        amount(row.matched),
        amount(row.confirmed),
        row.wanted,
        row.state,
      ]
    })
  },
}

const campaigns: DataSet = {
  id: 'campaigns',
  title: { zh: '帮扶活动', en: 'Campaigns' },
  about: { zh: '各地发起的帮扶活动。', en: 'The campaigns that were announced, with their days.' },
  columns: [
    column('campaign', '活动编号', 'id of the campaign'),
    ...place.filter(({ key }) => key !== 'code'),
    column('title', '活动', 'its title'),
    column('purpose', '目的', 'its purpose'),
    column('from', '开始', 'its first day'),
    column('until', '结束', 'its last day'),
    column('needs', '归入的需求数', 'how many needs belong to it'),
    column('pledges', '归入的认捐数', 'how many pledges belong to it'),
  ],
  async rows(visit) {
    const rows = await all(async (offset) => {
      const { total, items } = await visit.ask('campaign.list', { offset, limit: PAGE })
      return { total, rows: items }
    })
    return rows.map((row) => [
      row.id,
      row.unit,
      row.unitName.zh,
      row.unitName.en,
      row.title,
      row.purpose,
      row.from,
      row.until,
      row.needs,
      row.pledges,
    ])
  },
}

const pairings: DataSet = {
  id: 'pairings',
  title: { zh: '东西部扶贫协作', en: 'Pairs of east and west' },
  about: {
    zh: '当日有效和已经结束的结对关系，每对注明依据和核实程度。',
    en: 'The pairs that hold on the day or have ended, each with its ground and how sure it is.',
  },
  columns: [
    column('pair', '结对编号', 'id of the pair'),
    column('east', '东部单位在本系统中的编号', 'id of the eastern place'),
    column('east_zh', '东部', 'the eastern place in Chinese'),
    column('east_en', '东部（英文）', 'the eastern place in English'),
    column('west', '西部单位在本系统中的编号', 'id of the western place'),
    column('west_zh', '西部', 'the western place in Chinese'),
    column('west_en', '西部（英文）', 'the western place in English'),
    column('since', '自哪一天起', 'since which day'),
    column('until', '到哪一天止；空为仍然有效', 'until which day; empty while it holds'),
    column(
      'status',
      'V 见于来源；P 部分见于来源；K 已知、未核对来源',
      'V: seen in a source; P: in part; K: known, not checked',
    ),
    column('source', '依据', 'its ground'),
  ],
  async rows(visit) {
    const rows = await all(async (offset) => {
      const { total, items } = await visit.ask('pairing.list', { state: 'all', offset, limit: PAGE })
      return { total, rows: items }
    })
    return rows.map((row) => [
      row.id,
      row.unit,
      row.east.zh,
      row.east.en,
      row.westUnit,
      row.west.zh,
      row.west.en,
      row.since,
      row.until,
      row.status,
      row.source,
    ])
  },
}

/** What of help from outside is open data. */
export const helpSets: readonly DataSet[] = [needs, campaigns, pairings]

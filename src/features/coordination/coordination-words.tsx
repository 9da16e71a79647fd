/** Words that the pages of the slice share. */
export const shared = {
  within: { zh: '范围', en: 'Within' },
  all: { zh: '全部', en: 'All' },
  unit: { zh: '单位', en: 'Unit' },
  state: { zh: '状态', en: 'State' },
  due: { zh: '期限', en: 'Due' },
  since: { zh: '自', en: 'Since' },
  entry: { zh: '记录', en: 'entry' },
  who: { zh: '在等', en: 'Waiting for' },
  year: { zh: '年度', en: 'Year' },
  setting: { zh: '设定值，无文件依据', en: 'a setting; no document gives it' },
}

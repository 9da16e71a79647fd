/** Words and lights that the pages of the slice share. */
export const shared = {
  within: { zh: '范围', en: 'Within' },
  all: { zh: '全部', en: 'All' },
  state: { zh: '状态', en: 'State' },
  entry: { zh: '记录', en: 'entry' },
  can: { zh: '可以办理', en: 'What may be done' },
  unit: { zh: '责任单位', en: 'Unit responsible' },
  inspector: { zh: '督查单位', en: 'Who inspects' },
  due: { zh: '期限', en: 'Due' },
  madeUp: { zh: '演示用，为虚构。', en: 'Made up for the demonstration.' },
}

export const findingLights = {
  open: 'yellow',
  explained: 'yellow',
  rectified: 'none',
  returned: 'red',
  closed: 'green',
  withdrawn: 'none',
} as const
export const inspectionLights = { planned: 'none', drawn: 'yellow', opened: 'green', cancelled: 'none' } as const

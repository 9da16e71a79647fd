import type { Text } from '#kernel/words.ts'
import { queryString } from '#web/api.ts'
import { Go, Share, UnitPicker, useSay, useSearch, useSession, useSetSearch } from '#web/parts/index.ts'

/** Words of the pages about major projects, cross-county projects, milestones and the library's updates. */
export const words = {
  projects: { zh: '项目库', en: 'Project library' },
  majors: { zh: '重大工程项目', en: 'Major projects' },
  milestones: { zh: '项目节点', en: 'Milestones' },
  within: { zh: '范围', en: 'Within' },
  kind: { zh: '类别', en: 'Kind' },
  everyKind: { zh: '全部类别', en: 'Every kind' },
  county: { zh: '县', en: 'County' },
  stand: { zh: '进展', en: 'How it stands' },
  entry: { zh: '日志', en: 'entry' },
  crossCounty: { zh: '跨县项目', en: 'Cross-county projects' },
  by: { zh: '{by}协调，{lead}牵头', en: 'coordinated by {by}, led by {lead}' },
  until: { zh: '应于{day}办结', en: 'to be done by {day}' },
  pastDate: { zh: '已过日期', en: 'past its day' },
  ended: { zh: '{day}解除：{reason}', en: 'ended {day}: {reason}' },
  matters: { zh: '商定事项', en: 'What was agreed' },
  share: { zh: '份额', en: 'Share' },
  divided: { zh: '已分解到县', en: 'Divided among counties' },
  covered: { zh: '已覆盖', en: 'Covered' },
  coming: { zh: '入库前', en: 'On its way' },
  uncovered: { zh: '缺口', en: 'Not covered' },
  serving: { zh: '县项目', en: 'Counties’ projects' },
  notCounted: { zh: '不由项目库折算', en: 'not read from the library' },
} as const satisfies Record<string, Text>

/** Whose projects a page is about: as the address says, else the reader's own unit. */
export function useWithin() {
  const search = useSearch()
  const session = useSession()
  return search['unit'] ?? session?.actor?.unit.id ?? session?.root
}

/** Chooses the unit, and leads to the other pages about its projects. */
export function Within({ unit, page }: { unit: string | undefined; page: 'majors' | 'milestones' }) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  const session = useSession()
  const of = queryString({ unit })
  return (
    <div className="row">
      <span style={{ flex: '0 1 260px', minWidth: 0 }}>
        <UnitPicker
          label={say(words.within)}
          value={unit}
          onChoose={(id) => setSearch({ unit: id, offset: undefined })}
        />
      </span>
      {session?.actor && (
        <span className="push row">
          <Go to={`/projects${of}`}>{say(words.projects)}</Go>
          {page !== 'majors' && <Go to={`/projects/major${of}`}>{say(words.majors)}</Go>}
          {page !== 'milestones' && <Go to={`/milestones${of}`}>{say(words.milestones)}</Go>}
        </span>
      )}
    </div>
  )
}

/** A part of a whole: as a bar, and in numbers. */
export function Part({ of, part, label }: { of: number; part: number; label: string }) {
  const { count, percent } = useSay()
  const share = of === 0 ? 0 : part / of
  return (
    <span className="row" style={{ gap: 6 }}>
      <Share share={share} light={share >= 1 ? 'green' : 'none'} label={`${label} ${percent(share)}`} />
      <span className="num">{count(part)}</span>
      <span className="sub small num">{percent(share)}</span>
    </span>
  )
}

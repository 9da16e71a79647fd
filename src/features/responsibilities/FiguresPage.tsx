import {
  Answer,
  AsOf,
  FigureTile,
  Page,
  UnitPicker,
  useFigures,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'

const words = {
  title: { zh: '指标', en: 'Figures' },
  sub: {
    zh: '每个数只有一个定义，点开可到单位、到记录、到经手人和条文。',
    en: 'Every number has one definition, and opens down to units, records, people and the article.',
  },
  unit: { zh: '单位', en: 'Unit' },
  slices: {
    units: { zh: '单位与贫困县', en: 'Units and poor counties' },
    seats: { zh: '职务与人员', en: 'Seats and people' },
    policies: { zh: '政策', en: 'Policies' },
    goals: { zh: '目标', en: 'Goals' },
    letters: { zh: '责任书', en: 'Letters' },
    schedules: { zh: '进度安排', en: 'Schedules' },
    projects: { zh: '项目', en: 'Projects' },
    'major-projects': { zh: '重大工程项目', en: 'Major projects' },
    funds: { zh: '资金', en: 'Money' },
    exits: { zh: '贫困退出', en: 'Exits' },
    obligations: { zh: '应办事项', en: 'Obligations' },
    reports: { zh: '报告', en: 'Reports' },
    requests: { zh: '章程以外的报送要求', en: 'Requests for reports' },
    burden: { zh: '填报负担', en: 'Burden of reporting' },
    matters: { zh: '协调事项', en: 'Matters' },
    labour: { zh: '驻村帮扶力量', en: 'Labour' },
    forecast: { zh: '退出预测', en: 'Forecast' },
    assessments: { zh: '年度考核', en: 'Yearly assessment' },
    findings: { zh: '问题清单', en: 'Findings' },
    needs: { zh: '帮扶需求', en: 'Needs' },
    pledges: { zh: '帮扶承诺', en: 'Pledges' },
    complaints: { zh: '投诉举报', en: 'Complaints' },
  } as Record<string, { zh: string; en: string }>,
}

/** Every figure as a tile, by the part of the work that it counts. */
export default function FiguresPage() {
  const { say } = useSay()
  const session = useSession()
  const { unit = session?.actor?.unit.id ?? session?.root } = useSearch()
  const setSearch = useSetSearch()
  const figures = useFigures()
  return (
    <Page
      title={say(words.title)}
      sub={say(words.sub)}
      aside={
        <>
          <span style={{ width: 220 }}>
            <UnitPicker label={say(words.unit)} value={unit} onChoose={(id) => setSearch({ unit: id })} />
          </span>
          <AsOf />
        </>
      }
    >
      <Answer of={figures} lines={8}>
        {(all) => (
          <div className="stack">
            {[...Map.groupBy(all, (figure) => figure.name.split('.')[0] ?? '')].map(([slice, some]) => (
              <section key={slice} aria-label={say(words.slices[slice] ?? { zh: slice, en: slice })}>
                <h2>{say(words.slices[slice] ?? { zh: slice, en: slice })}</h2>
                <div className="grid tiles">
                  {some.map((figure) => (
                    <FigureTile key={figure.name} name={figure.name} unit={unit} />
                  ))}
                </div>
              </section>
            ))}
          </div>
        )}
      </Answer>
    </Page>
  )
}

import { useEffect, useRef, useState } from 'react'
import { queryString, send } from '#web/api.ts'
import type { AnswerOf, InputOf } from '#web/ask.ts'
import { useSay, useSearch } from '#web/parts/index.ts'
import { download, toCsv } from '#web/parts/table.ts'
import { type Project, words } from './library-words.tsx'

const AT_ONCE = 200

/** All that was found as a file for a spreadsheet, not only the page that is shown. */
export function FileOfAll({ asked, total }: { asked: InputOf<'project.list'>; total: number }) {
  const { say } = useSay()
  const { on, map } = useSearch()
  const [state, setState] = useState<{ readonly done: number } | 'failed' | null>(null)
  const leaving = useRef<AbortController>(undefined)
  useEffect(() => () => leaving.current?.abort(), [])
  const columns = useColumns()
  const read = async (signal: AbortSignal) => {
    const rows: Project[] = []
    while (rows.length < total) {
      const query = queryString({ ...asked, on, map, offset: rows.length, limit: AT_ONCE })
      const page = await send<AnswerOf<'project.list'>>('GET', `/api/asks/project.list${query}`, { signal })
      if (page.items.length === 0) break
      rows.push(...page.items)
      setState({ done: rows.length })
    }
    return rows
  }
  const start = () => {
    leaving.current = new AbortController()
    const { signal } = leaving.current
    setState({ done: 0 })
    read(signal).then(
      (rows) => {
        download('projects.csv', toCsv(columns, rows))
        setState(null)
      },
      () => signal.aborted || setState('failed'),
    )
  }
  const isReading = state !== null && state !== 'failed'
  return (
    <span className="row push" style={{ gap: 8 }}>
      <span className="sub small" role="status">
        {state === 'failed' && say(words.fileFails)}
        {isReading && total > AT_ONCE && say(words.filing, { done: state.done, total })}
      </span>
      <button type="button" className="btn tight" disabled={isReading || total === 0} onClick={start}>
        {say(words.file)}
      </button>
    </span>
  )
}

function useColumns() {
  const { say } = useSay()
  return [
    { title: say(words.county), value: (project: Project) => say(project.unitName) },
    { title: say(words.number), value: (project: Project) => project.code },
    { title: say(words.project), value: (project: Project) => project.name },
    { title: say(words.kind), value: (project: Project) => say(project.kindName) },
    {
      title: say(words.amountYuan),
      value: (project: Project) => (project.amountFen === null ? null : Number(project.amountFen) / 100),
    },
    { title: say(words.state), value: (project: Project) => say(project.stateName) },
    { title: say(words.since), value: (project: Project) => project.since },
    { title: say(words.stand), value: (project: Project) => say(project.words) },
    {
      title: say(words.workPercent),
      value: (project: Project) => (project.milestones === 0 ? null : project.doneBp / 100),
    },
    {
      title: say(words.waitsFor),
      value: ({ waiting }: Project) => waiting && `${say(waiting.unit.name)} ${say(waiting.postName)}`,
    },
    { title: say(words.dueDay), value: (project: Project) => project.due ?? project.nextDue },
  ]
}

import { NotFound, type Reader } from '#kernel/ask.ts'
import { tell } from '#kernel/outcome.ts'
import { enterAnswers, type GivenAnswer, isHalfFilled, judgeAnswers } from './sample-answers.ts'
import { codeOf } from './sample-drawn.ts'
import { findSampling, readAnswers, readDrawn, readFrame } from './sample-read.ts'
import { readAnswerFile, type SheetError } from './sample-sheets.ts'

export type CheckedAnswers = {
  readonly answers: readonly GivenAnswer[]
  readonly errors: readonly SheetError[]
  readonly blank: number
  readonly halfFilled: number
}

/**
 * A file of answers is looked at: what cannot be read and what does not fit the sample is told by sheet, row and column.
 * Nothing is written; the answers go to `evaluation.answers` as they were read.
 */
export async function checkAnswerFile({ db, on }: Reader, id: string, file: Uint8Array): Promise<CheckedAnswers> {
  if (!(await findSampling(db, id, on))?.drawnOn) throw new NotFound({ zh: '尚未抽样', en: 'Nothing was drawn yet' })
  const [read, drawn, kept] = await Promise.all([readAnswerFile(file), readDrawn(db, id, on), readAnswers(db, id, on)])
  const judged = judgeAnswers(id, drawn, kept, read.answers, (code, facts = {}) => ({ code, facts, weight: 'refusal' }))
  const errors = judged.flatMap(({ at, line }): SheetError[] => {
    if (typeof line === 'boolean') return []
    const told = tell(enterAnswers.refusals, line)
    const place = read.places[at] ?? { sheet: '', row: 0 }
    const remedy = told.remedy ?? { zh: '核对这一行。', en: 'Look at this row.' }
    return [{ ...place, column: 'A', problem: told.sentence, remedy }]
  })
  const byPlace = (a: SheetError, b: SheetError) => a.sheet.localeCompare(b.sheet) || a.row - b.row
  return {
    answers: read.answers,
    errors: [...read.errors, ...errors].toSorted(byPlace),
    blank: read.blank,
    halfFilled: read.answers.filter(isHalfFilled).length,
  }
}

type Cell = string | number | boolean | null

/** A line of CSV; a text that a spreadsheet would take for a formula is kept a text. */
const line = (cells: readonly Cell[]): string => `${cells.map(written).join(',')}\n`
function written(cell: Cell): string {
  const text = cell === null ? '' : typeof cell === 'string' && /^[=+\-@]/.test(cell) ? `'${cell}` : String(cell)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Every answer with the weight-giving numbers of its village: what anybody needs to estimate again. No personal data. */
export async function answersCsv({ db, on }: Reader, id: string): Promise<string> {
  const [found, frame, drawn, answers] = await Promise.all([
    findSampling(db, id, on),
    readFrame(db, id),
    readDrawn(db, id, on),
    readAnswers(db, id, on),
  ])
  if (!found?.drawnOn) throw new NotFound({ zh: '尚未抽样', en: 'Nothing was drawn yet' })
  const villages = new Map(frame.flatMap((county) => county.villages.map((each) => [`${county.n}/${each.n}`, each])))
  const places = new Map(drawn.map((each) => [`${each.county}/${each.village}`, each]))
  const header = [
    'code',
    'county',
    'village',
    'stratum',
    'village_households',
    'village_probability',
    'certain',
    'outcome',
    'standing',
    'persons',
    'wrong',
    'missed',
    'approves',
  ]
  return (
    line(header) +
    answers
      .map((each) => {
        const key = `${each.county}/${each.village}`
        const village = villages.get(key)
        const place = places.get(key)
        return line([
          codeOf(id, each.county, each.village, each.household),
          each.county,
          each.village,
          village?.stratum ?? null,
          village?.households ?? null,
          place?.probability ?? null,
          place?.certain ?? null,
          each.outcome,
          each.standing,
          each.persons,
          each.wrong,
          each.missed,
          each.approves,
        ])
      })
      .join('')
  )
}

/** The frame: every village with its households, and whether it was drawn. */
export async function frameCsv({ db, on }: Reader, id: string): Promise<string> {
  const [found, frame, drawn] = await Promise.all([findSampling(db, id, on), readFrame(db, id), readDrawn(db, id, on)])
  if (!found) throw new NotFound({ zh: '没有这项评估', en: 'There is no such evaluation' })
  const places = new Map(drawn.map((each) => [`${each.county}/${each.village}`, each]))
  return (
    line(['county', 'unit', 'village', 'name', 'stratum', 'households', 'probability', 'main', 'reserve']) +
    frame
      .flatMap((county) =>
        county.villages.map((village) => {
          const place = places.get(`${county.n}/${village.n}`)
          const told = [county.n, county.unit, village.n, village.name, village.stratum, village.households]
          return line([
            ...told,
            place?.probability ?? null,
            place?.main.join(' ') ?? null,
            place?.reserve.join(' ') ?? null,
          ])
        }),
      )
      .join('')
  )
}

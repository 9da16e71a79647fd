import { sql } from 'kysely'
import { z } from 'zod'
import { act, type By, type Line, type Refuse } from '#kernel/act.ts'
import { addDays } from '#kernel/calendar.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { Month, TeamId, WorkerId } from './inputs.ts'
import { type OwnSheet, readSheets, sheetKey, sheetsMissing } from './sheets.ts'
import { BATCH_MAX } from './words.ts'

const Sheet = z.strictObject({
  team: TeamId,
  worker: WorkerId,
  marks: z
    .string()
    .trim()
    .regex(/^[plda-]{28,31}$/)
    .meta({
      label: { zh: '逐日出勤', en: 'Day by day' },
      hint: {
        zh: '从1日起每天一个字母：p 在村，l 请假，d 公差，a 缺勤，- 不计。',
        en: 'A letter for each day from the first: p present, l on leave, d away on duty, a absent, - not told.',
      },
    }),
  corrects: z
    .uuid()
    .optional()
    .meta({
      label: { zh: '更正哪次登记', en: 'Corrects the entry' },
      hint: { zh: '更正已登记的考勤时，填那次登记的编号。', en: 'The id of the entry that this one corrects.' },
    }),
})
type Sheet = z.output<typeof Sheet>

/** The attendance of people of the county's teams for one month, a sheet for each. What was entered is corrected by another sheet that names it. */
export const recordAttendance = act({
  name: 'attendance.record',
  title: { zh: '登记考勤', en: 'Record attendance' },
  purpose: {
    zh: '按月登记驻村人员逐日出勤；未到的日子不能登记，更正须指明更正的是哪次登记。',
    en: 'Enters who was in the village, day by day, for a month. Days to come can’t be entered; a correction names the entry that it corrects.',
  },
  duty: 'coordinate-labour',
  parameters: ['team_days_a_month_min'],
  input: z.object({
    unit: UnitId,
    month: Month,
    sheets: z
      .array(Sheet)
      .min(1)
      .max(BATCH_MAX * 4)
      .meta({ label: { zh: '考勤表', en: 'Sheets' } }),
  }),
  refusals: {
    'in-the-future': {
      zh: '{worker}：{day}还没有到，不能登记考勤。',
      en: '{worker}: {day} has not come yet; nobody’s attendance can be told.',
      topic: { zh: '没有未到的日子', en: 'no day lies in the future' },
      remedy: { zh: '未到的日子填“-”。', en: 'Put «-» for days to come.' },
    },
    'not-serving': {
      zh: '{worker}{day}不在这支工作队，不能登记考勤。',
      en: '{worker} did not serve in this team on {day}.',
      topic: { zh: '登记的日子都在队', en: 'the days told are days of service' },
      remedy: { zh: '加入之前、离队之后的日子填“-”。', en: 'Put «-» for days before joining and after leaving.' },
    },
    'worker-unknown': {
      zh: '{unit}的工作队里没有这个人（{worker}）。',
      en: 'Nobody of that id ({worker}) has served in that team of {unit}.',
      topic: { zh: '人员在本县工作队', en: 'the people serve in teams of this county' },
    },
    'sheet-twice': {
      zh: '{worker}的考勤在同一次登记中列了两次。',
      en: 'The sheet of {worker} is listed twice.',
      topic: { zh: '每人一张表', en: 'one sheet for everybody' },
    },
    'month-of-another-length': {
      zh: '{worker}：{month}有{days}天，填了{marks}天。',
      en: '{worker}: {month} has {days} days; {marks} are marked.',
      topic: { zh: '天数与月份一致', en: 'the marks fit the month' },
    },
    'entered-already': {
      zh: '{worker}{month}的考勤已经登记。',
      en: 'The attendance of {worker} for {month} has been entered.',
      topic: { zh: '尚未登记', en: 'it was not entered before' },
      remedy: { zh: '更正须在“更正哪次登记”中填 {entry}。', en: 'To correct it, name the entry {entry}.' },
    },
    'corrects-another': {
      zh: '{worker}{month}现在有效的不是所指的那次登记。',
      en: 'The entry named is not the one that stands for {worker} and {month}.',
      topic: { zh: '更正的是现在有效的登记', en: 'a correction names what stands' },
    },
  },
  advice: {
    'present-on-leave': {
      zh: '{worker}{day}已批准请假，却没有登记为请假。',
      en: '{worker} was granted leave on {day} and is not marked so.',
    },
    'leave-not-granted': {
      zh: '{worker}{day}登记为请假，但没有批准的请假。',
      en: '{worker} is marked as on leave on {day} without leave granted.',
    },
    'too-few-days': {
      zh: '{worker}{month}在村{days}天，不足{min}天。',
      en: '{worker} was present on {days} days of {month}, fewer than {min}.',
    },
  },
  about: {
    kind: 'team',
    offered: (team: { month?: string; sheets?: readonly unknown[] }) => (team.sheets?.length ?? 0) > 0,
    input: (team: { unit: string; month?: string; sheets?: readonly unknown[] }) => ({
      unit: team.unit,
      month: team.month,
      sheets: team.sheets,
    }),
  },
  over: (input) => input.unit,
  facts: async (tx, { unit, month, sheets }) => ({ known: await readSheets(tx, unit, month, sheets) }),
  rule({ known }, input, refuse, by, advise) {
    const keys = input.sheets.map(sheetKey)
    return input.sheets.flatMap((sheet, at): readonly Line<SheetCode | SheetAdvice>[] => {
      const own = known.get(sheetKey(sheet))
      const worker = own?.name ?? sheet.worker
      if (!own) return [refuse('worker-unknown', { unit: by.lineage[0].name, worker })]
      if (keys.indexOf(keys[at] ?? '') !== at) return [refuse('sheet-twice', { worker })]
      return sheetLines(input.month, sheet, own, { refuse, advise, by })
    })
  },
  async effect(tx, { unit, month, sheets }, { known }, by) {
    await sql`insert into attendance (worker_id, team_id, month, n, marks, on_day, corrects, act_id)
      select worker, team, ${`${month}-01`}::date, n, marks, ${by.on}, corrects, ${by.act}
        from unnest(${sheets.map((each) => each.worker)}::uuid[], ${sheets.map((each) => each.team)}::uuid[],
                    ${sheets.map((each) => (known.get(sheetKey(each))?.n ?? 0) + 1)}::int[], ${sheets.map((each) => each.marks)}::text[],
                    ${sheets.map((each) => each.corrects ?? null)}::uuid[]) as x (worker, team, n, marks, corrects)`.execute(
      tx,
    )
    return { unit, month, sheets: sheets.length, missing: await sheetsMissing(tx, unit, month) }
  },
  subject: (input) => input.month,
  /** What is owed for a month is met when everybody who served in it has a sheet. */
  meets: (_input, result) => result.missing === 0,
})

export const daysOfMonth = (month: string): readonly Day[] => {
  const first = `${month}-01`
  return Array.from({ length: 31 }, (_, at) => addDays(first, at)).filter((day) => day.startsWith(month))
}

type SheetCode =
  | 'worker-unknown'
  | 'sheet-twice'
  | 'in-the-future'
  | 'not-serving'
  | 'month-of-another-length'
  | 'entered-already'
  | 'corrects-another'
type SheetAdvice = 'present-on-leave' | 'leave-not-granted' | 'too-few-days'
type Said = {
  readonly refuse: Refuse<SheetCode>
  readonly advise: Refuse<SheetAdvice>
  readonly by: By
}

/** What speaks against one sheet, and what its writer should know: the first day of each kind is named. */
function sheetLines(
  month: string,
  { marks, corrects }: Sheet,
  own: OwnSheet,
  { refuse, advise, by }: Said,
): readonly Line<SheetCode | SheetAdvice>[] {
  const worker: Text = own.name
  const days = daysOfMonth(month)
  if (marks.length !== days.length)
    return [refuse('month-of-another-length', { worker, month, days: days.length, marks: marks.length })]
  const told = days.flatMap((day, at) => (marks[at] === '-' ? [] : [{ day, mark: marks[at] }]))
  const future = told.find(({ day }) => day > by.on)
  const away = told.find(({ day }) => day <= by.on && !isWithin(day, own.served))
  const onLeave = (day: Day) => isWithin(day, own.leave)
  const unmarked = told.find(({ day, mark }) => (mark === 'p' || mark === 'a') && onLeave(day))
  const ungranted = told.find(({ day, mark }) => mark === 'l' && !onLeave(day))
  const min = by.parameter('team_days_a_month_min').value
  const present = [...marks].filter((mark) => mark === 'p').length
  const isWhole = told.length === days.length
  return [
    future === undefined || refuse('in-the-future', { worker, day: future.day }),
    away === undefined || refuse('not-serving', { worker, day: away.day }),
    corrects !== undefined || own.entry === null || refuse('entered-already', { worker, month, entry: own.entry }),
    corrects === undefined || corrects === own.entry || refuse('corrects-another', { worker, month }),
    unmarked === undefined || advise('present-on-leave', { worker, day: unmarked.day }),
    ungranted === undefined || advise('leave-not-granted', { worker, day: ungranted.day }),
    !isWhole || present >= min || advise('too-few-days', { worker, month, days: present, min }),
  ]
}

/** Spans hold their first day and end before their last, as the database's ranges do. */
const isWithin = (day: Day, spans: readonly { readonly from: Day; readonly to: Day | null }[]) =>
  spans.some(({ from, to }) => from <= day && (to === null || day < to))

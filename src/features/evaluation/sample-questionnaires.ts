import { type Reader, NotFound } from '#kernel/ask.ts'
import { lineagesOf } from '#kernel/abilities.ts'
import type { Text } from '#kernel/words.ts'
import { codeOf, type DrawnVillage } from './sample-drawn.ts'
import { findSampling, readDrawn, readFrame, type Sampling } from './sample-read.ts'
import type { County } from './sample-frame.ts'

type Language = keyof Text

const said = {
  zh: {
    title: '入户调查问卷',
    made: '虚构抽样框，仅供演示',
    code: '编码',
    where: '县 · 村 · 花名册序号',
    reserve: '备用第{n}户：前面有户未访到时才访问',
    privacy: '不记姓名、身份证号、电话和银行账号。',
    outcome: '1. 访问结果',
    outcomes: ['已访问', '未找到', '拒访'],
    standing: '2. 户的类别',
    standings: ['已脱贫户', '未脱贫户', '非建档立卡户'],
    persons: '3. 家庭人口（人）',
    wrong: '4. 已脱贫户：收入未稳定超过标准，或吃穿、义务教育、基本医疗、住房、饮水未有保障的人数（错退）',
    missed: '5. 非建档立卡户：符合贫困标准而未纳入的人数（漏评）',
    approves: '6. 对政策、措施成效、退出和干部是否认可',
    yes: ['认可', '不认可'],
    signed: '调查员　　　　　　　　　　日期',
  },
  en: {
    title: 'Household questionnaire',
    made: 'Made-up frame, for showing only',
    code: 'Code',
    where: 'County · village · number on the village’s list',
    reserve: 'Stands by in place {n}: visited only where households before it were not reached',
    privacy: 'No names, identity numbers, telephones or bank accounts are written down.',
    outcome: '1. Outcome',
    outcomes: ['Interviewed', 'Not found at home', 'Refused'],
    standing: '2. The household',
    standings: ['has exited', 'is still poor', 'was never registered'],
    persons: '3. Persons in the household',
    wrong:
      '4. Exited: persons whose income is not stably above the line, or whose food, clothing, schooling, medical care, housing or water is not assured (wrongly exited)',
    missed: '5. Not registered: persons who meet the standard of poverty and were not registered (missed)',
    approves: '6. Do they approve of policy, measures and results, the exit, the cadres?',
    yes: ['Yes', 'No'],
    signed: 'Interviewer                              Day',
  },
} as const

const escaped = (text: string) => text.replace(/[&<>"]/g, (each) => `&#${each.charCodeAt(0)};`)

const style = `@page{size:A4;margin:16mm}body{font:11pt/1.5 'Noto Serif SC','Songti SC',SimSun,Georgia,serif;color:#000;margin:0}
section{break-after:page;max-width:180mm;margin:0 auto}h1{font-size:15pt;margin:0 0 2mm}.code{font:bold 15pt ui-monospace,monospace;float:right}
.made{border:1px solid;padding:0 2mm;font-size:9pt}p{margin:2mm 0}.small{font-size:9pt}ol{list-style:none;padding:0}li{margin:5mm 0;break-inside:avoid}
i{display:inline-block;width:4mm;height:4mm;border:1px solid;margin:0 2mm -0.6mm 4mm}u{display:inline-block;min-width:25mm;border-bottom:1px solid;text-decoration:none}
@media screen{section{border:1px solid #999;padding:10mm;margin:6mm auto}}`

/** The questions are the same for everyone, so they are written once and joined to each household's head. */
const questions = (language: Language): string => {
  const words = said[language]
  const boxes = (labels: readonly string[]) => labels.map((each) => `<i></i>${escaped(each)}`).join('')
  return `<p class="small">${words.privacy}</p><ol><li>${words.outcome}<br>${boxes(words.outcomes)}</li><li>${words.standing}<br>${boxes(words.standings)}</li><li>${words.persons} <u>&nbsp;</u></li><li>${words.wrong} <u>&nbsp;</u></li><li>${words.missed} <u>&nbsp;</u></li><li>${words.approves}<br>${boxes(words.yes)}</li></ol><p class="small">${words.signed}</p></section>`
}

/** A county's blank questionnaires, a page for each household and no personal data, as one document to print: piece by piece. */
export function* questionnaires(
  { id, title, madeUp }: Pick<Sampling, 'id' | 'title' | 'madeUp'>,
  county: Pick<County, 'n' | 'villages'>,
  name: string,
  drawn: readonly DrawnVillage[],
  language: Language,
): Generator<string> {
  const words = said[language]
  const same = questions(language)
  const mark = madeUp ? ` <span class="made">${words.made}</span>` : ''
  const head = `<h1>${words.title}${mark}</h1><p>${escaped(title)}</p><p class="small">${words.where}</p><p><b>${escaped(name)} · `
  const names = new Map(county.villages.map((each) => [each.n, each.name]))
  yield `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${escaped(`${title} · ${name}`)}</title><style>${style}</style>`
  for (const { village, main, reserve } of drawn.toSorted((a, b) => a.village - b.village)) {
    const where = escaped(names.get(village) ?? '')
    yield [...main, ...reserve]
      .map((household, at) => {
        const standsBy =
          at < main.length ? '' : `<p class="small">${words.reserve.replace('{n}', String(at - main.length + 1))}</p>`
        return `<section><div class="code" title="${words.code}">${codeOf(id, county.n, village, household)}</div>${head}${where} · ${household}</b></p>${standsBy}${same}`
      })
      .join('')
  }
  yield '</html>'
}

/** What a county's papers are made of; nobody gets them before the draw. */
export async function paperOf({ db, on }: Reader, id: string, n: number) {
  const found = await findSampling(db, id, on)
  const county = found?.drawnOn ? (await readFrame(db, id)).find((each) => each.n === n) : undefined
  const drawn = (county ? await readDrawn(db, id, on) : []).filter((each) => each.county === n)
  if (!found || !county || drawn.length === 0)
    throw new NotFound({ zh: '尚未抽样，或这个县没有抽中', en: 'Nothing was drawn yet, or not this county' })
  const name = (await lineagesOf(db, [county.unit], on)).get(county.unit)?.[0]?.name ?? { zh: '', en: '' }
  return { found, county, drawn, name }
}

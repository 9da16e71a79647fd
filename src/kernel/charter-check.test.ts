import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { checkCharter } from './charter-check.ts'
import { coverage, diffCharter } from './charter-diff.ts'
import type { ProblemCode } from './charter-problems.ts'
import type { CheckedAct } from './charter-review.ts'
import { acts } from '#src/acts.ts'
import { figures } from '#src/figures.ts'
import { Charter, Obligation, readCharter, type CharterText } from './charter.ts'

const campaign = readCharter('charter/cn-poverty-2016')
const small = readCharter('test/charters/three-tiers')

type Mutable<T> = T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> } : T
type Draft = Mutable<CharterText>
const copyOfSmall = () => structuredClone(small.text) as Draft

const find = <Entry extends { id: string }>(entries: Entry[], id: string): Entry => {
  const found = entries.find((entry) => entry.id === id)
  assert.ok(found, `the small charter has «${id}»`)
  return found
}

/** Plants one fault in a copy of the small charter and expects the check to find that one, there, and nothing else. */
const finds = (
  code: ProblemCode,
  where: string,
  plant: (draft: Draft) => void,
  withActs: readonly CheckedAct[] = acts,
) => {
  const draft = copyOfSmall()
  plant(draft)
  const problems = checkCharter(new Charter(draft), withActs)
  assert.deepEqual(
    problems.map((each) => [each.code, each.where]),
    [[code, where]],
    problems.map((each) => each.sentence.en).join('\n'),
  )
  const [{ kind, sentence } = assert.fail()] = problems
  for (const spoken of [sentence.zh, sentence.en]) assert.doesNotMatch(spoken, /undefined|[{}]|\[object/)
  return { kind, sentence }
}

test("The campaign's charter has no gap and no contradiction", () => {
  assert.deepEqual(checkCharter(campaign, acts), [])
})

test('The charter of the made-up country with three tiers has none either', () => {
  assert.deepEqual(checkCharter(small, acts), [])
})

test('A charter without a version is a gap', () => {
  const { kind } = finds('no-version', 'versions', (draft) => draft.versions.splice(0))
  assert.equal(kind, 'gap')
})

test('A tier without a post is a gap, and the sentence says what to do', () => {
  const { kind, sentence } = finds('tier-without-posts', 'tiers/hamlet', (draft) => {
    draft.tiers.push({
      id: 'hamlet',
      name: { zh: '村', en: 'Hamlet' },
      role: { zh: '协助', en: 'helps' },
      principals: [],
    })
  })
  assert.equal(kind, 'gap')
  assert.equal(sentence.en, 'The tier «Hamlet» has no post. Give it a body with a post, or remove the tier.')
  assert.equal(sentence.zh, '层级「村」没有任何职务。请为其设立机构和职务，或删去该层级。')
})

test('A region that may be missing cannot have its duties taken over by its own districts', () => {
  const { kind } = finds('tier-without-taker', 'tiers/region', (draft) => {
    find(draft.tiers, 'region').taken_over_by = 'district'
  })
  assert.equal(kind, 'gap')
})

test('The nation cannot be missing: nobody stands above it', () => {
  finds('tier-without-taker', 'tiers/nation', (draft) => {
    find(draft.tiers, 'nation').taken_over_by = 'nation'
  })
})

test('An act whose duty is in force in no version is a gap, and the sentence names the act', () => {
  const { kind, sentence } = finds('duty-never-in-force', 'duties/localise-policies', (draft) => {
    find(draft.duties, 'localise-policies').until = 'founding'
  })
  assert.equal(kind, 'gap')
  assert.match(sentence.en, /policy\.localise/)
})

test('An obligation in force in no version is a gap', () => {
  const { kind } = finds('obligation-never-in-force', 'obligations/sign-letter', (draft) => {
    find(draft.obligations, 'sign-letter').until = 'founding'
  })
  assert.equal(kind, 'gap')
})

test('A triggered obligation without a time limit is a gap', () => {
  const { kind } = finds('obligation-without-limit', 'obligations/sign-letter', (draft) => {
    delete find(draft.obligations, 'sign-letter').within
  })
  assert.equal(kind, 'gap')
})

test('A time limit that begins a year after the version that needs it is a gap', () => {
  const { kind, sentence } = finds('parameter-without-value', 'parameters/review_exit_limit', (draft) => {
    for (const value of find(draft.parameters, 'review_exit_limit').values) value.from = '2016-01-01'
  })
  assert.equal(kind, 'gap')
  assert.match(sentence.en, /the obligation «Review the exit»/)
})

test('A parameter that says for whom a yearly plan is owed must be free to have no value for the others', () => {
  const { kind } = finds('where-for-everybody', 'obligations/adopt-annual-plan', (draft) => {
    const plan = find(draft.obligations, 'adopt-annual-plan')
    plan.recurring = { every: 'year', on: '03-31', where: 'exit_notice' }
  })
  assert.equal(kind, 'contradiction')
})

test('A month’s report falls due on a day that every month has', () => {
  const due = (on: string) => Obligation.shape.recurring.safeParse({ every: 'month', on }).success
  assert.deepEqual(['01', '05', '28', '29', '00', '5'].map(due), [true, true, true, false, false, false])
})

test('A district’s report that no post of a district may sign, or that goes no higher, or that says a thing twice is refused', () => {
  const report = (draft: Draft) => find(draft.reports, 'district-monthly')
  finds('report-without-author', 'reports/district-monthly', (draft) => {
    report(draft).duty = 'report-yearly'
  })
  finds('report-goes-nowhere', 'reports/district-monthly', (draft) => {
    report(draft).to = 'district'
  })
  finds('report-field-twice', 'reports/district-monthly', (draft) => {
    report(draft).sections[0]?.fields.push({ figure: 'obligations.open' })
  })
  finds('unknown-id', 'reports/district-monthly', (draft) => {
    report(draft).scrutiny = 'scrutinise-weather'
  })
})

test('An assessment goes downward, says each thing once, gives every score one grade, and a veto a grade that exists', () => {
  type Scheme = { by: string; grades: { from_points: number }[]; vetoes: { at_most: string }[]; blocks: unknown[] }
  const broken = (code: ProblemCode, breaking: (scheme: Scheme) => void) =>
    finds(code, 'assessments/districts', (draft) => {
      breaking(find(draft.assessments, 'districts') as unknown as Scheme)
    })
  broken('assessment-not-downward', (scheme) => (scheme.by = 'district'))
  broken('assessment-part-twice', (scheme) => {
    const [block] = structuredClone(scheme.blocks) as { id: string }[]
    if (block) scheme.blocks.push({ ...block, id: 'again' })
  })
  broken('assessment-grades-do-not-fall', (scheme) => {
    for (const grade of scheme.grades) grade.from_points = 10
  })
  broken('assessment-veto-without-grade', (scheme) => {
    for (const veto of scheme.vetoes) veto.at_most = 'excellent'
  })
})

test('A report that names a figure which nobody counts is refused, where the figures are known', () => {
  const text = structuredClone(campaign.text) as Draft
  find(text.reports, 'county-monthly').sections[0]?.fields.push({ figure: 'weather.rain' })
  const charter = new Charter(text)
  const found = checkCharter(charter, acts, figures).map((problem) => [problem.code, problem.sentence.en])
  assert.deepEqual(found, [
    ['unknown-id', 'The figure «weather.rain» that is named here does not exist. Mend its spelling, or add it.'],
  ])
  assert.deepEqual(checkCharter(charter, acts), [])
})

test('A parameter that an act reads and that only one region has is a gap, unless it is optional', () => {
  const { sentence } = finds('parameter-without-value', 'parameters/exit_notice', (draft) => {
    const notice = find(draft.parameters, 'exit_notice')
    notice.by_unit = { '020000': notice.values }
    notice.values = []
  })
  assert.match(sentence.en, /the act «exit.post-notice»/)
  assert.equal(find([...small.text.parameters], 'exit_villages_out_min').optional, true)
})

test('A duty worded twice for the same time is a contradiction', () => {
  const { kind } = finds('id-twice', 'duties/set-goals', (draft) => {
    draft.duties.push({ ...find(draft.duties, 'set-goals'), title: { zh: '另定目标', en: 'Set other goals' } })
  })
  assert.equal(kind, 'contradiction')
})

test('A duty worded anew by a later version is no contradiction', () => {
  const draft = copyOfSmall()
  draft.versions.push({ ...find(draft.versions, 'founding'), id: 'reform', from: '2018-01-01' })
  const goals = find(draft.duties, 'set-goals')
  draft.duties.push({ ...goals, title: { zh: '另定目标', en: 'Set other goals' }, from: 'reform' })
  goals.until = 'reform'
  const reformed = new Charter(draft)
  assert.deepEqual(checkCharter(reformed, acts), [])
  const { duties } = diffCharter(reformed, 'founding', 'reform')
  assert.deepEqual([duties.added, duties.removed], [[], []])
  assert.deepEqual(
    duties.changed.map(({ before, after }) => [before.title.en, after.title.en]),
    [['Set goals', 'Set other goals']],
  )
})

test('Two obligations, posts or parameters of one id are a contradiction', () => {
  finds('id-twice', 'obligations/sign-letter', (draft) => {
    draft.obligations.push(find(draft.obligations, 'sign-letter'))
  })
  finds('id-twice', 'posts/steward', (draft) => draft.posts.push(find(draft.posts, 'steward')))
  finds('id-twice', 'parameters/exit_notice', (draft) => draft.parameters.push(find(draft.parameters, 'exit_notice')))
})

test('A duty held by region and district without being joint is a contradiction', () => {
  const { kind, sentence } = finds('two-tiers-not-joint', 'duties/carry-out-policies', (draft) => {
    find(draft.duties, 'carry-out-policies').joint = false
  })
  assert.equal(kind, 'contradiction')
  assert.match(sentence.en, /region, district/)
})

test("A district's steward named among the region's holders is a contradiction", () => {
  const { kind } = finds('post-of-another-tier', 'duties/set-goals', (draft) => {
    find(draft.duties, 'set-goals').held_by['region']?.push('steward')
  })
  assert.equal(kind, 'contradiction')
})

test("A region's commissioner cannot be the principal of a district", () => {
  finds('post-of-another-tier', 'tiers/district', (draft) => {
    find(draft.tiers, 'district').principals = ['commissioner']
  })
})

test('Two values of a parameter from the same day are a contradiction, in general and for one region', () => {
  const plant = (values: Draft['parameters'][number]['values']) =>
    values.push({ from: '2015-01-01', value: 12, source: 'founding-law', status: 'made-up' })
  const { kind } = finds('two-values-from-a-day', 'parameters/exit_notice', (draft) => {
    plant(find(draft.parameters, 'exit_notice').values)
  })
  assert.equal(kind, 'contradiction')
  finds('two-values-from-a-day', 'parameters/exit_notice', (draft) => {
    const own: Draft['parameters'][number]['values'] = []
    plant(own)
    plant(own)
    find(draft.parameters, 'exit_notice').by_unit['020000'] = own
  })
})

test('A version in force no later than the one before it is a contradiction', () => {
  const { kind } = finds('versions-out-of-order', 'versions/reform', (draft) => {
    draft.versions.push({ ...find(draft.versions, 'founding'), id: 'reform' })
  })
  assert.equal(kind, 'contradiction')
})

test('A time limit counted in percent is a contradiction', () => {
  const { kind } = finds('limit-not-a-length-of-time', 'obligations/sign-letter', (draft) => {
    find(draft.obligations, 'sign-letter').within = 'exit_headcount_max'
  })
  assert.equal(kind, 'contradiction')
})

test('An id that names nothing is a contradiction, wherever it stands', () => {
  const plants: readonly [string, (draft: Draft) => void][] = [
    ['tiers/region', (draft) => (find(draft.tiers, 'region').taken_over_by = 'kingdom')],
    ['tiers/region', (draft) => find(draft.tiers, 'region').principals.push('king')],
    [
      'bodies/court',
      (draft) => draft.bodies.push({ ...find(draft.bodies, 'stewardry'), id: 'court', tier: 'kingdom' }),
    ],
    ['posts/king', (draft) => draft.posts.push({ ...find(draft.posts, 'steward'), id: 'king', body: 'court' })],
    ['versions/founding', (draft) => (find(draft.versions, 'founding').source = 'hearsay')],
    ['duties/set-goals', (draft) => (find(draft.duties, 'set-goals').source = 'hearsay')],
    ['duties/set-goals', (draft) => (find(draft.duties, 'set-goals').from = 'restoration')],
    ['duties/set-goals', (draft) => (find(draft.duties, 'set-goals').until = 'restoration')],
    ['duties/set-goals', (draft) => find(draft.duties, 'set-goals').held_by['region']?.push('king')],
    [
      'duties/carry-out-policies',
      (draft) => (find(draft.duties, 'carry-out-policies').held_by['kingdom'] = ['steward']),
    ],
    ['obligations/sign-letter', (draft) => (find(draft.obligations, 'sign-letter').source = 'hearsay')],
    ['obligations/sign-letter', (draft) => (find(draft.obligations, 'sign-letter').from = 'restoration')],
    ['obligations/sign-letter', (draft) => (find(draft.obligations, 'sign-letter').duty = 'bow')],
    ['obligations/sign-letter', (draft) => (find(draft.obligations, 'sign-letter').within = 'patience')],
    ['obligations/sign-letter', (draft) => find(draft.obligations, 'sign-letter').lapses_with.push('letter.burn')],
    ['obligations/sign-letter', (draft) => find(draft.obligations, 'sign-letter').met_by.push('letter.burn')],
    ['obligations/sign-letter', (draft) => find(draft.obligations, 'sign-letter').triggered?.by.push('letter.burn')],
    [
      'parameters/exit_notice',
      (draft) => find(draft.parameters, 'exit_notice').values.forEach((value) => (value.source = 'hearsay')),
    ],
  ]
  for (const [where, plant] of plants) assert.equal(finds('unknown-id', where, plant).kind, 'contradiction')
})

test('An act that reads a parameter which the charter lacks is a contradiction', () => {
  const { sentence } = finds('unknown-id', 'acts/moon.land', () => {}, [
    ...acts,
    { name: 'moon.land', duty: 'set-goals', parameters: ['gravity'] },
  ])
  assert.equal(sentence.en, 'The parameter «gravity» that is named here does not exist. Mend its spelling, or add it.')
})

test('A duty held by no post is found, and so is one with an empty list of posts', () => {
  const { kind } = finds('duty-without-post', 'duties/localise-policies', (draft) => {
    find(draft.duties, 'localise-policies').held_by = {}
  })
  assert.equal(kind, 'duty-without-post')
  finds('duty-without-post', 'duties/set-goals', (draft) => {
    find(draft.duties, 'set-goals').held_by = { region: [] }
  })
})

test('An act under a duty that the charter does not know is found', () => {
  const { kind } = finds('act-without-duty', 'acts/moon.land', () => {}, [...acts, { name: 'moon.land', duty: 'fly' }])
  assert.equal(kind, 'act-without-duty')
})

test('An obligation that is neither triggered nor recurring never arises', () => {
  const { kind } = finds('obligation-without-occasion', 'obligations/adopt-annual-plan', (draft) => {
    delete find(draft.obligations, 'adopt-annual-plan').recurring
  })
  assert.equal(kind, 'obligation-nobody-can-meet')
})

test('An obligation whose trigger does not exist never arises', () => {
  const { kind } = finds('obligation-without-trigger', 'obligations/sign-letter', (draft) => {
    find(draft.obligations, 'sign-letter').triggered = { by: ['letter.burn'] }
  })
  assert.equal(kind, 'obligation-nobody-can-meet')
})

test('An obligation that no existing act meets cannot be met', () => {
  const { kind } = finds('obligation-without-act', 'obligations/sign-letter', (draft) => {
    find(draft.obligations, 'sign-letter').met_by = ['letter.burn']
  })
  assert.equal(kind, 'obligation-nobody-can-meet')
})

test('An obligation whose duty is not in force with it cannot be met', () => {
  const { kind } = finds('obligation-without-duty', 'obligations/sign-letter', (draft) => {
    draft.versions.push({ ...find(draft.versions, 'founding'), id: 'reform', from: '2018-01-01' })
    find(draft.duties, 'sign-letters').from = 'reform'
  })
  assert.equal(kind, 'obligation-nobody-can-meet')
})

test('A region owing what only the nation may do cannot meet its obligation', () => {
  const { kind, sentence } = finds('bearer-may-not', 'obligations/review-exit', (draft) => {
    find(draft.obligations, 'review-exit').met_by = ['exit.evaluate']
  })
  assert.equal(kind, 'obligation-nobody-can-meet')
  assert.match(sentence.en, /falls on «region»/)
})

test('A joint obligation that only one of its two tiers may meet cannot be met by the other', () => {
  const { sentence } = finds('bearer-may-not', 'obligations/acknowledge-policy', (draft) => {
    find(draft.obligations, 'acknowledge-policy').met_by = ['policy.localise']
  })
  assert.match(sentence.en, /falls on «district»/)
})

test("The mechanism's clock may meet an obligation by an automatic act, whoever bears it", () => {
  const draft = copyOfSmall()
  find(draft.obligations, 'review-exit').met_by = ['exit.draw']
  const clockwork = acts.map((act) => (act.name === 'exit.draw' ? { ...act, automatic: true } : act))
  assert.deepEqual(checkCharter(new Charter(draft), clockwork), [])
})

test('An obligation that falls on the public cannot be met', () => {
  finds('bearer-may-not', 'obligations/answer-objection', (draft) => {
    find(draft.obligations, 'answer-objection').duty = 'object-in-notice'
  })
})

test('Every fault of a charter is listed at once', () => {
  const draft = copyOfSmall()
  find(draft.duties, 'carry-out-policies').joint = false
  find(draft.duties, 'localise-policies').held_by = {}
  find(draft.obligations, 'sign-letter').met_by = ['letter.burn']
  const kinds = checkCharter(new Charter(draft), [...acts, { name: 'moon.land', duty: 'fly' }]).map((each) => each.kind)
  assert.deepEqual(kinds.toSorted(), [
    'act-without-duty',
    'contradiction',
    'duty-without-post',
    'obligation-nobody-can-meet',
  ])
})

const plain = (words: string) => words.replace(/\s+/g, ' ').trim().toLowerCase()
const ASCII: Readonly<Record<string, string>> = { '，': ',', '（': '(', '）': ')' }
const halfWidth = (words: string) => words.replace(/[，（）]/g, (mark) => ASCII[mark] ?? mark)
const mechanism = plain(readFileSync('charter/cn-poverty-2016/mechanism.txt', 'utf8'))
const clauses = campaign.text.duties.filter((duty) => duty.source === 'mechanism')

test('Every clause of the mechanism stands in its text word for word, and those marked V in Chinese too', () => {
  assert.equal(clauses.length, 22)
  for (const { id, quote, status } of clauses) {
    assert.ok(mechanism.includes(plain(quote.en)), `${id}: «${quote.en}»`)
    if (status === 'V') assert.ok(mechanism.includes(halfWidth(quote.zh)), `${id}: «${quote.zh}»`)
  }
})

test('An article is a number wherever one is named', () => {
  for (const entry of [...campaign.text.duties, ...campaign.text.obligations])
    assert.match(entry.article, /^\d*$/, entry.id)
})

const ids = (entries: readonly { readonly id: string }[]) => entries.map((entry) => entry.id).toSorted()

test('In June 2015 the mechanism has its three broad duties and the machinery to run', () => {
  assert.deepEqual(ids(campaign.dutiesOn('2015-06-18')), [
    'answer-when-urged',
    'appoint-officials',
    'attend-to-own-seat',
    'carry-out',
    'carry-out-policies',
    'delegate-duties',
    'designate-poor-counties',
    'follow-up-the-late',
    'keep-the-program-running',
    'maintain-divisions',
    'make-overall-plans',
    'offer-letters',
    'sign-letters',
    'take-overall-responsibility',
  ])
  assert.deepEqual(ids(campaign.obligationsOn('2015-06-18')), ['fill-vacancy', 'sign-letter'])
  assert.deepEqual(campaign.dutiesOn('2015-06-17'), [])
})

test('The Decision of November 2015 puts every clause of the mechanism in the place of the broad duty of city and county', () => {
  const { duties, obligations, parameters } = diffCharter(campaign, '2015-06', '2015-11')
  assert.deepEqual(ids(duties.removed), ['carry-out'])
  assert.deepEqual(
    ids(clauses.filter((duty) => duty.from === '2015-11')),
    [
      'allocate-funds',
      'assign-projects',
      'bear-main-responsibility',
      'coordinate-labour',
      'devise-major-projects',
      'issue-policies-and-measures',
      'land-projects',
      'link-and-coordinate',
      'mobilise-the-public',
      'scrutinise-progress',
      'see-poor-counties-out',
      'set-goals',
      'set-principles',
      'set-schedule',
      'set-strategies',
      'supervise-and-evaluate',
      'urge-progress',
      'use-funds-well',
    ].toSorted(),
  )
  const added = new Set(ids(duties.added))
  for (const duty of clauses) if (duty.from === '2015-11') assert.ok(added.has(duty.id), duty.id)
  for (const step of [
    'propose-exit',
    'review-exit',
    'verify-exit',
    'approve-exit',
    'evaluate-exits',
    'object-in-notice',
  ])
    assert.ok(added.has(step), step)
  assert.equal(obligations.added.length, 41)
  assert.ok(parameters.some((each) => each.parameter === 'exit_headcount_max' && each.code === '510000'))
})

test('The Measures of October 2016 add duties of their own articles and take none away', () => {
  const { duties, obligations, parameters } = diffCharter(campaign, '2015-11', '2016-10')
  assert.deepEqual([duties.removed, duties.changed, obligations.removed], [[], [], []])
  assert.deepEqual(ids(obligations.added), [
    'conclude-handover',
    'deliver-as-assistant',
    'deliver-as-pair',
    'disclose-funds',
    'follow-assessment',
    'report-yearly',
    'update-library',
  ])
  const others = duties.added.filter((duty) => duty.source !== 'measures-2016' || duty.article === '')
  assert.deepEqual(ids(others), ['commission-evaluation'])
  const articles = new Set(
    campaign.text.duties.filter((duty) => duty.source === 'measures-2016').map((duty) => Number(duty.article)),
  )
  const bindNobodyHere = [1, 2, 3, 22, 23, 29]
  assert.deepEqual(
    [...articles].toSorted((a, b) => a - b),
    Array.from({ length: 29 }, (_, at) => at + 1).filter((article) => !bindNobodyHere.includes(article)),
  )
  assert.deepEqual(
    parameters.map((each) => [each.parameter, each.value.value]),
    [
      ['exit_villages_out_min', 90],
      ['poverty_line_yuan', 2952],
    ],
  )
})

test('A first version is diffed against nothing, and an unknown one is an error', () => {
  assert.equal(diffCharter(campaign, undefined, '2015-06').duties.added.length, 14)
  assert.throws(() => diffCharter(campaign, '2015-06', '1949-10'), /no version «1949-10»/)
})

test('The poverty line is that of its year', () => {
  const line = (day: string) => campaign.getParameter('poverty_line_yuan', day).value
  assert.deepEqual(['2010-01-01', '2015-12-31', '2016-01-01', '2019-06-30'].map(line), [2300, 2855, 2952, 3218])
  assert.throws(() => line('2009-12-31'), /gives no «poverty_line_yuan» for 2009-12-31/)
})

test('A county of Sichuan may leave at 3 %, one of Hebei at 2 %', () => {
  const max = (province: string) => campaign.getParameter('exit_headcount_max', '2018-12-31', [null, province]).value
  assert.deepEqual([max('510000'), max('130000')], [3, 2])
  const western = campaign.text.parameters.find((each) => each.id === 'exit_headcount_max')?.by_unit ?? {}
  assert.equal(Object.keys(western).length, 12)
})

test('A notice of exit stands as long as its province says, in days or in working days', () => {
  const notice = (province: string) => campaign.getSpan('exit_notice', '2018-12-31', ['511725', '511700', province])
  assert.deepEqual(notice('510000'), { value: 7, unit: 'days' })
  assert.deepEqual(notice('360000'), { value: 4, unit: 'days' })
  assert.deepEqual(notice('530000'), { value: 5, unit: 'working_days' })
})

test('The centre evaluates every exit of 2017, and a fifth of those of 2018, which the province evaluates first', () => {
  const at = (id: string, year: number) => campaign.getParameter(id, `${year}-12-31`).value
  assert.deepEqual(
    [2016, 2017, 2018, 2020].map((year) => at('exit_evaluation_share', year)),
    [100, 100, 20, 20],
  )
  assert.deepEqual(
    [2017, 2018].map((year) => at('exit_evaluation_by_province', year)),
    [0, 1],
  )
})

test('Only Henan asks that nine villages in ten be out', () => {
  assert.equal(campaign.findParameter('exit_villages_out_min', '2017-12-31', ['410000'])?.value, 90)
  assert.equal(campaign.findParameter('exit_villages_out_min', '2017-12-31', ['510000']), undefined)
})

test('A duty carried out through another needs acts there: through a duty under which nothing is done, nothing would be', () => {
  const { kind } = finds(
    'through-without-act',
    'duties/set-goals',
    (draft) => {
      find(draft.duties, 'set-goals').through = ['keep-principals']
    },
    acts.filter((act) => act.duty !== 'keep-principals'),
  )
  assert.equal(kind, 'gap')
})

test('A duty is carried out through others only by its own holders', () => {
  const { kind, sentence } = finds('through-others', 'duties/set-goals', (draft) => {
    find(draft.duties, 'set-goals').through = ['maintain-divisions']
  })
  assert.equal(kind, 'contradiction')
  assert.match(sentence.en, /«Set goals» is to be carried out through «maintain-divisions»/)
})

test('Every duty of the coverage is either served by its acts or listed as served by none', () => {
  const { covered, uncovered } = coverage(campaign, acts)
  assert.deepEqual(covered.find((each) => each.duty.id === 'approve-exit')?.acts, ['exit.approve', 'exit.revoke'])
  const doers = covered.find((each) => each.duty.id === 'allocate-funds')?.acts ?? []
  assert.ok(doers.includes('funds.allocate'), doers.join())
  assert.ok(ids(uncovered).includes('prevent-duty-crimes'), 'nothing that no act does is told as done')
  assert.equal(covered.length + uncovered.length, campaign.text.duties.length)
  const own = covered.filter((each) => each.acts.length > 0)
  assert.equal(own.length, new Set(acts.map((act) => act.duty)).size)
})

test('Articles 5 and 12: what the centre and the province owe by name is carried out by the acts that all levels share', () => {
  const { covered } = coverage(campaign, acts)
  const by = (id: string) =>
    covered.find((each) => each.duty.id === id)?.through.flatMap((each) => each.acts) ?? assert.fail(id)
  assert.ok(by('assess-provinces').includes('assessment.sign'))
  assert.ok(by('organise-inspections').includes('inspection.plan'))
  assert.ok(by('organise-inspections').includes('evaluation.draw'))
  assert.ok(
    by('manage-poor-counties').includes('assessment.sign') && by('manage-poor-counties').includes('exit.approve'),
  )
  assert.ok(by('supervise-and-evaluate').includes('finding.verify'))
})

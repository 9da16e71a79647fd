import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { drawSample, commitmentOf, codeOf, drawSeed, readCode } from './sample-drawn.ts'
import { type Answer, estimateAll, verdictOf } from './sample-estimate.ts'
import { checkFrameFile } from './sample-frame-file.ts'
import { answersCsv, checkAnswerFile } from './sample-files.ts'
import { enterAnswers, type GivenAnswer } from './sample-answers.ts'
import { closeEvaluation } from './sample-close.ts'
import { commitSeed } from './sample-commit.ts'
import { designEvaluation } from './sample-design.ts'
import { drawEvaluation } from './sample-draw.ts'
import { listEvaluations } from './sample-list.ts'
import { evaluationPrecision } from './sample-precision.ts'
import { paperOf, questionnaires } from './sample-questionnaires.ts'
import { designOf, findSampling, readDrawn, readFrame } from './sample-read.ts'
import { recomputeEvaluation } from './sample-recompute.ts'
import { answerSheet } from './sample-sheets.ts'
import { showEvaluation } from './sample-show.ts'
import { sampleWaiting } from './sample-waiting.ts'
import { designate } from '#test/designate.ts'
import { ExitWalk } from '#test/exit-walk.ts'
import { signLetters } from '#test/signed-letters.ts'
import { type As, World } from '#test/world.ts'

const office: As = ['Qingshan Province', 'poverty-office-director-province']
const on = '2018-10-22'
const drawDay = '2018-10-24'
const seed = 'forty-two grey geese flew over Qingshan'
const beacon = '03 09 14 21 27 33 + 08'

const villages = (count: number, households = 300) =>
  Array.from({ length: count }, (_, at) => ({
    name: `Village ${at + 1}`,
    stratum: at % 3 === 0 ? 'poor' : 'other',
    households: households + ((at * 37) % 90),
  }))

describe('A third party evaluates Liu County and Tong County by sample', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  const county = (name: string, more: object = {}) => ({
    unit: world.unit(name),
    ruralPersons: 60_000,
    poorPersons: 500,
    exitedPersons: 9_000,
    villages: villages(40),
    ...more,
  })
  const design = (more: object = {}) => ({
    unit: world.unit('Qingshan Province'),
    year: 2018,
    title: '2018 年退出县专项评估',
    counties: [county('Liu County'), county('Tong County')],
    expected: 8,
    halfWidth: 4,
    perVillage: 10,
    reserve: 2,
    ...more,
  })
  const refusedDesign = (more: object, as: As = office) => world.codes(designEvaluation, design(more), { as, on })
  const about = (evaluation: string) => ({ unit: world.unit('Qingshan Province'), evaluation })

  it('A design says how many villages and households it takes, and keeps its frame', async () => {
    const made = await world.done(designEvaluation, design(), { as: office, on })
    assert.equal(made.counties, 2)
    assert.equal(made.households, made.villages * 10)
    const shown = await world.ask(showEvaluation, { id: made.evaluation }, on, office)
    assert.equal(shown.state, 'designed')
    assert.equal(shown.questionnaires, made.households)
    assert.deepEqual(
      shown.can.map((each: { act: string; mine: boolean }) => [each.act, each.mine]),
      [['evaluation.commit-seed', true]],
    )
    // Before it was designed it did not exist.
    await assert.rejects(world.ask(showEvaluation, { id: made.evaluation }, '2018-10-21', office))
  })

  it('A year in which nobody proposed an exit has nothing to evaluate: `frame-empty`', async () => {
    assert.deepEqual(await refusedDesign({ counties: [], year: 2012 }), ['frame-empty'])
  })
  it('A county that stands in the frame twice is refused: `county-twice`', async () => {
    assert.deepEqual(await refusedDesign({ counties: [county('Liu County'), county('Liu County')] }), ['county-twice'])
  })
  it('Yan County lies in another province, and Qingshan does not evaluate itself: `county-not-below`', async () => {
    assert.deepEqual(await refusedDesign({ counties: [county('Yan County')] }), ['county-not-below'])
    assert.deepEqual(await refusedDesign({ counties: [county('Qingshan Province')] }), ['county-not-below'])
  })
  it('A county without its list of villages is refused: `villages-missing`', async () => {
    assert.deepEqual(await refusedDesign({ counties: [county('Liu County', { villages: [] })] }), ['villages-missing'])
  })
  it('A village that stands in the frame twice is refused: `village-in-frame-twice`', async () => {
    const twice = [...villages(40), villages(1)[0]]
    assert.deepEqual(await refusedDesign({ counties: [county('Liu County', { villages: twice })] }), [
      'village-in-frame-twice',
    ])
  })
  it('Without the persons who exited there is no composite headcount: `totals-missing`', async () => {
    assert.deepEqual(await refusedDesign({ counties: [county('Liu County', { exitedPersons: undefined })] }), [
      'totals-missing',
    ])
  })
  it('More poor and exited persons than there are people is refused: `totals-do-not-add-up`', async () => {
    assert.deepEqual(await refusedDesign({ counties: [county('Liu County', { exitedPersons: 59_900 })] }), [
      'totals-do-not-add-up',
    ])
  })
  it('A tenth of a point of 40 villages is not promised: `precision-out-of-reach`', async () => {
    assert.deepEqual(await refusedDesign({ halfWidth: 0.1 }), ['precision-out-of-reach', 'precision-out-of-reach'])
  })
  it('One county of a stratum tells nothing of its error: `one-county-drawn`', async () => {
    assert.deepEqual(await refusedDesign({ drawnPerStratum: 1 }), ['one-county-drawn'])
  })

  it('An evaluation of another unit, or of none, is not found: `unknown-evaluation`', async () => {
    const stranger = { evaluation: world.unit('Liu County'), unit: world.unit('Qingshan Province') }
    const commitment = commitmentOf(seed)
    const when = { as: office, on }
    for (const [act, more] of [
      [commitSeed, { commitment, drawOn: drawDay, publicNumber: 'the lottery' }],
      [drawEvaluation, { seed, beacon }],
      [enterAnswers, { answers: [{ code: 'x', outcome: 'refused' }] }],
      [closeEvaluation, {}],
    ] as const)
      assert.deepEqual(await world.codes(act, { ...stranger, ...more }, when), ['unknown-evaluation'])
  })

  describe('from the seed to the estimates', () => {
    let id: string
    let given: GivenAnswer[]
    const blank = { standing: null, persons: null, wrong: null, missed: null, approves: null }
    const enter = (answers: readonly object[], more: object = {}) => ({ ...about(id), answers, ...more })

    before(async () => {
      id = (await world.done(designEvaluation, design(), { as: office, on })).evaluation
    })

    const commit = (more: object = {}) => ({
      ...about(id),
      commitment: commitmentOf(seed),
      drawOn: drawDay,
      publicNumber: '双色球 2018125 期',
      ...more,
    })

    it('A draw on the day on which its seed is committed is refused: `draw-not-later`', async () => {
      assert.deepEqual(await world.codes(commitSeed, commit({ drawOn: on }), { as: office, on }), ['draw-not-later'])
    })
    it('Nothing is drawn, answered or closed before its turn: `not-its-turn`', async () => {
      const when = { as: office, on }
      assert.deepEqual(await world.codes(drawEvaluation, { ...about(id), seed, beacon }, when), ['not-its-turn'])
      assert.deepEqual(await world.codes(enterAnswers, enter([{ code: 'x', outcome: 'refused' }]), when), [
        'not-its-turn',
      ])
      assert.deepEqual(await world.codes(closeEvaluation, about(id), when), ['not-its-turn'])
      await world.done(commitSeed, commit(), when)
      assert.deepEqual(await world.codes(commitSeed, commit(), when), ['not-its-turn'])
    })

    it('The day before, the draw is refused, and neither list nor seed can be read anywhere: `before-its-day`', async () => {
      const early = { as: office, on: '2018-10-23' }
      assert.deepEqual(await world.codes(drawEvaluation, { ...about(id), seed, beacon }, early), ['before-its-day'])
      const { rows } = await sql<{ text: string }>`
        select (select string_agg(j::text, ' ') from journal j) || coalesce((select string_agg(d::text, ' ') from sampling_drawn d), '')
            || (select string_agg(k::text, ' ') from sampling_seed k) as text`.execute(world.db)
      assert.ok(!rows[0]?.text.includes(seed), 'the seed was told before its day')
      await assert.rejects(paperOf(world.reader('2018-10-23', office), id, 1))
      assert.deepEqual(await readDrawn(world.db, id), [])
    })

    it('A seed that was not committed draws nothing: `seed-not-committed`', async () => {
      const another = { ...about(id), seed: 'a seed that gives a nicer sample', beacon }
      assert.deepEqual(await world.codes(drawEvaluation, another, { as: office, on: drawDay }), ['seed-not-committed'])
    })

    it('The database itself refuses a seed that was not committed, and a draw before its day', async () => {
      const insert = (text: string, day: string) =>
        sql`
        insert into sampling_draw (sampling_id, commitment, draw_on, seed, beacon, sample_digest, counties, villages, households, on_day, act_id)
        values (${id}, ${commitmentOf(seed)}, ${drawDay}, ${text}, 'x', ${'0'.repeat(64)}, 1, 1, 1, ${day}, ${id})`.execute(
          world.db,
        )
      await assert.rejects(insert('another seed', drawDay), /sampling_seed_is_what_was_committed/)
      await assert.rejects(insert(seed, on), /sampling_not_drawn_before_its_day/)
    })

    it('The public number changes the sample, so that whoever holds the seed cannot know it beforehand', async () => {
      const [found, frame] = await Promise.all([findSampling(world.db, id), readFrame(world.db, id)])
      const one = drawSample(designOf(found!), frame, drawSeed(seed, beacon))
      assert.deepEqual(drawSample(designOf(found!), frame.toReversed(), drawSeed(seed, beacon)), one)
      assert.notDeepEqual(drawSample(designOf(found!), frame, drawSeed(seed, '01 02 03 04 05 06 + 07')), one)
    })

    it('On its day it waits for the office, is drawn, and says what it drew', async () => {
      const waiting = await sampleWaiting(world.reader(drawDay, office), 'all')
      assert.deepEqual(
        waiting.map((each) => [each.subject, each.due]),
        [[id, drawDay]],
      )
      const drawn = await world.done(drawEvaluation, { ...about(id), seed, beacon }, { as: office, on: drawDay })
      const rows = await readDrawn(world.db, id)
      assert.equal(
        drawn.households,
        rows.reduce((sum, each) => sum + each.main.length, 0),
      )
      assert.deepEqual(await readDrawn(world.db, id, '2018-10-23'), [])
      given = rows.flatMap((village, at) =>
        village.main.map((household, n): GivenAnswer => {
          const standing = n % 4 === 0 ? 'exited' : 'unregistered'
          return {
            code: codeOf(id, village.county, village.village, household),
            outcome: 'interviewed',
            standing,
            persons: 3 + (n % 2),
            wrong: standing === 'exited' ? (at % 10 === 3 && n === 0 ? 2 : 0) : null,
            missed: standing === 'unregistered' ? 0 : null,
            approves: (at + n) % 12 > 0,
          }
        }),
      )
    })

    it('A frame that was changed behind the back of the program is noticed: `frame-changed`', async () => {
      const other = (await world.done(designEvaluation, design({ title: 'Another' }), { as: office, on })).evaluation
      await world.done(commitSeed, { ...commit(), evaluation: other }, { as: office, on })
      const owner = new pg.Client(world.database.owner)
      await owner.connect()
      await owner.query('alter table sampling_village disable trigger user')
      await owner.query('update sampling_village set households = households + 1 where sampling_id = $1 and n = 1', [
        other,
      ])
      await owner.query('alter table sampling_village enable trigger user')
      await owner.end()
      const codes = await world.codes(drawEvaluation, { ...about(other), seed, beacon }, { as: office, on: drawDay })
      assert.deepEqual(codes, ['frame-changed'])
    })

    it('Questionnaires: a page and a code for each household, nobody’s name', async () => {
      const { found, county: liu, drawn, name } = await paperOf(world.reader(drawDay, office), id, 1)
      const paper = [...questionnaires(found, liu, name.en, drawn, 'en')].join('')
      const households = drawn.reduce((sum, each) => sum + each.main.length + each.reserve.length, 0)
      assert.equal(paper.split('<section>').length - 1, households)
      assert.ok(paper.includes(codeOf(id, 1, drawn[0]!.village, drawn[0]!.main[0]!)))
    })

    it('A code of another evaluation, a slip of the pen, or a household that was not drawn: `not-in-sample`', async () => {
      const code = given[0]!.code
      const [county_, village, household] = code.split('-')
      const strange = [
        codeOf(world.unit('Liu County'), 1, 1, 1),
        `${county_}-${village}-${household === '0001' ? '0002' : '0001'}-${code.slice(-2)}`,
        'what?',
      ].map((each) => ({ code: each, outcome: 'refused' }))
      assert.equal(readCode(id, code)?.county, 1)
      const codes = await world.codes(enterAnswers, enter(strange), { as: office, on: '2018-11-01' })
      assert.deepEqual(codes, ['not-in-sample', 'not-in-sample', 'not-in-sample'])
    })
    it('A code that stands in the file twice is refused: `answer-twice`', async () => {
      assert.deepEqual(
        await world.codes(enterAnswers, enter([given[0]!, given[0]!]), { as: office, on: '2018-11-01' }),
        ['answer-twice'],
      )
    })
    it('Six wrongly exited of three persons contradict themselves: `answer-contradicts-itself`', async () => {
      const bad = { ...given[0]!, persons: 3, wrong: 6 }
      assert.deepEqual(await world.codes(enterAnswers, enter([bad]), { as: office, on: '2018-11-01' }), [
        'answer-contradicts-itself',
      ])
      const unheard = { ...given[1]!, outcome: 'refused' }
      assert.deepEqual(await world.codes(enterAnswers, enter([unheard]), { as: office, on: '2018-11-01' }), [
        'answer-contradicts-itself',
      ])
    })
    it('A household that stands by is not visited while nobody is missing: `reserve-out-of-turn`', async () => {
      const [village] = await readDrawn(world.db, id)
      const code = (household: number) => codeOf(id, village!.county, village!.village, household)
      const reserve = { ...given[0]!, code: code(village!.reserve[0]!) }
      const when = { as: office, on: '2018-11-01' }
      assert.deepEqual(await world.codes(enterAnswers, enter([reserve]), when), ['reserve-out-of-turn'])
      const absent = { code: code(village!.main[0]!), outcome: 'not-found' }
      const second = { ...given[0]!, code: code(village!.reserve[1]!) }
      assert.deepEqual(await world.codes(enterAnswers, enter([absent, second]), when), ['reserve-out-of-turn'])
      await world.done(enterAnswers, enter([absent, reserve]), when)
      given = given.map((each) => (each.code === absent.code ? { ...blank, ...absent, outcome: 'not-found' } : each))
      given.push(reserve)
    })

    it('The same answers twice change nothing, half-filled ones are taken with a word of advice', async () => {
      const when = { as: office, on: '2018-11-02' }
      const half = { ...given[5]!, approves: null }
      const rehearsal = await world.rehearse(enterAnswers, enter([half]), when)
      assert.deepEqual(
        rehearsal.advice.map((each) => each.code),
        ['half-filled'],
      )
      given[5] = half
      const first = await world.done(enterAnswers, enter(given), when)
      assert.deepEqual([first.added, first.corrected, first.unchanged], [given.length - 2, 0, 2])
      const again = await world.done(enterAnswers, enter(given), when)
      assert.deepEqual([again.added, again.corrected, again.unchanged], [0, 0, given.length])
    })
    it('An answer other than the one entered needs its reason: `correction-unexplained`', async () => {
      const other = { ...given[7]!, approves: !given[7]!.approves }
      const when = { as: office, on: '2018-11-03' }
      assert.deepEqual(await world.codes(enterAnswers, enter([other]), when), ['correction-unexplained'])
      const corrected = await world.done(enterAnswers, enter([other], { reason: 'Typed wrongly from paper' }), when)
      assert.equal(corrected.corrected, 1)
    })

    it('A file is looked at by sheet, row and column, in a workbook and in CSV', async () => {
      const reader = world.reader('2018-11-03', office)
      const sheet = await answerSheet(
        id,
        1,
        await readDrawn(world.db, id).then((all) => all.filter((each) => each.county === 1)),
        'zh',
      )
      const empty = await checkAnswerFile(reader, id, sheet)
      assert.deepEqual([empty.answers.length, empty.errors.length], [0, 0])
      assert.ok(empty.blank > 50)
      const csv = [
        '问卷编码,访问结果,户的类别,家庭人口,错退人数,漏评人数,是否认可',
        `${given[1]!.code},已访问,非建档立卡户,3,,0,是`,
        `${given[2]!.code},在家,非建档立卡户,3,,0,是`,
        `${given[3]!.code},已访问,非建档立卡户,三,,0,"是"`,
        `001-0001-9999-00,拒访,,,,,`,
      ].join('\r\n')
      const read = await checkAnswerFile(reader, id, new TextEncoder().encode(csv))
      assert.equal(read.answers.length, 2)
      assert.deepEqual(
        read.errors.map((each) => [each.sheet, each.row, each.column]),
        [
          ['CSV', 3, 'B'],
          ['CSV', 4, 'D'],
          ['CSV', 5, 'A'],
        ],
      )
    })

    it('It cannot be closed while households are missing: `answers-missing`', async () => {
      const left = given.splice(0).filter((each) => each.outcome === 'interviewed')
      const other = (await world.done(designEvaluation, design({ title: 'A third' }), { as: office, on })).evaluation
      await world.done(commitSeed, { ...commit(), evaluation: other }, { as: office, on })
      await world.done(drawEvaluation, { ...about(other), seed, beacon }, { as: office, on: drawDay })
      assert.deepEqual(await world.codes(closeEvaluation, about(other), { as: office, on: '2018-11-05' }), [
        'answers-missing',
        'nobody-answered',
      ])
      given.push(...left)
    })
    it('A county in which nobody was found at home has no estimate: `nobody-answered`', async () => {
      const other = (
        await world.done(designEvaluation, design({ title: 'A fourth', counties: [county('Liu County')] }), {
          as: office,
          on,
        })
      ).evaluation
      await world.done(commitSeed, { ...commit(), evaluation: other }, { as: office, on })
      await world.done(drawEvaluation, { ...about(other), seed, beacon }, { as: office, on: drawDay })
      const drawn = await readDrawn(world.db, other)
      const answers = drawn.flatMap((each) =>
        each.main.map((household) => ({ code: codeOf(other, 1, each.village, household), outcome: 'not-found' })),
      )
      await world.done(enterAnswers, { ...about(other), answers }, { as: office, on: '2018-11-04' })
      assert.deepEqual(await world.codes(closeEvaluation, about(other), { as: office, on: '2018-11-05' }), [
        'nobody-answered',
      ])
    })

    it('Closed, it tells each metric with its interval against the charter’s limit, and never says met where it cannot tell', async () => {
      const closed = await world.done(closeEvaluation, about(id), { as: office, on: '2018-11-05' })
      const shown = await world.ask(showEvaluation, { id }, '2018-11-05', office)
      assert.equal(shown.state, 'closed')
      assert.equal(shown.inputsDigest, closed.digest)
      const liu = shown.frame[0].estimates
      assert.deepEqual(
        liu.map((each: { metric: string }) => each.metric),
        ['headcount', 'wrongExit', 'miss', 'approval'],
      )
      for (const each of [...liu, ...shown.frame[1].estimates]) {
        assert.ok(each.low <= each.value && each.value <= each.high)
        if (each.verdict === 'met')
          assert.ok(each.metric === 'approval' ? each.low >= 0.9 : each.high < each.limit_bp / 10_000)
      }
      // None was missed: the interval still has a width, by the design's planned effect.
      const miss = liu.find((each: { metric: string }) => each.metric === 'miss')
      assert.equal(miss.value, 0)
      assert.ok(miss.byPlan && miss.high > 0)
      assert.equal(shown.together.length, 4)
      assert.ok(shown.together.every((each: { verdict: string }) => each.verdict === 'no-limit'))
      // The day before, there were no estimates yet.
      assert.deepEqual((await world.ask(showEvaluation, { id }, '2018-11-04', office)).frame[0].estimates, [])
    })

    it('Whoever was evaluated computes it again and finds the same; answers can no longer be entered', async () => {
      const again = await world.ask(recomputeEvaluation, { id }, '2018-11-06', ['Liu County', 'county-head'])
      assert.equal(again.isSame, true, JSON.stringify(again.lines))
      assert.equal(again.lines.length, 5)
      assert.deepEqual(await world.codes(enterAnswers, enter([given[0]!]), { as: office, on: '2018-11-06' }), [
        'not-its-turn',
      ])
      const csv = await answersCsv(world.reader('2018-11-06', office), id)
      assert.ok(csv.split('\n').length > 100)
    })

    it('An answer changed behind the back of the program shows when it is computed again', async () => {
      const owner = new pg.Client(world.database.owner)
      await owner.connect()
      await owner.query('alter table sampling_answer disable trigger user')
      await owner.query(
        'update sampling_answer set approves = not approves where sampling_id = $1 and approves and household % 5 = 0',
        [id],
      )
      await owner.query('alter table sampling_answer enable trigger user')
      await owner.end()
      const again = await world.ask(recomputeEvaluation, { id }, '2018-11-06', office)
      assert.equal(again.isSame, false)
      assert.deepEqual(
        again.lines
          .filter((each: { isSame: boolean }) => !each.isSame)
          .map((each: { what: { en: string } }) => each.what.en),
        ['Digest of what it stands on', 'Estimates and intervals'],
      )
    })

    it('Evaluations are listed for who commissions them and for whom they concern', async () => {
      const mine = await world.ask(listEvaluations, { unit: world.unit('Qingshan Province') }, '2018-11-06', office)
      assert.ok(mine.total >= 4)
      assert.ok(mine.can.some((each: { act: string; mine: boolean }) => each.act === 'evaluation.design' && each.mine))
      const liu = await world.ask(
        listEvaluations,
        { unit: world.unit('Liu County'), search: '专项' },
        '2018-11-06',
        office,
      )
      assert.ok(liu.total >= 1)
      assert.equal(
        (await world.ask(listEvaluations, { unit: world.unit('Yan County') }, '2018-11-06', office)).total,
        0,
      )
    })
  })

  it('The centre evaluates the exits of a year with a made-up frame, marked as such, and draws counties from their stratum', async () => {
    await designate(world, ['Liu County'])
    await signLetters(world, ['Liu County'])
    const walk = new ExitWalk(world)
    await walk.until('exit.propose', 'Liu County', 2018)
    const centre: As = ['The Centre', 'office-director']
    const input = { unit: world.unit('The Centre'), year: 2018, title: '中央抽查', halfWidth: 2, madeUpFrame: true }
    const rehearsal = await world.rehearse(designEvaluation, input, { as: centre, on })
    assert.deepEqual(
      rehearsal.advice.map((each) => each.code),
      ['frame-made-up'],
    )
    const made = await world.done(designEvaluation, input, { as: centre, on })
    assert.equal(made.counties, 1)
    assert.equal((await world.ask(showEvaluation, { id: made.evaluation }, on, centre)).madeUp, true)
    const counties = ['Liu County', 'Tong County', 'Song County'].map((name) => county(name))
    const three = await world.done(designEvaluation, design({ counties, drawnPerStratum: 2 }), { as: office, on })
    await world.done(
      commitSeed,
      { ...about(three.evaluation), commitment: commitmentOf(seed), drawOn: drawDay, publicNumber: '双色球' },
      { as: office, on },
    )
    const drawn = await world.done(
      drawEvaluation,
      { ...about(three.evaluation), seed, beacon },
      { as: office, on: drawDay },
    )
    assert.equal(drawn.counties, 2)
  })

  it('A list of villages is looked at by row and column, and can be designed with as it was read', async () => {
    const rows = villages(40).map(({ name, stratum, households }, at) =>
      [
        at === 1 ? '000000' : '130627',
        name,
        stratum,
        at === 2 ? 'many' : households,
        at === 0 ? '60000,500,9000' : ',,',
      ].join(','),
    )
    const header = '县代码,村,层,户数,农村人口,剩余贫困人口,已脱贫人口'
    const look = (lines: readonly string[]) =>
      checkFrameFile(world.reader(on, office), new TextEncoder().encode([header, ...lines].join('\n')))
    const bad = await look(rows)
    assert.deepEqual(
      bad.errors.map((each) => [each.row, each.column]),
      [
        [3, 'A'],
        [4, 'D'],
      ],
    )
    const read = await look(rows.toSpliced(1, 2))
    assert.deepEqual([read.errors.length, read.villages], [0, 38])
    await world.done(designEvaluation, design({ counties: read.counties }), { as: office, on })
  })

  it('More precision costs more questionnaires, and what is out of reach is said to be', async () => {
    const ask = (more: object) => world.ask(evaluationPrecision, more, on, office)
    const [rough, fine, none] = await Promise.all([
      ask({ halfWidth: 2 }),
      ask({ halfWidth: 1 }),
      ask({ halfWidth: 0.05 }),
    ])
    assert.ok(fine.plan.questionnaires > rough.plan.questionnaires)
    assert.equal(none.plan, null)
    assert.equal(none.unreachable, 'not-exact-enough')
  })
})

describe('verdicts', () => {
  const verdict = (metric: 'miss' | 'approval', low: number, high: number, limit: number) =>
    verdictOf({ metric, low, high }, limit)

  it('An interval that straddles the limit is neither met nor not met', () => {
    assert.equal(verdict('miss', 0.01, 0.03, 200), 'cannot-tell')
    assert.equal(verdict('miss', 0.001, 0.019, 200), 'met')
    assert.equal(verdict('miss', 0.001, 0.02, 200), 'cannot-tell')
    assert.equal(verdict('miss', 0.02, 0.05, 200), 'not-met')
    assert.equal(verdict('approval', 0.89, 0.93, 9000), 'cannot-tell')
    assert.equal(verdict('approval', 0.9, 0.95, 9000), 'met')
    assert.equal(verdict('approval', 0.8, 0.899, 9000), 'not-met')
  })

  it('The composite headcount is (still poor + missed + wrongly exited) ÷ rural, as the formula has it', () => {
    const county = {
      n: 1,
      unit: '',
      stratum: 'all',
      stratumCounties: 1,
      stratumDrawn: 1,
      villagesDrawn: 2,
      ruralPersons: 10_000,
      poorPersons: 100,
      exitedPersons: 2_000,
      villages: [1, 2].map((n) => ({ n, name: `${n}`, stratum: 'all', households: 100 })),
    }
    const drawn = [1, 2].map((village) => ({
      county: 1,
      village,
      probability: 0.5,
      certain: false,
      main: [1, 2, 3, 4],
      reserve: [],
    }))
    const base = { county: 1, outcome: 'interviewed', wrong: null, missed: null, approves: true } as const
    const answers: Answer[] = [1, 2].flatMap((village) => [
      { ...base, village, household: 1, standing: 'exited', persons: 5, wrong: village === 1 ? 1 : 0 },
      { ...base, village, household: 2, standing: 'unregistered', persons: 10, missed: village === 2 ? 1 : 0 },
      { ...base, village, household: 3, standing: 'unregistered', persons: 10, missed: 0 },
      { ...base, village, household: 4, standing: 'poor', persons: 4, approves: false },
    ])
    const design = { expected_bp: 200, halfWidth_bp: 200, confidence_bp: 9500, alike_bp: 0, perVillage: 4, reserve: 0 }
    const found = estimateAll(design, [county], drawn, answers)
    const value = (metric: string) => found.find((each) => each.metric === metric)?.value ?? NaN
    assert.ok(Math.abs(value('wrongExit') - 1 / 10) < 1e-12)
    assert.ok(Math.abs(value('miss') - 1 / 40) < 1e-12)
    assert.ok(Math.abs(value('approval') - 6 / 8) < 1e-12)
    // (100 + 7,900 / 40 + 2,000 / 10) / 10,000
    assert.ok(Math.abs(value('headcount') - (100 + 197.5 + 200) / 10_000) < 1e-12)
  })
})

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { acts } from '#src/acts.ts'
import { asks } from '#src/asks.ts'
import { figures } from '#src/figures.ts'
import type { AnyAct } from '#kernel/act.ts'
import { readChecks, runCheck } from '#kernel/check.ts'
import { checkCharter } from '#kernel/charter-check.ts'
import { kernelRefusals } from '#kernel/outcome.ts'
import type { Text } from '#kernel/words.ts'
import { campaign, threeTiers, World } from './world.ts'

const root = path.join(import.meta.dirname, '..')

const files = (folder: string, ending: RegExp): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .toSorted()
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

const isChinese = (text: string) => /\p{Script=Han}/u.test(text)
const speaksBoth = (what: string, text: Text) => {
  assert.ok(isChinese(text.zh), `${what} lacks its Chinese: «${text.zh}»`)
  assert.ok(
    /[A-Za-z]/.test(text.en) &&
      !isChinese(text.en.replace(/\{[^}]*\}|[《〔（][^》〕）]*[》〕）]\d*号?|[\p{Script=Han}]+〔\d+〕\d+号/gu, '')),
    `${what} lacks its English: «${text.en}»`,
  )
}

/** Who may import what: `from` matches a file, `never` what it must not name. */
const walls: readonly { who: string; from: RegExp; never: RegExp; butTypes?: boolean }[] = [
  {
    who: 'the kernel',
    from: /^src\/kernel\//,
    never: /#features\/|#web\/|#src\/(?!kernel)|\.\.\/(features|http|jobs|cli|web)\//,
  },
  {
    who: 'a slice',
    from: /^src\/features\/.*(?<!\.test)\.ts$/,
    never: /#src\/(?!kernel|sheets\/index|optimiser\/index|statistics\/index)|#web\/|\/(http|jobs|cli|web)\//,
  },
  {
    who: 'the sheet room',
    from: /^src\/sheets\//,
    never: /#features\/|#web\/|#src\/|#kernel\/(?!words)/,
  },
  { who: 'whoever is not the sheet room', from: /^src\/(?!sheets\/)/, never: /^hucre/ },
  { who: 'the public site', from: /^src\/public\//, never: /#web\/|#features\/[^/]+\/(?!index)/ },
  { who: 'the optimiser', from: /^src\/optimiser\//, never: /#features\/|#web\/|#src\/|#kernel\// },
  { who: 'the statistics', from: /^src\/statistics\//, never: /#features\/|#web\/|#src\/|#kernel\// },
  { who: 'whoever is not the optimiser', from: /^src\/(?!optimiser\/)/, never: /^highs/ },
  { who: 'a page', from: /\.tsx$/, never: /#kernel\/|#src\/|#features\/(?!.*\.tsx)/, butTypes: true },
  {
    who: 'the app’s shell',
    from: /^src\/web\/.*\.ts$/,
    never: /#kernel\/|#src\/|#features\/(?!.*\.tsx)/,
    butTypes: true,
  },
]
const importing = /^\s*(?:import|export)\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?'([^']+)'/gm

describe('the house', () => {
  const sources = files('src', /\.tsx?$/)

  it('Every room imports only what the plan of the house allows', () => {
    assert.ok(sources.length > 100, `only ${sources.length} files were seen`)
    const broken = sources
      .filter((file) => !file.includes('.test.'))
      .flatMap((file) =>
        [...read(file).matchAll(importing)].flatMap(([line, type, target]) =>
          walls
            .filter((wall) => wall.from.test(file) && wall.never.test(target ?? '') && !(wall.butTypes && type))
            .map((wall) => `${file}: ${wall.who} must not have «${line.trim()}»`),
        ),
      )
    assert.deepEqual(broken, [])
  })

  it('A slice reaches another only through its index, and a page only what the other shows', () => {
    const reaching = files('src/features', /\.tsx?$/).flatMap((file) =>
      [...read(file).matchAll(importing)].flatMap(([, , target]) => {
        const other = /^#features\/([^/]+)\/(.+)$/.exec(target ?? '')
        const own = file.split('/')[2]
        const isPart = file.endsWith('.tsx') && other?.[2]?.endsWith('.tsx')
        return other && other[1] !== own && other[2] !== 'index.ts' && !isPart ? [`${file} reaches into ${target}`] : []
      }),
    )
    assert.deepEqual(reaching, [])
  })

  it('Every file fits a reader: none is longer than 400 lines, no story of tests than 600', () => {
    const all = [...sources, ...files('test', /\.ts$/), ...files('scripts', /\.ts$/), ...files('bench', /\.ts$/)]
    const limitOf = (file: string) => (file.includes('.test.') ? 600 : 400)
    const long = all.filter((file) => read(file).split('\n').length > limitOf(file))
    assert.deepEqual(long, [])
  })

  it('No feature, kernel or page asks the machine for the day or for chance', () => {
    const forbidden = /\bDate\.now\(\)|\bnew Date\(\)|\bMath\.random\(\)/
    const asking = sources.filter(
      (file) =>
        /^src\/(kernel|features)\//.test(file) &&
        !file.includes('.test.') &&
        !file.endsWith('uuid.ts') &&
        forbidden.test(read(file)),
    )
    assert.deepEqual(asking, [])
  })
})

describe('the declarations', () => {
  const testTitles = new Map<string, string>()
  for (const file of [...files('src', /\.test\.ts$/), ...files('test', /\.test\.ts$/)]) {
    const titles = [...read(file).matchAll(/\b(?:it|test)\(\s*(["'`])([\s\S]*?)\1\s*,/g)]
      .map((match) => match[2])
      .join('\n')
    const room = file.split('/').slice(0, 3).join('/')
    testTitles.set(room, `${testTitles.get(room) ?? ''}\n${titles}`)
  }
  const sliceOf = (act: AnyAct): string => {
    const declared = new RegExp(`name: '${act.name.replace('.', '\\.')}'`)
    const file = files('src/features', /\.ts$/).find((each) => declared.test(read(each)))
    assert.ok(file, `No slice declares ${act.name} by its name.`)
    return file.split('/').slice(0, 3).join('/')
  }
  const isNamed = (titles: string | undefined, code: string) =>
    titles?.includes(`'${code}'`) || titles?.includes(`\`${code}\``)

  it('Every act has a duty in the campaign’s charter and in the second one', () => {
    for (const charter of [campaign(), threeTiers()]) {
      const duties = new Set(charter.text.duties.map((duty) => duty.id))
      assert.deepEqual(
        acts.filter((act) => !duties.has(act.duty)).map((act) => act.name),
        [],
      )
      assert.deepEqual(
        figures.filter((figure) => !duties.has(figure.duty)).map((figure) => figure.name),
        [],
      )
    }
  })

  it('Both charters are sound with the acts that the system has', () => {
    for (const charter of [campaign(), threeTiers()]) assert.deepEqual(checkCharter(charter, acts, figures), [])
  })

  it('Every act, question and figure speaks both languages', () => {
    assert.ok(acts.length >= 40 && asks.length >= 20 && figures.length >= 10)
    for (const act of acts as readonly AnyAct[]) {
      speaksBoth(act.name, act.title)
      speaksBoth(act.name, act.purpose)
      for (const [code, text] of Object.entries(act.refusals as Record<string, Text>))
        speaksBoth(`${act.name} ${code}`, text)
    }
    for (const ask of asks) speaksBoth(ask.name, ask.title)
    for (const figure of figures) speaksBoth(figure.name, figure.definition)
  })

  it('Every name is declared once', () => {
    for (const names of [acts, asks, figures].map((registry) => registry.map((each) => each.name)))
      assert.equal(new Set(names).size, names.length)
  })

  it('Every refusal code of every act has a test of that name in its slice', () => {
    const untested = (acts as readonly AnyAct[]).flatMap((act) => {
      const titles = testTitles.get(sliceOf(act))
      return Object.keys(act.refusals)
        .filter((code) => !isNamed(titles, code))
        .map((code) => `${act.name}: ${code}`)
    })
    assert.deepEqual(untested, [])
  })

  it('A topic that cannot be judged beside another reason names a reason of its own act', () => {
    const strange = (acts as readonly AnyAct[]).flatMap((act) => {
      const refusals = Object.entries(act.refusals as Record<string, { notJudgedWith?: readonly string[] }>)
      const unknown = refusals.flatMap(([, { notJudgedWith = [] }]) =>
        notJudgedWith.filter((code) => !(code in act.refusals)),
      )
      return unknown.map((code) => `${act.name}: ${code}`)
    })
    assert.deepEqual(strange, [])
  })

  it('Every refusal of the kernel has a test of that name', () => {
    assert.deepEqual(
      Object.keys(kernelRefusals).filter((code) => !isNamed(testTitles.get('src/kernel/perform.test.ts'), code)),
      [],
    )
  })

  it('Every act, question, figure and check has its entry in the reference', () => {
    const pages = {
      acts,
      asks,
      figures,
      checks: readChecks(path.join(root, 'checks')).map((check) => ({ name: check.id })),
    }
    for (const [page, declared] of Object.entries(pages)) {
      const text = read(`docs/generated/${page}.md`)
      assert.deepEqual(
        declared.filter(({ name }) => !text.includes(`\n## ${name}\n`)).map(({ name }) => name),
        [],
      )
    }
  })
})

describe('the second wall', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  const privileges = async (role: string) => {
    const { rows } = await world.engine.database.pool.query<{ table: string; privilege: string }>(
      `select c.relname as table, p as privilege from pg_class c, unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and has_table_privilege($1, c.oid, p)`,
      [role],
    )
    return rows
  }

  it('The application may delete from no table, and update the journal never', async () => {
    const held = await privileges('zeren_app')
    assert.ok(held.length > 20)
    assert.deepEqual(
      held.filter(({ privilege }) => privilege === 'DELETE' || privilege === 'TRUNCATE'),
      [],
    )
    assert.deepEqual(
      held.filter(({ table, privilege }) => table === 'journal' && privilege !== 'INSERT'),
      [],
    )
  })

  it('The reading role may change nothing at all', async () => {
    assert.deepEqual(await privileges('zeren_reader'), [])
  })

  it('Every check runs on the small country', async () => {
    const checks = readChecks(path.join(root, 'checks'))
    assert.ok(checks.length >= 5, `only ${checks.length} checks were seen`)
    const duties = new Set(campaign().text.duties.map((duty) => duty.id))
    for (const check of checks) {
      assert.ok(duties.has(check.duty), `${check.id} names a duty that the charter does not know`)
      assert.ok(Array.isArray(await runCheck(world.db, check, '2016-06-01', world.charter)))
    }
  })
})

import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { settle, makeExaminable } from './examine.ts'
import { Prepared } from './prepare.ts'
import { narrow, type Person, Stage, wide } from './stage.ts'

type Stop = { readonly name: string; readonly isLost: boolean; readonly isSeen: boolean; readonly isHidden: boolean }

/** Where the keyboard is: what a reader sees of it. Runs in the page. */
function readStop(): Stop {
  const at = document.activeElement
  if (!at || at === document.body) return { name: '', isLost: true, isSeen: false, isHidden: false }
  const label = at.id ? document.querySelector(`label[for="${CSS.escape(at.id)}"]`)?.textContent : undefined
  const name = (at.getAttribute('aria-label') ?? label ?? at.textContent ?? '').trim()
  const framed = [at, at.closest('.ant-picker')].filter((each) => each !== null).map((each) => getComputedStyle(each))
  const { left, top, width, height } = at.getBoundingClientRect()
  const above = document.elementFromPoint(left + Math.min(width / 2, 20), top + Math.min(height / 2, 12))
  return {
    name,
    isLost: false,
    isSeen: framed.some((style) => style.outlineStyle !== 'none' || style.boxShadow !== 'none'),
    isHidden: above === null || !(at.contains(above) || above.contains(at)),
  }
}

/** Somebody without a mouse: every stop must be seen, in view, and nothing may swallow the focus. */
class Keys {
  readonly person: Person
  constructor(person: Person) {
    this.person = person
  }
  get page() {
    return this.person.page
  }

  press = (key: string) => this.page.keyboard.press(key)
  type = (text: string) => this.page.keyboard.type(text)
  at = () => this.page.evaluate(readStop)

  /** Tabs on until the stop is called so. */
  async tabsTo(name: string | RegExp, key = 'Tab') {
    const passed: string[] = []
    for (let stops = 0; stops < 50; stops += 1) {
      await this.press(key)
      const stop = await this.at()
      // After the last stop the browser itself has its turn, and then the page again.
      if (stop.isLost) continue
      assert.ok(stop.isSeen, `The focus on «${stop.name}» is not seen.`)
      assert.ok(!stop.isHidden, `«${stop.name}» has the focus under something else.`)
      if (typeof name === 'string' ? stop.name.startsWith(name) : name.test(stop.name)) return
      passed.push(stop.name)
    }
    assert.fail(`«${name}» is not reached by Tab, only ${passed.join(' · ')}`)
  }

  async isAt(name: string | RegExp) {
    const stop = await this.at()
    assert.ok(
      typeof name === 'string' ? stop.name.startsWith(name) : name.test(stop.name),
      `The focus is on «${stop.name}».`,
    )
  }
}

describe('Everything is done by keyboard alone', () => {
  let stage: Stage
  const tell = (sentence: string, story: () => Promise<void>) => {
    it(sentence, () => stage.watch(sentence, story))
  }
  const head = async () => new Keys(await stage.seated('Liu County', 'county-head'))
  before(async () => {
    stage = await Stage.open(() => Prepared.wholeCountry())
  })
  after(() => stage.close())
  afterEach(() => assert.deepEqual(stage.errors, []))

  tell('The first stop of a page skips to its content', async () => {
    const keys = await head()
    await keys.person.opens('/exits')
    await keys.tabsTo('跳到正文')
    await keys.press('Enter')
    await keys.page.locator('main:focus').waitFor()
    await keys.tabsTo('截至')
  })

  tell(
    'Ctrl+K finds Song County, Enter opens it with the focus on its title; Escape closes, and the focus is where it was',
    async () => {
      const keys = await head()
      await keys.person.opens('/exits')
      await keys.press('Control+k')
      await keys.type('松县')
      await keys.page.getByRole('option', { name: /松县/ }).first().waitFor()
      await keys.press('Enter')
      await keys.person.arrivesAt(/松县/)
      await keys.isAt(/松县/)
      await keys.tabsTo('截至')
      await keys.press('Control+k')
      await keys.page.getByRole('dialog').waitFor()
      await keys.press('Escape')
      await keys.page.getByRole('dialog').waitFor({ state: 'detached' })
      await keys.isAt('截至')
    },
  )

  tell('The language is switched, and the focus stays on its button', async () => {
    const keys = await head()
    await keys.person.opens('/notices')
    await keys.tabsTo('中 / EN')
    await keys.press('Enter')
    await keys.person.arrivesAt('Public notices')
    await keys.isAt('中 / EN')
    assert.equal(await keys.page.locator('html').getAttribute('lang'), 'en')
    await keys.page.reload()
    await keys.person.arrivesAt('Public notices')
  })

  tell('A panel opens with Enter and closes with Escape; the text grows, fits, and is remembered so', async () => {
    const keys = await head()
    await makeExaminable(keys.page.context())
    await keys.person.opens('/exits')
    const size = () =>
      keys.page.evaluate(() => Number.parseFloat(getComputedStyle(document.querySelector('main')!).fontSize))
    const before = await size()
    await keys.tabsTo('柳县 · 县长')
    await keys.press('Enter')
    await keys.press('Tab')
    await keys.press('Space')
    await keys.press('Escape')
    await keys.isAt('柳县 · 县长')
    assert.equal(await keys.page.getByLabel('大字').count(), 0)
    assert.ok((await size()) >= before * 1.2)
    for (const path of ['/', '/exits', '/charter', '/act/exit.propose'])
      for (const screen of [wide, narrow]) {
        await keys.page.setViewportSize(screen)
        await keys.person.opens(path)
        await settle(keys.page)
        assert.ok((await size()) >= before * 1.2, path)
        const over = await keys.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        assert.equal(over, 0, `${path} is ${over} px too wide for ${screen.width} in large text`)
      }
  })

  tell('The head of Liu County finds the form by name, fills it in, and signs it', async () => {
    const keys = await head()
    await keys.person.opens('/')
    await keys.press('Control+k')
    await keys.type('确认贫困发生率')
    await keys.page.getByRole('option', { name: /办理.*确认贫困发生率/ }).waitFor()
    await keys.press('Enter')
    await keys.person.arrivesAt('确认贫困发生率 · 柳县')
    const fields = {
      剩余贫困人口: '1900',
      农村人口: '150000',
      贫困村总数: '62',
      已退出贫困村: '60',
      数据截至: '2018-09-30',
    }
    for (const [label, value] of Object.entries(fields)) {
      await keys.tabsTo(label)
      await keys.type(value)
    }
    await keys.press('Enter')
    await keys.person.sees('可以办理。')
    await keys.tabsTo('签署并办理')
    await keys.press('Enter')
    await keys.person.arrivesAt('已办理：确认贫困发生率')
    await keys.isAt('已办理：确认贫困发生率')
  })

  tell('What can’t be undone asks first: Escape leaves it, and the focus is back on the button', async () => {
    const keys = new Keys(await stage.seated('Qingshan Province', 'governor'))
    await keys.person.opens(`/act/exit.revoke?unit=${stage.unit('Song County')}&year=2017`)
    await keys.tabsTo('理由')
    await keys.type('抽查发现错退')
    await keys.person.sees('可以办理。')
    await keys.tabsTo('签署并办理')
    await keys.press('Enter')
    await keys.person.sees('办了就不能撤销，确定吗？')
    await keys.press('Escape')
    await keys.page.getByRole('dialog').waitFor({ state: 'detached' })
    await keys.isAt('签署并办理')
    await keys.press('Enter')
    await keys.person.sees('办了就不能撤销，确定吗？')
    await keys.tabsTo('确定办理')
    await keys.press('Enter')
    await keys.person.arrivesAt(/^已办理/)
  })

  tell('A visitor finds a unit with the arrows, and sits down there', async () => {
    const keys = new Keys(await stage.visitor())
    await keys.person.opens('/sign-in')
    await keys.tabsTo('跳到正文')
    await keys.press('Enter')
    await keys.tabsTo('直接找单位')
    await keys.type('县')
    const options = keys.page.getByRole('option')
    await options.nth(1).waitFor()
    await keys.press('ArrowDown')
    const name = await options.and(keys.page.locator('[aria-selected=true]')).locator('span').first().textContent()
    await keys.press('Enter')
    await keys.person.sees(name ?? '', keys.person.card('任何职务').getByRole('navigation'))
    await keys.tabsTo(/进入.*县长/)
    await keys.press('Enter')
    await keys.person.arrivesAt('我的责任')
    await keys.person.sees(`${name} · 县长`)
  })
})

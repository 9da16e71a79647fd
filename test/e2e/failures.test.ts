import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, describe, it } from 'node:test'
import { get } from '#test/exit-walk.ts'
import { Prepared, written } from './prepare.ts'
import { Person, Stage } from './stage.ts'

const liu = 'Liu County'
const headcount = {
  剩余贫困人口: '1900',
  农村人口: '150000',
  贫困村总数: '62',
  已退出贫困村: '60',
  数据截至: '2018-09-30',
}
const valueOf = (person: Person, label: string) => person.page.getByLabel(label).first().inputValue()

describe('When something goes wrong, the screen says so in words, and nothing is lost', () => {
  let stage: Stage
  const tell = (sentence: string, story: () => Promise<void>) => {
    it(sentence, () => stage.watch(sentence, story))
  }
  before(async () => {
    stage = await Stage.open(() => Prepared.liuCounty())
  })
  after(() => stage.close())
  afterEach(() => assert.deepEqual(stage.errors, []))

  tell('To whom it is not a duty, the form says whose it is, by name, before anything is typed', async () => {
    const mayor = await stage.seated('Heyang City', 'mayor')
    await mayor.opens(`/act/exit.approve?unit=${stage.unit(liu)}&year=2018`)
    await mayor.sees(/不是你的职责/)
    await mayor.sees(/青山省 · 省长 某governor/)
    assert.ok(await mayor.page.getByRole('button', { name: '签署并办理' }).isDisabled())
  })

  tell('A page for those who hold a seat tells the public so, and leads to the seats', async () => {
    const citizen = await stage.visitor()
    await citizen.opens('/journal')
    await citizen.sees('这里的内容只对有职务的人开放。')
    await citizen.follows('登录', citizen.page.getByRole('main'))
    await citizen.arrivesAt('选择一个职务')
  })

  tell('An address that leads nowhere says so, and leads home', async () => {
    const head = await stage.seated(liu, 'county-head')
    for (const address of ['/nowhere', '/act/exit.forget', `/units/${randomUUID()}/more`]) {
      await head.opens(address)
      await head.arrivesAt('没有这个页面')
      await head.follows('回到我的责任', head.page.getByRole('main'))
      await head.arrivesAt('我的责任')
    }
  })

  tell('A unit, an exit and a notice that do not exist are told as such', async () => {
    const head = await stage.seated(liu, 'county-head')
    for (const kind of ['units', 'chain', 'people', 'policies', 'letters', 'journal', 'obligations']) {
      await head.page.goto(`/${kind}/${randomUUID()}`)
      await head.page.getByRole('main').getByRole('alert').getByText(/没有/).waitFor()
    }
    await head.page.goto(`/notices/${stage.unit(liu)}/2018/7`)
    await head.sees('没有这份公示。')
  })

  tell('Somebody whose session has ended keeps what they typed, signs in beside it, and goes on', async () => {
    const head = await stage.visitor()
    await head.opens('/')
    await head.takesSeat('柳县', '县长')
    await head.opens('/act/headcount.attest')
    await head.fills(headcount)
    await head.sees('可以办理。')
    await head.page.context().clearCookies()
    await head.presses('签署并办理')
    await head.sees('登录已失效，页面内容仍在。')
    await head.page.getByRole('banner').getByText('公众').waitFor()
    const [beside] = await Promise.all([
      head.page.waitForEvent('popup'),
      head.follows('登录', head.page.getByRole('main')),
    ])
    await new Person(beside, 'zh').takesSeat('柳县', '县长')
    await head.page.getByRole('banner').getByText('柳县 · 县长').waitFor()
    assert.equal(await valueOf(head, '农村人口'), '150000')
    await head.presses('签署并办理')
    await head.arrivesAt('已办理：确认贫困发生率')
  })

  tell('What others did in the meantime refuses an act: nothing is changed, and what was typed stays', async () => {
    const { walk, world } = stage.prepared
    await walk.does('headcount.attest', liu, 2018, {}, '2018-10-17')
    await walk.does('exit.propose', liu, 2018, {}, '2018-10-17')
    const mayor = await stage.seated('Heyang City', 'mayor')
    await mayor.opens(`/act/exit.review?unit=${stage.unit(liu)}&year=2018`)
    await mayor.fills({ 结论: '退回整改', 意见: written.returned })
    await mayor.sees('可以办理。')
    const withdrawal = { unit: stage.unit(liu), year: 2018, reason: '再核一遍数据' }
    await world.done(get('exit.withdraw'), withdrawal, { as: [liu, 'county-head'], on: '2018-10-17' })
    await mayor.presses('签署并办理')
    await mayor.sees('未予办理；什么也没有改变。')
    await mayor.sees(/柳县2018年的退出/, mayor.page.getByRole('alert'))
    assert.equal(await valueOf(mayor, '意见'), written.returned)
  })

  tell(
    'While the server is gone the page says so; when it is back, the same button reads it, and an act is done once',
    async () => {
      const head = await stage.seated(liu, 'county-head')
      await head.opens(`/units/${stage.unit(liu)}`)
      const elsewhere = await stage.seated(liu, 'county-head')
      await elsewhere.opens('/notices')
      const form = await stage.seated(liu, 'county-head')
      await form.opens('/act/headcount.attest')
      await form.fills(headcount)
      await form.sees('可以办理。')
      const before = await stage.server.countJournal()
      const server = await stage.vanish()
      await form.presses('签署并办理')
      await form.sees('连不上服务器；什么也没有改变。')
      assert.equal(await valueOf(form, '农村人口'), '150000')
      await head.follows('河阳市')
      await head.sees('连不上服务器；什么也没有改变。')
      await elsewhere.follows('章程')
      await elsewhere.arrivesAt('页面没有取到')
      await server.returns()
      await elsewhere.presses('重试')
      await elsewhere.arrivesAt('章程')
      await head.presses('重试')
      await head.arrivesAt('河阳市')
      await form.presses('签署并办理')
      await form.arrivesAt('已办理：确认贫困发生率')
      assert.equal(await stage.server.countJournal(), (before ?? 0) + 1)
    },
  )
})

describe('A production installation, as its people meet it', () => {
  let stage: Stage
  const password = 'correct horse battery'
  before(async () => {
    stage = await Stage.open(() => Prepared.liuCounty(), { mode: 'production' })
    const person = stage.prepared.world.person(liu, 'county-head')
    await stage.server.program.identity?.createAccount({
      person,
      name: 'Somebody',
      email: 'head@liu.example',
      password,
    })
  })
  after(() => stage.close())

  it('It asks for an e-mail address and a password, offers no seat, and has no day to move', async () => {
    const head = await stage.visitor()
    await head.opens('/')
    await head.arrivesAt('登录')
    await head.doesNotSee('进入')
    await head.doesNotSee('演示')
    await head.sees(/^今天/)
    await head.fills({ 邮箱: 'head@liu.example', 密码: 'not the password' })
    await head.presses('登录', head.page.getByRole('main'))
    await head.page.getByRole('main').getByRole('alert').waitFor()
    assert.equal(await valueOf(head, '邮箱'), 'head@liu.example')
    await head.fills({ 密码: password })
    await head.presses('登录', head.page.getByRole('main'))
    await head.arrivesAt('我的责任')
    await head.sees(/柳县 · 县长/)
    await head.doesNotSee('演示')
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { amountProblem, fenOfAmount, grouped, inCapitals, plainAmount } from './money.ts'

describe('An amount that somebody types', () => {
  it('Is read however it is written: thousands apart, full-width digits, with the sign of the yuan', () => {
    assert.equal(plainAmount(' ￥1，250,000.50 元'), '1250000.50')
    assert.equal(plainAmount('１２３'), '123')
  })
  it('Shows its thousands', () => {
    assert.equal(grouped('1250000.5'), '1,250,000.5')
    assert.equal(grouped('999'), '999')
    assert.equal(grouped('12x'), '12x')
  })
  it('Is told what is wrong with it in words', () => {
    assert.equal(amountProblem('1250000.50'), undefined)
    assert.match(amountProblem('-5')?.en ?? '', /below zero/)
    assert.match(amountProblem('0.00')?.en ?? '', /above zero/)
    assert.match(amountProblem('1.005')?.en ?? '', /two decimals/)
    assert.match(amountProblem('1e3')?.en ?? '', /digits/)
    assert.match(amountProblem('12345678901234')?.en ?? '', /13 digits/)
  })
  it('Is said in banking capitals to the fen', () => {
    const said = (amount: string) => inCapitals(fenOfAmount(amount))
    assert.equal(said('1250000.50'), '壹佰贰拾伍万元伍角整')
    assert.equal(said('10000'), '壹万元整')
    assert.equal(said('1001000'), '壹佰万零壹仟元整')
    assert.equal(said('100000001'), '壹亿零壹元整')
    assert.equal(said('0.05'), '伍分')
    assert.equal(said('3.07'), '叁元零柒分')
    assert.equal(said('2000000000000'), '贰万亿元整')
    assert.equal(said('2100000000000'), '贰万壹仟亿元整')
  })
})

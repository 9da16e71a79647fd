import type { Check } from '#kernel/check.ts'
import type { CheckSummary } from '#src/client/wire.ts'
import { type Command, exitCodes, isSet, textOption } from '../command.ts'
import { remoteOptions, signedIn } from '../remote.ts'
import type { Out } from '../say.ts'

/** Lists the checks, or what one of them finds as of a day. */
export const check: Command = {
  name: 'check',
  usage: '[ID [--summary]] [--on DAY] [--as UNIT/POST]',
  purpose: { zh: '列出核查规则，或一条规则查出的问题。', en: 'Lists the checks, or what one of them finds.' },
  options: { ...remoteOptions, on: { type: 'string' }, summary: { type: 'boolean' } },
  async run(given) {
    const { out } = given
    const client = await signedIn(given)
    const on = textOption(given, 'on')
    const [id] = given.words
    if (id === undefined) {
      const checks = await client.send<readonly Omit<Check, 'details'>[]>('GET', '/api/checks')
      if (out.json) out.print(JSON.stringify(checks, null, 2))
      else for (const each of checks) out.print(`${each.severity.padEnd(8)}  ${each.id}  ${out.say(each.title)}`)
      return exitCodes.done
    }
    if (isSet(given, 'summary')) return summary(await client.checkSummary(id, on === undefined ? {} : { on }), out)
    const told = await client.check(id, on === undefined ? {} : { on })
    if (out.json) out.print(JSON.stringify(told, null, 2))
    else {
      out.print(`${out.say(told.check.title)} · ${told.on} · ${told.total}`)
      for (const { label, since, record, unitName } of told.findings)
        out.print(`  ${since ?? '          '}  ${out.say(unitName)}  ${out.say(label)}  ${record}`)
      if (told.total > 0) out.print(`→ ${out.say(told.check.todo)}`)
    }
    return exitCodes.done
  },
}

function summary(told: CheckSummary, out: Out): number {
  if (out.json) out.print(JSON.stringify(told, null, 2))
  else {
    out.print(`${out.say(told.check.title)} · ${told.on} · ${told.total}`)
    for (const { unitName, total } of told.units) out.print(`  ${String(total).padStart(8)}  ${out.say(unitName)}`)
  }
  return exitCodes.done
}

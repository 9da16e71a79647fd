import type { Told } from '#kernel/outcome.ts'
import type { Problem } from '#src/client/wire.ts'
import { exitCodes } from './command.ts'
import type { Out } from './say.ts'

/** A reason in a line, with how to put it right and what it stands on below. */
export function tellReasons(reasons: readonly Told[], mark: string, out: Out) {
  for (const { code, sentence, remedy, cites } of reasons) {
    out.print(`${mark} ${out.say(sentence)}  [${code}${cites ? ` · ${cites}` : ''}]`)
    if (remedy) out.print(`  → ${out.say(remedy)}`)
  }
}

/** What the server did not do, and why, for a person at a terminal. */
export function tellProblem(problem: Problem, out: Out): number {
  if (out.json) out.print(JSON.stringify(problem, null, 2))
  else {
    out.note(problem.sentence ? out.say(problem.sentence) : problem.title)
    tellReasons(problem.refusals ?? [], '✗', out)
    for (const { field, problem: each } of problem.issues ?? []) out.print(`✗ ${field}: ${out.say(each)}`)
    if (problem.duty && problem.unit) out.print(`  ${out.say(problem.duty.title)} · ${out.say(problem.unit.name)}`)
    if (problem.incident) out.print(`  ${problem.incident}`)
  }
  if (problem.status >= 500 && problem.incident) return exitCodes.bug
  return problem.status === 400 ? exitCodes.usage : exitCodes.refused
}

import highsModule, { type Highs, type HighsCallbackMap, type Model } from 'highs'
import type { Program, SearchLimits, SearchProgress, Solution } from './program.ts'

/** The package's types speak of its CommonJS form, where the loader lies under `default`; its module form is the loader itself. */
const loadHighs = highsModule as unknown as typeof highsModule.default

const MEMORY_BYTES_MAX = 768 * 1024 * 1024

/** What a search may be given beside the program. */
type Asked = {
  readonly limits: SearchLimits
  /** Broken numbers are enough: gives prices, too. */
  readonly isRelaxed?: boolean
  /** An answer to begin with, so that none worse is given. */
  readonly start?: Float64Array | undefined
  readonly heard?: (progress: SearchProgress) => void
  /** Asked now and then whether to go on. */
  readonly isStopped?: () => boolean
}

/** Solves one program after another, each from a clean slate: the same program, limits and seed give the same answer. */
export type Solver = { readonly version: string; solve(program: Program, asked: Asked): Solution }

/** HiGHS as WebAssembly. It blocks the thread that it runs on, so it belongs into a thread of its own. */
export async function openSolver(): Promise<Solver> {
  const highs = await loadHighs()
  return { version: highs.version.string, solve: (program, asked) => solve(highs, program, asked) }
}

function solve(highs: Highs, program: Program, asked: Asked): Solution {
  const { limits, isRelaxed = false, start } = asked
  if (program.columns.length === 0) return nothingToChoose(program)
  return highs.withModel(modelOf(highs, program, isRelaxed), (model: Model): Solution => {
    model.options.set({
      output_flag: false,
      time_limit: Math.max(0.01, limits.msMax / 1000),
      mip_rel_gap: limits.gap,
      mip_abs_gap: 1e-6,
      mip_max_nodes: limits.nodesMax,
      random_seed: limits.seed,
    })
    if (start && !isRelaxed) model.setSolution({ colValue: start })
    const begun = performance.now()
    const watch: Watch = { stoppedBy: null }
    model.run(isRelaxed ? {} : callbacks(highs, asked, watch, begun))
    return read(highs, model, isRelaxed, watch, performance.now() - begun)
  })
}

type Watch = { stoppedBy: 'memory' | 'asked' | null }

function callbacks(highs: Highs, { heard, isStopped }: Asked, watch: Watch, begun: number): HighsCallbackMap {
  const { callbackType } = highs.constants
  return {
    [callbackType.mipLogging]: ({ data }) => {
      heard?.({
        worth: finite(data.mip_primal_bound),
        bound: finite(data.mip_dual_bound),
        ms: performance.now() - begun,
      })
      return undefined
    },
    [callbackType.mipInterrupt]: (event) => {
      if (highs.memoryBytes > MEMORY_BYTES_MAX) watch.stoppedBy = 'memory'
      else if (isStopped?.()) watch.stoppedBy = 'asked'
      if (watch.stoppedBy) event.interrupt()
      return undefined
    },
  }
}

const finite = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : null)

function read(highs: Highs, model: Model, isRelaxed: boolean, watch: Watch, ms: number): Solution {
  const status = model.getModelStatus()
  const { modelStatus, solutionStatus } = highs.constants
  const isBest = status === modelStatus.optimal
  const has = model.info.get('primal_solution_status') === solutionStatus.feasible
  const isImpossible = status === modelStatus.infeasible || status === modelStatus.unboundedOrInfeasible
  const { colValue, rowDual } = model.getSolution()
  const worth = has ? model.getObjectiveValue() : Number.NEGATIVE_INFINITY
  const bound = isRelaxed ? worth : Number(model.info.get('mip_dual_bound'))
  return {
    ending: isBest ? 'best' : isImpossible ? 'impossible' : 'cut',
    cutBy: isBest || isImpossible ? null : (watch.stoppedBy ?? (status === modelStatus.timeLimit ? 'time' : 'nodes')),
    values: has ? colValue : null,
    worth,
    bound,
    prices: isRelaxed && isBest ? rowDual : null,
    nodes: isRelaxed ? 0 : Math.max(0, Number(model.info.get('mip_node_count'))),
    ms,
  }
}

/** The program column by column, as the solver takes it in. */
function modelOf(highs: Highs, { rows, columns }: Program, isRelaxed: boolean) {
  const starts = new Int32Array(columns.length + 1)
  columns.forEach((column, at) => (starts[at + 1] = starts[at]! + column.entries.length))
  const entries = columns.flatMap((column) => column.entries)
  const { integer, continuous } = highs.constants.variableType
  return {
    numCols: columns.length,
    numRows: rows.length,
    sense: highs.constants.objectiveSense.maximize,
    colCost: Float64Array.from(columns, (column) => column.worth),
    colLower: new Float64Array(columns.length),
    colUpper: Float64Array.from(columns, (column) => column.upper),
    rowLower: Float64Array.from(rows, (row) => row.lower ?? -highs.infinity),
    rowUpper: Float64Array.from(rows, (row) => row.upper ?? highs.infinity),
    matrix: {
      format: 'csc' as const,
      numRows: rows.length,
      numCols: columns.length,
      starts,
      indices: Int32Array.from(entries, ([row]) => row),
      values: Float64Array.from(entries, ([, value]) => value),
    },
    ...(!isRelaxed && {
      integrality: Int32Array.from(columns, (column) => (column.isWhole ? integer : continuous)),
    }),
  }
}

/** Without a variable there is one answer, if the rows bear it. */
function nothingToChoose({ rows }: Program): Solution {
  const isPossible = rows.every((row) => (row.lower ?? 0) <= 0 && (row.upper ?? 0) >= 0)
  const shared = { cutBy: null, nodes: 0, ms: 0 } as const
  return isPossible
    ? {
        ...shared,
        ending: 'best',
        values: new Float64Array(),
        worth: 0,
        bound: 0,
        prices: new Float64Array(rows.length),
      }
    : { ...shared, ending: 'impossible', values: null, worth: -Infinity, bound: -Infinity, prices: null }
}

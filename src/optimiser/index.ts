export type { Column, Program, Row, SearchLimits, SearchProgress } from './program.ts'
export { type Ended, type Heard, Occupied, type Run, Runs, type Workbench } from './runs.ts'
export { openSolver, type Solver } from './solver.ts'

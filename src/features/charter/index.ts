export { adoptCharter } from './adopt.ts'

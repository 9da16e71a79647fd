export { adoptCharter, digestOf } from './adopt.ts'

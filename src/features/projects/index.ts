export { ProjectKind, projectKinds } from './kinds.ts'

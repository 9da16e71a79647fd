import { coordinateProjects } from './coordinate.ts'
import { deviseMajorProject } from './devise.ts'
import { divideMajorProject } from './divide.ts'
import { reviseMajorProject } from './revise.ts'
import { uncoordinateProjects } from './uncoordinate.ts'
import { updateLibrary } from './update-library.ts'

export { ProjectKind, projectKinds } from './kinds.ts'

export const acts = [
  deviseMajorProject,
  reviseMajorProject,
  divideMajorProject,
  coordinateProjects,
  uncoordinateProjects,
  updateLibrary,
] as const

import { admitProjects } from './admit.ts'
import { argueProjects } from './argue.ts'
import { assignProjects } from './assign.ts'
import { coordinateProjects } from './coordinate.ts'
import { deviseMajorProject } from './devise.ts'
import { divideMajorProject } from './divide.ts'
import { noticeProjects } from './notice.ts'
import { proposeProjects } from './propose.ts'
import { reviseMajorProject } from './revise.ts'
import { uncoordinateProjects } from './uncoordinate.ts'
import { updateLibrary } from './update-library.ts'

export { ProjectId } from './batch.ts'
export { findProjects, type FoundProject } from './find.ts'
export { ProjectKind, projectKinds } from './kinds.ts'

export const acts = [
  deviseMajorProject,
  reviseMajorProject,
  divideMajorProject,
  proposeProjects,
  argueProjects,
  noticeProjects,
  admitProjects,
  assignProjects,
  coordinateProjects,
  uncoordinateProjects,
  updateLibrary,
] as const

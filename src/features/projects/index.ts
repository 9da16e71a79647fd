import { acceptProjects } from './accept.ts'
import { admitProjects } from './admit.ts'
import { argueProjects } from './argue.ts'
import { assignProjects } from './assign.ts'
import { coordinateProjects } from './coordinate.ts'
import { listCoordinations } from './coordinations.ts'
import { deviseMajorProject } from './devise.ts'
import { divideMajorProject } from './divide.ts'
import { libraryFigures } from './figures.ts'
import { handOverProjects } from './hand-over.ts'
import { libraryErrors, libraryFile } from './import-file.ts'
import { importLibrary } from './import.ts'
import { listLibraryUpdates } from './library.ts'
import { projectLinks } from './links.ts'
import { findProjectChoices } from './choices.ts'
import { listProjects } from './list.ts'
import { findAreaProjects, findMajorChoices } from './major-choices.ts'
import { librariesUpdated, majorPartsCovered, majorSharesDivided, projectsCrossCounty } from './major-figures.ts'
import { listMajorProjects } from './major-list.ts'
import { listServingProjects, showMajorProject } from './major-show.ts'
import { listMilestones } from './milestones.ts'
import { noticeProjects } from './notice.ts'
import { proposeProjects } from './propose.ts'
import { reportProjects } from './report.ts'
import { reviseMajorProject } from './revise.ts'
import { showProject } from './show.ts'
import { startProjects } from './start.ts'
import { takeOverProjects } from './take-over.ts'
import { uncoordinateProjects } from './uncoordinate.ts'
import { updateLibrary } from './update-library.ts'
import { withdrawProjects } from './withdraw.ts'

export { findProjects } from './find.ts'
export { libraryErrors, libraryFile } from './import-file.ts'
export { importLibrary } from './import.ts'
export { libraryTemplate, markedLibrary } from './import-sheets.ts'
export { stageLibrary } from './import-stage.ts'
export { ProjectKind, projectKinds } from './kinds.ts'

export const acts = [
  deviseMajorProject,
  reviseMajorProject,
  divideMajorProject,
  proposeProjects,
  importLibrary,
  argueProjects,
  noticeProjects,
  admitProjects,
  assignProjects,
  startProjects,
  reportProjects,
  acceptProjects,
  handOverProjects,
  withdrawProjects,
  takeOverProjects,
  coordinateProjects,
  uncoordinateProjects,
  updateLibrary,
] as const
export const asks = [
  listProjects,
  showProject,
  findProjectChoices,
  listMilestones,
  libraryFile,
  libraryErrors,
  listMajorProjects,
  showMajorProject,
  listServingProjects,
  findMajorChoices,
  findAreaProjects,
  listCoordinations,
  listLibraryUpdates,
] as const
export const figures = [
  ...libraryFigures,
  majorSharesDivided,
  majorPartsCovered,
  projectsCrossCounty,
  librariesUpdated,
] as const
export const links = [projectLinks] as const

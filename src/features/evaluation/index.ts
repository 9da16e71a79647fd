import { appealAssessment } from './assess-appeal.ts'
import { assessmentBoard } from './assess-board.ts'
import { findAssessments, findConsequences, findIndicators, findVetoes } from './assess-choices.ts'
import { assessmentsAppealed, assessmentsSigned } from './assess-figures.ts'
import { followAssessment } from './assess-follow.ts'
import type { FiguresOf } from './assess-known.ts'
import { openAssessment } from './assess-open.ts'
import { reportOwnResults } from './assess-report.ts'
import { returnOwnReport } from './assess-return.ts'
import { recomputeAssessment, showAssessment } from './assess-show.ts'
import { signAssessment } from './assess-sign.ts'
import { verifyResults } from './assess-verify.ts'
import { adoptWeights } from './assess-weights.ts'
import { listWeights } from './assess-weights-list.ts'
import { enterAnswers } from './sample-answers.ts'
import { closeEvaluation } from './sample-close.ts'
import { commitSeed } from './sample-commit.ts'
import { designEvaluation } from './sample-design.ts'
import { drawEvaluation } from './sample-draw.ts'
import { listEvaluations } from './sample-list.ts'
import { evaluationPrecision } from './sample-precision.ts'
import { recomputeEvaluation } from './sample-recompute.ts'
import { showEvaluation } from './sample-show.ts'

export { type GivenAnswer } from './sample-answers.ts'
export { codeOf, commitmentOf, drawSample, drawSeed } from './sample-drawn.ts'
export { answersCsv, checkAnswerFile, frameCsv } from './sample-files.ts'
export { checkFrameFile } from './sample-frame-file.ts'
export { type Design, madeUpTotals, madeUpVillages } from './sample-frame.ts'
export { planCounty } from './sample-plan.ts'
export { paperOf, questionnaires } from './sample-questionnaires.ts'
export { answerSheet } from './sample-sheets.ts'
export { sampleWaiting } from './sample-waiting.ts'

export const acts = [designEvaluation, commitSeed, drawEvaluation, enterAnswers, closeEvaluation] as const
export const asks = [listEvaluations, showEvaluation, evaluationPrecision, recomputeEvaluation] as const

/** An assessment reads the programme's figures; they are given when the slice is assembled. */
export const assessActs = (figuresOf: FiguresOf) =>
  [
    adoptWeights,
    openAssessment,
    reportOwnResults(figuresOf),
    returnOwnReport,
    verifyResults(figuresOf),
    signAssessment,
    appealAssessment,
    followAssessment,
  ] as const
const assessChoices = [findAssessments, findIndicators, findVetoes, findConsequences] as const
export const assessAsks = (figuresOf: FiguresOf) =>
  [assessmentBoard, showAssessment(figuresOf), recomputeAssessment, listWeights, ...assessChoices] as const
export const figures = [assessmentsSigned, assessmentsAppealed] as const

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

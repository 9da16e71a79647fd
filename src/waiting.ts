import { sampleWaiting } from '#features/evaluation/index.ts'
import { inspectionWaiting } from '#features/supervision/index.ts'
import type { WaitingFor } from '#kernel/waiting.ts'

/** What waits for somebody and has no obligation of its own, one line for each slice. */
export const waiting: readonly WaitingFor[] = [sampleWaiting, inspectionWaiting]

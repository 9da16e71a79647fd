import type {} from './tables.ts'
import { declineLetter } from './decline.ts'
import { dueLetters } from './due.ts'
import { lettersSigned, lettersWaiting } from './figures.ts'
import { letterLinks } from './links.ts'
import { listLetters } from './list.ts'
import { offerLetter } from './offer.ts'
import { showLetter, verifyLetter } from './show.ts'
import { signLetter } from './sign.ts'

export { isLetterComplete } from './find.ts'
export { letterPdf } from './pdf.ts'
export { declineLetter, offerLetter, signLetter }

export const acts = [offerLetter, signLetter, declineLetter] as const
export const asks = [listLetters, showLetter, dueLetters, verifyLetter] as const
export const figures = [lettersSigned, lettersWaiting] as const
export const links = [letterLinks] as const

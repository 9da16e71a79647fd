import type {} from './tables.ts'

export const acts = [] as const
export const asks = [] as const
export const figures = [] as const

import type { Workbench } from '#src/optimiser/index.ts'

/** Work that goes wrong in the ways that work goes wrong, for those who have to live with it. */
export function work(
  how: 'fine' | 'throws' | 'dies' | 'hangs' | 'waits' | 'eats',
  { heard, isStopped }: Workbench,
): string {
  heard({ step: how, worth: null, bound: null })
  if (how === 'throws') throw new Error('out of its depth')
  if (how === 'dies') process.exit(7)
  const kept: number[][] = []
  while (how === 'eats') kept.push(Array.from({ length: 100_000 }, (_, at) => at + kept.length))
  while (how === 'hangs');
  while (how === 'waits' && !isStopped());
  return how
}

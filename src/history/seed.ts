import { createHash } from 'node:crypto'

/** Everything that the replay makes up follows from this seed, so that it is the same on every machine. */
export const historySeed = 'zeren 2015-2020'

/** A number in [0, 1) that follows from a name alone. */
export function share(name: string): number {
  const digest = createHash('sha256').update(`${historySeed}/${name}`).digest()
  return digest.readUIntBE(0, 6) / 2 ** 48
}

/** A whole number from `min` to `max`, both included, that follows from a name alone. */
export const whole = (name: string, min: number, max: number): number => min + Math.floor(share(name) * (max - min + 1))

/** Whether one of so many comes up, by a name alone. */
export const happens = (name: string, probability: number): boolean => share(name) < probability

export const oneOf = <T>(name: string, choices: readonly [T, ...T[]]): T =>
  choices[whole(name, 0, choices.length - 1)] ?? choices[0]

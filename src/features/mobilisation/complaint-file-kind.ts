import { z } from 'zod'
import type { Line, RefusalText, Refuse } from '#kernel/act.ts'

/** What an enclosure may weigh; the database says the same. */
export const FILE_BYTES_MAX = 2 * 1024 * 1024

/** Each kind of file that is taken: how its name ends, and how every such file begins. */
const kinds = {
  'image/jpeg': { endings: ['jpg', 'jpeg'], begins: [0xff, 0xd8, 0xff] },
  'image/png': { endings: ['png'], begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  'application/pdf': { endings: ['pdf'], begins: [...Buffer.from('%PDF-')] },
} as const
type FileType = keyof typeof kinds
const fileTypes = Object.keys(kinds) as FileType[]

/** A file that goes with what somebody says; what it is called is theirs too. */
export const Enclosure = z
  .object({
    name: z.string().trim().min(1).max(120),
    /** What the sender’s program takes it for. */
    type: z.string().max(100).optional(),
    content: z.base64().max(Math.ceil(FILE_BYTES_MAX / 3) * 4),
  })
  .optional()
  .meta({
    label: { zh: '附件（JPEG、PNG、PDF，不超过 2 MB）', en: 'Enclosure (JPEG, PNG or PDF, at most 2 MB)' },
    personal: true,
  })
export type Enclosure = z.output<typeof Enclosure>

export const enclosureRefusals = {
  'file-not-taken': {
    zh: '附件“{name}”不是 JPEG、PNG 或 PDF。',
    en: 'The enclosure «{name}» is no JPEG, PNG or PDF.',
    topic: { zh: '附件格式', en: 'the kind of the enclosure' },
    remedy: { zh: '改用 JPEG、PNG 或 PDF 文件。', en: 'Enclose it as JPEG, PNG or PDF.' },
  },
  'file-not-what-it-says': {
    zh: '附件“{name}”的内容与名称或类型不符。',
    en: 'The enclosure «{name}» holds something other than its name or type says.',
    topic: { zh: '附件内容与名称相符', en: 'the enclosure is what it says' },
    notJudgedWith: ['file-not-taken'],
    remedy: { zh: '换一个能正常打开的文件。', en: 'Enclose a file that opens as what it is called.' },
  },
} as const satisfies Record<string, RefusalText>

const typeByName = (name: string): FileType | undefined => {
  const ending = name.toLowerCase().split('.').at(-1) ?? ''
  return fileTypes.find((type) => (kinds[type].endings as readonly string[]).includes(ending))
}

/** What a file is by its name, and whether its first bytes and its sender say the same. */
export function readEnclosure(file: Enclosure) {
  if (!file) return undefined
  const content = Buffer.from(file.content, 'base64')
  const type = typeByName(file.name)
  const begins = type && kinds[type].begins.every((byte, at) => content[at] === byte)
  const isSaid = file.type === undefined || file.type === '' || file.type === type
  return { name: file.name, type, content, isWhatItSays: begins === true && isSaid }
}
export type ReadEnclosure = ReturnType<typeof readEnclosure>

export const enclosureLines = (
  file: ReadEnclosure,
  refuse: Refuse<keyof typeof enclosureRefusals>,
): Line<keyof typeof enclosureRefusals>[] => [
  file === undefined || file.type !== undefined || refuse('file-not-taken', { name: file.name }),
  file === undefined ||
    file.type === undefined ||
    file.isWhatItSays ||
    refuse('file-not-what-it-says', { name: file.name }),
]

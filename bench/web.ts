import { firstPageBytesMax, firstPageScript } from '../scripts/size.ts'
import { report } from './world.ts'

const { files, gzipBytes } = firstPageScript()
report({
  claim: 'The first page asks for less than 350 kB of script, gzip',
  measured: `${(gzipBytes / 1000).toFixed(0)} kB in ${files} files`,
  against: `limit ${firstPageBytesMax / 1000} kB`,
  ratio: gzipBytes / firstPageBytesMax,
  isMet: gzipBytes < firstPageBytesMax,
})

import { Page, useSay } from '#web/parts/index.ts'
import { words } from './library-words.tsx'

export default function LibraryPage() {
  const { say } = useSay()
  return <Page title={say(words.library)}>{null}</Page>
}

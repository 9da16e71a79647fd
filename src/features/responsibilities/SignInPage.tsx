import { Page, useSay } from '#web/parts/index.ts'

export default function SignInPage() {
  const { t } = useSay()
  return <Page title={t('signIn')}>…</Page>
}

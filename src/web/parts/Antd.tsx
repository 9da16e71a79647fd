import { ConfigProvider, type ThemeConfig } from 'antd'
import enUS from 'antd/es/locale/en_US.js'
import zhCN from 'antd/es/locale/zh_CN.js'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import type { ComponentProps, ReactNode } from 'react'
import { useSay, type Language } from '../language.ts'

const BASE_PX = 14

type Locale = NonNullable<ComponentProps<typeof ConfigProvider>['locale']>
// The compiler takes antd's files for CommonJS and wraps their default; the bundler reads them as the modules that they are.
const locales = { zh: zhCN, en: enUS } as unknown as Record<Language, Locale>

const theme = (): ThemeConfig => ({
  token: {
    colorPrimary: '#b3261e',
    colorInfo: '#1f5fbf',
    colorLink: '#1f5fbf',
    colorText: '#1f2430',
    colorTextPlaceholder: '#697182',
    colorBorder: '#8b94a3',
    borderRadius: 7,
    fontFamily: 'var(--sans)',
    fontSize: document.documentElement.hasAttribute('data-large') ? BASE_PX * 1.25 : BASE_PX,
  },
})

/** Makes antd speak the reader's language and look like the house. */
export function Antd({ children }: { children: ReactNode }) {
  const { language } = useSay()
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
  return (
    <ConfigProvider locale={locales[language]} theme={theme()}>
      {children}
    </ConfigProvider>
  )
}

import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef, type ReactNode } from 'react'
import { useSay } from '../language.ts'

type Props = {
  readonly title: string
  /** The language of a title that somebody wrote. */
  readonly titleLanguage?: 'zh' | 'en'
  /** One line below the title: where we are, what this is. */
  readonly sub?: ReactNode
  /** What stands beside the title: a light, the made-up mark. */
  readonly mark?: ReactNode
  /** What stands at the right of the title: the day, buttons. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

let isFirstPage = true

/** A page with its title; a change of page moves the focus to it, so that a screen reader says where one is. */
export function Page({ title, titleLanguage, sub, mark, aside, children }: Props) {
  const { t } = useSay()
  const heading = useRef<HTMLHeadingElement>(null)
  const path = useLocation({ select: (location) => location.pathname })
  useEffect(() => {
    if (!isFirstPage) heading.current?.focus({ preventScroll: true })
    isFirstPage = false
  }, [path])
  return (
    <>
      <title>{`${title} · ${t('brand')}`}</title>
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1} lang={titleLanguage}>
          {title}
        </h1>
        {mark}
        {aside && <div className="push">{aside}</div>}
      </div>
      <div className="page-sub sub">{sub}</div>
      {children}
    </>
  )
}

import { Link, type LinkProps } from '@tanstack/react-router'
import type { ComponentProps, ReactNode } from 'react'

type Props = Omit<ComponentProps<'a'>, 'href'> & {
  readonly to: string
  readonly children: ReactNode
  /** When the link counts as the page that is shown; by default also on the pages below it. */
  readonly activeOptions?: LinkProps['activeOptions']
}

/** A link within the app; takes a whole path with its query, such as the `record` of a figure or a link. */
export function Go({ to, children, ...rest }: Props) {
  const { pathname, searchParams, hash } = new URL(to, 'http://app')
  const target = { to: pathname, search: Object.fromEntries(searchParams), ...(hash && { hash: hash.slice(1) }) }
  return (
    <Link {...(target as unknown as LinkProps)} {...(rest as object)}>
      {children}
    </Link>
  )
}

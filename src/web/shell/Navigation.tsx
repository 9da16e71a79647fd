import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useSay } from '../language.ts'
import { allPages, navigation } from '../navigation.ts'
import { Go } from '../parts/Go.tsx'
import { useHasPage } from '../route.ts'
import { hadSeat, useSession } from '../session.ts'
import type { Word } from '../words.ts'

const isHere = (path: string, to: string) => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`))

/** The way that leads nearest to a page: `/projects/major/…` lies under `/projects` too, and only one of them is here. */
const nearest = (path: string): string | undefined =>
  allPages.filter(({ to }) => isHere(path, to)).toSorted((a, b) => b.to.length - a.to.length)[0]?.to

const usePath = () => useLocation({ select: (location) => location.pathname })

/** Somebody who neither holds a seat nor just lost one. */
function useIsVisitor(): boolean {
  const session = useSession()
  return session !== undefined && session.actor === null && !hadSeat()
}

function Items() {
  const { t } = useSay()
  const path = usePath()
  const hasPage = useHasPage()
  const isVisitor = useIsVisitor()
  const groups = navigation
    .map(({ title, items }) => ({
      title,
      items: items.filter(({ to, seated }) => hasPage(to) && !(seated && isVisitor)),
    }))
    .filter(({ items }) => items.length > 0)
  const told = groups.map(({ title, items }) => (
    <div key={items[0]?.to} className="group">
      {title && <span className="group-title">{t(title)}</span>}
      {items.map(({ to, word }) => (
        <Go
          key={to}
          to={to}
          className="item"
          activeOptions={{ exact: true }}
          aria-current={to === nearest(path) ? 'page' : undefined}
        >
          {t(word)}
        </Go>
      ))}
    </div>
  ))
  return (
    <>
      {told}
      <div className="group">
        {/* Pages of the server's own, which need no script. */}
        <a href="/public" className="item">
          {t('publicSite')}
        </a>
      </div>
    </>
  )
}

export function SideBar() {
  const { t } = useSay()
  return (
    <nav className="side" aria-label={t('navigation')}>
      <Go to="/" className="brand">
        <b lang="zh-CN">责任</b> <span lang="en">Zeren</span>
      </Go>
      <Items />
    </nav>
  )
}

type Shortcut = { readonly to: string; readonly word: Word; readonly lines: string }
const shortcuts: readonly Shortcut[] = [
  { to: '/', word: 'homeShort', lines: 'M3 11l9-8 9 8M6 9v11h12V9' },
  { to: '/chain', word: 'chain', lines: 'M8 4v16M4 16l4 4 4-4M16 20V4M12 8l4-4 4 4' },
  { to: '/figures', word: 'figures', lines: 'M5 20v-7M12 20V5M19 20v-10' },
]
const noticesLines = 'M5 4h14v16H5zM9 9h6M9 13h6'
const visitorShortcuts = shortcuts.map((each): Shortcut =>
  each.to === '/chain' ? { to: '/notices', word: 'notices', lines: noticesLines } : each,
)
const moreLines = 'M4 6h16M4 12h16M4 18h16'

const Sign = ({ lines }: { lines: string }) => (
  <svg
    width="20"
    height="20"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="2"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden
  >
    <path d={lines} />
  </svg>
)

/** On a phone: the three pages that are looked at most, and the drawer with all others. */
export function BottomBar() {
  const { t } = useSay()
  const path = usePath()
  const isVisitor = useIsVisitor()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <nav className="bottom" aria-label={t('navigation')}>
        {(isVisitor ? visitorShortcuts : shortcuts).map(({ to, word, lines }) => (
          <Go key={to} to={to} aria-current={isHere(path, to) ? 'page' : undefined}>
            <Sign lines={lines} />
            {t(word)}
          </Go>
        ))}
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(true)}>
          <Sign lines={moreLines} />
          {t('more')}
        </button>
      </nav>
      {isOpen && <Drawer key={path} onClose={() => setOpen(false)} />}
    </>
  )
}

function Drawer({ onClose }: { onClose: () => void }) {
  const { t } = useSay()
  const path = usePath()
  const [opened] = useState(path)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (path === opened) dialog.current?.showModal()
    else onClose()
  }, [path, opened, onClose])
  return (
    <dialog ref={dialog} className="drawer" aria-label={t('navigation')} onClose={onClose} onClick={onClose}>
      <div className="side">
        <div className="row" style={{ justifyContent: 'space-between' }}>
          <span className="brand">
            <b lang="zh-CN">责任</b> <span lang="en">Zeren</span>
          </span>
          <button type="button" className="btn tight" onClick={onClose}>
            {t('close')}
          </button>
        </div>
        <Items />
      </div>
    </dialog>
  )
}

import { useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Text } from '#kernel/words.ts'
import { useAsk } from '../ask.ts'
import { useSay } from '../language.ts'
import { allPages } from '../navigation.ts'
import { useGo, useHasPage } from '../route.ts'
import { words, type Word } from '../words.ts'

type Found = {
  readonly kind: 'unit' | 'person' | 'act' | 'duty' | 'document' | 'figure' | 'page'
  readonly label: Text
  readonly about: Text
  readonly to: string
}

const kindWord: Record<Found['kind'], Word> = {
  unit: 'kindUnit',
  person: 'kindPerson',
  act: 'kindAct',
  duty: 'kindDuty',
  document: 'kindDocument',
  figure: 'kindFigure',
  page: 'kindPage',
}

const pagesOf = (hasPage: (path: string) => boolean): readonly Found[] =>
  allPages.flatMap(({ to, word }) =>
    hasPage(to) ? [{ kind: 'page' as const, label: words[word], about: { zh: '', en: '' }, to }] : [],
  )

/** Ctrl+K: goes anywhere by name — a unit, a person, a document, or a thing to do. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t, say } = useSay()
  const go = useGo()
  const id = useId()
  const hasPage = useHasPage()
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const asked = useDeferredValue(text.trim())
  const { data, isFetching } = useAsk('find.anything', { text: asked }, { enabled: asked !== '' })
  useEffect(() => dialog.current?.showModal(), [])

  const found = useMemo(() => {
    const needle = asked.toLowerCase()
    const pages = pagesOf(hasPage)
    const own = pages.filter(({ label }) => label.zh.includes(needle) || label.en.toLowerCase().includes(needle))
    return asked === '' ? pages : [...own, ...((data?.found ?? []) as readonly Found[])]
  }, [asked, data, hasPage])
  const chosen = Math.min(at, found.length - 1)
  const open = (one: Found | undefined) => {
    if (!one) return
    onClose()
    go(one.to)
  }
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('find')}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <input
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={found.length > 0 ? `${id}-${chosen}` : undefined}
        aria-label={t('find')}
        placeholder={t('find')}
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, chosen + 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(0, chosen - 1))
          else if (event.key === 'Enter') open(found[chosen])
          else return
          event.preventDefault()
        }}
      />
      <div role="listbox" id={id} aria-label={t('find')}>
        {found.map((one, place) => (
          <div
            key={`${one.kind} ${one.to}`}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === chosen}
            ref={(element) => {
              if (place === chosen) element?.scrollIntoView({ block: 'nearest' })
            }}
            onClick={() => open(one)}
            onPointerMove={() => setAt(place)}
          >
            <span className="kind">{t(kindWord[one.kind])}</span>
            <span>{say(one.label)}</span>
            <span className="sub small push">{say(one.about)}</span>
          </div>
        ))}
        {found.length === 0 && (
          <p className="sub" style={{ padding: '8px 12px', margin: 0 }}>
            {isFetching ? t('loading') : t(asked === '' ? 'findHint' : 'findNothing')}
          </p>
        )}
      </div>
    </dialog>
  )
}

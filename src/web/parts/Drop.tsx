import { useEffect, useId, useRef, useState, type ReactNode } from 'react'

/** A button that opens a small panel; Escape and a click elsewhere close it. */
export function Drop({
  label,
  mark,
  name,
  look,
  children,
}: {
  label: ReactNode
  mark?: ReactNode
  name?: string
  look?: string
  children: (close: () => void) => ReactNode
}) {
  const [isOpen, setOpen] = useState(false)
  const [side, setSide] = useState<'left' | 'right'>('right')
  const whole = useRef<HTMLSpanElement>(null)
  const id = useId()
  useEffect(() => {
    if (!isOpen) return undefined
    const leave = (event: Event) => {
      if (!whole.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', leave)
    document.addEventListener('focusin', leave)
    return () => {
      document.removeEventListener('pointerdown', leave)
      document.removeEventListener('focusin', leave)
    }
  }, [isOpen])
  return (
    <span
      className="drop"
      ref={whole}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        setOpen(false)
        whole.current?.querySelector('button')?.focus()
      }}
    >
      <button
        type="button"
        className={look}
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={name}
        onClick={(event) => {
          const { left, right } = event.currentTarget.getBoundingClientRect()
          setSide((left + right) / 2 < innerWidth / 2 ? 'left' : 'right')
          setOpen(!isOpen)
        }}
      >
        {label} {mark} <span className="caret" aria-hidden />
      </button>
      {isOpen && (
        <div className={`panel ${side}`} id={id}>
          {children(() => setOpen(false))}
        </div>
      )}
    </span>
  )
}

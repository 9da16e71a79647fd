import { useEffect, useId, useRef, useState, type ReactNode } from 'react'

/** A button that opens a small panel; Escape and a click elsewhere close it. */
export function Drop({ label, name, look, children }: { label: ReactNode; name?: string; look?: string; children: (close: () => void) => ReactNode }) {
  const [isOpen, setOpen] = useState(false)
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
      <button type="button" className={look} aria-expanded={isOpen} aria-controls={id} aria-label={name} onClick={() => setOpen(!isOpen)}>
        {label} <span className="caret" aria-hidden />
      </button>
      {isOpen && (
        <div className="panel" id={id}>
          {children(() => setOpen(false))}
        </div>
      )}
    </span>
  )
}

import { useDeferredValue, useId, useState } from 'react'
import type { Text } from '#kernel/words.ts'
import { useAsk } from '../ask.ts'
import { useSay } from '../language.ts'

type Option = { readonly id: string; readonly name: Text; readonly about: Text }

type Props = {
  readonly id?: string
  readonly label: string
  /** The chosen one's id. */
  readonly value: string | undefined
  readonly onChoose: (id: string, option: Option) => void
  readonly describedBy?: string | undefined
  readonly invalid?: boolean
}

/** A field in which one of many is found by typing; by keyboard as well as by pointer. */
function Picker({
  id,
  label,
  value,
  onChoose,
  options,
  chosen,
  text,
  setText,
  isFetching,
  describedBy,
  invalid,
}: Props & {
  readonly options: readonly Option[]
  readonly chosen: Option | undefined
  readonly text: string | undefined
  readonly setText: (text: string | undefined) => void
  readonly isFetching: boolean
}) {
  const { say, t } = useSay()
  const list = useId()
  const [at, setAt] = useState(0)
  const isOpen = text !== undefined
  const choose = (option: Option | undefined) => {
    if (!option) return
    onChoose(option.id, option)
    setText(undefined)
  }
  return (
    <span className="picker">
      <input
        {...(id && { id })}
        className="field"
        role="combobox"
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={list}
        aria-autocomplete="list"
        aria-describedby={describedBy}
        aria-invalid={invalid}
        aria-activedescendant={isOpen && options[at] ? `${list}-${at}` : undefined}
        autoComplete="off"
        placeholder={label}
        value={text ?? (chosen ? say(chosen.name) : (value ?? ''))}
        onFocus={(event) => event.target.select()}
        onClick={() => setText(text ?? '')}
        onBlur={() => setText(undefined)}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'ArrowDown') {
            setText(text ?? '')
            setAt(Math.min(options.length - 1, isOpen ? at + 1 : 0))
          } else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1))
          else if (event.key === 'Enter' && isOpen) choose(options[at])
          else if (event.key === 'Escape' && isOpen) setText(undefined)
          else return
          event.preventDefault()
        }}
      />
      {isOpen && (
        <div role="listbox" id={list} aria-label={label}>
          {options.map((option, place) => (
            <div
              key={option.id}
              id={`${list}-${place}`}
              role="option"
              aria-selected={place === at}
              onPointerDown={(event) => {
                event.preventDefault()
                choose(option)
              }}
              onPointerMove={() => setAt(place)}
            >
              <span>{say(option.name)}</span>
              <span className="sub small">{say(option.about)}</span>
            </div>
          ))}
          {options.length === 0 && <span className="sub small">{t(isFetching ? 'loading' : 'findNothing')}</span>}
        </div>
      )}
    </span>
  )
}

/** Finds a unit by its name or code; of some tiers, or within a unit. */
export function UnitPicker({ tiers, under, ...props }: Props & { tiers?: readonly string[]; under?: string }) {
  const [text, setText] = useState<string>()
  const asked = useDeferredValue(text ?? '')
  const found = useAsk(
    'find.units',
    { text: asked, ...(tiers && { tiers: [...tiers] }), ...(under && { under }) },
    { enabled: text !== undefined },
  )
  const chosen = useAsk('find.units', props.value ? { id: props.value } : {}, { enabled: Boolean(props.value) })
  return (
    <Picker
      {...props}
      text={text}
      setText={setText}
      options={found.data?.units ?? []}
      chosen={props.value ? chosen.data?.units.find((unit) => unit.id === props.value) : undefined}
      isFetching={found.isFetching}
    />
  )
}

/** Finds a person by name. */
export function PersonPicker(props: Props) {
  const [text, setText] = useState<string>()
  const asked = useDeferredValue(text ?? '')
  const found = useAsk('find.people', { text: asked }, { enabled: text !== undefined })
  const chosen = useAsk('find.people', props.value ? { id: props.value } : {}, { enabled: Boolean(props.value) })
  return (
    <Picker
      {...props}
      text={text}
      setText={setText}
      options={found.data?.people ?? []}
      chosen={props.value ? chosen.data?.people.find((person) => person.id === props.value) : undefined}
      isFetching={found.isFetching}
    />
  )
}

/** Finds what a reference may name, by the question that its field says; within a unit where the form has one. */
export function ReferencePicker({ finds, unit, ...props }: Props & { finds: string; unit?: string | undefined }) {
  const [text, setText] = useState<string>()
  const asked = useDeferredValue(text ?? '')
  const question = finds as 'find.payees'
  const within = unit ? { unit } : {}
  // An id of ours, or a word of the charter; anything else is a text that nobody has found a thing for yet.
  const isId = props.value !== undefined && /^([\da-f-]{36}|[a-z][a-z\d]*(-[a-z\d]+)*)$/i.test(props.value)
  const found = useAsk(question, { ...within, text: asked }, { enabled: text !== undefined })
  const chosen = useAsk(question, { ...within, id: props.value ?? '' }, { enabled: isId })
  return (
    <Picker
      {...props}
      text={text}
      setText={setText}
      options={found.data?.choices ?? []}
      chosen={isId ? chosen.data?.choices.find((choice) => choice.id === props.value) : undefined}
      isFetching={found.isFetching}
    />
  )
}

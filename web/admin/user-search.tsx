import { useId, useState, type KeyboardEvent } from 'react'
import { X } from 'lucide-react'
import type { User } from '#contract/accounts.ts'
import { listUsers } from '#contract/users.ts'
import { call } from '../api/call.ts'
import { useRequest } from '../api/use-request.ts'
import { t } from '../text/i18n.ts'
import { classNames } from '../ui/class-names.ts'
import { Field, TextInput } from '../ui/field.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useSettled } from './use-settled.ts'

type Chosen = Pick<User, 'id'> & { name: string }

interface UserSearchProps {
  chosen: Chosen | null
  className: string
  /** What it is for; nobody in particular; and what goes back to that. */
  labels: { field: string; anybody: string; clear: string }
  onChoose: (chosen: Chosen | null) => void
}

const suggestionsMax = 8

/** Finds a user by a part of the name, by the ARIA combobox pattern; empty stands for anybody. */
export function UserSearch({ chosen, className, labels, onChoose }: UserSearchProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const [active, setActive] = useState(0)
  const listId = useId()
  const users = useSuggestions(typed)
  const isOpen = typed !== null && typed.trim() !== '' && users !== null

  function choose(user: User | null) {
    setTyped(null)
    setActive(0)
    onChoose(user && { id: user.id, name: user.username })
  }
  function onKeyDown(event: KeyboardEvent) {
    // The Enter that ends a composition chooses nobody.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape' && typed !== null) setTyped(null)
    else if (event.key === 'Enter' && isOpen) choose(users[active] ?? null)
    else if (event.key === 'ArrowDown' && isOpen) setActive((active + 1) % (users.length || 1))
    else if (event.key === 'ArrowUp' && isOpen) {
      setActive((active - 1 + users.length) % (users.length || 1))
    } else return
    event.preventDefault()
  }

  return (
    <Field label={labels.field} hideLabel className={className}>
      <span className="relative block">
        <TextInput
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && users[active] ? `${listId}-${active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          placeholder={labels.anybody}
          className={classNames(chosen !== null && 'pr-11')}
          value={typed ?? chosen?.name ?? ''}
          onChange={({ target }) => {
            setActive(0)
            // Nothing typed is nobody in particular.
            if (target.value === '') choose(null)
            else setTyped(target.value)
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setTyped(null)}
        />
        {chosen && typed === null && (
          <IconButton
            size="small"
            label={labels.clear}
            icon={<X className="size-4" />}
            className="absolute right-1.5 top-1/2 -translate-y-1/2"
            onClick={() => choose(null)}
          />
        )}
        <Suggestions {...{ listId, isOpen, users, active }} onChoose={choose} />
      </span>
    </Field>
  )
}

interface SuggestionsProps {
  listId: string
  isOpen: boolean
  users: readonly User[] | null
  active: number
  onChoose: (user: User) => void
}

function Suggestions({ listId, isOpen, users, active, onChoose }: SuggestionsProps) {
  return (
    <span
      className={classNames(
        'absolute inset-x-0 top-full z-20 mt-1 rounded-control bg-raised p-1 shadow-float',
        !isOpen && 'hidden',
      )}
    >
      <span id={listId} role="listbox" aria-label={t('users.suggestions')} className="block">
        {users?.map((user, index) => (
          <span
            key={user.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            // Before the field loses the focus and the list goes.
            onPointerDown={(event) => {
              event.preventDefault()
              onChoose(user)
            }}
            className={classNames(
              'block cursor-pointer truncate rounded-md px-2.5 py-1.5 text-sm hover:bg-hover',
              'pointer-coarse:py-3',
              index === active && 'bg-hover',
            )}
          >
            {user.username}
          </span>
        ))}
      </span>
      {users?.length === 0 && (
        <span role="status" className="block px-2.5 py-1.5 text-sm text-muted">
          {t('users.nobodyFits')}
        </span>
      )}
    </span>
  )
}

/** Users whose name has `typed` in it; null while that is not known. */
function useSuggestions(typed: string | null): readonly User[] | null {
  const search = useSettled(typed?.trim() ?? '')
  const { latest } = useRequest(search, async (signal) => {
    if (search === '') return null
    const query = { search, sort: 'name' as const, pageSize: suggestionsMax }
    return (await call(listUsers, { query, signal })).items
  })
  return latest
}

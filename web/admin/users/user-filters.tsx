import { AccountState } from '#contract/accounts.ts'
import { Role } from '#contract/actor.ts'
import { t } from '../../text/i18n.ts'
import { Field, Select } from '../../ui/field.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { userSorts, type UserSort, type UsersQuery } from './users-query.ts'

interface UserFiltersProps {
  query: UsersQuery
  onChange: (change: Partial<UsersQuery>, options?: { replace?: boolean }) => void
}

/** Who is looked for, and in which order. */
export function UserFilters({ query, onChange }: UserFiltersProps) {
  const { search, status, role, sort } = query
  return (
    <div className="flex flex-wrap gap-3">
      <SearchInput
        label={t('users.search')}
        value={search}
        className="min-w-48 flex-1 basis-48"
        onChange={(typed) => onChange({ search: typed }, { replace: true })}
      />
      <Field label={t('users.state')} hideLabel className={selectClass}>
        <Select
          value={status ?? ''}
          onChange={({ target }) => onChange({ status: (target.value || null) as AccountState })}
        >
          <option value="">{t('users.allStates')}</option>
          {AccountState.options.map((option) => (
            <option key={option} value={option}>
              {t(`users.state.${option}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('users.role')} hideLabel className={selectClass}>
        <Select
          value={role ?? ''}
          onChange={({ target }) => onChange({ role: (target.value || null) as Role })}
        >
          <option value="">{t('users.allRoles')}</option>
          {Role.options.map((option) => (
            <option key={option} value={option}>
              {t(`role.${option}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('users.sort')} hideLabel className={selectClass}>
        <Select
          value={sort}
          onChange={({ target }) => onChange({ sort: target.value as UserSort })}
        >
          {userSorts.map((option) => (
            <option key={option} value={option}>
              {t(`users.sort.${option}`)}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  )
}

const selectClass = 'w-36 max-sm:min-w-32 max-sm:flex-1'
